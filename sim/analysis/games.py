"""Shares of what several causes bring about together."""

from collections.abc import Mapping
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

Coalition = frozenset[str]


def coalitions(players: tuple[str, ...]) -> list[Coalition]:
    """Every set of players, the empty one first."""
    return [frozenset(some) for size in range(len(players) + 1) for some in combinations(players, size)]


def shapley(
    worth: "Mapping[Coalition, pandas.DataFrame]", players: tuple[str, ...]
) -> "dict[str, pandas.DataFrame]":
    """The Shapley value of every player: what joining adds, averaged over all orders of joining (Shapley 1953).

    Args:
        worth: of every coalition, frames of one shape (replications by outcomes).
        players: their names.

    Returns:
        Frames that add up to the worth of all less that of nobody, cell by cell.
    """
    count, found = len(players), {}
    for player in players:
        parts = []
        for others in coalitions(tuple(one for one in players if one != player)):
            weight = factorial(len(others)) * factorial(count - len(others) - 1) / factorial(count)
            parts.append(weight * (worth[others | {player}] - worth[others]))
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        found[player] = total
    return found
