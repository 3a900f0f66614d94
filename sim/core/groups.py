"""Arithmetic within groups of rows: totals, sizes, ranks, pairs. Groups are non-negative integers.

Sums run in row order inside each group, so a group's sum does not depend on which other groups share the table.
"""

import numpy as np

from sim.core.arrays import Counts, Floats, Integers, Mask, Rows


def count_by(group: Integers, groups: int, among: Mask) -> Counts:
    """How many rows of `among` each group has: shape (groups,)."""
    return np.bincount(group[among], minlength=groups)


def count_within(group: Integers, groups: int, among: Mask) -> Counts:
    """How many rows of `among` are in the group of each row."""
    return count_by(group, groups, among).take(group)


def sum_by(values: Floats, group: Integers, groups: int, among: Mask) -> Floats:
    """Sum of `values` over the rows of `among` in each group: shape (groups,)."""
    return np.bincount(group[among], weights=values[among], minlength=groups)


def sum_within(values: Floats, group: Integers, groups: int) -> Floats:
    """Sum of `values` over the rows of the group of each row."""
    return np.bincount(group, weights=values, minlength=groups).take(group)


def ratio(numerator: Floats, denominator: Floats | Integers, empty: float = 0.0) -> Floats:
    """Elementwise ratio, `empty` where the denominator is 0."""
    void = np.asarray(denominator == 0)
    if not void.any():
        return np.asarray(numerator / denominator)
    return np.where(void, empty, numerator / np.where(void, 1, denominator))


def mean_by(values: Floats, group: Integers, groups: int, among: Mask, empty: float = 0.0) -> Floats:
    """Mean of `values` over the rows of `among` in each group, `empty` where there are none."""
    own = group[among].astype(np.intp)
    total = np.bincount(own, weights=values[among], minlength=groups)
    return ratio(total, np.bincount(own, minlength=groups), empty)


def mean_within(values: Floats, group: Integers, groups: int, among: Mask, empty: float = 0.0) -> Floats:
    """Mean of `values` over the rows of `among` in the group of each row, `empty` where there are none."""
    return mean_by(values, group, groups, among, empty).take(group)


def sorted_within(group: Integers, value: Floats) -> Rows:
    """Rows sorted by group, then value; equal values in any order.

    One fast sort of the values, then a radix sort of the groups: several times faster than a lexical sort.
    """
    return grouped(group, np.argsort(value))


def grouped(group: Integers, order: Rows) -> Rows:
    """Rows in this order, brought together by group."""
    narrow = np.uint16 if group.size == 0 or group.max() < 2**16 else np.int64
    return order[np.argsort(group.take(order).astype(narrow), kind="stable")]


def _order(group: Integers, value: Floats, tie_break: Integers) -> Rows:
    """Rows sorted by group, then value; the tie-break is only consulted where values are equal."""
    order = sorted_within(group, value)
    in_order = value.take(order)
    alike = np.flatnonzero(in_order[1:] == in_order[:-1])
    alike = alike[group[order[alike + 1]] == group[order[alike]]]
    if alike.size:
        _settle(order, alike, tie_break)
    return order


def _settle(order: Rows, alike: Rows, tie_break: Integers) -> None:
    """Put runs of equal values in the order of the tie-break; `alike` are places whose next row has the same value."""
    goes_on, tied = np.zeros(order.size, dtype=bool), np.zeros(order.size, dtype=bool)
    goes_on[alike + 1] = tied[alike + 1] = tied[alike] = True
    places = np.flatnonzero(tied)
    rows, runs = order[places], np.cumsum(~goes_on[places])
    order[places] = rows[np.lexsort((tie_break[rows], runs))]


def rank_within(group: Integers, value: Floats, among: Mask, tie_break: Integers) -> Counts:
    """Position of every row of `among` within its group, 0 for the smallest value; -1 for other rows."""
    rows = np.flatnonzero(among)
    own = group.take(rows)
    order = _order(own, value.take(rows), tie_break.take(rows))
    size = np.bincount(own)
    place_of_first = np.cumsum(size) - size
    ranks = np.full(group.size, -1, dtype=np.int64)
    ranks[rows.take(order)] = np.arange(rows.size) - place_of_first.take(own.take(order))
    return ranks


def is_lowest(group: Integers, value: Floats, among: Mask, tie_break: Integers) -> Mask:
    """Which row of `among` has the smallest value in its group."""
    return np.asarray(rank_within(group, value, among, tie_break) == 0)


def in_lowest_share(
    share: float, group: Integers, groups: int, value: Floats, among: Mask, tie_break: Integers
) -> Mask:
    """Which rows of `among` are in the lowest `share` of their group, in whole rows."""
    rank, size = rank_within(group, value, among, tie_break), count_within(group, groups, among)
    return np.asarray(among & (rank < np.floor(share * size)))


def distance_to_boundary(group: Integers, value: Floats, among: Mask, below: Mask) -> Floats:
    """How far each row of `among` is above the boundary between those `below` it in its group and the others.

    Whoever is not below is compared with the highest who is, whoever is below with the lowest who is not: then the
    distance is at most 0. NaN outside `among` and in groups of which all or none are below.
    """
    low, high = among & below, among & ~below
    groups = int(group.max(initial=0)) + 1
    highest, lowest = np.full(groups, -np.inf), np.full(groups, np.inf)
    np.maximum.at(highest, group[low], value[low])
    np.minimum.at(lowest, group[high], value[high])
    other = np.where(below, lowest[group], highest[group])
    return np.where(among & np.isfinite(other), value - other, np.nan)


def highest_first(among: Mask, value: Floats, tie_break: Integers) -> Rows:
    """The rows of `among`, the largest value first; of equal ones the smallest tie-break."""
    rows = np.flatnonzero(among)
    return rows[np.lexsort((tie_break[rows], -value[rows]))]


def positions_in_runs(sorted_group: Integers) -> Counts:
    """0, 1, 2, … within each run of equal values of a sorted array."""
    index = np.arange(sorted_group.size)
    starts = np.ones(sorted_group.size, dtype=bool)
    starts[1:] = sorted_group[1:] != sorted_group[:-1]
    return index - np.maximum.accumulate(np.where(starts, index, 0))


def pair_up(left: Rows, left_group: Integers, right: Rows, right_group: Integers) -> tuple[Rows, Rows]:
    """Pair the i-th of the rows `left` with the i-th of the rows `right` in the same group.

    Both sides are already in the order of preference. Groups are those of whole tables. Returns the paired rows.
    """
    if not (left.size and right.size):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    left_group, right_group = left_group[left], right_group[right]
    first, second = np.argsort(left_group, kind="stable"), np.argsort(right_group, kind="stable")
    _, in_left, in_right = np.intersect1d(
        _key(left_group[first]), _key(right_group[second]), assume_unique=True, return_indices=True
    )
    return left[first[in_left]], right[second[in_right]]


def _key(sorted_group: Integers) -> Counts:
    return sorted_group.astype(np.int64) * 2**32 + positions_in_runs(sorted_group)
