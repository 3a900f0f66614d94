"""Intervals against hand-worked numbers and against their own promise."""

import numpy as np
import pytest

from sim.lab.estimates.intervals import mean_interval, ratio_interval


def test_t_interval_of_a_worked_example() -> None:
    """Mean 3, SD √2.5, standard error √.5, t(4) = 2.776445: half width 1.963243."""
    found = mean_interval(np.array([[1.0], [2.0], [3.0], [4.0], [5.0]]))
    assert found.mean[0] == 3
    assert found.high[0] - found.mean[0] == pytest.approx(1.963243, abs=1e-6)
    assert found.mean[0] - found.low[0] == pytest.approx(1.963243, abs=1e-6)


def test_missing_values_are_left_out_column_by_column() -> None:
    found = mean_interval(np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, 7.0]]))
    assert found.mean.tolist() == [2.0, 7.0]
    assert found.count.tolist() == [2, 1]
    assert np.isnan(found.low[1])


def test_one_replication_has_no_interval() -> None:
    found = mean_interval(np.array([[2.0]]))
    assert found.mean[0] == 2
    assert np.isnan(found.low[0])
    assert np.isnan(found.high[0])


def test_an_empty_column_has_no_mean() -> None:
    assert np.isnan(mean_interval(np.array([[np.nan], [np.nan]])).mean[0])


def test_differences_that_never_differ_have_a_point_interval() -> None:
    for method in ("paired_t", "bootstrap"):
        found = mean_interval(np.zeros((10, 1)), method)
        assert (found.low[0], found.mean[0], found.high[0]) == (0.0, 0.0, 0.0)


def test_t_intervals_cover_the_truth_as_often_as_they_say() -> None:
    """4,000 samples of 8: coverage .95 with standard error .0034; a false alarm once in 10⁵."""
    samples = np.random.default_rng(1).normal(size=(8, 4000))
    found = mean_interval(samples)
    assert np.mean((found.low < 0) & (found.high > 0)) == pytest.approx(0.95, abs=0.015)


def test_bootstrap_is_repeatable_and_near_the_t_interval() -> None:
    values = np.random.default_rng(2).normal(1.0, 1.0, size=(60, 2))
    one, two = mean_interval(values, "bootstrap"), mean_interval(values, "bootstrap")
    normal = mean_interval(values)
    assert one.low.tolist() == two.low.tolist()
    assert np.allclose(one.low, normal.low, atol=0.06)
    assert np.allclose(one.high, normal.high, atol=0.06)


def test_ratio_of_sums_is_not_the_mean_of_ratios() -> None:
    found = ratio_interval(np.array([[1.0], [0.0]]), np.array([10.0, 0.0]))
    assert found.mean[0] == pytest.approx(0.1)


def test_ratio_interval_has_no_width_where_every_ratio_agrees() -> None:
    found = ratio_interval(np.array([[1.0], [2.0], [5.0]]), np.array([10.0, 20.0, 50.0]))
    assert found.low[0] == pytest.approx(0.1)
    assert found.high[0] == pytest.approx(0.1)


def test_resampling_few_values_covers_too_seldom_and_t_does_not() -> None:
    """Five normal values: about .83 and .95, standard errors .019 and .011; why t stays below twenty."""
    samples = np.random.default_rng(3).normal(size=(5, 400))
    held = [
        np.mean((found.low < 0) & (found.high > 0))
        for found in (mean_interval(samples, "bootstrap"), mean_interval(samples))
    ]
    assert held[0] < 0.90
    assert held[1] > 0.91
