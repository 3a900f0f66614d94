"""Robustness of tables made by hand; boxes that were planted."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from sim.analysis.studies.headlines import Headline, headline_of, state_of
from sim.analysis.studies.prim import find_boxes, inside, peel
from sim.analysis.studies.regret import explained, third_of
from sim.analysis.studies.robustness import robust
from sim.core.errors import UserError
from tests.analysis.studies_fake import study_of

HYPERCUBE = {"kind": "latin_hypercube"}
TEN = (np.arange(10.0)[:, None] + 0.5) / 10


def study(effects, units=TEN, **options):
    return study_of(units, effects, HYPERCUBE, **options)


def state_counts(found, one):
    rows = found.table[(found.table["scenario"] == one.scenario) & (found.table["outcome"] == one.outcome)]
    return rows.set_index("state")["count"].to_dict()


def test_states():
    """95 % intervals against a headline that says up."""
    assert state_of(0.1, 0.5, 1) == "holds"
    assert state_of(-0.1, 0.5, 1) == "undecided"
    assert state_of(-0.5, -0.1, 1) == "flips"
    assert state_of(-0.5, -0.1, -1) == "holds"
    assert state_of(0.1, 0.5, 1, 0.6) == "negligible"
    assert state_of(np.nan, np.nan, 1) == "undecided"


def spread_out(known):
    """A study of ten points and three replications that differ by exactly −1, 0 and 1 times a half width."""
    made = study({"new": {"morale": known}}, replications=3)
    runs = made.runs
    away = (runs["replication"] - 1.0) * 0.1 * (runs["scenario"] == "new")
    runs["morale"] += away
    return made


def test_shares_of_a_table_made_by_hand():
    """SD .1, three replications: half width 4.302653 · .1 / √3 = .2484.

    Of the effects −.45, −.35 ... +.45 three on each side are larger.
    """
    found = robust(spread_out(lambda u: u[:, 0] - 0.5), [Headline("new", "morale", 1)])
    counts = state_counts(found, found.headlines[0])
    assert counts == {"holds": 3, "negligible": 0, "undecided": 4, "flips": 3, "by_estimate": 5}
    holds = found.table[found.table["state"] == "holds"].iloc[0]
    assert holds["share"] == pytest.approx(0.3)
    assert (holds["low"], holds["high"]) == pytest.approx((0.1078, 0.6032), abs=1e-4)  # Wilson of 3 in 10


def test_a_smallest_effect_makes_points_negligible():
    """Half width .2484: within ±.31 lie the intervals of ±.05 only."""
    made = spread_out(lambda u: u[:, 0] - 0.5)
    found = robust(made, [Headline("new", "morale", 1)], {"morale": 0.31})
    assert state_counts(found, found.headlines[0])["negligible"] == 2


def test_by_default_the_sign_of_the_median_effect():
    effects = {"morale": lambda u: u[:, 0] - 0.7, "cost_per_output": lambda u: u[:, 0] - 0.2}
    found = robust(study({"new": effects}))
    assert set(found.headlines) == {Headline("new", "morale", -1), Headline("new", "cost_per_output", 1)}


def test_headlines_as_text():
    assert headline_of("four_systems:output_per_post>0") == Headline("four_systems", "output_per_post", 1)
    assert headline_of(" a : morale < 0 ") == Headline("a", "morale", -1)
    with pytest.raises(UserError, match="scenario:outcome>0"):
        headline_of("morale is up")


def test_regret_is_what_the_best_does_better():
    """A effects u, B .5, baseline 0: at u = .05 ... .95 A lags by .45, .35 ... .05, then B by .05 ... .45."""
    effects = {"a": {"morale": lambda u: u[:, 0]}, "b": {"morale": lambda u: 0.5 + 0.0 * u[:, 0]}}
    found = robust(study(effects))
    rows = found.regrets.set_index("scenario")
    assert rows["mean"]["a"] == pytest.approx(1.25 / 10)
    assert rows["mean"]["b"] == pytest.approx(1.25 / 10)
    assert rows["max"]["civil_service"] == pytest.approx(0.95)
    assert rows["best_share"]["a"] == pytest.approx(0.5)
    assert rows["best_share"]["civil_service"] == 0.0
    lags = np.sort(np.r_[np.zeros(5), np.arange(5, 50, 10) / 100])
    assert rows["p90"]["a"] == pytest.approx(np.quantile(lags, 0.9))


def test_where_less_is_better_the_lower_one_has_no_regret():
    found = robust(study({"a": {"cost_per_output": lambda u: -u[:, 0]}}))
    rows = found.regrets.set_index("scenario")
    assert rows["max"]["a"] == 0.0
    assert rows["mean"]["civil_service"] == pytest.approx(0.5)


def test_good_enough_on_all_outcomes_at_once():
    """Morale is no worse from .3 on, cost no worse up to .8: five of ten points, .35 to .75."""
    effects = {"morale": lambda u: u[:, 0] - 0.3, "cost_per_output": lambda u: u[:, 0] - 0.8}
    found = robust(study({"new": effects}))
    row = found.satisficing.iloc[0]
    assert row["points"] == 10
    assert row["share"] == pytest.approx(0.5)
    assert (row["low"], row["high"]) == pytest.approx((0.2366, 0.7634), abs=1e-4)  # Wilson of 5 in 10
    assert row["not_worse"] == pytest.approx(0.5)


def test_a_region_names_the_regime_that_does_best_there():
    """A is better where both factors are high; the third factor does nothing."""
    units = np.random.default_rng(1).random((300, 3))
    effects = {"a": {"morale": lambda u: 3.0 * (u[:, 0] * u[:, 2] > 0.25) - 1.0}}
    found = robust(study(effects, units))
    assert {found.regions["first"][0], found.regions["second"][0]} == {"behaviour.x1", "behaviour.x3"}
    assert len(found.regions) == 9
    assert found.regions["points"].sum() == 300
    best = found.regions.set_index(["first_low", "second_low"]).sort_index()["best"]
    assert best.iloc[0] == "civil_service"
    assert best.iloc[-1] == "a"


def test_thirds_and_what_they_explain():
    assert np.bincount(third_of(np.arange(9.0))).tolist() == [3, 3, 3]
    assert third_of(np.array([5.0, 2.0, 5.0])).tolist() == [1, 0, 1]
    cells = np.array([0, 0, 1, 1])
    assert explained(np.array([[1.0], [1.0], [3.0], [3.0]]), cells) == pytest.approx(1.0)
    assert explained(np.array([[1.0], [3.0], [1.0], [3.0]]), cells) == pytest.approx(0.0)
    assert explained(np.zeros((4, 1)), cells) == 0.0


def planted(count=600, seed=2):
    """Cases lie where the first factor is above .6 and the third below .5: a fifth of the space."""
    units = np.random.default_rng(seed).random((count, 5))
    return units, (units[:, 0] > 0.6) & (units[:, 2] < 0.5)


def test_a_planted_box_is_found_and_no_other_factor_named():
    units, cases = planted()
    box = find_boxes(units, cases)[0]
    sides = {side.factor: side for side in box.restrictions}
    assert set(sides) == {0, 2}
    assert sides[0].low == pytest.approx(0.6, abs=0.03)
    assert sides[0].high == np.inf
    assert sides[2].high == pytest.approx(0.5, abs=0.03)
    assert box.coverage > 0.9
    assert box.density > 0.9
    assert all(side.quasi_p < 1e-6 for side in box.restrictions)


def test_shares_of_a_box_are_those_of_its_points():
    units, cases = planted()
    noisy_cases = cases ^ (np.random.default_rng(3).random(600) < 0.1)
    box = find_boxes(units, noisy_cases, most=1)[0]
    within = np.ones(600, dtype=bool)
    for side in box.restrictions:
        within &= (units[:, side.factor] >= side.low) & (units[:, side.factor] <= side.high)
    assert box.points == within.sum()
    assert box.mass == pytest.approx(within.mean())
    assert box.density == pytest.approx(noisy_cases[within].mean())
    assert box.coverage == pytest.approx(noisy_cases[within].sum() / noisy_cases.sum())


def test_quasi_p_is_the_binomial_tail_against_the_box_without_the_side():
    """One factor: without its side the box is all points."""
    units = np.linspace(0.0, 1.0, 40)[:, None]
    cases = units[:, 0] > 0.7
    box = find_boxes(units, cases, most=1)[0]
    expected = stats.binomtest(box.cases, box.points, float(cases.mean()), alternative="greater").pvalue
    assert box.restrictions[0].quasi_p == pytest.approx(expected)


def test_a_peel_takes_about_a_twentieth_and_stops_at_a_tenth():
    units, cases = planted(400)
    everything = np.ones(400, dtype=bool)
    sizes = [int(inside(units, limits).sum()) for limits in peel(units, cases, everything)]
    assert sizes[0] == 400
    assert sizes[1] == 380
    assert all(one > other for one, other in pairwise(sizes))
    assert sizes[-1] >= 40


def test_steps_of_listed_values_go_one_value_at_a_time():
    units = np.tile(np.array([0.0, 1.0, 2.0]), 40)[:, None]
    box = find_boxes(units, units[:, 0] == 2.0)[0]
    assert (box.restrictions[0].low, box.restrictions[0].high) == (2.0, np.inf)
    assert box.density == 1.0
    assert box.coverage == 1.0


def test_two_places_give_two_boxes():
    units = np.random.default_rng(4).random((800, 3))
    cases = (units[:, 0] > 0.8) | ((units[:, 1] < 0.3) & (units[:, 2] < 0.5))
    first, second = find_boxes(units, cases)
    assert {side.factor for side in first.restrictions} == {0}
    assert first.restrictions[0].low == pytest.approx(0.8, abs=0.03)
    assert {side.factor: round(side.high, 1) for side in second.restrictions} == {1: 0.3, 2: 0.5}
    assert first.coverage + second.coverage > 0.9


def test_sides_that_luck_could_have_made_are_dropped():
    """Opposite corners, known to escape peeling: whatever is told must be sure side by side."""
    units = np.random.default_rng(4).random((800, 3))
    cases = ((units[:, 0] < 0.3) & (units[:, 1] < 0.4)) | ((units[:, 0] > 0.7) & (units[:, 1] > 0.6))
    sides = [side for box in find_boxes(units, cases) for side in box.restrictions]
    assert all(side.quasi_p < 0.05 for side in sides)
    assert 2 not in {side.factor for side in sides}


def test_few_cases_are_not_searched_and_nothing_but_cases_neither():
    units = np.random.default_rng(5).random((50, 2))
    assert find_boxes(units, units[:, 0] > 2.0) == []
    assert find_boxes(units, np.arange(50) < 4) == []
    assert find_boxes(units, np.ones(50, dtype=bool)) == []


def test_robustness_names_where_a_headline_flips():
    units, _ = planted(300)
    effects = {"new": {"morale": lambda u: np.where((u[:, 0] > 0.6) & (u[:, 2] < 0.5), -1.0, 1.0)}}
    found = robust(study(effects, units, noise=0.01, replications=4))
    first = found.boxes[found.boxes["box"] == 1]
    assert set(first["factor"]) == {"behaviour.x1", "behaviour.x3"}
    told = found.paragraph()
    assert "x1 is at least 0.6" in told
    assert "300 points, 4 replications each" in told
    assert "assumed" in told


def test_points_that_failed_are_left_out_and_told():
    found = robust(study({"new": {"morale": lambda u: u[:, 0]}}, failed=(2,)))
    assert found.left_out == (2,)
    assert found.points == 9
    assert set(found.table["points"]) == {9}
    assert found.satisficing["points"][0] == 9
    assert "Left out because they failed: 1 point." in found.paragraph()


def test_what_cannot_be_asked_is_refused():
    made = study({"new": {"morale": lambda u: u[:, 0]}})
    with pytest.raises(UserError, match="headline on old"):
        robust(made, [Headline("old", "morale", 1)])
    with pytest.raises(UserError, match="did you mean morale"):
        robust(made, [Headline("new", "moral", 1)])
    with pytest.raises(UserError, match="must be 1 or -1"):
        robust(made, [Headline("new", "morale", 0)])
    with pytest.raises(UserError, match="no baseline"):
        robust(study({"new": {"morale": lambda u: u[:, 0]}}, baseline=None))
    with pytest.raises(UserError, match="use attribute"):
        robust(study_of(TEN, {"new": {"morale": lambda u: u[:, 0]}}, {"kind": "coalitions"}))
