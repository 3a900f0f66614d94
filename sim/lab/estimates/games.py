"""Shares of what several causes bring about together.

A coalition's number has bit i set where player i belongs to it, so that worths are an array and sums over coalitions
one product.
"""

from collections.abc import Mapping
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats

if TYPE_CHECKING:
    import pandas

Coalition = frozenset[str]


def coalitions(players: tuple[str, ...]) -> list[Coalition]:
    """Every set of players, the empty one first."""
    return [frozenset(some) for size in range(len(players) + 1) for some in combinations(players, size)]


def number_of(coalition: Coalition, players: tuple[str, ...]) -> int:
    """The coalition's number: the sum of 2^i over its players i."""
    return sum(1 << place for place, player in enumerate(players) if player in coalition)


def shapley_values(worth: Floats) -> Floats:
    """The Shapley value of every player: what joining adds, averaged over all orders of joining (T5).

    Weighted differences, so that whoever never changes anything has exactly 0.

    Args:
        worth: shape (2^players, ...), coalitions by their number.

    Returns:
        Shape (players, ...); they add up to the worth of all less that of nobody.
    """
    count = len(worth).bit_length() - 1
    values = []
    for player in range(count):
        others = _without(count, 1 << player)
        weights = [
            factorial(size) * factorial(count - size - 1) / factorial(count) for size in _sizes(others)
        ]
        values.append(np.tensordot(weights, worth[others | 1 << player] - worth[others], axes=1))
    return np.array(values)


def interactions(worth: Floats) -> Floats:
    """The Shapley interaction index of every pair (T6).

    What two do together beyond what each does alone, averaged over whom they meet: positive where they strengthen each
    other, negative where one does the other's work.

    Args:
        worth: shape (2^players, ...), coalitions by their number.

    Returns:
        Shape (pairs, ...), in the order of `itertools.combinations`.
    """
    count = len(worth).bit_length() - 1
    indices = []
    for first, second in combinations([1 << player for player in range(count)], 2):
        others = _without(count, first | second)
        weights = [
            factorial(size) * factorial(count - size - 2) / factorial(count - 1) for size in _sizes(others)
        ]
        joining = worth[others | first | second] - worth[others | second]
        indices.append(np.tensordot(weights, joining - (worth[others | first] - worth[others]), axes=1))
    return np.array(indices)


def _without(count: int, members: int) -> NDArray[np.int64]:
    """Numbers of the coalitions that none of `members` belongs to."""
    numbers = np.arange(1 << count)
    return np.asarray(numbers[numbers & members == 0])


def _sizes(coalitions: NDArray[np.int64]) -> list[int]:
    """How many players belong to each."""
    return [int(number).bit_count() for number in coalitions]


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
    values = shapley_values(cells)
    return {
        player: pandas.DataFrame(value, index=base.index, columns=base.columns)
        for player, value in zip(players, values, strict=True)
    }
