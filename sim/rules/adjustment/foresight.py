"""What a strike is worth to people who reckon with how hard they will work to escape the next one.

A small dynamic programme for everybody at once. With j strikes of k one works e_j, at a cost C_j a period net of what
else the work earns, and is hit with chance p_j; escaping a hit is worth G_j: the loss itself with the last but one,
else the discounted difference that one more strike makes. Effort follows from G_j, and G_j from the efforts.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.world.standing import Foresight
from sim.world.work import best_effort, effort_cost

Floats = NDArray[np.float64]
Risk = Callable[[Floats], tuple[Floats, Floats]]
"""Density and chance of a hit for people who expect to score so much more than they do now."""

ROUNDS = 24
"""Steps halfway to the best response; an error is below a hundred-thousandth of the first after them wherever one
response is the best (slope of the response in own effort within ±0.2), and small where it is within ±1."""


def values(costs: list[Floats], chances: list[Floats], loss: float, discount: float) -> list[Floats]:
    """What escaping a hit is worth with 0, 1, … k − 1 strikes, given what a period costs and risks with each.

    With A_j = C_j + p_j·G_j the toll of a period, D_j = V_0 − V_j = A_j − A_0 and G_j = δ·D_{j+1}; every G_j is
    written as `fixed` − `share`·A_0 from the last strike backwards, which leaves one equation in A_0.
    """
    fixed, share = [np.full(costs[0].size, loss)], [np.zeros(costs[0].size)]
    for cost, chance in zip(costs[:0:-1], chances[:0:-1], strict=True):
        fixed.insert(0, discount * (cost + chance * fixed[0]))
        share.insert(0, discount * (1 + chance * share[0]))
    toll = (costs[0] + chances[0] * fixed[0]) / (1 + chances[0] * share[0])
    return [one - part * toll for one, part in zip(fixed, share, strict=True)]


def strike_values_with_effort(
    risk: Risk, mind: Foresight, loss: float, discount: float, in_a_row: int, period: float
) -> list[Floats]:
    """What escaping one hit is worth with 0, 1, … strikes, own effort with each of them reckoned with.

    Args:
        risk: of a period that begins now, by how much more one scores.
        mind: what people know of themselves.
        loss: what follows the last strike, in mean annual pay.
        discount: of a period.
        in_a_row: strikes that make a flag.
        period: length of a period in years.
    """
    efforts = [mind.now] * in_a_row
    for _ in range(ROUNDS):
        risks = [risk(mind.slope * (effort - mind.now)) for effort in efforts]
        worth = values(
            [period * _net_cost(mind, effort) for effort in efforts], [p for _, p in risks], loss, discount
        )
        efforts = [
            _nearer(mind, effort, density * value)
            for effort, (density, _), value in zip(efforts, risks, worth, strict=True)
        ]
    return worth


def density_at_own_effort(risk: Risk, mind: Foresight, value: Floats) -> Floats:
    """Density of a hit this period where people work as hard as escaping it is worth to them."""
    effort = mind.now
    for _ in range(ROUNDS):
        density, _ = risk(mind.slope * (effort - mind.now))
        effort = _nearer(mind, effort, density * value)
    return density


def _nearer(mind: Foresight, effort: Floats, fear: Floats) -> Floats:
    """Halfway to the best response."""
    best = best_effort(mind.effort, (mind.other_reward + fear) * mind.slope, mind.floating_share)
    return 0.5 * (effort + best)


def _net_cost(mind: Foresight, effort: Floats) -> Floats:
    """What working so hard costs a year, less what else it earns; nothing where nobody varies it."""
    if mind.effort.response == 0:
        return np.zeros(effort.size)
    return effort_cost(mind.effort, effort, mind.floating_share) - mind.other_reward * mind.slope * effort
