"""Points of a design are made when they are asked for, and come out the same wherever the plan is read."""

import json
import tracemalloc
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pandas
import pytest

from sim.core.errors import UserError
from sim.lab.designs.plan import PLAN, Plan, plan_of, read_plan, wrong_points
from sim.lab.designs.points import WrittenOut
from sim.lab.designs.tasks import tasks_of
from sim.lab.jobs.rounds import missing
from sim.lab.results.checked import write_record
from tests.lab.small_study import BASIC

QUITS, SHARE = "behaviour.quits.base_contract", "regime.floating_pay.floating_share"
VARIED: dict[str, Any] = {
    "levers": {SHARE: {"low": 0.1, "high": 0.5}},
    "uncertainties": {
        QUITS: {"low": 0.01, "high": 0.16, "scale": "log"},
        "behaviour.stakes.career_years": {"low": 2, "high": 6},
    },
}
DESIGNS: list[dict[str, Any]] = [
    {"kind": "grid", "steps": 3},
    {"kind": "factorial"},
    {"kind": "latin_hypercube", "points": 7, "seed": 3},
    {"kind": "sobol", "base": 4},
    {"kind": "morris", "trajectories": 3},
    {"kind": "list", "points": [{SHARE: 0.1, QUITS: 0.2, "behaviour.stakes.career_years": 3}]},
]


def planned(**changes: Any) -> Plan:
    return plan_of({**BASIC, **VARIED, **changes})


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design["kind"])
def test_a_plan_that_is_read_has_the_points_that_were_written(design: dict[str, Any], tmp_path: Any) -> None:
    plan = planned(design=design)
    write_record(tmp_path / PLAN, plan.written, indent=None)
    again = read_plan(tmp_path)
    assert again.hash == plan.hash
    assert list(again.points) == list(plan.points)
    assert len(again.points) == len(plan.points)
    np.testing.assert_array_equal(again.units, plan.units)


def test_a_grid_is_every_combination_the_last_factor_changing_first() -> None:
    plan = planned(design={"kind": "grid", "steps": 3})
    axes = [sorted({point[k] for point in plan.points}) for k in range(3)]
    assert list(plan.points) == [list(values) for values in product(*axes)]
    assert plan.points[4] == list(plan.points)[4]
    with pytest.raises(IndexError):
        plan.points[27]


def test_a_plan_that_lists_its_points_is_still_read(tmp_path: Any) -> None:
    plan = planned(design={"kind": "latin_hypercube", "points": 5})
    listed = replace(plan, points=WrittenOut(list(plan.points)))
    write_record(tmp_path / PLAN, listed.written | {"units": plan.units.tolist()}, indent=None)
    assert list(read_plan(tmp_path).points) == list(plan.points)


def test_points_that_come_out_otherwise_are_refused(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(design={"kind": "latin_hypercube", "points": 5})
    write_record(tmp_path / PLAN, plan.written, indent=None)
    monkeypatch.setattr("sim.lab.designs.points.sample", lambda _, count: np.full((5, count), 0.5))
    with pytest.raises(UserError, match="do not come out as they were drawn"):
        read_plan(tmp_path)


def test_a_million_points_need_the_memory_of_few() -> None:
    planned(design={"kind": "grid", "steps": 3})
    tracemalloc.start()
    plan = planned(design={"kind": "grid", "steps": 100})
    size = len(json.dumps(plan.written))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(plan.points) == 1_000_000
    assert peak < 5e6
    assert size < 2e5


def test_every_point_is_checked_and_those_that_are_wrong_are_counted() -> None:
    weights = {"regime.floating_pay.quarterly_part": [0.4, 0.5, 0.6]}
    plan = planned(levers=weights, design={"kind": "grid", "steps": 3})
    said = wrong_points(plan)
    told = "regime.floating_pay.annual_part: quarterly_part + grade_part + annual_part ="
    assert said == [
        f"point 9 and 8 more: scenario: {told} 1.1; together they must be 1",
        f"point 18 and 8 more: scenario: {told} 1.2; together they must be 1",
    ]


def test_what_is_missing_is_counted_and_made_one_by_one() -> None:
    plan = planned(design={"kind": "grid", "steps": 100})
    rows = pandas.DataFrame({"point": [0, 0, 3], "scenario": "four_systems", "replication": [0, 1, 2]})
    left = missing(plan, rows, range(0, 1_000_000, 3))
    assert len(left) == 333_334 * 2 * 3 - 3
    tasks = tasks_of(left, 2)
    first = [next(tasks) for _ in range(6)]
    assert [tuple(task) for task in first] == [
        (0, "civil_service", 0, 2),
        (0, "civil_service", 2, 3),
        (0, "four_systems", 2, 3),
        (3, "civil_service", 0, 2),
        (3, "civil_service", 2, 3),
        (3, "four_systems", 0, 2),
    ]
    assert not missing(plan, rows, range(0))
    few = missing(plan, rows, range(4))
    assert len(few) == len(list(few)) == 4 * 2 * 3 - 3
