"""What it is worth to escape a hit, of which only so many in a row cost something, to people who work to escape them.

Somebody's chance of a hit in a period is Φ(u − y), y the effort beyond what is made anyhow, in units in which it costs
y²/(2κ) where the last hit costs 1. With j hits already there escaping the next is worth g_j = δ·(V_0 − V_{j+1}), with
all but one of them 1, and effort is the best there is for it: y = κ·g_j·φ(u − y). That is a small dynamic programme. It
depends on u and κ only, so it is solved once on a grid of them and looked up.
"""

from functools import cache, lru_cache

import numpy as np
from scipy.special import expit, ndtr, ndtri

from sim.core.arrays import Floats, Integers
from sim.core.orders import normal_density

EDGE, STEP = 4.5, 1 / 16
"""The grid's rows: u from −EDGE to EDGE."""
COLUMNS = 64
"""Its columns: κ/(1 + κ) from 0 by 1/COLUMNS; the last is κ = COLUMNS − 1, and equals have no steady way of playing
beyond a sixth of that (V3)."""
LOGIT_EDGE, LOGIT_STEP = 14.0, 1 / 32
ROUNDS = 20
"""Of efforts that follow values, and values that go halfway to what follows from efforts: an error of a millionth."""
TRIED = 9
"""Efforts among which the best is looked for before it is found exactly."""


def values(costs: list[Floats], chances: list[Floats], loss: Floats | float, discount: float) -> list[Floats]:
    """What escaping a hit is worth with 0, 1, … k − 1 hits, given what a period costs and risks with each.

    With A_j = C_j + p_j·G_j the toll of a period, D_j = V_0 − V_j = A_j − A_0 and G_j = δ·D_{j+1}; every G_j is
    written as `fixed` − `share`·A_0 from the last hit backwards, which leaves one equation in A_0.
    """
    fixed, share = [np.full(costs[0].size, loss)], [np.zeros(costs[0].size)]
    for cost, chance in zip(costs[:0:-1], chances[:0:-1], strict=True):
        fixed.insert(0, discount * (cost + chance * fixed[0]))
        share.insert(0, discount * (1 + chance * share[0]))
    toll = (costs[0] + chances[0] * fixed[0]) / (1 + chances[0] * share[0])
    return [one - part * toll for one, part in zip(fixed, share, strict=True)]


def normal_quantile(chance: Floats) -> Floats:
    """Φ⁻¹ within ±4.8, to some 10⁻⁵, faster than exactly: linear in ln(p/(1 − p)) between the points of a table."""
    likely = np.clip(chance, 1e-15, 1 - 1e-15)
    edge = LOGIT_EDGE - LOGIT_STEP / 2
    place = (np.clip(np.log(likely / (1 - likely)), -LOGIT_EDGE, edge) + LOGIT_EDGE) / LOGIT_STEP
    left = place.astype(np.int64)
    part, table = place - left, _quantiles()
    return np.asarray(table.take(left) * (1 - part) + table.take(left + 1) * part)


@cache
def _quantiles() -> Floats:
    logit = np.arange(-LOGIT_EDGE, LOGIT_EDGE + LOGIT_STEP / 2, LOGIT_STEP)
    return np.asarray(ndtri(expit(logit)))


def worth_of_escape(u: Floats, stake: Floats, hits: Integers, in_a_row: int, discount: float) -> Floats:
    """g_j·φ(u − y)/φ(u): worth of escaping a hit times its density at the best effort, over that without such effort.

    Args:
        u: as above, shape (m,); taken to be at the grid's edge beyond it.
        stake: κ, shape (m,); likewise.
        hits: j, shape (m,); more than `in_a_row` − 1 count as so many.
        in_a_row: hits that cost 1 together.
        discount: of a period.

    Returns:
        Shape (m,), at most 1 where u ≤ 0.
    """
    hits = np.minimum(hits, in_a_row - 1).astype(np.int64)
    return looked_up(_table(in_a_row, discount), hits, u, stake)


def looked_up(table: Floats, place: Integers, u: Floats, stake: Floats) -> Floats:
    """What a table of logarithms says of everybody, whose part of it stands at `place`; linear between its points."""
    row = (np.clip(u, -EDGE, EDGE - STEP / 2) + EDGE) / STEP
    column = np.minimum(stake / (1 + stake) * COLUMNS, COLUMNS - 1.5)
    top, left = row.astype(np.int64), column.astype(np.int64)
    lower, part = row - top, column - left
    corner = (place * rows_of_grid().size + top) * COLUMNS + left
    above = table.take(corner) * (1 - part) + table.take(corner + 1) * part
    corner += COLUMNS
    below = table.take(corner) * (1 - part) + table.take(corner + 1) * part
    return np.asarray(np.exp(above * (1 - lower) + below * lower))


def rows_of_grid() -> Floats:
    """The grid's u."""
    return np.arange(-EDGE, EDGE + STEP / 2, STEP)


@lru_cache(maxsize=64)
def _table(in_a_row: int, discount: float) -> Floats:
    """Its logarithm by hits, u and κ, flat; what is worth nothing has one of −690."""
    column = np.arange(COLUMNS) / COLUMNS
    u, stake = np.repeat(rows_of_grid(), COLUMNS), np.tile(column / (1 - column), rows_of_grid().size)
    worth = [(discount * ndtr(u)) ** (in_a_row - 1 - j) for j in range(in_a_row)]
    last = best_effort_for(u, stake)  # the last hit costs 1 in every round
    for _ in range(ROUNDS):
        efforts = [*(best_effort_for(u, stake * g) for g in worth[:-1]), last]
        costs = [0.5 * y * g * normal_density(u - y) for y, g in zip(efforts, worth, strict=True)]
        after = values(costs, [ndtr(u - y) for y in efforts], 1.0, discount)
        worth = [0.5 * (old + new) for old, new in zip(worth, after, strict=True)]
    efforts = [*(best_effort_for(u, stake * g) for g in worth[:-1]), last]
    fears = [g * np.exp(u * y - y * y / 2) for y, g in zip(efforts, worth, strict=True)]
    return np.log(np.maximum(np.concatenate(fears), 1e-300))


def best_effort_for(u: Floats, stake: Floats) -> Floats:
    """The y that makes y²/2 + stake·Φ(u − y) smallest: the best of some, then Newton between its neighbours."""
    span = np.minimum(stake * 0.3989422804014327, np.sqrt(2 * stake))
    tried = np.linspace(0.0, 1.0, TRIED)[:, None] * span
    at = (tried**2 / 2 + stake * ndtr(u - tried)).argmin(axis=0)
    y = np.take_along_axis(tried, at[None, :], axis=0)[0]
    low, high = y - span / (TRIED - 1), y + span / (TRIED - 1)
    for _ in range(6):
        marginal = stake * normal_density(u - y)
        slope = 1 - marginal * (u - y)
        step = np.where(slope > 0, (y - marginal) / np.where(slope > 0, slope, 1.0), 0.0)
        y = np.clip(y - step, low, high)
    return np.asarray(np.maximum(y, 0.0))
