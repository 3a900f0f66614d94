"""`sim calibrate`: what it prints and stores, and that killing it loses nothing but the trial at hand."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pandas
import pytest

from sim.lab.jobs import simulate

ROOT = Path(__file__).parents[2]
BASE = """
question: What happens when people are paid by results?
horizon: {quarters: 6}
structure: {area_level: {departments: 1}, new_cities: {departments: 5}, department_size: {mean: 7}}
regime: {floating_pay: {kind: three_part}}
"""
TARGETS = """
name: effortful
scenario: base.yaml
replications: 3
free:
  behaviour.effort.response: {low: 0.1, high: 1.0}
targets:
  - {outcome: effort, value: 0.02, error: 0.003, source: literature P24, note: no such number stands there}
"""


@pytest.fixture
def small(sim):
    Path("base.yaml").write_text(BASE)
    Path("targets.yaml").write_text(TARGETS)
    return sim


def results() -> list[Path]:
    return sorted(Path("results").iterdir()) if Path("results").is_dir() else []


def test_it_tells_what_was_changed_from_the_files(small):
    told = " ".join(small("calibrate", "targets.yaml", "--trials", "2", "--seed", "77").stdout.split())
    assert "Changed from the files: seed 1 → 77." in told


def test_it_prints_stores_and_is_found_again(small):
    words = ["calibrate", "targets.yaml", "--trials", "6"]
    result = small(*words)
    assert result.exit_code == 0, result.stderr
    flat = " ".join(result.stdout.split())
    assert "1 number of base moved in 6 trials to meet 1 target" in flat
    assert "no evidence that the model is right" in flat
    assert "calibration.png" in result.stdout
    [folder] = results()
    assert folder.name.startswith("calibrate-effortful-")
    assert len(pandas.read_csv(folder / "trials.csv")) == 6
    again = small(*words)
    assert "The same input was run before" in again.stdout
    assert "Changed from the files" not in flat
    opened = small("open", str(folder), "--lang", "zh")
    assert opened.exit_code == 0
    assert "并不证明模型正确" in (folder / "report.zh.md").read_text(encoding="utf-8")
    trials = small("query", "select trial, loss from trials order by loss limit 1", "--json")
    best = json.loads(trials.stdout)[0]
    assert best["loss"] == pytest.approx(pandas.read_csv(folder / "trials.csv")["loss"].min(), rel=1e-9)


def test_wrong_input_runs_nothing(small):
    Path("targets.yaml").write_text(
        TARGETS.replace("effort.response", "effort.responze").replace("outcome: e", "outcome: x")
    )
    result = small("calibrate", "targets.yaml")
    assert result.exit_code == 2
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == [
        "targets.yaml:6:3",
        "targets.yaml:8:15",
    ]
    assert "did you mean behaviour.effort.response?" in result.stderr
    assert results() == []


def test_an_interruption_keeps_what_is_done_and_says_so(small, monkeypatch):
    honest, calls = simulate.simulated, []

    def interrupted(*given):
        calls.append(1)
        if len(calls) > 3:
            raise KeyboardInterrupt
        return honest(*given)

    monkeypatch.setattr(simulate, "simulated", interrupted)
    result = small("calibrate", "targets.yaml", "--trials", "5")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "interrupted; the finished trials are kept: --resume goes on with them\n"
    assert "stopped after 3 of 5 trials" in small("calibrate", "targets.yaml", "--trials", "5").stderr


def stored_trials(folder: Path) -> int:
    """How many trials a running search has written so far."""
    found = [*folder.glob("results/.unfinished-*/trials.sqlite")]
    if not found:
        return 0
    try:
        with sqlite3.connect(f"file:{found[0]}?mode=ro", uri=True) as database:
            return int(database.execute("select count(*) from trials").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_search_is_gone_on_with(small, tmp_path):
    """Killed at once (SIGKILL) after the fourth trial; resumed, it is what an uninterrupted one is."""
    words = ["calibrate", "targets.yaml", "--trials", "14", "--quiet"]
    command = [sys.executable, "-m", "sim", *words]
    process = subprocess.Popen(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
    deadline = time.monotonic() + 300
    while stored_trials(tmp_path) < 4 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = stored_trials(tmp_path)
    assert 4 <= done < 14
    [unfinished] = results()
    refused = small(*words)
    assert refused.exit_code == 2
    assert f"stopped after {done} of 14 trials: --resume" in refused.stderr
    assert small(*words, "--resume").exit_code == 0
    assert not unfinished.exists()
    whole = small(*words, "--out", "elsewhere")
    assert whole.exit_code == 0
    [resumed], [other] = results(), list(Path("elsewhere").iterdir())
    assert resumed.name == other.name
    for name in ("trials.csv", "fit.csv", "ranges.csv"):
        assert (resumed / name).read_bytes() == (other / name).read_bytes(), name
