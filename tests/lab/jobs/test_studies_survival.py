"""Faults for real: killed processes, a full disk, damaged shards, failing points; nothing is lost or double."""

import json
import os
import resource
import shutil
import signal
import time

import pandas
import pytest
from typer.testing import CliRunner

from sim.cli import app
from tests.lab.small_study import assert_same_tables, sim, start, study_file

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="kill -9 and file-size limits"),
    pytest.mark.usefixtures("undrawn"),
]
SLOWER = {"replications": 6}


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """The study without any fault."""
    folder = tmp_path_factory.mktemp("reference")
    done = sim("sweep", study_file(folder, **SLOWER), "--out", folder, "-q")
    assert done.returncode == 0, done.stderr
    return folder / "study-tiny"


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """The study, killed after a few shards."""
    folder = tmp_path_factory.mktemp("killed")
    killed_midway(folder)
    return folder


@pytest.fixture
def left(killed, tmp_path):
    """What the killed study left, for one test to go on with."""
    shutil.copytree(killed, tmp_path, dirs_exist_ok=True)
    return tmp_path


def shards(folder):
    return sorted((folder / "study-tiny" / "shards").glob("[!.]*.parquet"))


def wait_for_shards(folder, running, least=2):
    """Until some are written and the study is not done."""
    for _ in range(6000):  # a machine that is busy may take minutes
        if len(shards(folder)) >= least:
            return
        assert running.poll() is None, running.stderr.read()
        time.sleep(0.05)
    raise AssertionError("no shard was written within five minutes")


def resumed(folder, *more):
    done = here("sweep", study_file(folder, **SLOWER), "--out", folder, "--resume", "-q", *more)
    assert done.exit_code == 0, done.stderr
    return folder / "study-tiny"


def here(*words):
    """A command in this process: for what no fault happens to."""
    return CliRunner().invoke(app, [str(word) for word in words], prog_name="sim")


def test_interrupted_by_the_user_and_others_are_kept_off_meanwhile(tmp_path, reference):
    running = start("sweep", study_file(tmp_path, **SLOWER), "--out", tmp_path, "-q")
    wait_for_shards(tmp_path, running)
    running.send_signal(signal.SIGSTOP)
    there = shards(tmp_path)
    for words in ([], ["--resume"], ["--again"]):
        other = here("sweep", study_file(tmp_path, **SLOWER), "--out", tmp_path, "-q", *words)
        assert other.exit_code == 2
        assert other.stderr.startswith(
            f"process {running.pid} works on {tmp_path / 'study-tiny'}: wait for it"
        )
    assert shards(tmp_path) == there
    running.send_signal(signal.SIGINT)
    running.send_signal(signal.SIGCONT)
    _, said = running.communicate(timeout=300)
    assert running.returncode == 1
    assert said.startswith("stopped: interrupted; ")
    assert said.rstrip().endswith("--resume goes on from there")
    assert not (tmp_path / "study-tiny" / "manifest.json").exists()
    assert_same_tables(resumed(tmp_path), reference)


def killed_midway(folder):
    """A study that was killed after a few shards."""
    running = start("sweep", study_file(folder, **SLOWER), "--out", folder, "-q")
    wait_for_shards(folder, running)
    running.kill()
    running.communicate()
    assert not (folder / "study-tiny" / "manifest.json").exists()
    assert 2 <= len(shards(folder)) < 12


def test_the_whole_process_is_killed(left, reference):
    done = here("sweep", study_file(left, **SLOWER), "--out", left, "-q")
    assert done.exit_code == 2
    assert "unfinished: go on with --resume, or start it --again" in done.stderr
    before = {path.name: path.stat().st_mtime_ns for path in shards(left)}
    (left / "study-tiny" / "shards" / ".unfinished-left").write_text("half a shard", encoding="utf-8")
    assert before
    assert_same_tables(resumed(left, "--workers", "2"), reference)


def test_a_worker_is_killed(tmp_path, reference):
    running = start("sweep", study_file(tmp_path, **SLOWER), "--out", tmp_path, "-q", "--workers", "2")
    wait_for_shards(tmp_path, running)
    os.kill(worker_of(running.pid), signal.SIGKILL)
    _, said = running.communicate(timeout=300)
    assert running.returncode == 1
    assert "a worker process died" in said
    assert "--resume goes on from there" in said
    assert "Traceback" not in said
    assert_same_tables(resumed(tmp_path), reference)


def worker_of(process):
    """A process that works for another: the one below it that used most time."""
    import psutil

    below = psutil.Process(process).children(recursive=True)
    return max(below, key=lambda one: one.cpu_times().user).pid


def test_the_disk_is_full(left, reference):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    path = study_file(left, **SLOWER)
    done = sim("sweep", path, "--out", left, "--resume", "-q", preexec_fn=limit)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "--resume goes on from there" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((left / "study-tiny" / "shards").glob(".unfinished-*"))
    assert_same_tables(resumed(left), reference)


@pytest.mark.parametrize("fault", ["flipped", "truncated", "empty", "missing"])
def test_a_shard_is_damaged(left, reference, fault):
    victim = shards(left)[0]
    content = bytearray(victim.read_bytes())
    if fault == "missing":
        victim.unlink()
    else:
        if fault == "flipped":
            content[len(content) // 8] ^= 0xFF
        victim.write_bytes(content[: {"truncated": len(content) // 2, "empty": 0}.get(fault, len(content))])
    assert_same_tables(resumed(left), reference)


def test_a_shard_of_another_study_is_refused(left):
    other = left / "other"
    other.mkdir()
    part = here("sweep", study_file(other, **SLOWER, seed=2), "--out", other, "-q", "--shard", "1/6")
    assert part.exit_code == 0, part.stderr
    [stranger, *_] = sorted((other / "study-tiny.part-1-of-6" / "shards").glob("*.parquet"))
    stranger.rename(shards(left)[0].with_name("stranger.parquet"))
    done = here("sweep", study_file(left, **SLOWER), "--out", left, "--resume", "-q")
    assert done.exit_code == 2
    assert "stranger.parquet is of another study" in done.stderr


def test_a_changed_study_is_not_gone_on_with(left):
    changed = study_file(left, replications=6, window=[9, 12])
    done = here("sweep", changed, "--out", left, "--resume", "-q")
    assert done.exit_code == 2
    assert "cannot be gone on with: window.0 (5 then, 9 now)" in done.stderr


def test_changed_code_is_not_gone_on_with(left, monkeypatch):
    from sim.core.errors import UserError
    from sim.lab.questions.studies import study

    monkeypatch.setattr("sim.lab.designs.plan.code_content", lambda: "changed")
    with pytest.raises(UserError, match=r"the code changed \(.* then, changed now\)"):
        study(study_file(left, **SLOWER), out=left, resume=True)


def test_an_empty_folder_is_a_fresh_start(tmp_path, reference):
    assert_same_tables(resumed(tmp_path), reference)


RULES = '''
from typing import Literal

from sim.core.parameters import param
from sim.rules.floating_pay.fixed import FixedPay


class Failing(FixedPay):
    """Fails above a limit."""

    kind: Literal["failing"] = "failing"
    level: float = param(0.0, unit="share", source="design", ge=0, le=1, doc="Fails above a half.")

    def parts(self, view, fund):
        if self.level > 0.5:
            raise ZeroDivisionError("the planted fault")
        return super().parts(view, fund)
'''


def failing_study(folder):
    scenario = folder / "failing.yaml"
    from tests.model.small import FOLDER

    text = f"extends: {FOLDER / 'civil_service.yaml'}\nname: failing\nregime: {{floating_pay: {{kind: failing}}}}\n"
    scenario.write_text(text, encoding="utf-8")
    (folder / "failing_rules.py").write_text(RULES, encoding="utf-8")
    path = study_file(
        folder,
        name="faulty",
        scenarios=[str(FOLDER / "civil_service.yaml"), str(scenario)],
        levers={"regime.floating_pay.level": [0.1, 0.9]},
        design={"kind": "grid", "steps": 2},
        replications=2,
    )
    return path, ["--rules", str(folder / "failing_rules.py"), "--out", str(folder), "-q"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failing_point_is_a_row_and_an_exit_code(tmp_path, workers):
    path, options = failing_study(tmp_path)
    done = sim("sweep", path, *options, "--on-error", "continue", "--workers", workers)
    assert done.returncode == 1, done.stderr
    folder = tmp_path / "study-faulty"
    failures = pandas.read_parquet(folder / "failures.parquet")
    assert failures[["point", "scenario", "replication"]].to_numpy().tolist() == [
        [point, "failing", number] for point in (2, 3) for number in (0, 1)
    ]
    assert set(failures["stage"]) == {"run"}
    said = r"failing_rules\.py:\d+: .*ZeroDivisionError: the planted fault$"
    assert failures["error"].str.contains(said).all()
    assert failures["traceback"].str.contains("failing_rules.py").all()
    runs = pandas.read_parquet(folder / "runs.parquet")
    assert len(runs) == 4 * 2 * 2 - 4
    assert json.loads((folder / "manifest.json").read_text())["failures"] == 4
    once_more = sim("sweep", path, *options)
    assert once_more.returncode == 2
    assert "4 of the runs failed: try them again with --resume" in once_more.stderr


def test_a_failing_point_stops_the_study_where_that_is_asked_for(tmp_path):
    path, options = failing_study(tmp_path)
    done = sim("sweep", path, *options)
    assert done.returncode == 1
    assert "point 2 of failing failed: " in done.stderr
    assert "failing_rules.py:" in done.stderr
    assert "ZeroDivisionError: the planted fault" in done.stderr
    assert not (tmp_path / "study-faulty" / "manifest.json").exists()
    done = sim("sweep", path, *options, "--resume", "--on-error", "continue")
    assert done.returncode == 1
    assert len(pandas.read_parquet(tmp_path / "study-faulty" / "failures.parquet")) == 4


def test_a_real_scheduler_with_two_workers(tmp_path, reference):
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        done = sim("sweep", study_file(tmp_path, **SLOWER), "--out", tmp_path, "-q", "--dask", address)
    assert done.returncode == 0, done.stderr
    assert_same_tables(tmp_path / "study-tiny", reference)
