"""Effects of runs whose true effects are known."""

import numpy as np
import pandas
import pytest

from sim.lab.estimates.digest import digest
from sim.lab.estimates.effects import EFFECT_COLUMNS, effects, relative_to, window_means
from sim.outcomes import OUTCOMES
from tests.lab.fake import fake

SHIFT = 0.2


@pytest.fixture(scope="module")
def runs():  # type: ignore[no-untyped-def]
    return {"old": fake("old"), "new": fake("new", SHIFT)}


@pytest.fixture(scope="module")
def small(runs):  # type: ignore[no-untyped-def]
    return digest(runs, baseline="old")


def effect(small, outcome):  # type: ignore[no-untyped-def]
    return small.effects.set_index("outcome").loc[outcome]


def test_effects_have_the_promised_columns(small) -> None:  # type: ignore[no-untyped-def]
    assert tuple(small.effects.columns) == EFFECT_COLUMNS


def test_default_window_is_the_last_eight_quarters(small) -> None:  # type: ignore[no-untyped-def]
    assert set(small.effects["window"]) == {"17-24"}


def test_window_is_shorter_where_the_horizon_is() -> None:
    short = digest({"old": fake("old", quarters=5)})
    assert short.window == (1, 5)


def test_paired_difference_is_the_difference_of_pairs(runs, small) -> None:  # type: ignore[no-untyped-def]
    old, new = (
        run.area.query("17 <= quarter <= 24").groupby("replication")["output_per_post"].mean()
        for run in runs.values()
    )
    row = effect(small, "output_per_post")
    assert row["difference"] == pytest.approx((new - old).mean())
    half = 2.200985 * (new - old).std() / np.sqrt(12)  # t(11)
    assert row["high"] - row["difference"] == pytest.approx(half, rel=1e-5)
    assert row["relative"] == pytest.approx((new - old).mean() / old.mean())


def test_shared_luck_cancels(small) -> None:  # type: ignore[no-untyped-def]
    """Levels vary by luck; the difference only by the replication's own response to the reform."""
    level = small.levels.query("outcome == 'output_per_post' and scenario == 'old'").iloc[0]
    row = effect(small, "output_per_post")
    assert row["low"] <= SHIFT <= row["high"]
    assert effect(small, "cost_per_output")["difference"] == 0
    assert level["high"] - level["low"] > 0


def test_nothing_differs_before_the_reform(small) -> None:  # type: ignore[no-untyped-def]
    before = small.paths.query("scenario == 'new' and quarter <= 8")
    there = before[before["difference"].notna()]
    assert len(there) > 50
    assert (there[["difference", "difference_low", "difference_high"]] == 0).all().all()


def test_paths_reach_from_the_founding_to_the_horizon(small) -> None:  # type: ignore[no-untyped-def]
    path = small.paths.query("scenario == 'new' and outcome == 'output_per_post'")
    assert path["quarter"].tolist() == list(range(25))


def test_relative_effect_needs_a_baseline_that_is_not_zero(small) -> None:  # type: ignore[no-untyped-def]
    assert np.isnan(effect(small, "morale")["relative"])
    assert relative_to(np.array([1.0, 1.0]), np.array([0.0, -2.0])).tolist()[1] == 0.5


def test_flows_are_weighted_by_the_people_employed() -> None:
    """One leaves of 100 people, then one of 300: 2 in 400 person-quarters are 2 a year and 100, not the mean 2.67."""
    area = pandas.DataFrame({"replication": 0, "quarter": [1, 2], "headcount": [100.0, 300.0]})
    area["resignations"] = 400 * 1 / area["headcount"]
    area["morale"] = [0.0, 1.0]
    [row] = window_means(area, ["resignations", "morale"], (1, 2)).to_dict("records")
    assert row["resignations"] == pytest.approx(2)
    assert row["morale"] == 0.5


def test_flows_stand_with_all_other_outcomes_each_with_its_unit(small) -> None:  # type: ignore[no-untyped-def]
    for frame in (small.effects, small.levels, small.paths, small.pairs):
        units = frame.set_index("outcome")["unit"].to_dict()
        assert units == {name: OUTCOMES[name].unit for name in units}
    assert small.effects.set_index("outcome").loc["exits", "difference"] == pytest.approx(8)


def test_quarters_without_a_value_do_not_count(runs) -> None:  # type: ignore[no-untyped-def]
    area = runs["old"].area
    means = window_means(area, ["ability_leavers"], (17, 20))
    first = area.query("replication == 0 and 17 <= quarter <= 19")["ability_leavers"].mean()
    assert means.loc[0, "ability_leavers"] == pytest.approx(first)


def test_every_pair_of_regimes_is_compared_and_mirrors(small) -> None:  # type: ignore[no-untyped-def]
    pairs = small.pairs.set_index(["scenario", "baseline"])["difference"]
    assert len(pairs) == 2
    assert pairs["new", "old"] == pytest.approx(-pairs["old", "new"])


def test_chosen_outcomes_only(runs) -> None:  # type: ignore[no-untyped-def]
    chosen = digest(runs, "old", outcomes=["morale"], window=(9, 12))
    assert chosen.effects["outcome"].tolist() == ["morale"]
    assert chosen.effects["window"].tolist() == ["9-12"]


def test_one_replication_gives_differences_without_intervals() -> None:
    single = digest({"old": fake("old", replications=1), "new": fake("new", SHIFT, replications=1)}, "old")
    row = single.effects.set_index("outcome").loc["output_per_post"]
    assert np.isfinite(row["difference"])
    assert np.isnan(row["low"])


def test_a_relative_effect_is_over_the_replications_in_which_both_exist() -> None:
    """Baseline 10, 20, 60, regime 11, 22 and nothing: +1.5 of 15 is a tenth."""
    base = pandas.DataFrame({"morale": [10.0, 20.0, 60.0]})
    other = pandas.DataFrame({"morale": [11.0, 22.0, np.nan]})
    [row] = effects({"old": base, "new": other}, "old", (1, 2)).to_dict("records")
    assert (row["difference"], row["replications"]) == (1.5, 2)
    assert row["relative"] == pytest.approx(0.1)
