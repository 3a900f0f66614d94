"""What a strike is worth to people who reckon with how hard they will work to escape the next one.

With j strikes of k one works e_j, at a cost C_j a period net of what else the work earns, and is hit with chance p_j;
escaping a hit is worth G_j: the loss itself with the last but one, else the discounted difference that one more strike
makes. Effort follows from G_j, and G_j from the efforts. `fear_of_a_hit` looks the solution up
(`core.streaks`); the functions after it find it anew for everybody, by iteration.
"""

from collections.abc import Callable

import numpy as np

from sim.core.arrays import Floats, Integers
from sim.core.orders import normal_density
from sim.core.streaks import normal_quantile, values, worth_of_escape
from sim.core.windows import worth_within
from sim.response.standing import Foresight
from sim.response.work import best_effort, effort_cost, response_near

Risk = Callable[[Floats], tuple[Floats, Floats]]
"""Density and chance of a hit for people who expect to score so much more than they do now."""

ROUNDS = 24
"""Steps halfway to the best response; an error is below a hundred-thousandth of the first after them wherever one
response is the best (slope of the response in own effort within ±0.2), and small where it is within ±1."""


def fear_of_a_hit(
    risk: tuple[Floats, Floats],
    strikes: Integers,
    mind: Foresight,
    loss: Floats | float,
    discount: float,
    in_a_row: int,
    period: float,
    *,
    within: int = 0,
) -> Floats:
    """Marginal reward of escaping the next hit at the effort that is then best: its density times what that is worth.

    The score is taken to be normal, so that density and chance now say how uncertain it is, and both at any other
    effort; effort moves with its reward as it does near that of now.

    Args:
        risk: density of a hit per SD of own score kept up for a year, and its chance in a period, both shape (n,).
        strikes: everybody's, shape (n,).
        mind: what people know of themselves.
        loss: what follows the last strike, in mean annual pay.
        discount: of a period.
        in_a_row: strikes that make a flag.
        period: what is left of this one, in years.
        within: how many periods the strikes may spread over, then they are histories; 0 if they are hits in a row.
    """
    density, chance = risk
    rows = np.flatnonzero(density > 0)
    f, u, slope = density.take(rows), normal_quantile(chance.take(rows)), mind.slope.take(rows)
    floats = mind.floating_share[rows[:1]]  # as much for everybody at work
    steep, spare = response_near(mind.effort, mind.now.take(rows), floats)
    steep *= slope
    height = f / normal_density(u)
    unit = slope * (period * height)
    less = unit * (steep * mind.other_reward.take(rows) - spare)
    lost = np.broadcast_to(loss, density.shape).take(rows)
    stake, had = unit * steep * (height * lost), strikes.take(rows)
    if within:
        share = worth_within(u - less, stake, had, in_a_row, within, discount)
    else:
        share = worth_of_escape(u - less, stake, had, in_a_row, discount)
    fear = np.zeros(density.size)
    fear[rows] = lost * f * np.exp(less * (u - less / 2)) * share
    return fear


def strike_values_with_effort(
    risk: Risk, mind: Foresight, loss: Floats | float, discount: float, in_a_row: int, period: float
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


def by_strikes(strikes: Integers, values: list[Floats]) -> Floats:
    """The value that goes with everybody's number of strikes; the last one with more than there are."""
    found = values[0]
    for number, value in enumerate(values[1:], start=1):
        found = np.where(strikes >= number, value, found)
    return found


def strike_values(chance: Floats, loss: Floats | float, discount: float, in_a_row: int) -> list[Floats]:
    """What escaping one hit is worth with 0, 1, … in_a_row − 1 strikes, at a constant chance of being hit.

    With V_j the value with j strikes and D_j = V_0 − V_j: escaping is worth δ·D_{j+1} with j strikes and the loss
    itself with the last but one. D_{k−1} = p·L − δp·D_1 and D_j = δp·(D_{j+1} − D_1); for two in a row this
    is the two-strike tournament's D = p·L/(1 + δp).
    """
    if in_a_row == 1:
        return [np.full(chance.size, loss)]
    step = discount * chance
    geometric = sum((step**power for power in range(in_a_row)), np.zeros(chance.size))
    first = loss * chance * step ** (in_a_row - 2) / geometric
    gaps = [first]
    for _ in range(in_a_row - 2):
        gaps.append(np.where(step > 0, gaps[-1] / np.where(step > 0, step, 1.0), 0.0) + first)
    return [discount * gap for gap in gaps] + [np.full(chance.size, loss)]
