"""Stakes too high for a steady contest are told of, and only those."""

from typing import Literal

import numpy as np
import pytest

from sim.core.parameters import param
from sim.lab.questions.run import run
from sim.rules.base import REGISTRY
from sim.rules.contests import pays_to_deviate
from sim.rules.one_by_one import PersonalTrigger
from sim.scenario.contests import unsteady_contests
from sim.scenario.loader import load
from sim.settings.behaviour import Effort
from sim.validation.case import FOLDER
from tests.shipped import shipped

DEAR = {"behaviour.stakes.dismissal": 5.0, "behaviour.effort.cost": 0.01}


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_shipped_scenarios_are_steady(path):
    assert unsteady_contests(load(path)) == []


def test_a_contest_with_high_stakes_bears_a_warning():
    """5 mean annual pays over .01·2 σ² are far above the 30 that five contenders can play for."""
    told = unsteady_contests(load(FOLDER / "v3_tournament.yaml", set=DEAR))
    assert len(told) == 1
    assert told[0].startswith("last: 1 of 5 lose 5 mean annual pay")
    assert list(run(load(FOLDER / "v3_tournament.yaml", set=DEAR)).warnings) == told


@pytest.mark.parametrize("change", [{"behaviour.effort.response": 0}, {"regime.adjustment.enforcement": 0}])
def test_nobody_plays_who_does_not_respond_or_has_nothing_to_lose(change):
    assert unsteady_contests(load(FOLDER / "v3_tournament.yaml", set=DEAR | change)) == []


def test_a_trigger_of_ones_own_sets_a_contest(monkeypatch):
    """It says so itself; one that does not is none."""
    monkeypatch.setitem(REGISTRY, "trigger", dict(REGISTRY["trigger"]))

    class Quiet(PersonalTrigger):
        kind: Literal["quiet"] = "quiet"
        in_a_row: int = param(1, unit="years", source="assumption", ge=1, le=4, doc="Years running.")
        follows: Literal["exit"] = param("exit", unit="choice", source="assumption", doc="What follows.")

        def is_hit(self, employee):
            return False

    class Loud(Quiet):
        kind: Literal["loud"] = "loud"

        def contenders(self, among):
            return among.department, 1

    both = {"mine": {"kind": "loud"}, "quiet": {"kind": "quiet"}}
    told = unsteady_contests(
        load(FOLDER / "v3_tournament.yaml", set=DEAR | {"regime.adjustment.triggers": both})
    )
    assert [line.partition(" lose")[0] for line in told] == ["last: 1 of 5", "mine: 1 of 5"]


def test_promotion_by_merit_can_be_too_dear():
    """Eight years of a pay step for the best of seven."""
    dear = {
        "behaviour.effort.cost": 0.01,
        "behaviour.effort.curvature": 1,
        "behaviour.stakes.career_years": 40,
    }
    told = unsteady_contests(load(FOLDER.parent / "four_systems.yaml", set=dear))
    assert any(line.startswith("promotion by merit: 6 of 7 lose") for line in told)


def test_deviating_pays_where_a_simulated_contest_says_so():
    """Two contenders, a hundred thousand draws of their errors: giving up against working as hard as the other."""
    luck = np.random.default_rng(5).normal(size=(2, 100_000))
    for stake in (9.0, 16.0):
        common = stake * 0.282095
        grid = np.linspace(0, common + 1, 60)
        winning = np.array([(effort + luck[0] > common + luck[1]).mean() for effort in grid])
        best = (stake * winning - grid**2 / 2).max()
        deviates = best > stake / 2 - common**2 / 2 + 0.02 * stake
        effort = Effort(cost=1.0, curvature=1.0, scale=100.0)
        assert pays_to_deviate(effort, stake, 1.0, 2, 1) == deviates == (stake > 12.35)
