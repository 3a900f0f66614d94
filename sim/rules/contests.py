"""Contests that rules set between equals, and whether these have anything better to do than what all of them do.

Lazear and Rosen (1981). A rule says which contests it sets (`Rule.contests`), given departments of mean size in which
everybody is alike.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.core.orders import Noise, crossing
from sim.response.work import best_effort, effort_cost
from sim.settings.behaviour import Effort, Stakes

if TYPE_CHECKING:
    from sim.rules.regime import Regime
    from sim.settings.place import Structure

POINTS = 2001
TABLE_ERROR = 1e-5
"""Of a chance looked up between the points of the rank tables."""


class Prize(NamedTuple):
    """A contest among equals: `size` contend, the `lowest` of them lose `prize` (in mean annual pay)."""

    name: str
    size: int
    lowest: int
    prize: float

    @property
    def contested(self) -> bool:
        """Whether there is anything to contend for."""
        return self.prize > 0 and 0 < self.lowest < self.size


@dataclass(frozen=True)
class Equals:
    """What a rule may use to say which contests it sets: departments of mean size, everybody in them alike.

    People who know that they differ have less reason to give up or to overtake.
    """

    regime: "Regime"
    structure: "Structure"
    stakes: Stakes
    new_cities: int
    quarters_per_year: int

    @property
    def department(self) -> int:
        """Staff of a department."""
        return round(self.structure.department_size.mean * (1 - self.structure.manager_share))

    @property
    def new_city(self) -> int:
        """Staff of a new city's departments."""
        return self.department * max(1, self.structure.new_cities.departments // self.new_cities)


def pays_to_deviate(
    effort: Effort, prize: float, spread: float, size: int, lowest: int, noise: Noise = "normal"
) -> bool:
    """Whether symmetric play, at which marginal cost and reward are equal, is no best response after all.

    Then there is no equilibrium in which everybody works equally hard: it pays to give up, and if all do, to work.

    Args:
        effort: what effort costs.
        prize: in mean annual pay, for staying out of the `lowest`.
        spread: SD of a score that nobody knows beforehand.
        size: contenders, all alike.
        lowest: how many of them lose.
        noise: shape of the error.
    """
    nothing = np.zeros(1)
    density = crossing(np.array([size]), np.array([lowest]), nothing, noise)[0] / spread
    common = best_effort(effort, prize * density, nothing)
    others = np.linspace(0.0, float(common[0]) + 2 * spread, POINTS)
    efforts = np.concatenate([common, others])
    z = (efforts - common) / spread
    _, losing = crossing(np.full(z.size, size), np.full(z.size, lowest), z, noise)
    payoff = -prize * losing - effort_cost(effort, efforts, np.zeros(z.size))
    return bool(payoff[1:].max() > payoff[0] + TABLE_ERROR * prize)
