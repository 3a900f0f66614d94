"""The scenarios that ship: what they say, and that those in the same place differ in nothing else."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from sim.rules.base import SLOTS
from sim.scenario.describe import assumptions, rows
from sim.scenario.loader import load
from sim.scenario.schema import Scenario
from tests.shipped import shipped as all_shipped

FOLDER = Path(__file__).parents[2] / "scenarios"
NAMES = (
    "civil_service",
    "contract_only",
    "forced_ranking",
    "floating_pay_only",
    "placebo_lottery",
    "four_systems",
    "two_strikes",
    "quarterly_probation",
    "shandong_zones",
    "binhai_body",
    "dalian_jinpu",
    "jinan_high_tech",
    "postings_by_rank",
    "absolute_standard",
    "fair_ranking",
)
EVERY = (
    *NAMES,
    "pre_reform",
    "structure_only",
    "full_reform",
    "from_roster",
    "pilot_two_cities",
    "park_staff",
    "staggered_rollout",
)
"""The last ones have a place, a structure, or regimes side by side."""
CHANGED_SLOTS = {
    "civil_service": set(),
    "contract_only": {"appointment"},
    "forced_ranking": {"appointment", "appraisal", "adjustment", "floating_pay"},
    "floating_pay_only": {"floating_pay"},
    "placebo_lottery": set(SLOTS),
    "four_systems": set(SLOTS),
    "two_strikes": {"appointment", "appraisal", "adjustment"},
    "quarterly_probation": {"appointment", "adjustment"},
    "shandong_zones": {"posts", "contributions", "salaries", "appointment", "adjustment", "floating_pay"},
    "binhai_body": {"posts", "ranks", "contributions", "salaries", "appointment", "floating_pay"},
    "dalian_jinpu": {"appointment", "adjustment", "floating_pay"},
    "jinan_high_tech": {"appointment", "appraisal", "adjustment", "floating_pay"},
    "postings_by_rank": {"posts"},
    "absolute_standard": set(SLOTS),
    "fair_ranking": set(SLOTS),
}


def shipped(name: str) -> Scenario:
    return load(FOLDER / f"{name}.yaml")


def regime(name: str, quarter: int = 9) -> dict[str, Any]:
    return shipped(name).at(quarter).regime.model_dump(mode="json")


def test_these_are_all() -> None:
    assert {file.stem for file in all_shipped()} == set(EVERY)


@pytest.mark.parametrize("name", NAMES)
def test_all_live_eight_quarters_under_the_civil_service_in_the_same_place(name: str) -> None:
    baseline, scenario = shipped("civil_service"), shipped(name)
    assert scenario.name == name
    assert scenario.question.endswith("?")
    assert scenario.changes == (() if name == "civil_service" else (8,))
    assert scenario.at(8) == baseline.at(8)
    alike = (
        "world",
        "structure",
        "behaviour",
        "horizon",
        "calendar",
        "seed",
        "replications",
        "record",
        "hold",
        "hold_after",
    )
    assert all(getattr(scenario, part) == getattr(baseline, part) for part in alike)


@pytest.mark.parametrize("name", NAMES)
def test_the_reform_changes_these_slots_and_no_other(name: str) -> None:
    before, after = regime(name, 8), regime(name, 9)
    assert {slot for slot in SLOTS if before[slot] != after[slot]} == CHANGED_SLOTS[name]
    assert shipped(name).at(9).behaviour == shipped(name).at(8).behaviour


@pytest.mark.parametrize("name", EVERY)
def test_a_resolved_scenario_is_plain_complete_and_loads_again(name: str) -> None:
    scenario = shipped(name)
    written = json.loads(json.dumps(scenario.resolved()))
    assert load(written) == scenario
    assert load(written).resolved() == scenario.resolved()
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    before = name in ("pre_reform", "structure_only", "full_reform", "park_staff")
    assert written["structure"]["department_size"]["mean"] == (9.19 if before else 20.0)


def test_the_statutory_rule_of_the_baseline() -> None:
    assert regime("civil_service")["adjustment"]["triggers"] == {
        "incompetent": {
            "kind": "incompetent_grade",
            "in_a_row": 1,
            "consecutive": True,
            "within": 0,
            "follows": "demotion",
        },
        "incompetent_twice": {
            "kind": "incompetent_grade",
            "in_a_row": 2,
            "consecutive": True,
            "within": 0,
            "follows": "exit",
        },
    }


def test_forced_ranking_removes_the_bottom_share_and_nobody_else() -> None:
    found = regime("forced_ranking")
    assert found["adjustment"]["triggers"] == {
        "bottom": {
            "kind": "incompetent_grade",
            "in_a_row": 1,
            "consecutive": True,
            "within": 0,
            "follows": "exit",
        }
    }
    assert (found["appraisal"]["excellent_share"], found["appraisal"]["bottom_share"]) == (0.2, 0.1)
    parts = [found["floating_pay"][part] for part in ("quarterly_part", "grade_part", "annual_part")]
    assert (found["floating_pay"]["floating_share"], parts) == (0.1, [0.0, 1.0, 0.0])


def test_the_triggers_of_the_full_regime() -> None:
    triggers = regime("four_systems")["adjustment"]["triggers"]
    told = {name: (one["in_a_row"], one["follows"]) for name, one in triggers.items()}
    assert told == {
        "last_in_department": (2, "reservoir"),
        "incompetent": (1, "reservoir"),
        "last_in_municipality": (3, "reservoir"),
        "bottom_managers": (2, "demotion"),
    }


def test_the_placebo_differs_from_the_full_regime_in_the_lottery_alone() -> None:
    full, placebo = regime("four_systems"), regime("placebo_lottery")
    assert full["adjustment"].pop("selection") == "rule"
    assert placebo["adjustment"].pop("selection") == "lottery"
    assert full == placebo


@pytest.mark.parametrize("name", EVERY)
def test_no_number_differs_from_its_default_without_a_source_beside_it(name: str) -> None:
    scenario = shipped(name)
    stages = {0: 0} | {change.quarter + 1: stage for stage, change in enumerate(scenario.timeline, start=1)}
    for row in rows(scenario):
        if row.value != row.default and row.path.startswith(("regime", "behaviour", "world", "structure")):
            origin = scenario.origin(tuple(row.path.split(".")), stages[row.since])
            assert origin is not None
            assert origin.source, row.path


@pytest.mark.parametrize("name", NAMES)
def test_what_is_assumed_is_said_to_be(name: str) -> None:
    paths = {assumption["path"] for assumption in assumptions(shipped(name))}
    assert "behaviour.hiring.sorting" in paths
    assert ("regime.floating_pay.floating_share" in paths) == ("floating_pay" in CHANGED_SLOTS[name])
