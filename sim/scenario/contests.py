"""Contests whose stakes are so high that equals have no steady way of playing them: runs of them bear a warning."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.core.draws import Draws
from sim.core.text import message
from sim.people.people import Population
from sim.people.staff import Staff
from sim.rules.adjustment import BottomOfOrganisation, IncompetentGrade, LastInDepartment, Trigger
from sim.rules.adjustment.base import TriggerList
from sim.rules.appraisal import ForcedDistribution
from sim.rules.contests import pays_to_deviate
from sim.rules.ranks import RankLadder

if TYPE_CHECKING:
    from sim.rules.regime import Regime
    from sim.scenario.schema import Scenario
    from sim.settings.place import Structure


class Prize(NamedTuple):
    """A contest among equals: `size` contend, the `lowest` of them lose `prize` (in mean annual pay)."""

    name: str
    size: int
    lowest: int
    prize: float


def unsteady_contests(scenario: "Scenario") -> list[str]:
    """A warning for every contest of the scenario in which symmetric effort is no equilibrium.

    Departments of mean size stand for all, and everybody in them for equals: people who know that they differ have
    less reason to give up or to overtake.
    """
    found = dict[str, None]()
    for quarter in (0, *(change + 1 for change in scenario.changes)):
        phase = scenario.at(quarter)
        effort, rating = phase.behaviour.effort, phase.behaviour.rating
        if effort.response == 0:
            continue
        people = Population(scenario.world, phase.behaviour, Draws(0), scenario.calendar.quarters_per_year)
        spread = float(np.sqrt(people.ability_variance + people.error_variances[0]))
        for one in _prizes(scenario, quarter):
            real = one.prize > 0 and 0 < one.lowest < one.size
            if real and pays_to_deviate(effort, one.prize, spread, one.size, one.lowest, rating.noise):
                found[_told(one)] = None
    return list(found)


def _told(one: Prize) -> str:
    return message(
        "{name}: {lowest} of {size} lose {prize} mean annual pay, which is so much that equals have no steady way of "
        "playing it (no pure equilibrium): the efforts shown are one of many ways",
        name=one.name,
        lowest=one.lowest,
        size=one.size,
        prize=f"{one.prize:.3g}",
    )


def _prizes(scenario: "Scenario", quarter: int) -> Iterator[Prize]:
    phase = scenario.at(quarter)
    yield from _of_triggers(scenario, quarter)
    if isinstance(phase.regime.ranks, RankLadder) and phase.regime.ranks.promotion == "merit":
        yield _of_promotion(scenario, quarter)


def _of_triggers(scenario: "Scenario", quarter: int) -> Iterator[Prize]:
    phase, year = scenario.at(quarter), scenario.calendar.quarters_per_year
    rule = phase.regime.adjustment
    if not isinstance(rule, TriggerList) or rule.chosen_by != "rule":
        return
    floating = phase.regime.floating_pay.share_in_force
    for name, trigger in rule.listed.items():
        size, lowest = _contenders(trigger, phase.regime, phase.structure, len(scenario.world.new_cities))
        yield Prize(name, size, lowest, rule.loss_of(trigger.follows, phase.behaviour.stakes, floating, year))


def _contenders(
    trigger: Trigger, regime: "Regime", structure: "Structure", new_cities: int
) -> tuple[int, int]:
    """(contenders, how many of them are hit); (0, 0) where it is no contest of staff."""
    department = _department(structure)
    if isinstance(trigger, LastInDepartment):
        return department, 1
    if isinstance(trigger, IncompetentGrade) and isinstance(regime.appraisal, ForcedDistribution):
        return department, max(1, round(regime.appraisal.bottom_share * department))
    if isinstance(trigger, BottomOfOrganisation):
        size = department * max(1, structure.new_cities.departments // new_cities)
        return size, int(trigger.share * size)
    return 0, 0


def _department(structure: "Structure") -> int:
    """Staff of a department of mean size."""
    return round(structure.department_size.mean * (1 - structure.manager_share))


def _of_promotion(scenario: "Scenario", quarter: int) -> Prize:
    """The winner of a department's first rank takes the next opening."""
    phase = scenario.at(quarter)
    stakes, shares = phase.behaviour.stakes, phase.structure.rank_shares
    staff = Staff()
    staff.append({"rank": np.array([1, 2, 3], dtype=np.int8)}, 3)
    pay = phase.regime.salaries.normal_pay(staff, np.asarray(staff.rank), scenario.calendar.quarters_per_year)
    size = round(shares[0] * _department(phase.structure))
    above = round(shares[1] * _department(phase.structure))
    openings = min(1.0, stakes.expected_turnover * above)
    step = float(pay[1] - pay[0]) / float(np.dot(shares, pay))
    prize = stakes.discount * stakes.career_years * step * openings
    return Prize("promotion by merit", size, size - 1, prize)
