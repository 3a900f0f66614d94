"""Shares from different processors: merged, and said; refused where the same runs have different digits."""

import os

import pandas
import pytest

from sim.core.errors import UserError
from sim.lab.designs.provenance import processor
from sim.lab.designs.tasks import Task
from sim.lab.jobs.shards import read_shards, single, write_shard
from sim.lab.questions.studies import merge, study
from tests.lab.small_study import sim, study_file

ONE_POINT = {"levers": None, "uncertainties": {"behaviour.quits.base_contract": [0.01, 0.05]}}


def rows(made_on, **changes):
    given = {
        "point": [3, 3],
        "scenario": ["a", "a"],
        "replication": [0, 1],
        "ability": [0.5, 0.25],
        "output": [float("nan"), 0.0],
        "stage": [None, None],
        "error": [None, None],
        "traceback": [None, None],
        "processor": made_on,
    }
    return pandas.DataFrame(given | changes)


def both(one, other):
    return single(pandas.concat([one, other], ignore_index=True))


def test_the_same_digits_from_two_processors_are_one_row():
    assert len(both(rows("old"), rows("new"))) == 2


def test_other_digits_from_another_processor_are_refused_with_the_reason_and_the_size():
    with pytest.raises(UserError) as error:
        both(rows("old"), rows("new", ability=[0.5, 0.25 * (1 + 4e-14)]))
    assert str(error.value) == (
        "two shards disagree on point 3, by up to 4e-14 of a number's size: they were made on different processors "
        "(new; old), whose results differ in the last digits. Merge each point from one of them only"
    )


def test_other_digits_from_the_same_processor_are_another_matter():
    with pytest.raises(
        UserError, match=r"by up to 0\.5 of .*: they were not made by the same code on like machines"
    ):
        both(rows("old"), rows("old", ability=[0.5, 0.5]))


@pytest.mark.slow
def test_shares_from_different_processors_are_merged_and_the_study_says_so(tmp_path):
    path = study_file(tmp_path, **ONE_POINT, replications=2)
    whole = study(path, out=tmp_path / "whole")
    first = study(path, out=tmp_path, shard="1/2")
    assert first.manifest["processors"] == [processor()]
    environment = {**os.environ, "OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": "X86_V4"}
    done = sim("sweep", path, "--out", tmp_path, "--shard", "2/2", "-q", env=environment)
    assert done.returncode == 0, done.stderr
    merged = merge([first.folder, tmp_path / "study-tiny.part-2-of-2"], out=tmp_path)
    assert len(merged.manifest["processors"]) == 2
    [told] = [text for text in merged.warnings if "processors" in text]
    assert processor() in told
    assert "OpenBLAS Prescott" in told
    assert "processor" not in merged.runs
    pandas.testing.assert_frame_equal(merged.runs, whole.runs, check_exact=False, rtol=1e-9)


def test_workers_here_make_shards_of_this_processor(tmp_path):
    from sim.lab.designs.plan import plan_of
    from sim.lab.jobs.study_folder import begin

    folder = tmp_path / "study"
    folder.mkdir()
    plan = plan_of(study_file(tmp_path))
    begin(folder, plan, resume=False, again=False)
    write_shard(folder, rows("here").drop(columns="processor"), [Task(3, "a", 0, 2)], plan.hash)
    assert set(read_shards(folder, plan)["processor"]) == {processor()}
