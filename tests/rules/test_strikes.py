"""What a strike is worth: escaping one hit changes the future by what the values of a Markov chain say."""

import numpy as np
import pytest

from sim.rules.adjustment.trigger import strike_values


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
