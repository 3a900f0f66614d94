"""The labour market as the area meets it: its cycle, and what founders' tenure and age make of their resigning."""

from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats, Integers
from sim.core.draws import streams
from sim.response.municipality import ar1
from sim.response.quits import outside_pay, usual_logit
from sim.settings.behaviour import Quits

if TYPE_CHECKING:
    from sim.model.state import State

MARKET_KEY = 1 << 47
"""Keeps the labour market's luck apart from everybody else's."""


class Labour:
    """The cycle in SD, shape (replications,), 0 at the founding; and the lives of the founders at work."""

    def __init__(self, state: "State") -> None:
        staff, size = state.staff, state.replications.size
        self.cycle: Floats = np.zeros(size)
        self._stream = streams(state.replications, np.full(size, MARKET_KEY))
        founders = np.flatnonzero(staff.at_work)
        self._place: Integers = state.area_of_staff()[founders]
        self._served: Floats = staff.service_quarters[founders] / state.year
        self._age: Floats = staff.age_quarters[founders] / state.year

    def move(self, state: "State") -> None:
        """The cycle's next step: an AR(1) of unit variance, in every quarter of every regime the same."""
        luck = state.draws.normal("labour_market", state.quarter, self._stream)
        before = self.cycle if state.quarter > 1 else None
        self.cycle = ar1(before, state.world.labour_market.persistence, luck)

    def usual_logit(self, quits: Quits) -> Floats:
        """What centres tenure and age, so that the founders' mean odds are those of the base; one a replication."""
        return usual_logit(quits, self._served, self._age, self._place, self.cycle.size)


def outside_of_staff(state: "State") -> Floats:
    """What the market would pay everybody, over their normal pay here without a contract premium."""
    better = state.staff.ability - state.population.mean_ability
    cycle = state.labour.cycle[state.area_of_staff()]
    return outside_pay(state.world.labour_market, cycle, better)
