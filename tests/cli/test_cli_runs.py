"""The commands that run something, on the smallest scenarios that are any use."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas
import pytest
from typer.testing import Result

from tests.lab.small_study import hear_signals

Sim = Callable[..., Result]
ROOT = Path(__file__).parents[2]

BASE = """
question: What happens when nothing happens?
horizon: {quarters: 6}
replications: 2
structure: {area_level: {departments: 2}, new_cities: {departments: 5}}
"""
POLICY = """
question: Do fixed posts matter?
extends: base.yaml
timeline: [{quarter: 2, set: {regime.posts.kind: fixed}}]
"""


@pytest.fixture
def small(sim: Sim) -> Sim:
    Path("base.yaml").write_text(BASE)
    Path("policy.yaml").write_text(POLICY)
    return sim


def folders(out: str = "results") -> list[str]:
    return sorted(path.name for path in Path(out).iterdir()) if Path(out).is_dir() else []


@pytest.mark.usefixtures("undrawn")
def test_run_stores_a_result_that_open_prints_again(small: Sim) -> None:
    result = small("run", "policy.yaml", "--seed", "7")
    assert result.exit_code == 0, result.stderr
    assert "policy: 2 replications, seed 7" in result.stdout
    [folder] = folders()
    assert folder.startswith("policy-")
    opened = small("open", f"results/{folder}")
    assert opened.exit_code == 0
    assert opened.stdout.splitlines()[:5] == result.stdout.splitlines()[:5]


@pytest.mark.usefixtures("undrawn")
def test_a_run_without_its_report_gets_it_when_it_is_opened(small: Sim) -> None:
    result = small("run", "policy.yaml", "--no-report")
    assert result.exit_code == 0, result.stderr
    [folder] = Path("results").iterdir()
    assert not [*folder.glob("report*"), *folder.glob("figures")]
    assert f"Tables: {folder} (sim open {folder} writes the report)" in " ".join(result.stdout.split())
    opened = small("open", str(folder))
    assert f"Report: {folder}/report.html" in " ".join(opened.stdout.split())
    there = {path.name for path in folder.rglob("*")}
    small("run", "policy.yaml", "--again")
    assert {path.name for path in folder.rglob("*")} == there >= {"report.md", "report.html", "flows.png"}


def test_a_result_whose_folder_takes_no_report_is_opened_without(small: Sim) -> None:
    small("run", "policy.yaml", "--no-report")
    [folder] = Path("results").iterdir()
    (folder / "figures").write_text("in the way", encoding="utf-8")
    opened = small("open", str(folder))
    assert opened.exit_code == 2
    assert f"cannot be added to {folder}" in " ".join(opened.stderr.split())
    opened = small("open", str(folder), "--no-report")
    assert opened.exit_code == 0
    assert f"Tables: {folder}" in " ".join(opened.stdout.split())
    assert not (folder / "report.html").exists()


@pytest.mark.usefixtures("undrawn")
def test_a_comparison_without_its_report_gets_it_when_it_is_asked_for_again(small: Sim) -> None:
    small("compare", "base.yaml", "policy.yaml", "--no-report", "--lang", "zh")
    [folder] = Path("results").iterdir()
    assert not [*folder.glob("report*"), *folder.glob("figures")]
    result = small("compare", "base.yaml", "policy.yaml")
    assert "this is its stored result" in result.stdout
    assert {path.name for path in folder.glob("report*")} == {"report.md", "report.html"}
    assert (folder / "figures" / "comparison.png").exists()


@pytest.mark.usefixtures("undrawn")
def test_run_takes_an_override_into_the_policy(small: Sim) -> None:
    small("run", "policy.yaml", "--set", "regime.posts.kind=open", "--quiet")
    from sim.lab.results.store import open_results

    [folder] = folders()
    scenario = open_results(f"results/{folder}").manifest["scenario"]
    assert scenario["timeline"][0]["set"]["regime"]["posts"] == {"kind": "open"}


@pytest.mark.usefixtures("undrawn")
def test_quiet_says_nothing(small: Sim) -> None:
    result = small("run", "base.yaml", "--quiet", "--out", "elsewhere")
    assert (result.exit_code, result.output) == (0, "")
    assert len(folders("elsewhere")) == 1


def test_the_window_of_a_comparison_is_chosen_on_the_command_line(small: Sim) -> None:
    result = small("compare", "base.yaml", "policy.yaml", "--window", "3:4", "--no-report")
    assert result.exit_code == 0, result.stderr
    [folder] = folders()
    assert set(pandas.read_csv(Path("results", folder, "effects.csv"))["window"]) == {"3-4"}


@pytest.mark.usefixtures("undrawn")
def test_compare_answers_and_stores(small: Sim) -> None:
    result = small("compare", "policy.yaml", "base.yaml", "--baseline", "base")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Do fixed posts matter?")
    [folder] = folders()
    assert folder.startswith("compare-")
    assert {"report.md", "report.html", "manifest.json"} <= {
        path.name for path in Path("results", folder).iterdir()
    }


def test_sweep_prints_its_points(small: Sim) -> None:
    result = small("sweep", "policy.yaml", "--vary", "regime.posts.kind=open,fixed")
    assert result.exit_code == 0, result.stderr
    assert "policy over 2 points" in result.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["compare", "base.yaml"], "a comparison needs at least two scenarios"),
        (["compare", "base.yaml", "policy.yaml", "--baseline", "bse"], "did you mean base?"),
        (["compare", "base.yaml", "base.yaml"], "two scenarios are named base"),
        (
            ["sweep", "policy.yaml", "--vary", "behaviour.effort.response=0,2,3"],
            "response = 3 is above the largest",
        ),
        (["sweep", "policy.yaml", "--vary", "behaviour.effort.responsee=0,1"], "did you mean response?"),
        (["run", "base.yaml", "--out", "base.yaml"], "base.yaml cannot be written"),
        (["run", "base.yaml", "--window", "5:9"], "window = 5-9: must be two quarters in order, at most 6"),
        (
            ["run", "base.yaml", "--window", "5-6"],
            "--window 5-6: write the first and the last quarter, as in",
        ),
        (["compare", "base.yaml", "policy.yaml", "--window", ""], "--window is empty: write the first and"),
        (["decompose", "base.yaml", "policy.yaml", "--window", "6:5"], "window = 6-5: is reversed"),
        (["trace", "policy.yaml", "--pick", "xflagged"], "did you mean flagged?"),
    ],
)
def test_what_cannot_be_run_is_refused_before_anything_is_written(
    words: list[str], message: str, small: Sim
) -> None:
    result = small(*words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert sorted(path.name for path in Path().iterdir()) == ["base.yaml", "policy.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="signals of another kind")
def test_an_interrupted_run_leaves_nothing_that_looks_finished(small: Sim) -> None:
    words = [sys.executable, "-m", "sim", "run", "base.yaml", "--replications", "5000", "--out", "out"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        words, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=hear_signals
    ) as started:
        _wait_for(lambda: Path("out").is_dir() or started.poll() is not None)
        started.send_signal(signal.SIGINT)
        _, said = started.communicate(timeout=300)
    assert (started.returncode, said) == (1, "interrupted; nothing unfinished was kept\n")
    assert folders("out") == []


def _wait_for(happened: Callable[[], bool], seconds: float = 300) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_decompose_stores_parts_that_open_prints_again(small: Sim) -> None:
    result = small("decompose", "base.yaml", "policy.yaml", "--outcome", "output_per_post", "--seed", "3")
    assert result.exit_code == 0, result.stderr
    assert "true output per post" in result.stdout
    assert "selection" in result.stdout
    [folder] = folders()
    assert folder.startswith("decompose-")
    stored = {path.name for path in Path("results", folder).rglob("*")}
    assert {"report.md", "report.html", "parts.csv", "decomposition.png", "manifest.json"} <= stored
    assert small("open", f"results/{folder}").stdout.splitlines()[:3] == result.stdout.splitlines()[:3]


def test_decompose_needs_a_reform(small: Sim) -> None:
    result = small("decompose", "policy.yaml", "base.yaml")
    assert result.exit_code == 2
    assert "base has no timeline" in result.stderr
    assert folders() == []


def test_trace_tells_one_life(small: Sim) -> None:
    result = small("trace", "policy.yaml", "--person", "10000")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Person 10000 (")
    assert "2020Q4 (4)" in result.stdout
    assert "under both: " in result.stdout
    assert "how it ends" in result.stdout
    [folder] = folders()
    assert {"report.md", "panel.csv", "trace.png"} <= {
        path.name for path in Path("results", folder).rglob("*")
    }


def test_trace_of_nobody(small: Sim) -> None:
    result = small("trace", "policy.yaml", "--person", "5")
    assert result.exit_code == 2
    assert "person 5 is never employed" in result.stderr
    assert folders() == []


def test_an_unknown_language_is_refused_before_anything_runs(small: Sim) -> None:
    result = small("run", "policy.yaml", "--lang", "de")
    assert result.exit_code == 2
    assert "must be one of en, zh" in result.stderr
    assert folders() == []


def test_a_chinese_report_is_added_to_the_english_one(small: Sim) -> None:
    result = small("compare", "base.yaml", "policy.yaml", "--lang", "zh")
    assert result.exit_code == 0, result.stderr
    assert "模拟结果" in result.stdout
    [folder] = folders()
    stored = {path.name for path in Path("results", folder).rglob("*")}
    assert {
        "report.md",
        "report.html",
        "report.zh.md",
        "report.zh.html",
        "comparison.png",
        "comparison.zh.png",
    } <= stored
    assert "模拟" not in Path("results", folder, "report.md").read_text(encoding="utf-8")
    assert "模拟" in Path("results", folder, "report.zh.md").read_text(encoding="utf-8")
    again = small("open", f"results/{folder}", "--lang", "zh")
    assert again.exit_code == 0
    assert "report.zh.html" in again.stdout
