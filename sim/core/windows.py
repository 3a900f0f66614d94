"""What it is worth to escape a hit where so many hits within the last so many periods cost something.

The programme is that of `core.streaks`; what somebody carries is not a number of hits in a row but which of the last
periods brought one: a history, written as binary digits, 1 for a hit, the newest last. Whoever has enough hits pays and
starts afresh.
"""

from functools import lru_cache

import numpy as np
from scipy.special import ndtr

from sim.core.arrays import Floats, Integers
from sim.core.streaks import COLUMNS, best_effort_for, looked_up, rows_of_grid

POLICIES, SWEEPS = 8, 60
"""How often efforts follow values, and how often values are carried a period back in between."""


def histories(needed: int, periods: int) -> Integers:
    """What people may carry of the last `periods` − 1 periods: fewer than `needed` hits; ascending."""
    every = np.arange(1 << (periods - 1))
    return every[np.bitwise_count(every) < needed]


def worth_within(
    u: Floats, stake: Floats, history: Integers, needed: int, periods: int, discount: float
) -> Floats:
    """g·φ(u − y)/φ(u), as `core.streaks.worth_of_escape` has it, for everybody's history.

    Args:
        u, stake: as there, shape (m,).
        history: hits so far as binary digits, shape (m,); of these the last `periods` − 1 count, and of more hits than
            `needed` − 1 the newest.
        needed: hits that cost 1 together.
        periods: how many periods count, this one included.
        discount: of a period.

    Returns:
        Shape (m,).
    """
    places = _places(needed, periods)
    place = places.take(np.asarray(history, dtype=np.int64) & (places.size - 1))
    return looked_up(_table(needed, periods, discount), place, u, stake)


@lru_cache(maxsize=64)
def _places(needed: int, periods: int) -> Integers:
    """Where in `histories` every run of binary digits stands, the oldest hits of too many forgotten."""
    every = np.arange(1 << (periods - 1))
    for oldest in range(periods - 2, -1, -1):
        too_many = (np.bitwise_count(every) >= needed) & (every >> oldest & 1 == 1)
        every = np.where(too_many, every - (1 << oldest), every)
    return np.searchsorted(histories(needed, periods), every)


@lru_cache(maxsize=64)
def _table(needed: int, periods: int, discount: float) -> Floats:
    """As in `core.streaks`: the logarithm by history, u and κ, flat."""
    column = np.arange(COLUMNS) / COLUMNS
    u, stake = np.repeat(rows_of_grid(), COLUMNS), np.tile(column / (1 - column), rows_of_grid().size)
    carried, places = histories(needed, periods), _places(needed, periods)
    mask = places.size - 1
    missed, caught = places[carried << 1 & mask], places[(carried << 1 | 1) & mask]
    full = (np.bitwise_count(carried) + 1 >= needed)[:, None]
    value, effort = np.zeros((carried.size, u.size)), np.zeros((carried.size, u.size))
    for _ in range(POLICIES):
        chance, cost = ndtr(u - effort), effort**2 / (2 * np.maximum(stake, 1e-300))
        for _ in range(SWEEPS):
            escaped = discount * value[missed]
            after = np.where(full, 1 + discount * value[0], discount * value[caught])
            worth = np.maximum(after - escaped, 0.0)
            value = cost + escaped + chance * worth
            value -= value[0].copy()
        effort = np.array([best_effort_for(u, stake * one) for one in worth])
    fear = worth * np.exp(u * effort - effort * effort / 2)
    return np.asarray(np.log(np.maximum(fear.ravel(), 1e-300)))
