"""The benchmarks run and say what they must; how fast anything is, no test asks."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import without_drawing

ROOT = Path(__file__).parents[2]


@pytest.fixture
def parts(monkeypatch):
    """The benchmarks' own modules, which are scripts rather than a package."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    import figure
    import measuring

    return measuring, figure


def rows_of(table):
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_result_knows_whether_its_aim_is_met(parts):
    measuring, _ = parts
    asked = [
        (31.0, ">= 30", "yes"),
        (29.0, ">= 30", "no"),
        (2.9, "<= 3", "yes"),
        (3.1, "<= 3", "no"),
        (3.1, "", ""),
    ]
    assert [measuring.result(1, "x", [value], "times", aim).met for value, aim, _ in asked] == [
        met for _, _, met in asked
    ]


def test_a_result_is_the_median_of_its_repeats_with_their_range(parts):
    measuring, _ = parts
    found = measuring.result(1, "x", [5.0, 1.0, 2.0], "times")
    assert (found.value, found.lowest, found.highest, found.repeats) == (2.0, 1.0, 5.0, 3)


def test_ratios_are_of_the_same_repeat(parts):
    measuring, _ = parts
    above, below = [measuring.Time(9, 6), measuring.Time(9, 8)], [measuring.Time(1, 2), measuring.Time(1, 4)]
    assert measuring.ratios(above, below, 10) == [30, 20]


def test_new_results_take_the_place_of_older_ones_of_their_item(parts, tmp_path):
    measuring, figure = parts
    table = tmp_path / "results.csv"
    measuring.keep(
        [measuring.result(1, "old", [1.0], "times", ">= 30"), measuring.result(2, "other", [2.0], "s")], table
    )
    measuring.keep([measuring.result(1, "new", [40.0, 50.0], "times", ">= 30")], table)
    assert [(row["item"], row["measure"], row["met"]) for row in rows_of(table)] == [
        ("1", "new", "yes"),
        ("2", "other", ""),
    ]
    assert all(row["machine"] and row["date"] for row in rows_of(table))
    figure.draw(table, tmp_path / "results.png")
    assert (tmp_path / "results.png").stat().st_size > 10_000


AIMS = {
    "speed": {(1, "times", ">= 30"), (1, "times", ">= 40"), (2, "times", "<= 3")},
    "scale": {(3, "times", "<= 1.5"), (3, "bytes a person", "<= 400")},
    "sweeps": {(4, "% more processor time", "<= 5"), (4, "share", ">= 0.9"), (4, "% more", "<= 15")},
    "precision": {(6, "times", ">= 4")},
    "plans": {(7, "ms", "<= 0.5"), (7, "ms a point", "<= 1"), (7, "% more processor time", "<= 5")},
}
"""What is asked of each part: item, unit, aim; `startup` is run as it is, below."""
SMALL = {
    "structure.area_level.departments": 1,
    "structure.new_cities.departments": 5,
    "structure.department_size.mean": 7,
    "horizon.quarters": 12,
}


@pytest.fixture
def small_parts(monkeypatch):
    """The parts that measure the engine, on a few dozen people."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    import plans
    import precision
    import scale
    import speed
    import sweeps

    from sim.scenario.loader import load

    tiny = load(ROOT / "scenarios" / "four_systems.yaml", set=SMALL)
    for part in (plans, scale, speed):
        monkeypatch.setattr(part, "case", lambda: tiny)
        monkeypatch.setattr(part, "sized", lambda people, quarters: tiny, raising=False)
    for part in (plans, precision, sweeps):
        design = part.design
        monkeypatch.setattr(part, "design", lambda *given, design=design: {**design(*given), "set": SMALL})
    monkeypatch.setattr(precision, "OUTCOMES", {"output_per_post": 10.0, "ability": 10.0})
    monkeypatch.setattr(precision, "LEAST", 4)  # intervals as wide as these are reached at the first look
    return {"plans": plans, "precision": precision, "scale": scale, "speed": speed, "sweeps": sweeps}


@pytest.mark.parametrize("name", AIMS)
def test_a_part_measures_what_is_asked(small_parts, name, tmp_path):
    from figure import draw
    from measuring import keep

    with without_drawing():
        found = small_parts[name].measure(True, 1)
    assert {(one.item, one.unit, one.aim) for one in found if one.aim} == AIMS[name]
    assert all(one.unit and one.lowest <= one.value <= one.highest for one in found)
    keep(found, tmp_path / "results.csv")
    draw(tmp_path / "results.csv", tmp_path / "results.png")
    assert len(rows_of(tmp_path / "results.csv")) == len(found)
    assert (tmp_path / "results.png").stat().st_size > 10_000


def test_the_floor_draws_and_computes_for_everybody(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    import speed

    normals, draws = speed.draws_a_person_quarter()
    assert 1 < normals < draws < 20
    speed.floor(400, 2, normals)()


@pytest.mark.parametrize("part", ["startup"])
def test_benchmarks_run(part, tmp_path):
    words = [sys.executable, "benchmarks/bench.py", "--only", part, "--quick", "--out", tmp_path]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    asked = {row["measure"]: row["aim"] for row in rows_of(tmp_path / "results.csv") if row["aim"]}
    assert asked == {
        "sim --help": "<= 0.3",
        "sim run, one replication, report and four figures": "<= 2",
        "sim run --no-report, one replication": "<= 2",
    }
    assert (tmp_path / "results.png").exists()


def test_the_kept_results_answer_every_item():
    rows = rows_of(ROOT / "benchmarks" / "results.csv")
    assert {row["item"] for row in rows if row["aim"]} == {"1", "2", "3", "4", "5", "6", "7"}
    assert all(row["met"] in ("yes", "no") for row in rows if row["aim"])
    assert (ROOT / "benchmarks" / "results.png").exists()
