"""A point of a study costs little beside what it simulates."""

import time
from types import SimpleNamespace

import pandas
import pytest

from sim.core.shipped import SCENARIOS
from sim.lab.designs.plan import PLAN, plan_of
from sim.lab.designs.tasks import Task
from sim.lab.jobs import batch
from sim.lab.jobs.shards import read_shards
from sim.lab.results.checked import write_record

MOST = 0.07
"""Share of the simulation: .036 was measured, and .06 before shards were written without dictionaries."""


@pytest.mark.slow
def test_a_point_of_three_replications_at_the_size_of_the_case(tmp_path, monkeypatch):
    study = {
        "name": "cost",
        "scenarios": [str(SCENARIOS / "four_systems.yaml")],
        "levers": {"regime.floating_pay.floating_share": [0.1, 0.2, 0.3, 0.4, 0.5]},
        "design": {"kind": "grid", "steps": 5},
        "replications": 3,
    }
    plan = plan_of(study, allow=[SCENARIOS / "civil_service.yaml"])
    write_record(tmp_path / PLAN, plan.written, indent=None)
    simulations, everything = [], []
    honest = batch.simulated

    def timed(*given, **options):
        started = time.process_time()
        model = honest(*given, **options)
        simulations.append(time.process_time() - started)
        return model

    monkeypatch.setattr(batch, "simulated", timed)
    for point in range(5):
        started = time.process_time()
        batch.Batch(str(tmp_path), (Task(point, "four_systems", 0, 3),))(lambda _: None)
        everything.append(time.process_time() - started)
    beside = [whole - part for whole, part in zip(everything, simulations, strict=True)]
    assert min(beside) / min(simulations) <= MOST


def test_a_shard_is_read_as_it_was_written(tmp_path):
    rows = batch._rows(Task(2, "new", 0, 2), {"ability": [1.0, float("nan")]}, 0.0)
    failed = batch._rows(Task(3, "new", 0, 2), {"ability": float("nan")}, 0.0, ("run", "said", "trace"))
    for part in (rows, failed):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        batch.write_shard(folder, part, [Task(2, "new", 0, 2)], "hash")
        found = read_shards(folder, SimpleNamespace(hash="hash"))
        pandas.testing.assert_frame_equal(found.drop(columns="processor"), part)
