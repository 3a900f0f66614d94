"""Robustness of tables made by hand; boxes that were planted."""

from itertools import pairwise

import numpy as np
import pandas
import pytest
from scipy import stats

from sim.core.errors import UserError
from sim.lab.estimates.headlines import Headline, headline_of, state_of
from sim.lab.estimates.prim import find_boxes, inside, peel
from sim.lab.estimates.regret import explained, third_of, winner
from sim.lab.estimates.robustness import robust
from sim.lab.figures.robustness_figures import about_headlines
from sim.lab.results.study import Study
from tests.lab.studies_fake import study_of

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


def test_headlines_of_the_study_are_questioned_unless_others_are_asked_for():
    made = study({"new": {"morale": lambda u: u[:, 0] - 0.7, "ability": lambda u: u[:, 0]}})
    made.manifest["headlines"] = ["new:morale>0"]
    found = robust(made)
    assert found.headlines == (Headline("new", "morale", 1),)
    assert "No headline was asked for" not in found.report()
    assert robust(made, [Headline("new", "ability", 1)]).headlines == (Headline("new", "ability", 1),)


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


def with_failures(made, point, first):
    """The study with the later replications of one point failed under the new regime."""
    runs = made.runs
    failed = (runs["point"] == point) & (runs["scenario"] == "new") & (runs["replication"] >= first)
    rows = [(point, "new", first, 9, "quarter", "overflow", "")]
    failures = pandas.DataFrame(rows, columns=made.failures.columns)
    kept = runs[~failed].reset_index(drop=True)
    return Study(made.points, made.units, kept, failures, made.factors, made.manifest)


def test_a_point_of_which_some_replications_failed_is_left_out_everywhere():
    """What did not fail is no fair draw: nine points are counted, in every table, and paired effects have nine."""
    made = with_failures(study({"new": {"morale": lambda u: u[:, 0]}}, replications=4), 3, 2)
    found = robust(made)
    assert found.left_out == (3,)
    assert found.points == 9
    for table in (found.table, found.regrets, found.satisficing):
        assert set(table["points"]) == {9}
    assert 3 not in set(found.at_points["point"]) | set(found.regret["point"]) | set(
        made.paired("morale")["point"]
    )


def test_regret_compares_regimes_over_the_same_luck():
    """Luck of 0, 0, 30 by replication; the outcome is missing in the last under the regime that is better by 1."""
    made = study({"new": {"morale": lambda u: 1.0 + 0.0 * u[:, 0]}}, replications=3)
    runs = made.runs
    runs["morale"] = 30.0 * (runs["replication"] == 2) + (runs["scenario"] == "new")
    runs.loc[(runs["replication"] == 2) & (runs["scenario"] == "new"), "morale"] = np.nan
    rows = robust(made, [Headline("new", "morale", 1)]).regrets.set_index("scenario")
    assert rows["mean"]["new"] == 0.0
    assert rows["mean"]["civil_service"] == pytest.approx(1.0)


def test_both_directions_of_one_outcome_may_be_asked_for():
    """Up flips where x1 is above .8, down where it is below: each box is told of its own headline."""
    units = np.random.default_rng(6).random((200, 3))
    effects = {"new": {"morale": lambda u: np.where(u[:, 0] > 0.8, -1.0, 1.0)}}
    up, down = Headline("new", "morale", 1), Headline("new", "morale", -1)
    found = robust(study(effects, units, noise=0.01, replications=4), [up, down, up])
    assert found.headlines == (up, down)
    first = found.boxes[found.boxes["box"] == 1].set_index("sign")
    assert first["low"][1] == pytest.approx(0.8, abs=0.03)
    assert first["high"][-1] == pytest.approx(0.8, abs=0.03)
    told = found.report()
    assert "morale up**” flips at 100 % of the" in told
    assert "morale down**” flips at 100 % of the" in told
    up_at, down_at = told.index("morale up**” flips"), told.index("morale down**” flips")
    assert "x1 is at least 0.8" in told[up_at : up_at + 200]
    assert "x1 is at most 0." in told[down_at : down_at + 200]


def test_states_exclude_one_another_and_leave_nothing_out():
    """Every interval, with and without a smallest effect, has one state, as the three conditions by hand say."""
    random = np.random.default_rng(7)
    for low, width, least in zip(
        random.normal(size=2000), random.exponential(size=2000), random.random(2000), strict=True
    ):
        high = low + width
        negligible = -least < low and high < least
        by_hand = {
            "negligible": negligible,
            "holds": low > 0 and not negligible,
            "flips": high < 0 and not negligible,
            "undecided": low <= 0 <= high and not negligible,
        }
        assert [name for name, true in by_hand.items() if true] == [state_of(low, high, 1, least)]


def test_a_search_where_nothing_is_to_be_found_is_told_from_one_where_something_is():
    """Seven cases by lot among 60 points and 8 factors: search p is at most .05 in about a twentieth of 40 studies.

    More than seven would happen once in 10³ times. A planted box is as sure as so many tries can make it.
    """
    sure = found_any = 0
    for seed in range(40):
        random = np.random.default_rng(100 + seed)
        cases = random.permutation(60) < 7
        boxes = find_boxes(random.random((60, 8)), cases, most=1, tries=19)
        found_any += len(boxes)
        sure += any(box.search_p <= 0.05 for box in boxes)
    assert sure <= 7
    assert found_any > sure, "the search alone finds boxes where there are none"
    units, planted_cases = planted(200)
    assert find_boxes(units, planted_cases, most=1, tries=19)[0].search_p == pytest.approx(1 / 20)


def test_a_box_that_luck_finds_as_well_is_no_headline_of_the_paragraph():
    """Luck makes boxes of seven flips among 80 points and 21 factors in a third of all studies."""
    for seed in range(20):
        random = np.random.default_rng(seed)
        flips = random.permutation(80) < 7
        made = study(
            {"new": {"morale": lambda u, f=flips: np.where(f, -1.0, 1.0)}},
            random.random((80, 21)),
            noise=1e-3,
        )
        found = robust(made, [Headline("new", "morale", 1)])
        if len(found.boxes) and found.boxes["search_p"].min() >= 0.05:
            assert "flips at" not in found.paragraph()
            assert "too often (search p" in found.report()
            return
    pytest.fail("no study of twenty had such a box")


def test_the_lead_of_a_region_has_a_t_interval_over_its_points():
    """A leads by 1, 2 and 3 at the three points of one region: 2 ± 4.302653/√3."""
    value = pandas.DataFrame({"civil_service": [0.0, 0.0, 0.0], "a": [1.0, 2.0, 3.0]})
    found = winner(value)
    assert (found["best"], found["ahead"]) == ("a", 2.0)
    assert found["ahead_high"] - 2.0 == pytest.approx(4.302653 / np.sqrt(3), abs=1e-5)
    assert found["ahead_low"] < 0 < found["ahead_high"]


def test_limits_say_what_a_share_is_not():
    made = study({"new": {"morale": lambda u: u[:, 0] - 0.4}}, replications=3, noise=0.1)
    asked = robust(made, [Headline("new", "morale", 1)]).report()
    assert "No headline was asked for" not in asked
    assert "not adjusted for the number of points" in asked
    assert "No headline was asked for" in robust(made).report()
    assert "negligible" in about_headlines(robust(made, sesoi={"morale": 0.5}))
