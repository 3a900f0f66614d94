"""Shapley values of games whose values are known."""

import pandas
import pytest

from sim.lab.estimates.games import coalitions, shapley

PLAYERS = ("a", "b", "c")


def game(worth):
    return {
        coalition: pandas.DataFrame({"x": [float(worth(coalition))]}) for coalition in coalitions(PLAYERS)
    }


def values(worth):
    return {player: frame["x"][0] for player, frame in shapley(game(worth), PLAYERS).items()}


def test_what_each_adds_alone_is_theirs():
    alone = {"a": 1.0, "b": -2.0, "c": 0.5}
    found = values(lambda some: sum(alone[one] for one in some))
    assert found == pytest.approx(alone)


def test_what_two_do_only_together_is_shared():
    found = values(lambda some: 6.0 * ({"a", "b"} <= some))
    assert found == pytest.approx({"a": 3.0, "b": 3.0, "c": 0.0})


def test_gloves():
    """One left glove (a), two right ones: Shapley's example gives 2/3, 1/6, 1/6."""
    found = values(lambda some: "a" in some and len(some) > 1)
    assert found == pytest.approx({"a": 2 / 3, "b": 1 / 6, "c": 1 / 6})


def test_they_add_up_from_wherever_nobody_starts():
    def worth(some):
        return 5.0 + len(some) ** 3 - ("b" in some)

    assert sum(values(worth).values()) == pytest.approx(worth(frozenset(PLAYERS)) - worth(frozenset()))
