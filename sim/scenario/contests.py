"""Contests whose stakes are so high that equals have no steady way of playing them: runs of them bear a warning."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.core.draws import Draws
from sim.core.text import message
from sim.people.people import Population
from sim.rules.base import SLOTS
from sim.rules.contests import Equals, Prize, pays_to_deviate

if TYPE_CHECKING:
    from sim.scenario.phases import Phase
    from sim.scenario.schema import Scenario


def unsteady_contests(scenario: "Scenario") -> list[str]:
    """A warning for every contest of the scenario in which symmetric effort is no equilibrium."""
    warnings = (_warning(one) for phase in scenario.phases for one in _unsteady(scenario, phase))
    return list(dict.fromkeys(warnings))


def _unsteady(scenario: "Scenario", phase: "Phase") -> Iterator[Prize]:
    effort, rating, year = phase.behaviour.effort, phase.behaviour.rating, scenario.calendar.quarters_per_year
    if effort.response == 0:
        return
    people = Population(scenario.world, phase.behaviour, Draws(0), year)
    spread = float(np.sqrt(people.ability_variance + people.error_variances[0]))
    new_cities = len(scenario.world.new_cities)
    for regime in phase.regimes:
        equals = Equals(regime, phase.structure, phase.behaviour.stakes, new_cities, year)
        contests = (one for slot in reversed(SLOTS) for one in getattr(regime, slot).contests(equals))
        for one in contests:
            if one.contested and pays_to_deviate(
                effort, one.prize, spread, one.size, one.lowest, rating.noise
            ):
                yield one


def _warning(one: Prize) -> str:
    return message(
        "{name}: {lowest} of {size} lose {prize} mean annual pay, which is so much that equals have no steady way of "
        "playing it (no pure equilibrium): the efforts shown are one of many ways",
        name=one.name,
        lowest=one.lowest,
        size=one.size,
        prize=f"{one.prize:.3g}",
    )
