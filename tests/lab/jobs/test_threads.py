"""One thread a process, and the user's own settings left as they were."""

import os

import pytest

from sim.lab.jobs.threads import THREAD_SETTINGS, single_threaded, use_one_thread


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in THREAD_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "4")


def of_threads() -> dict[str, str]:
    return {name: os.environ[name] for name in THREAD_SETTINGS if name in os.environ}


def test_what_the_user_says_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in THREAD_SETTINGS:
        monkeypatch.setenv(name, os.environ.get(name, "1"))  # taken back after the test
    monkeypatch.delenv("MKL_NUM_THREADS")
    use_one_thread()
    assert of_threads() == dict.fromkeys(THREAD_SETTINGS, "1") | {"OMP_NUM_THREADS": "4"}


def test_processes_started_meanwhile_have_one_thread() -> None:
    with single_threaded():
        assert of_threads() == dict.fromkeys(THREAD_SETTINGS, "1")
    assert of_threads() == {"OMP_NUM_THREADS": "4"}


def test_settings_come_back_after_an_error() -> None:
    with pytest.raises(RuntimeError), single_threaded():
        raise RuntimeError
    assert of_threads() == {"OMP_NUM_THREADS": "4"}
