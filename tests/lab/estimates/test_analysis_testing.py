"""Adjustment, equivalence, verdicts and intervals against hand-worked numbers and their own promise."""

import warnings

import numpy as np
import pandas
import pytest
from scipy import stats

from sim.lab.estimates.convergence import convergence, needed_for, running
from sim.lab.estimates.intervals import mean_interval
from sim.lab.estimates.testing import (
    chosen_interval,
    equivalence,
    holm,
    least_effects,
    p_values,
    skewness,
    verdict,
    wilson,
)
from sim.lab.results.study import Study
from tests.lab.studies_fake import study_of

NAN = float("nan")


def test_holm_of_a_worked_example():
    """.01·4, .03·2 held up by .02·3 = .06, .04·1 held up by .06 (in the order .01, .02, .03, .04)."""
    assert holm(np.array([0.03, 0.01, 0.04, 0.02])) == pytest.approx([0.06, 0.04, 0.06, 0.06])


def test_holm_never_passes_one_and_leaves_missing_ones_out_of_the_family():
    found = holm(np.array([0.6, NAN, 0.01, 0.7]))
    assert found[[0, 2, 3]] == pytest.approx([1.0, 0.03, 1.0])
    assert np.isnan(found[1])
    assert holm(np.array([])).size == 0


def test_p_values_are_those_of_a_paired_t_test():
    values = np.random.default_rng(1).normal(0.3, 1.0, size=(12, 4))
    assert p_values(values) == pytest.approx(stats.ttest_1samp(values, 0.0).pvalue)
    assert p_values(np.ones((5, 1)))[0] == 0.0
    assert p_values(np.zeros((5, 1)))[0] == 1.0
    assert np.isnan(p_values(np.ones((1, 1)))[0])


def test_equivalence_is_the_worse_of_two_one_sided_tests():
    values = np.random.default_rng(2).normal(0.1, 1.0, size=(30, 1))
    above = stats.ttest_1samp(values, -0.5, alternative="greater").pvalue
    below = stats.ttest_1samp(values, 0.5, alternative="less").pvalue
    assert equivalence(values, np.array([0.5])) == pytest.approx(np.maximum(above, below))
    assert np.isnan(equivalence(values, np.array([NAN])))[0]


def test_an_interval_within_the_bounds_is_equivalence_at_half_its_error():
    """95 % within the bounds and p below .025 are the same event."""
    values = np.random.default_rng(3).normal(size=(10, 500))
    least = np.full(500, 0.8)
    found = mean_interval(values)
    inside = (found.low > -0.8) & (found.high < 0.8)
    assert 50 < inside.sum() < 450
    assert np.array_equal(inside, equivalence(values, least) < 0.025)


@pytest.mark.parametrize(
    ("low", "high", "least", "expected"),
    [
        (0.1, 0.5, NAN, "clear"),
        (-0.5, -0.1, 0.3, "clear"),
        (-0.1, 0.5, 0.3, "undecided"),
        (-0.1, 0.2, 0.3, "negligible"),
        (0.1, 0.2, 0.3, "negligible"),
        (-0.1, 0.2, NAN, "undecided"),
        (0.0, 0.0, NAN, "negligible"),
        (NAN, NAN, 0.3, "undecided"),
    ],
)
def test_verdicts(low, high, least, expected):
    assert verdict(low, high, least) == expected


def test_wilson_of_worked_examples():
    """8 of 10: .4902 to .9433 (Wilson's formula by hand, z = 1.95996); none and all end exactly at 0 and 1."""
    low, high = wilson(np.array([8.0, 0.0, 5.0, 0.0]), np.array([10.0, 10.0, 5.0, 0.0]))
    assert (low[0], high[0]) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert low[1] == 0.0
    assert high[1] == pytest.approx(3.8415 / 13.8415, abs=1e-4)
    assert high[2] == 1.0
    assert np.isnan(low[3])


def test_skewness_is_the_third_moment():
    values = np.random.default_rng(4).exponential(size=(40, 3))
    assert skewness(values) == pytest.approx(stats.skew(values))
    assert skewness(np.full((10, 1), 3.0))[0] == 0.0


def test_the_bootstrap_is_chosen_only_for_many_skewed_values():
    """25 times the squared skewness (Cochran): normal quantiles have none; one of 30 values far out has about 5.2."""
    even = stats.norm.ppf((np.arange(30) + 0.5) / 30)
    crooked = np.r_[np.zeros(29), 1.0] + np.linspace(0, 1e-3, 30)
    found, methods = chosen_interval(np.column_stack([even, crooked]))
    assert methods == ["paired_t", "bootstrap"]
    plain = mean_interval(np.column_stack([even, crooked]))
    assert found.low[0] == plain.low[0]
    assert found.low[1] > plain.low[1]
    assert chosen_interval(crooked[-19:, None])[1] == ["paired_t"]
    assert chosen_interval(np.zeros((30, 1)))[1] == ["paired_t"]


def test_intervals_cover_skewed_means_nearly_as_often_as_they_say():
    """Exponential, n = 30: the bootstrap is known to fall some points short; standard error .011 with 400 samples."""
    samples = np.random.default_rng(5).exponential(size=(30, 400))
    found, methods = chosen_interval(samples)
    assert 100 < methods.count("bootstrap") <= 400
    assert 0.89 < np.mean((found.low < 1) & (found.high > 1)) < 0.98


def test_bootstrap_intervals_cover_normal_means():
    """n = 40: 95 % less one or two points; standard error .011 with 400 samples."""
    samples = np.random.default_rng(6).normal(size=(40, 400))
    found = mean_interval(samples, "bootstrap")
    assert 0.90 < np.mean((found.low < 0) & (found.high > 0)) < 0.98


def test_smallest_effects_of_interest():
    """1 % of a mean of 200 people; a fifth of an SD of 1; what is given."""
    levels = pandas.DataFrame({"headcount": [190.0, 210.0], "morale": [-1.0, 1.0], "ability": [0.0, 0.0]})
    units = {"headcount": "people", "morale": "SD", "ability": "SD"}
    found = least_effects(levels, units)
    assert found["headcount"] == pytest.approx(2.0)
    assert found["morale"] == pytest.approx(0.2 * np.sqrt(2.0))
    assert np.isnan(found["ability"])
    assert least_effects(levels, units, {"ability": -0.1, "other": 1.0})["ability"] == pytest.approx(0.1)


def test_running_means_and_their_intervals():
    """After 1, 3, 5: mean 3, SD 2, standard error 2/√3, t(2) = 4.302653."""
    found = running(np.array([1.0, 3.0, 5.0]))
    assert found["mean"].tolist() == [1.0, 2.0, 3.0]
    assert np.isnan(found["low"][0])
    assert found["high"][2] - 3.0 == pytest.approx(4.302653 * 2 / np.sqrt(3), abs=1e-5)
    assert found["mean"][2] - found["low"][2] == pytest.approx(found["high"][2] - found["mean"][2])


def test_replications_that_would_do():
    """SD 1 and t(19) = 2.093: (2.093 / .1)² = 438.1, so 439."""
    values = np.random.default_rng(7).normal(size=20)
    values = (values - values.mean()) / values.std(ddof=1)
    found = needed_for(values, 0.1)
    assert found["half_width"] == pytest.approx(2.093024 / np.sqrt(20), abs=1e-5)
    assert found["needed"] == 439
    assert np.isnan(needed_for(values, NAN)["needed"])


def test_convergence_over_points_and_at_one():
    units = np.array([[0.0], [1.0]])
    study = study_of(
        units,
        {"new": {"morale": lambda u: 2.0 * u[:, 0]}},
        {"kind": "latin_hypercube"},
        replications=8,
        noise=0.1,
    )
    found = convergence(study)
    assert found.points == 2
    assert found.table["replications"].tolist() == list(range(1, 9))
    assert found.table["mean"].iloc[-1] == pytest.approx(1.0, abs=0.15)
    assert convergence(study, point=1).table["mean"].iloc[-1] == pytest.approx(2.0, abs=0.15)
    assert "its sign is clear" in found.paragraph()


def test_convergence_at_one_point_uses_all_replications_of_that_point():
    """A sequential study: eight replications at the first point, three at the second."""
    units = np.array([[0.0], [1.0]])
    made = study_of(
        units, {"new": {"morale": lambda u: 2.0 * u[:, 0]}}, {"kind": "latin_hypercube"}, replications=8
    )
    runs = made.runs[(made.runs["point"] == 0) | (made.runs["replication"] < 3)]
    study = Study(made.points, made.units, runs, made.failures, made.factors, made.manifest)
    assert convergence(study, point=0).table["replications"].max() == 8
    assert convergence(study, point=1).table["replications"].max() == 3
    assert convergence(study).table["replications"].max() == 3


def test_convergence_counts_the_points_it_averages():
    units = np.array([[0.0], [0.5], [1.0]])
    made = study_of(
        units,
        {"new": {"morale": lambda u: u[:, 0]}},
        {"kind": "latin_hypercube"},
        replications=4,
        failed=(1,),
    )
    half = made.runs[made.runs["scenario"] == "civil_service"].iloc[:1].assign(point=1)
    runs = pandas.concat([made.runs, half], ignore_index=True)
    found = convergence(Study(made.points, made.units, runs, made.failures, made.factors, made.manifest))
    assert found.points == 2


def test_convergence_where_no_replication_is_whole_says_so():
    made = study_of(
        np.array([[0.0], [1.0]]), {"new": {"morale": lambda u: u[:, 0]}}, {"kind": "list"}, replications=2
    )
    made.runs.loc[made.runs["point"] == made.runs["replication"], "morale"] = np.nan
    assert "No replication has the effect of new on morale at every point." in convergence(made).paragraph()


def test_nothing_varies_and_no_warning_is_given():
    """Mean equal to the centre and no spread: a statistic of 0, p 1, and no 0 times infinity on the way."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert p_values(np.zeros((3, 2))).tolist() == [1.0, 1.0]
        assert equivalence(np.full((3, 1), 0.5), np.array([0.5]))[0] == 0.5
        assert equivalence(np.full((3, 1), 0.25), np.array([0.5]))[0] == 0.0
        found, methods = chosen_interval(np.zeros((25, 1)))
        assert (found.low[0], found.high[0], methods) == (0.0, 0.0, ["paired_t"])


def test_two_values_have_the_interval_of_one_degree_of_freedom():
    """0 and 2: mean 1, standard error 1, t(1) = 12.7062."""
    found = mean_interval(np.array([[0.0], [2.0]]))
    assert found.high[0] == pytest.approx(1 + 12.7062, abs=1e-3)
    assert p_values(np.array([[0.0], [2.0]]))[0] == pytest.approx(0.5)  # t = 1: 1 − 2·arctan(1)/π
