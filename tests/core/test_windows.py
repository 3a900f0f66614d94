"""Hits within so many periods: what escaping one is worth, against lives drawn by luck and against value iteration."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from sim.core.orders import normal_density
from sim.core.streaks import worth_of_escape
from sim.core.windows import histories, worth_within


def test_a_history_holds_fewer_hits_than_are_enough():
    assert histories(2, 4).tolist() == [0b000, 0b001, 0b010, 0b100]
    assert histories(3, 3).tolist() == [0b00, 0b01, 0b10, 0b11]


@pytest.mark.parametrize("needed", [2, 3])
def test_as_many_hits_as_periods_are_hits_in_a_row(needed):
    """What came before the last miss is of no use."""
    u, stake = np.array([-2.0, -1.0, 0.3]), np.array([0.0, 0.5, 2.0])
    for had in range(needed):
        history = np.full(3, (1 << had) - 1)
        expected = worth_of_escape(u, stake, np.full(3, had), needed, 0.95)
        assert worth_within(u, stake, history, needed, needed, 0.95) == pytest.approx(expected, rel=1e-4)


def lives(first: int, chance: float, needed: int, periods: int, discount: float) -> tuple[float, float]:
    """Mean discounted cost of being hit now rather than not, the luck the same on both sides; its error."""
    people, mask, costs = 400_000, (1 << (periods - 1)) - 1, []
    for hit in (True, False):
        luck = np.random.default_rng(3)
        history, cost = np.full(people, first), np.zeros(people)
        for period in range(40):
            now = luck.random(people) < chance if period else np.full(people, hit)
            flagged = now & (np.bitwise_count(history) + 1 >= needed)
            cost += discount**period * flagged
            history = np.where(flagged, 0, (history << 1 | now) & mask)
        costs.append(cost)
    difference = costs[0] - costs[1]
    return difference.mean(), difference.std() / np.sqrt(people)


@pytest.mark.parametrize(
    ("needed", "periods", "history"), [(2, 4, 0), (2, 4, 0b010), (3, 5, 0b0011), (3, 5, 0b0001)]
)
@pytest.mark.parametrize("chance", [0.1, 0.4])
def test_without_effort_it_is_worth_what_lives_say(needed, periods, history, chance):
    """The true odds of a flag: five standard errors, a false alarm in a million."""
    mean, error = lives(history, chance, needed, periods, 0.8)
    u = np.array([ndtri(chance)])
    found = worth_within(u, np.zeros(1), np.array([history]), needed, periods, 0.8)[0]
    assert abs(found - mean) < 5 * error + 0.002 * mean


@pytest.mark.parametrize(("u", "stake"), [(-1.5, 0.5), (-0.5, 1.5)])
def test_with_effort_it_is_worth_what_value_iteration_says(u, stake):
    """Two hits within three periods: histories none, old, new; every effort of a fine grid is tried."""
    effort, discount = np.linspace(0, 3, 6001), 0.9
    cost, chance, value = effort**2 / (2 * stake), ndtr(u - effort), np.zeros(3)
    carried, missed = [0b00, 0b01, 0b10], [0, 2, 0]
    for _ in range(400):
        caught = np.array([discount * value[1], 1 + discount * value[0], 1 + discount * value[0]])
        choices = cost + chance * caught[:, None] + (1 - chance) * discount * value[missed][:, None]
        value = choices.min(axis=1)
    best, worth = effort[choices.argmin(axis=1)], caught - discount * value[missed]
    expected = worth * normal_density(u - best) / normal_density(np.array(u))
    found = worth_within(np.full(3, u), np.full(3, stake), np.array(carried), 2, 3, discount)
    assert found == pytest.approx(expected, rel=0.003)


def test_escaping_is_worth_most_where_the_old_hit_is_forgotten_next():
    """With any hit the next one costs 1; but a new hit stays after an escape, and an old one does not."""
    one = np.ones(1)
    none, new, older, oldest = (
        worth_within(-one, one, np.array([history]), 2, 4, 0.95)[0]
        for history in (0b000, 0b001, 0b010, 0b100)
    )
    assert none < new < older < oldest <= 1
