"""Whether equals in a contest have anything better to do than what all of them do (Lazear and Rosen 1981)."""

import numpy as np

from sim.core.orders import Noise, crossing
from sim.response.work import best_effort, effort_cost
from sim.settings.behaviour import Effort

POINTS = 2001
TABLE_ERROR = 1e-5
"""Of a chance looked up between the points of the rank tables."""


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
