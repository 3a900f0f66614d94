"""What escaping a hit is worth, looked up, against value iteration and the published two-strike solution."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from sim.core.orders import normal_density
from sim.core.streaks import normal_quantile, values, worth_of_escape


def by_value_iteration(u, stake, in_a_row, discount):
    """g_j·φ(u − y)/φ(u) for every j, efforts from a fine grid; the last hit costs 1."""
    grid = np.linspace(0, 3, 30_001)
    chance, cost, value = ndtr(u - grid), grid**2 / (2 * stake), np.zeros(in_a_row)
    for _ in range(3000):
        after_hit = np.append(discount * value[1:], discount * value[0] - 1.0)
        choices = -cost + chance * after_hit[:, None] + (1 - chance) * discount * value[0]
        value = choices.max(axis=1)
    worth = discount * value[0] - np.append(discount * value[1:], discount * value[0] - 1.0)
    best = grid[choices.argmax(axis=1)]
    return worth * normal_density(u - best) / normal_density(np.array(u))


@pytest.mark.parametrize("in_a_row", [1, 2, 3, 4])
@pytest.mark.parametrize(("u", "stake"), [(-2.53, 0.7), (-1.2816, 1.0), (-0.8416, 4.0), (0.41, 2.2)])
def test_it_is_what_the_best_efforts_leave(in_a_row, u, stake):
    expected = by_value_iteration(u, stake, in_a_row, 0.9)
    found = worth_of_escape(
        np.full(in_a_row, u), np.full(in_a_row, stake), np.arange(in_a_row), in_a_row, 0.9
    )
    assert found == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize("in_a_row", [2, 3, 4])
def test_without_a_response_it_is_the_value_at_a_constant_chance(in_a_row):
    u = np.array([-2.5, -1.0, 0.5])
    costs, chances = [np.zeros(3)] * in_a_row, [ndtr(u)] * in_a_row
    for strikes, expected in enumerate(values(costs, chances, 1.0, 0.95)):
        found = worth_of_escape(u, np.zeros(3), np.full(3, strikes), in_a_row, 0.95)
        assert found == pytest.approx(expected, rel=1e-5)


def test_nothing_is_undefined_anywhere():
    u, stake = np.array([-40.0, -4.5, 4.5, 40.0, 0.0]), np.array([0.0, 1e9, 1e9, 1e9, 1e9])
    for in_a_row in (2, 3):
        for strikes in (0, 1, 7):
            found = worth_of_escape(u, stake, np.full(5, strikes), in_a_row, 0.0)
            assert np.isfinite(found).all()
            assert (found >= 0).all()


def test_the_quick_quantile():
    chance = np.array([2e-6, 1e-3, 0.1, 0.5, 0.77, 1 - 1e-5])
    assert normal_quantile(chance) == pytest.approx(ndtri(chance), abs=5e-5)
    assert np.isfinite(normal_quantile(np.array([0.0, 1.0]))).all()
