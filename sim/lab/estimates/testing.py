"""Verdicts about effects: which interval, many tests at once, what is too small to matter, how many replications.

The interval is Student's t, unless there are at least 20 values and fewer than 25 times their squared skewness
(Cochran's rule for when the normal approximation is poor, T15): then it is the bias-corrected and accelerated bootstrap
(T12). With fewer than 20 values resampling covers less often than t does, so t stays.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.lab.estimates.intervals import LEVEL, Interval, mean_interval, moments
from sim.lab.language.wording import PERCENT_UNITS

if TYPE_CHECKING:
    import pandas

Verdict = Literal["clear", "negligible", "undecided"]
LEAST_FOR_BOOTSTRAP = 20
COCHRAN = 25.0
SMALL_SHARE = 0.01
"""Assumed smallest effect of interest, as a share of the baseline's mean."""
SMALL_SPREAD = 0.2
"""Assumed smallest effect of interest, in standard deviations, where a share of the mean says nothing (T16)."""


def skewness(values: Floats) -> Floats:
    """Third central moment of every column over the cube of its spread; 0 where nothing varies; NaN are left out."""
    away = values - np.nanmean(values, axis=0)
    spread = np.sqrt(np.nanmean(away**2, axis=0))
    size = np.nanmax(np.abs(values), axis=0)
    third = np.nanmean(away**3, axis=0)
    skew: Floats = np.divide(third, spread**3, out=np.zeros(third.size), where=spread > 1e-12 * size)
    return skew


def skewed(values: Floats) -> NDArray[np.bool_]:
    """Which columns call for the bootstrap, by the rule that the module states."""
    count = (~np.isnan(values)).sum(axis=0)
    many = count >= LEAST_FOR_BOOTSTRAP
    crooked = np.zeros(values.shape[1], dtype=bool)
    crooked[many] = count[many] < COCHRAN * skewness(values[:, many]) ** 2
    return crooked


def chosen_interval(values: Floats, level: float = LEVEL) -> tuple[Interval, list[str]]:
    """Mean of every column with the interval that its skewness calls for, and which one that is.

    Args:
        values: shape (replications, columns).
        level: probability of the interval.

    Returns:
        The interval, and `paired_t` or `bootstrap` by column.
    """
    interval, crooked = mean_interval(values, level=level), skewed(values)
    if crooked.any():
        other = mean_interval(values[:, crooked], "bootstrap", level)
        interval.low[crooked], interval.high[crooked] = other.low, other.high
    return interval, ["bootstrap" if one else "paired_t" for one in crooked]


def p_values(values: Floats) -> Floats:
    """Two-sided p value of a paired t test that the mean of every column is 0; NaN with fewer than two values."""
    from scipy.special import stdtr

    statistic, freedom, enough = _statistic(values, np.zeros(values.shape[1]))
    return np.where(enough, 2.0 * stdtr(freedom, -np.abs(statistic)), np.nan)


def equivalence(values: Floats, least: Floats) -> Floats:
    """p value of two one-sided t tests that the mean of every column lies within plus or minus `least`.

    The larger of the two (T10). A 95 % interval within the bounds is a p value below .025.

    Args:
        values: shape (replications, columns).
        least: smallest effect of interest, shape (columns,); NaN where there is none.
    """
    from scipy.special import stdtr

    above, freedom, enough = _statistic(values, -least)
    below, _, _ = _statistic(values, least)
    worse = np.maximum(stdtr(freedom, -above), stdtr(freedom, below))
    return np.where(enough & ~np.isnan(least), worse, np.nan)


def _statistic(values: Floats, centre: Floats) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """t statistic of every column against `centre`; infinite where nothing varies and the mean is another."""
    mean, error, count = moments(values)
    distance = mean - centre
    never = np.where(distance == 0, 0.0, np.copysign(np.inf, distance))
    return np.divide(distance, error, out=never, where=error > 0), np.maximum(count - 1, 1), count >= 2


def holm(p: Floats) -> Floats:
    """Holm's adjustment (T9): p values that may each be held against the level for the whole family.

    Missing ones stay missing and do not count.
    """
    adjusted = np.full(p.shape, np.nan)
    there = np.flatnonzero(~np.isnan(p))
    order = there[np.argsort(p[there], kind="stable")]
    factors = np.arange(order.size, 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * factors), 1.0)
    return adjusted


def verdict(low: float, high: float, least: float = float("nan")) -> Verdict:
    """What an interval says about an effect.

    Args:
        low: lower bound of the interval.
        high: upper bound of the interval.
        least: smallest effect of interest; NaN where none is known.

    Returns:
        `negligible` where the whole interval is smaller than `least` (two one-sided tests), or nothing moved at all;
        `clear` where it excludes 0; `undecided` otherwise.
    """
    if (low > -least and high < least) or (low == 0 and high == 0):
        return "negligible"
    return "clear" if low > 0 or high < 0 else "undecided"


def least_effects(
    baseline: "pandas.DataFrame", units: Mapping[str, str], known: Mapping[str, float] | None = None
) -> "pandas.Series":
    """The smallest effect of interest of every outcome, in its unit.

    What is not given is assumed: 1 % of the baseline's mean where the unit has a natural zero, else a fifth of the
    standard deviation of the baseline between replications; NaN where that is 0 too.

    Args:
        baseline: levels of the baseline, one row a replication, one column an outcome.
        units: units by outcome.
        known: those that are known.
    """
    share = baseline.mean().abs() * SMALL_SHARE
    spread = baseline.std(ddof=1) * SMALL_SPREAD
    natural = np.array([units.get(str(name), "") in PERCENT_UNITS for name in baseline.columns], dtype=bool)
    least = share.where(natural, spread)
    least = least.where(least > 0)
    for outcome, size in (known or {}).items():
        if outcome in least.index:
            least[outcome] = abs(size)
    return least


def wilson(count: Floats, total: Floats, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Wilson's interval of a share (T11): low and high; NaN of none."""
    from scipy.special import ndtri

    z = float(ndtri(0.5 + level / 2))
    size = np.where(total > 0, total, np.nan).astype(np.float64)
    share = count / size
    middle = (share + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z / (1 + z**2 / size) * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    low = np.where(count == 0, np.where(total > 0, 0.0, np.nan), middle - half)
    high = np.where(count == total, np.where(total > 0, 1.0, np.nan), middle + half)
    return low, high
