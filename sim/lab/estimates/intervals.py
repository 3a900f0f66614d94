"""Intervals for means over replications. Replications are independent, so n of them are n observations."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.core.arrays import Counts, Floats

LEVEL = 0.95
METHODS = ("paired_t", "bootstrap")
RESAMPLES = 2000
BOOTSTRAP_SEED = 20220216


@dataclass(frozen=True)
class Interval:
    """A mean with its interval, each of shape (columns,); `low` and `high` are NaN with fewer than two values."""

    mean: Floats
    low: Floats
    high: Floats
    count: Counts

    def columns(self, middle: str = "mean") -> dict[str, Any]:
        """As columns of a table, the mean under the name of `middle`: with `low`, `high`, `replications`."""
        return {middle: self.mean, "low": self.low, "high": self.high, "replications": self.count}


def moments(values: Floats) -> tuple[Floats, Floats, Counts]:
    """Mean of every column (NaN of no value), its standard error (NaN with fewer than two), and how many values it has.

    Args:
        values: shape (replications, columns); NaN are left out column by column.
    """
    there = ~np.isnan(values)
    count = there.sum(axis=0)
    total = np.where(there, values, 0.0).sum(axis=0)
    mean = np.divide(total, count, out=np.full(count.size, np.nan), where=count > 0)
    squares = np.where(there, (values - mean) ** 2, 0.0).sum(axis=0)
    error = np.sqrt(squares / np.maximum(count - 1, 1) / np.maximum(count, 1))
    return mean, np.where(count >= 2, error, np.nan), count


def mean_interval(values: Floats, method: str = "paired_t", level: float = LEVEL) -> Interval:
    """Mean of every column with its interval; missing values are left out column by column.

    Args:
        values: shape (replications, columns): levels, or paired differences.
        method: "paired_t" (Student's t) or "bootstrap" (bias-corrected and accelerated, T12).
        level: probability of the interval.
    """
    from scipy.special import stdtrit

    mean, error, count = moments(values)
    if method == "bootstrap":
        return Interval(mean, *_bootstrap(values, level), count)
    half = stdtrit(np.maximum(count - 1, 1), 0.5 + level / 2) * error
    return Interval(mean, mean - half, mean + half, count)


def _bootstrap(values: Floats, level: float) -> tuple[Floats, Floats]:
    bounds = np.array([_bootstrap_column(column[~np.isnan(column)], level) for column in values.T])
    bounds = bounds.reshape(-1, 2)
    return bounds[:, 0], bounds[:, 1]


def _bootstrap_column(column: Floats, level: float) -> tuple[float, float]:
    from scipy.stats import bootstrap

    if column.size < 2:
        return np.nan, np.nan
    if np.ptp(column) == 0.0:
        return float(column[0]), float(column[0])
    result = bootstrap(
        (column,),
        np.mean,
        confidence_level=level,
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(BOOTSTRAP_SEED),
        method="BCa",
    )
    return float(result.confidence_interval.low), float(result.confidence_interval.high)


def ratio_interval(parts: Floats, whole: Floats, level: float = LEVEL) -> Interval:
    """Ratio of sums over replications, with a t interval from its linearised residuals.

    Args:
        parts: numerators, shape (replications, columns).
        whole: denominators, shape (replications,) or that of `parts`.
        level: probability of the interval.
    """
    whole = np.broadcast_to(whole[:, None] if whole.ndim == 1 else whole, parts.shape)
    total = whole.sum(axis=0)
    ratio = np.divide(parts.sum(axis=0), total, out=np.full(total.size, np.nan), where=total > 0)
    mean_whole = np.where(total > 0, total / len(parts), np.nan)
    spread = mean_interval((parts - ratio * whole) / mean_whole, level=level)
    half = (spread.high - spread.low) / 2
    return Interval(ratio, ratio - half, ratio + half, np.full(ratio.size, len(parts)))
