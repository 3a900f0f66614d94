"""No number leaves without its unit, and no outcome in two: terminal, report, CSV, Parquet and Python agree."""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

import sim
from sim.lab import maker
from sim.lab.estimates.digest import digest
from sim.lab.reports.grids import effect_grid, level_grid
from sim.lab.results.files import read_manifest
from sim.lab.results.manifest import misstated
from sim.outcomes import OUTCOMES
from tests.lab.studies_fake import study_of
from tests.lab.estimates.test_analysis_attribution import PARTS
from tests.lab.conftest import SCENARIOS, SMALL

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

RUNS: dict[str, Any] = {"replications": 2, "seed": 3}
SETTING = "behaviour.quits.base_established"
STUDY = {
    "name": "one",
    "scenarios": [str(SCENARIOS / "civil_service.yaml")],
    "set": SMALL,
    "uncertainties": {SETTING: [0.002, 0.1]},
    "outcomes": ["exits", "morale"],
    "design": {"kind": "grid"},
    "replications": 2,
}


@pytest.fixture(scope="module")
def results(small, old, new, tmp_path_factory) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    """A stored result of every kind."""
    out = tmp_path_factory.mktemp("results")
    aims = {
        "name": "aims",
        "scenario": old,
        "replications": 2,
        "free": {"behaviour.quits.base_established": {}},
    }
    return {
        "run": sim.run(new.with_(record=["departments", "events", "staff"]), **RUNS, out=out),
        "comparison": sim.compare([old, new], **RUNS, out=out),
        "sweep": sim.sweep(old, {SETTING: [old.behaviour.quits.base_established, 0.1]}, **RUNS, out=out),
        "decomposition": sim.decompose(old, new, **RUNS, out=out),
        "trace": sim.trace(new, seed=3, out=out),
        "calibration": sim.calibrate(
            aims | {"targets": [{"outcome": "resignations", "value": 5, "error": 1}]}, trials=2, out=out
        ),
        "study": sim.run_study(STUDY, seed=3, out=out),
    }


def unlabelled(folder: Path) -> list[str]:
    """Columns of decimals that have no unit, in the column `unit` or in the table `units`."""
    found = []
    paths = [path for path in folder.rglob("*.parquet") if path.stem not in ("units", "failures")]
    assert paths
    for path in paths:
        frame = pandas.read_parquet(path)
        if "unit" in frame:
            found += [path.name] * (not frame["unit"].astype(bool).all())
            continue
        units = pandas.read_parquet(path.with_name("units.parquet")).set_index(["table", "column"])["unit"]
        decimals = frame.select_dtypes("float").columns
        found += [f"{path.name}: {name}" for name in decimals if not units[path.stem, name]]
    return found


KINDS = ["run", "comparison", "sweep", "decomposition", "trace", "calibration", "study"]


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_a_manifest_says_has_a_type(results: dict[str, Any], kind: str) -> None:
    manifest, result = read_manifest(results[kind].folder), maker(kind, "result")
    assert manifest["result"] == kind
    assert manifest.keys() - result.form().__annotations__.keys() == set()
    assert misstated(manifest, result.form()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_of_every_result_says_its_units(results: dict[str, Any], kind: str) -> None:
    assert unlabelled(results[kind].folder) == []


def test_an_outcome_has_one_unit_in_every_table(results: dict[str, Any]) -> None:
    tables = [
        *results["comparison"].digest.frames().values(),
        results["sweep"].points,
        results["decomposition"].parts,
        results["study"].effects,
        results["calibration"].fit,
    ]
    told = [frame for frame in tables if {"outcome", "unit"} <= set(frame)]
    assert len(told) > 6
    for frame in told:
        assert (
            frame["unit"] == frame["outcome"].map({name: one.unit for name, one in OUTCOMES.items()})
        ).all()


def test_the_same_number_stands_everywhere(results: dict[str, Any], old: Any) -> None:
    """Exits of the baseline: the area's table by hand, levels, both reports, a sweep's point and a study's runs."""
    comparison = results["comparison"]
    area = comparison.tables[old.name].area.query("9 <= quarter <= 16")
    people = area["headcount"].groupby(area["replication"]).sum()
    by_hand = (area["exits"] * area["headcount"]).groupby(area["replication"]).sum() / people
    told = [
        comparison.levels.set_index(["outcome", "scenario"])["mean"]["exits", old.name],
        results["sweep"].points.set_index(["point", "outcome"])["mean"][0, "exits"],
        results["study"].runs.query("point == 0")["exits"].mean(),
    ]
    assert told == pytest.approx([by_hand.mean()] * 3, rel=1e-12)
    alone = digest({old.name: comparison.tables[old.name]})
    compared = effect_grid(comparison.digest, comparison.digest.scenarios[-1])
    for grid in (compared, level_grid(alone)):
        [row] = [row for row in grid.rows if row[0] == OUTCOMES["exits"].label]
        assert row[1] == OUTCOMES["exits"].unit
        assert float(row[2]) == pytest.approx(by_hand.mean(), rel=0.005), "rounded"
    assert OUTCOMES["exits"].unit in comparison.summary()


def corners(count: int) -> Any:
    return np.array(list(product((0.0, 1.0), repeat=count)))


def analyses() -> dict[str, Any]:
    """What studies of known effects are asked."""
    known = {"hybrid": {"morale": lambda units: units[:, 0] - units[:, 1]}}
    parts = {"hybrid": {"morale": lambda units: units.sum(axis=1)}}
    filled = np.random.default_rng(1).random((64, 2))
    space = study_of(filled, known, {"kind": "latin_hypercube"}, noise=0.1)
    coalitions = study_of(corners(8), parts, {"kind": "coalitions"}, names=PARTS, noise=0.1)
    return {
        "sensitivity": sim.sensitivity(space),
        "robustness": sim.robust(space),
        "attribution": sim.attribute(coalitions),
    }


@pytest.mark.parametrize("name", ["sensitivity", "robustness", "attribution"])
def test_what_a_study_is_asked_says_its_units(name: str) -> None:
    tables = analyses()[name].frames()
    filled = {table: frame for table, frame in tables.items() if len(frame)}
    assert len(filled) > 1
    for table, frame in filled.items():
        assert "unit" in frame, table
        if table != "boxes":  # a box is in the unit of its factor, and these factors are invented
            assert frame["unit"].astype(bool).all(), table
