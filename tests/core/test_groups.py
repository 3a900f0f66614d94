"""Arithmetic within groups, against the same done one row at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.groups import (
    count_by,
    mean_by,
    pair_up,
    positions_in_runs,
    rank_within,
    ratio,
    sorted_within,
    sum_by,
)
from sim.outcomes.outcome import ratio_or_nan
from sim.outcomes.snapshot import gini

GROUPS = 5
ROW = st.tuples(st.integers(0, GROUPS - 1), st.sampled_from([-1.5, 0.0, 0.25, 2.0, 7.0]), st.booleans())
ROWS = st.lists(ROW, max_size=40)


def columns(rows):
    """(group, value, among) as arrays, few distinct values so that ties are common."""
    return (
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.float64),
        np.array([row[2] for row in rows], dtype=bool),
    )


def rank_by_hand(group, value, among, tie_break):
    def below(i, j):
        return (value[j], tie_break[j]) < (value[i], tie_break[i])

    rows = [i for i in range(group.size) if among[i]]
    return [
        sum(group[j] == group[i] and below(i, j) for j in rows) if among[i] else -1 for i in range(group.size)
    ]


@settings(deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_rank_within_groups(rows, random):
    group, value, among = columns(rows)
    tie_break = np.array(random.sample(range(2**40), len(rows)), dtype=np.uint64)
    found = rank_within(group, value, among, tie_break)
    assert found.tolist() == rank_by_hand(group, value, among, tie_break)


def test_ties_go_by_the_tie_break_and_only_then():
    group = np.zeros(4, dtype=np.int64)
    value = np.array([1.0, 1.0, 0.0, 1.0])
    tie_break = np.array([30, 10, 99, 20], dtype=np.uint64)
    assert rank_within(group, value, np.ones(4, bool), tie_break).tolist() == [3, 1, 0, 2]


@settings(deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_rank_moves_with_the_row(rows, random):
    group, value, among = columns(rows)
    tie_break = np.array(random.sample(range(2**40), len(rows)), dtype=np.uint64)
    order = np.array(random.sample(range(len(rows)), len(rows)), dtype=np.int64)
    found = rank_within(group, value, among, tie_break)
    moved = rank_within(group[order], value[order], among[order], tie_break[order])
    assert np.array_equal(moved, found[order])


@pytest.mark.parametrize("largest", [10, 70_000])
def test_sorted_within_sorts_by_group_then_value(largest):
    luck = np.random.default_rng(1)
    group, value = luck.integers(0, largest, 2000), luck.normal(size=2000)
    order = sorted_within(group, value)
    assert np.array_equal(order, np.lexsort((value, group)))


@settings(deadline=None)
@given(ROWS)
def test_totals_are_those_of_each_group(rows):
    group, value, among = columns(rows)
    inside = [[row[1] for row in rows if row[0] == number and row[2]] for number in range(GROUPS)]
    assert count_by(group, GROUPS, among).tolist() == [len(one) for one in inside]
    assert sum_by(value, group, GROUPS, among).tolist() == [sum(one) for one in inside]
    expected = [sum(one) / len(one) if one else -9.0 for one in inside]
    assert mean_by(value, group, GROUPS, among, -9.0).tolist() == expected


def test_a_sum_does_not_depend_on_the_groups_beside_it():
    """Bit for bit: floating-point sums run in row order inside the group."""
    luck = np.random.default_rng(2)
    value, group = luck.normal(size=3000) * 10.0 ** luck.integers(-8, 8, 3000), luck.integers(0, 7, 3000)
    together = sum_by(value, group, 7, np.ones(3000, bool))
    for number in range(7):
        own = value[group == number]
        alone = sum_by(own, np.zeros(own.size, dtype=np.int64), 1, np.ones(own.size, bool))
        assert alone[0] == together[number]


def test_ratio_of_nothing():
    found = ratio(np.array([1.0, 2.0, 0.0]), np.array([2, 0, 0]), empty=-1.0)
    assert found.tolist() == [0.5, -1.0, -1.0]


def test_positions_in_runs():
    assert positions_in_runs(np.array([4, 4, 4, 5, 9, 9])).tolist() == [0, 1, 2, 0, 0, 1]
    assert positions_in_runs(np.array([], dtype=np.int64)).tolist() == []


@settings(deadline=None)
@given(st.lists(st.integers(0, 4), max_size=20), st.lists(st.integers(0, 4), max_size=20))
def test_pairs_are_first_come_first_served(left, right):
    wanted = []
    for group in range(5):
        one, other = ([i for i, value in enumerate(side) if value == group] for side in (left, right))
        wanted += zip(one, other, strict=False)
    sides = (np.array(side, dtype=np.int64) for side in (left, right))
    found = pair_up(*(part for group in sides for part in (np.arange(group.size), group)))
    assert sorted(zip(*(side.tolist() for side in found), strict=True)) == sorted(wanted)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0.01, 100)), max_size=30))
def test_gini_is_half_the_mean_difference_over_the_mean(rows):
    group = np.array([row[0] for row in rows], dtype=np.int64)
    pay = np.array([row[1] for row in rows], dtype=np.float64)
    found = gini(pay, np.argsort(pay), group, 4)
    for number in range(4):
        own = pay[group == number]
        if own.size == 0:
            assert np.isnan(found[number])
        else:
            expected = np.abs(own[:, None] - own[None, :]).mean() / (2 * own.mean())
            assert found[number] == pytest.approx(expected, abs=1e-12)


def test_ratios_are_the_same_beside_an_empty_group():
    """Where no group is empty fewer steps are taken; not a bit may come of it."""
    numerator, denominator = np.array([1.0, 2.0, 0.3]), np.array([3.0, 7.0, 0.7])
    beside = ratio(np.append(numerator, 5.0), np.append(denominator, 0.0), np.inf)
    assert beside.tolist() == [*ratio(numerator, denominator, np.inf).tolist(), np.inf]
    beside = ratio_or_nan(np.append(numerator, 5.0), np.append(denominator, 0.0))
    assert beside[:3].tolist() == ratio_or_nan(numerator, denominator).tolist()
    assert np.isnan(beside[3])
