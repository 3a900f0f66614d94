"""What a batch leaves behind is read as it was written."""

from types import SimpleNamespace

import pandas

from sim.lab.designs.tasks import Task
from sim.lab.jobs import batch
from sim.lab.jobs.shards import read_shards


def test_a_shard_is_read_as_it_was_written(tmp_path):
    rows = batch._rows(Task(2, "new", 0, 2), {"ability": [1.0, float("nan")]}, 0.0)
    failed = batch._rows(Task(3, "new", 0, 2), {"ability": float("nan")}, 0.0, ("run", "said", "trace"))
    for part in (rows, failed):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        batch.write_shard(folder, part, [Task(2, "new", 0, 2)], "hash")
        found = read_shards(folder, SimpleNamespace(hash="hash"))
        pandas.testing.assert_frame_equal(found.drop(columns="processor"), part)
