"""What a strike is worth: escaping one hit changes the future by what the values of a Markov chain say."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtr

from sim.core.orders import crossing, normal_density
from sim.core.streaks import values
from sim.response.foresight import fear_of_a_hit, strike_values, strike_values_with_effort
from sim.response.standing import Foresight
from sim.response.work import best_effort
from sim.settings.behaviour import Effort
from sim.validation.two_strikes import two_strikes


@pytest.mark.parametrize("in_a_row", [2, 3, 4])
@pytest.mark.parametrize("discount", [0.95, 0.5])
def test_strikes_are_worth_what_the_future_says(in_a_row, discount):
    """Solve for the values of 0, 1, … strikes at a constant chance p, and see what escaping one hit changes.

    V_j = p·δ·V_{j+1} + (1 − p)·δ·V_0, and with the last strike missing V = p·(−L + δ·V_0) + (1 − p)·δ·V_0.
    """
    for chance in (0.01, 0.2, 0.9):
        loss, last = 0.6, in_a_row - 1
        system, right = np.eye(in_a_row), np.zeros(in_a_row)
        system[:, 0] -= (1 - chance) * discount
        system[last, 0] -= chance * discount
        right[last] = -chance * loss
        for strikes in range(last):
            system[strikes, strikes + 1] -= chance * discount
        value = np.linalg.solve(system, right)
        expected = [discount * (value[0] - value[strikes + 1]) for strikes in range(last)] + [loss]
        found = strike_values(np.array([chance]), loss, discount, in_a_row)
        assert [float(one[0]) for one in found] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("in_a_row", [1, 2, 3, 4])
@pytest.mark.parametrize("discount", [0.0, 0.95])
def test_strikes_at_no_risk(in_a_row, discount):
    """Nothing to fear but the last step, which would cost everything."""
    found = strike_values(np.zeros(1), 0.6, discount, in_a_row)
    assert [float(one[0]) for one in found] == [0.0] * (in_a_row - 1) + [0.6]


# --- people who reckon with how hard they will work


@pytest.mark.parametrize("in_a_row", [2, 3, 4])
@pytest.mark.parametrize("chance", [0.0, 0.1, 0.9])
def test_values_are_those_of_a_constant_chance_where_nothing_varies(in_a_row, chance):
    same = [np.array([chance])] * in_a_row
    for cost in (0.0, 0.3):
        found = values([np.array([cost])] * in_a_row, same, 0.6, 0.95)
        expected = strike_values(np.array([chance]), 0.6, 0.95, in_a_row)
        assert [float(x[0]) for x in found] == pytest.approx([float(x[0]) for x in expected], abs=1e-12)


def dynamic_programme(in_a_row, loss, discount, cost, cut, other):
    """Value iteration over a grid of efforts: what escaping a hit is worth with 0, 1, … strikes, and best efforts.

    The cost of effort e is cost·e²/2, other work earns other·e, and a score is effort plus a standard normal.
    """
    grid = np.linspace(0, 3, 30_001)
    chance, net = ndtr(cut - grid), other * grid - cost * grid**2 / 2
    value = np.zeros(in_a_row)
    for _ in range(2000):
        after_hit = np.append(discount * value[1:], discount * value[0] - loss)
        choices = net + chance * after_hit[:, None] + (1 - chance) * discount * value[0]
        value = choices.max(axis=1)
    after_hit = np.append(discount * value[1:], discount * value[0] - loss)
    return discount * value[0] - after_hit, grid[choices.argmax(axis=1)]


@pytest.mark.parametrize("in_a_row", [2, 3])
@pytest.mark.parametrize(("loss", "cost", "other"), [(1.0, 1.0, 0.0), (2.0, 1.5, 0.4), (0.6, 0.5, 0.1)])
def test_strikes_are_worth_what_the_best_efforts_leave(in_a_row, loss, cost, other):
    """Against value iteration; people believe to work at .2 now, whatever that is worth."""
    cut, now, one = -0.9, 0.2, np.ones(1)

    def risk(more):
        return normal_density(cut - now - more), ndtr(cut - now - more)

    effort = Effort(cost=cost, curvature=1, crowding_out=0)
    mind = Foresight(effort, now * one, one, 0 * one, None, None, other * one)
    found = strike_values_with_effort(risk, mind, loss, 0.9, in_a_row, 1.0)
    expected, _ = dynamic_programme(in_a_row, loss, 0.9, cost, cut, other)
    assert [float(x[0]) for x in found] == pytest.approx(list(expected), rel=2e-4)


def test_a_second_strike_is_feared_less_by_who_will_work_to_escape_it():
    """Own effort lowers the chance of the second hit, and costs less than it saves."""
    risk = lambda more: (normal_density(-0.9 - more), ndtr(-0.9 - more))  # noqa: E731
    one, worth = np.ones(1), {}
    for response in (0.0, 1.0):
        mind = Foresight(
            Effort(cost=0.5, curvature=1, response=response), 0 * one, one, 0 * one, None, None, 0 * one
        )
        worth[response] = strike_values_with_effort(risk, mind, 1.0, 0.95, 2, 1.0)[0][0]
    constant = strike_values(ndtr(np.array([-0.9])), 1.0, 0.95, 2)[0][0]
    assert worth[0.0] == pytest.approx(constant)
    assert worth[1.0] < 0.95 * constant


# --- looked up instead


def fear_at(risk, effort, now, other, strikes, in_a_row=2, loss=1.0, discount=0.95):
    """The fear of somebody who works `now`, and whose work earns `other` besides."""
    one = np.ones(1)
    mind = Foresight(effort, now * one, one, 0 * one, None, None, other * one)
    found = fear_of_a_hit(risk(0 * one), np.array([strikes]), mind, loss, discount, in_a_row, 1.0)
    return float(found[0])


@pytest.mark.parametrize("loss", [1.0, 4.0])
@pytest.mark.parametrize("now", [0.0, 0.3, 0.8])
def test_two_strikes_are_feared_as_they_should_be_whatever_one_does_now(loss, now):
    """The exact two-strike tournament (V6), its rivals' cut known; the chance of now misses it by a fifth and more."""
    known = two_strikes(loss, 0.1, 0.95)
    cut = brentq(lambda x: _flagged(x, known) - 0.1, -4, 2)
    effort = Effort(cost=1, curvature=1, crowding_out=0)
    for strikes, best in ((0, known.clean), (1, known.struck)):
        fear = fear_at(lambda more: _at(cut - now - more), effort, now, 0.0, strikes, loss=loss)
        assert fear == pytest.approx(best, rel=0.003)


def _flagged(cut, play):
    p0, p1 = ndtr(cut - play.clean), ndtr(cut - play.struck)
    return (p0 + p0 * p1) / (1 + p0)


def _at(x):
    return normal_density(np.atleast_1d(x)), ndtr(np.atleast_1d(x))


def learnt(risk, effort, other, strikes, **stakes):
    """Effort and fear once people have gone halfway to the best response often enough."""
    now = 0.0
    for _ in range(60):
        fear = fear_at(lambda more, at=now: risk(at + more), effort, now, other, strikes, **stakes)
        now += 0.5 * (float(best_effort(effort, np.array([other + fear]), np.zeros(1))[0]) - now)
    return now, fear


@pytest.mark.parametrize("curvature", [1, 5])
@pytest.mark.parametrize(("size", "lowest"), [(3, 1), (10, 1), (60, 6)])
@pytest.mark.parametrize("z", [-0.5, 0.0, 0.7])
def test_a_place_among_few_is_feared_nearly_as_it_should_be(curvature, size, lowest, z):
    """Learnt, against iteration with the true ranks: within a hundredth, without a strike at γ = 5 a twentieth."""
    effort, other, loss = Effort(cost=0.5, curvature=curvature, crowding_out=0), 0.1, 0.8

    def risk(more):
        return crossing(np.array([size]), np.array([lowest]), z - 0.3 + np.atleast_1d(more))

    for strikes in (0, 1):
        now, fear = learnt(risk, effort, other, strikes, loss=loss)
        one = np.ones(1)
        mind = Foresight(effort, now * one, one, 0 * one, None, None, other * one)
        worth = strike_values_with_effort(lambda more, at=now: risk(at + more), mind, loss, 0.95, 2, 1.0)
        expected = risk(now)[0][0] * worth[strikes][0]
        assert fear == pytest.approx(expected, rel=0.05 if strikes == 0 and curvature > 1 else 0.01)
