"""Who is flagged and who is paid, where the truth is known."""

import numpy as np
import pandas
import pytest

from sim.lab.estimates.people import flags_by_ability, pay_by_contribution
from tests.lab.fake import fake, flags


@pytest.mark.parametrize("sizes", [(2,), (3, 7), (5, 10, 23)])
def test_a_lottery_gives_a_tenth_each_whatever_the_sizes_of_groups(sizes: tuple[int, ...]) -> None:
    found = flags_by_ability(fake("new", 0.1, events=flags(6, sizes)), (1, 24))
    assert found["tenth"].tolist() == list(range(1, 11))
    assert np.allclose(found["share"], 0.1)


def test_flagging_only_the_least_able_of_ten_fills_the_first_tenth() -> None:
    found = flags_by_ability(fake("new", 0.1, events=flags(6, (10,), only_last=True)), (1, 24))
    assert found["share"].iloc[0] == pytest.approx(1.0)
    assert found["share"].iloc[1:].sum() == pytest.approx(0.0)


def test_the_least_able_of_five_stands_for_two_tenths() -> None:
    found = flags_by_ability(fake("new", 0.1, events=flags(12, (5,), only_last=True)), (1, 24))
    assert found["share"].iloc[:3].tolist() == pytest.approx([0.5, 0.5, 0.0])
    assert found["flags"].iloc[0] == 1


def test_flags_outside_the_window_do_not_count() -> None:
    run = fake("new", 0.1)
    assert flags_by_ability(run, (13, 24)).empty
    assert not flags_by_ability(run, (12, 12)).empty


def test_shares_stay_between_nothing_and_all() -> None:
    found = flags_by_ability(fake("new", 0.1, events=flags(3, (9,), only_last=True)), (1, 24))
    assert found["low"].min() >= 0
    assert found["high"].max() <= 1


def test_without_events_nobody_is_flagged() -> None:
    empty = pandas.DataFrame({"replication": [], "quarter": [], "event": []})
    assert flags_by_ability(fake("new", 0.1, events=empty), (1, 24)).empty


def test_pay_rises_with_contribution_and_counts_neither_leaders_nor_the_unpaid() -> None:
    found = pay_by_contribution(fake("new"))
    assert found["pay"].is_monotonic_increasing
    assert found["pay"].mean() == pytest.approx(1.0, abs=0.01)
    assert found["pay"].iloc[-1] < 2
