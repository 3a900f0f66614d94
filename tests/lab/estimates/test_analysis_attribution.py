"""Attribution of games whose shares are known."""

from itertools import product

import numpy as np
import pandas
import pytest

from sim.core.errors import UserError
from sim.lab.estimates.attribution import TOTAL, attribute
from sim.lab.estimates.games import coalitions, interactions, number_of, shapley, shapley_values
from sim.lab.results.study import Study
from tests.lab.studies_fake import study_of

PARTS = ("posts", "ranks", "appointment", "salaries", "appraisal", "adjustment", "floating_pay", "structure")
EVERY = np.array(list(product([0.0, 1.0], repeat=8)))


def game(known, units=EVERY, names=PARTS, **options):
    return study_of(units, {"hybrid": known}, {"kind": "coalitions"}, names=names, **options)


def additive(units):
    return 7.0 + units @ np.array([1.0, -2.0, 0.5, 0.0, 0.0, 3.0, 0.0, 0.25])


def only_together(units):
    return 6.0 * units[:, 0] * units[:, 1]


def pairs_of(found, outcome):
    rows = found.pairs[found.pairs["outcome"] == outcome]
    return rows.set_index(["first", "second"])["value"]


def test_what_each_part_adds_alone_is_its_own_and_no_pair_interacts():
    found = attribute(game({"morale": additive}))
    rows = found.of("morale")
    assert [rows[part]["value"] for part in PARTS] == pytest.approx(
        [1.0, -2.0, 0.5, 0.0, 0.0, 3.0, 0.0, 0.25]
    )
    assert rows[TOTAL]["value"] == pytest.approx(2.75)
    assert found.pairs["value"].to_numpy() == pytest.approx(0.0, abs=1e-9)


def test_what_two_do_only_together_is_shared_and_is_their_interaction():
    found = attribute(game({"morale": only_together}))
    rows = found.of("morale")
    assert rows["posts"]["value"] == pytest.approx(3.0)
    assert rows["ranks"]["value"] == pytest.approx(3.0)
    assert rows["structure"]["value"] == pytest.approx(0.0, abs=1e-9)
    pairs = pairs_of(found, "morale")
    assert pairs["posts", "ranks"] == pytest.approx(6.0)
    assert pairs.drop(index=("posts", "ranks")).to_numpy() == pytest.approx(0.0, abs=1e-9)


def test_a_trio_interacts_in_each_of_its_pairs_half():
    """Unanimity of three: a pair's index is 1/2 (1 over the size of the trio less 1; Grabisch & Roubens 1999)."""
    found = attribute(game({"morale": lambda u: u[:, 0] * u[:, 1] * u[:, 2]}))
    pairs = pairs_of(found, "morale")
    assert pairs["posts", "ranks"] == pytest.approx(0.5)
    assert pairs["ranks", "appointment"] == pytest.approx(0.5)
    assert pairs["posts", "salaries"] == pytest.approx(0.0, abs=1e-9)
    assert found.of("morale")["posts"]["value"] == pytest.approx(1 / 3)


def test_one_doing_the_others_work_is_negative():
    """Either of two is enough: together they do 1 less than the sum of both."""
    found = attribute(game({"morale": lambda u: np.maximum(u[:, 0], u[:, 1])}))
    assert pairs_of(found, "morale")["posts", "ranks"] == pytest.approx(-1.0)


def test_parts_add_up_to_the_total_in_every_replication():
    found = attribute(game({"morale": only_together, "output_per_post": additive}, replications=6, noise=1.0))
    wide = found.by_replication.pivot(index=["replication", "outcome"], columns="part", values="value")
    assert len(wide) == 12
    assert wide[list(PARTS)].sum(axis=1).to_numpy() == pytest.approx(wide[TOTAL].to_numpy(), abs=1e-9)
    assert wide[TOTAL].std() > 0.1


def test_points_may_come_in_any_order_and_the_baseline_may_be_among_the_runs_or_not():
    shuffled = np.random.default_rng(3).permutation(EVERY)
    for baseline in ("civil_service", None):
        found = attribute(game({"morale": additive}, units=shuffled, baseline=baseline))
        assert found.of("morale")["adjustment"]["value"] == pytest.approx(3.0)


def test_weights_agree_with_the_mean_over_all_orders():
    """A random game of four, worked out by walking through all 24 orders."""
    from itertools import permutations

    worth = np.random.default_rng(5).normal(size=16)
    expected = np.zeros(4)
    for order in permutations(range(4)):
        there = 0
        for player in order:
            expected[player] += (worth[there | 1 << player] - worth[there]) / 24
            there |= 1 << player
    assert shapley_values(worth) == pytest.approx(expected)


def test_an_interaction_is_the_change_of_a_share_when_the_other_joins():
    """I(a, b) is a's Shapley value in the game where b is always there, less that where b never is."""
    worth = np.random.default_rng(6).normal(size=16)
    without = worth[[number for number in range(16) if not number & 8]]
    with_it = worth[[number for number in range(16) if number & 8]]
    expected = shapley_values(with_it - without)
    assert interactions(worth)[[2, 4, 5]] == pytest.approx(expected)


def test_frames_and_numbers_share_the_same_game():
    players = ("a", "b", "c")
    worth = np.random.default_rng(7).normal(size=8)
    frames = {one: pandas.DataFrame({"x": [worth[number_of(one, players)]]}) for one in coalitions(players)}
    found = [frame["x"][0] for frame in shapley(frames, players).values()]
    assert found == pytest.approx(list(shapley_values(worth)))


def test_a_game_of_many_points_and_replications_is_as_many_small_ones():
    worth = np.random.default_rng(8).normal(size=(256, 50, 40))
    values, together = shapley_values(worth), interactions(worth)
    assert values.shape == (8, 50, 40)
    assert together.shape == (28, 50, 40)
    assert values.sum(axis=0) == pytest.approx(worth[-1] - worth[0])
    assert values[:, 7, 3] == pytest.approx(shapley_values(worth[:, 7, 3]))
    assert together[:, 7, 3] == pytest.approx(interactions(worth[:, 7, 3]))


def test_intervals_are_those_of_the_replications():
    """Noise of SD 1 at 256 points; a part's value is a weighted sum, so its variance is the weights' squares."""
    study = game({"morale": additive}, replications=200, noise=1.0)
    row = attribute(study).of("morale")["ranks"]
    expected = 1.96 * np.sqrt((shapley_values(np.eye(256))[1] ** 2).sum() / 200)
    assert (row["high"] - row["low"]) / 2 == pytest.approx(expected, rel=0.15)
    assert row["low"] < -2.0 < row["high"]


def test_verdicts():
    study = game(
        {"morale": lambda u: 1.0 * u[:, 0] + 0.01 * u[:, 1]}, replications=30, noise=0.2, baseline=None
    )
    rows = attribute(study, {"morale": 0.3}).of("morale")
    assert rows["posts"]["verdict"] == "clear"
    assert rows["ranks"]["verdict"] == "negligible"
    assert rows["ranks"]["p_equivalence"] < 0.025
    assert rows["posts"]["p_equivalence"] > 0.5
    strict = attribute(study, {"morale": 1e-6}).of("morale")
    assert strict["posts"]["verdict"] == "clear"
    assert {strict[part]["verdict"] for part in PARTS[2:]} <= {"undecided", "clear"}
    assert rows["posts"]["share"] == pytest.approx(1 / 1.01, abs=0.1)


def test_smallest_effects_come_from_the_manifest_where_they_are_not_given():
    study = game({"morale": additive}, replications=5, noise=0.1)
    study.manifest["sesoi"] = {"morale": 5.0}
    assert {row["verdict"] for row in attribute(study).of("morale").values()} == {"negligible"}
    assert attribute(study, {"morale": 0.4}).of("morale")["posts"]["verdict"] == "clear"


def test_p_values_are_adjusted_over_the_outcomes():
    known = {"morale": additive, "output_per_post": additive, "cost_per_output": additive}
    found = attribute(game(known, replications=8, noise=2.0))
    rows = found.table[found.table["part"] == "appointment"].sort_values("p")
    p = rows["p"].to_numpy()
    stepped = [min(1, 3 * p[0]), min(1, max(3 * p[0], 2 * p[1])), min(1, max(3 * p[0], 2 * p[1], p[2]))]
    assert rows["p_holm"].to_numpy() == pytest.approx(stepped)


def test_what_is_no_complete_game_is_refused():
    with pytest.raises(UserError, match="kind grid"):
        attribute(study_of(EVERY, {"hybrid": {"morale": additive}}, {"kind": "grid"}, names=PARTS))
    with pytest.raises(UserError, match=r"1 of 256 subsets.*posts \+ ranks"):
        attribute(game({"morale": additive}, units=EVERY[:-1]))
    with pytest.raises(UserError, match="point 12"):
        attribute(game({"morale": additive}, failed=(12,)))
    with pytest.raises(UserError, match="outcome 'nothing' is not in study"):
        attribute(game({"morale": additive}), {"nothing": 1.0})


def test_the_paragraph_says_what_the_parts_do_and_what_is_assumed():
    told = attribute(game({"morale": only_together}, replications=12, noise=0.05)).paragraph()
    assert "256 points, 12 replications each" in told
    assert "posts with ranks" in told or "ranks with posts" in told
    assert "assumed" in told
    assert "not a real place" in told
    assert isinstance(attribute(game({"morale": additive})).study, Study)


def test_one_replication_has_shares_but_no_certainty():
    found = attribute(game({"morale": only_together}, replications=1))
    row = found.of("morale")["posts"]
    assert row["value"] == pytest.approx(3.0)
    assert np.isnan(row["low"])
    assert row["verdict"] == "undecided"
    assert "Undecided: posts" in found.paragraph()


def test_what_is_clear_for_one_outcome_may_not_be_among_many():
    """p of about .03 is clear alone; three such outcomes make .09 of it."""
    study = game(dict.fromkeys(("morale", "output_per_post", "cost_per_output"), additive), replications=4)
    away = np.array([-1.0, -0.3, 0.3, 1.0]) * 0.62
    hybrid = study.runs["scenario"] == "hybrid"
    whole = (
        study.runs["point"].map(dict(zip(study.points["point"], study.points["appraisal"], strict=True))) > 0
    )
    for outcome in study.outcomes:
        study.runs.loc[hybrid & whole, outcome] += 1.0 + away[study.runs.loc[hybrid & whole, "replication"]]
    rows = attribute(study, dict.fromkeys(study.outcomes, 1e-6)).table
    mine = rows[rows["part"] == "appraisal"]
    assert mine["verdict"].tolist() == ["clear"] * 3
    assert (mine["p"] < 0.05).all()
    assert mine["p_holm"].to_numpy() == pytest.approx(3 * mine["p"].to_numpy())


def test_a_part_that_never_changes_anything_has_exactly_nothing():
    worth = np.random.default_rng(9).normal(size=(8, 5))
    doubled = np.concatenate([worth, worth])  # the fourth player joins without effect
    assert (shapley_values(doubled)[3] == 0.0).all()
    assert (interactions(doubled)[[2, 4, 5]] == 0.0).all()
