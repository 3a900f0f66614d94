"""Whatever ends the main process, nothing that it started outlives it, and nobody waits for its pipe."""

import json
import os
import signal
import time

import psutil
import pytest

from tests.lab.small_study import ROOT, sim, start, study_file
from tests.model.small import FOLDER

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="signals")]
PATIENCE = 5.0
"""Seconds within which everything must be gone."""
SCENARIO = FOLDER / "four_systems.yaml"


def sweep(folder):
    return ["sweep", study_file(folder, replications=400), "--out", folder, "-q", "--workers", "2"]


def compare(folder):
    names = [FOLDER / "civil_service.yaml", SCENARIO]
    return ["compare", *names, "--replications", "400", "--out", folder, "-q", "--workers", "2"]


def run(folder):
    return ["run", SCENARIO, "--replications", "400", "--out", folder, "-q", "--workers", "2"]


def calibrate(folder):
    given = {
        "name": "long",
        "scenario": os.path.relpath(SCENARIO, folder),
        "replications": 80,
        "free": {"behaviour.quits.base_contract": {"low": 0.01, "high": 0.2}},
        "targets": [{"outcome": "resignations", "value": 5, "error": 1}],
    }
    path = folder / "targets.yaml"
    path.write_text(json.dumps(given), encoding="utf-8")
    return ["calibrate", path, "--allow", SCENARIO, "--out", folder, "-q", "--workers", "2"]


def validate(folder):
    return ["validate", "V2", "--out", folder]


WITH_WORKERS = [sweep, compare, calibrate, run]


def family(running, number):
    """What a process started, once that many are there: fork server, resource tracker and workers."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        assert running.poll() is None, running.communicate()
        found = psutil.Process(running.pid).children(recursive=True)
        if len([one for one in found if "multiprocessing" in " ".join(words_of(one))]) >= number:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{number} processes did not start within five minutes")


def until(happened, running):
    """Until something has happened that a process is to do."""
    deadline = time.monotonic() + 300
    while not happened():
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)


def words_of(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def said_by(running, processes):
    """What the process wrote; it and all it started must be gone, and its pipe closed, in time."""
    _, said = running.communicate(timeout=PATIENCE)
    _, left = psutil.wait_procs(processes, timeout=PATIENCE)
    assert [words_of(one) for one in left] == []
    return said


def on_a_cluster(folder):
    return [*sweep(folder), "--dask", "local"]


@pytest.mark.parametrize("command", [*WITH_WORKERS, on_a_cluster])
def test_killed(command, tmp_path):
    running = start(*command(tmp_path))
    processes = family(running, 3 if command is on_a_cluster else 4)
    running.kill()
    said_by(running, processes)
    assert running.returncode == -signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("command", WITH_WORKERS)
def test_asked_to_end(command, number, tmp_path):
    running = start(*command(tmp_path))
    processes = family(running, 4)
    running.send_signal(number)
    said = said_by(running, processes)
    assert running.returncode == 1
    assert "interrupted" in said
    assert "Traceback" not in said
    assert not list(tmp_path.glob(".partial-*"))
    assert not list(tmp_path.rglob("owner.lock"))


@pytest.mark.parametrize("is_at_work", [False, True], ids=["starting", "at work"])
def test_a_cluster_is_asked_to_end(is_at_work, tmp_path):
    running = start(*on_a_cluster(tmp_path))
    processes = family(running, 3)
    if is_at_work:
        until(lambda: list(tmp_path.rglob("*.parquet")), running)
    running.send_signal(signal.SIGTERM)
    said = said_by(running, processes)
    assert running.returncode == 1
    assert ("--resume goes on from there" if is_at_work else "interrupted") in said
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_without_workers_ends_as_by_ctrl_c(number, tmp_path):
    running = start(*validate(tmp_path))
    until(lambda: psutil.Process(running.pid).cpu_times().user > 4, running)  # it is at work
    running.send_signal(number)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, said) == (1, "interrupted; nothing unfinished was kept\n")


def test_the_whole_group_is_asked_to_end(tmp_path):
    running = start(*sweep(tmp_path), start_new_session=True)
    processes = family(running, 4)
    os.killpg(running.pid, signal.SIGTERM)
    said = said_by(running, processes)
    assert running.returncode == 1
    assert "--resume goes on from there" in said


def test_the_terminal_is_closed(tmp_path):
    import pty
    import sys

    command = [sys.executable, "-m", "sim", *map(str, sweep(tmp_path))]
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(ROOT)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.execv(command[0], command)

    class Running:
        pid = process

        @staticmethod
        def poll():
            return None

    processes = family(Running, 4)
    os.close(terminal)
    deadline = time.monotonic() + PATIENCE
    done = (0, 0)
    while done[0] == 0 and time.monotonic() < deadline:
        done = os.waitpid(process, os.WNOHANG)
        time.sleep(0.05)
    _, left = psutil.wait_procs(processes, timeout=PATIENCE)
    assert left == []
    assert os.waitstatus_to_exitcode(done[1]) == 1
    assert not list(tmp_path.rglob("owner.lock"))


def test_a_signal_that_is_ignored_from_outside_stays_ignored(tmp_path):
    words = ["run", SCENARIO, "--replications", "1", "--out", tmp_path / "out", "-q", "--no-report"]
    running = start(*words, ignored=[signal.SIGHUP, signal.SIGTERM])
    until(lambda: (tmp_path / "out").exists(), running)
    running.send_signal(signal.SIGHUP)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=300)
    assert running.returncode == 0


@pytest.mark.parametrize("command", [sweep, compare])
def test_a_lost_fork_server_is_named(command, tmp_path):
    running = start(*command(tmp_path))
    processes = family(running, 4)
    [server] = [
        one for one in processes if "forkserver" in " ".join(words_of(one)) and one.ppid() == running.pid
    ]
    server.kill()
    said = said_by(running, processes)
    assert running.returncode == 1
    assert "the fork server, which starts the worker processes, died or was killed" in said
    assert ("--resume goes on from there" if command is sweep else "nothing was stored") in said


def test_what_was_killed_is_gone_on_with(tmp_path):
    words = ["sweep", study_file(tmp_path), "--out", tmp_path, "-q", "--workers", "2"]
    running = start(*words)
    family(running, 4)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
    done = sim(*words, "--resume")
    assert done.returncode == 0, done.stderr
