"""Shares of what several causes bring about together.

Both indices are weighted sums over all coalitions, so each is one matrix: rows are players or pairs, columns are
coalitions by their number (bit i is set where player i belongs to it).
"""

from collections.abc import Mapping
from functools import cache
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.intervals import Floats

if TYPE_CHECKING:
    import pandas

Coalition = frozenset[str]


def coalitions(players: tuple[str, ...]) -> list[Coalition]:
    """Every set of players, the empty one first."""
    return [frozenset(some) for size in range(len(players) + 1) for some in combinations(players, size)]


def number_of(coalition: Coalition, players: tuple[str, ...]) -> int:
    """The coalition's number: the sum of 2^i over its players i."""
    return sum(1 << place for place, player in enumerate(players) if player in coalition)


@cache
def shapley_weights(count: int) -> Floats:
    """What each coalition's worth counts in each player's Shapley value (1953), shape (players, 2^players)."""
    found = np.zeros((count, 1 << count))
    for player in range(count):
        for others in _without(count, 1 << player):
            size = others.bit_count()
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            found[player, others | 1 << player] += weight
            found[player, others] -= weight
    return found


@cache
def interaction_weights(count: int) -> Floats:
    """The same for the Shapley interaction index of pairs (Grabisch & Roubens 1999), shape (pairs, 2^players).

    Pairs in the order of `itertools.combinations`. What two do together beyond what each does alone, averaged over
    whom they meet: positive where they strengthen each other, negative where one does the other's work.
    """
    pairs = list(combinations(range(count), 2))
    found = np.zeros((len(pairs), 1 << count))
    for row, (one, other) in enumerate(pairs):
        first, second = 1 << one, 1 << other
        for others in _without(count, first | second):
            size = others.bit_count()
            weight = factorial(size) * factorial(count - size - 2) / factorial(count - 1)
            for joined, sign in ((first | second, 1), (first, -1), (second, -1), (0, 1)):
                found[row, others | joined] += sign * weight
    return found


def _without(count: int, members: int) -> list[int]:
    """Numbers of the coalitions that none of `members` belongs to."""
    return [number for number in range(1 << count) if not number & members]


def shapley(
    worth: "Mapping[Coalition, pandas.DataFrame]", players: tuple[str, ...]
) -> "dict[str, pandas.DataFrame]":
    """The Shapley value of every player: what joining adds, averaged over all orders of joining.

    Args:
        worth: of every coalition, frames of one shape (replications by outcomes).
        players: their names.

    Returns:
        Frames that add up to the worth of all less that of nobody, cell by cell.
    """
    import pandas

    by_number = {number_of(coalition, players): frame for coalition, frame in worth.items()}
    base = by_number[0]
    aligned = [by_number[number].reindex_like(base) for number in range(1 << len(players))]
    cells = np.stack([frame.to_numpy(dtype=np.float64) for frame in aligned])
    values = np.tensordot(shapley_weights(len(players)), cells, axes=1)
    return {
        player: pandas.DataFrame(value, index=base.index, columns=base.columns)
        for player, value in zip(players, values, strict=True)
    }
