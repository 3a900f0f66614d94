"""Numbers chosen so that a simulation brings about given targets, and how well the targets pin them down.

The loss of a trial is the sum over targets of (obtained − value)² / (error² + replication error²), where `error` is
the target's own standard deviation and the replication error that of the simulated mean. Trials whose loss exceeds the
least one by less than the 95 % point of a chi-square with one degree of freedom are called near: were the errors normal
and of the same size at all trials, and the search exhaustive, the range of a number among them would be its
profile-likelihood interval. A trial whose replications vary more is forgiven more: too few of them flatter it.
"""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.lab.results.calibration import best_of
from sim.outcomes.outcomes import unit_of

if TYPE_CHECKING:
    import pandas

NEAR_LEVEL = 0.95
WIDE = 0.5
"""A number whose near trials span more than this share of the range searched is not pinned down."""
FEWEST_NEAR = 5
"""With fewer near trials nothing is said about what is pinned down."""


def mean_and_error(values: Floats) -> tuple[float, float]:
    """Mean over replications and its standard error; missing values are left out.

    Raises:
        ValueError: fewer than two values.
    """
    there = values[np.isfinite(values)]
    if there.size < 2:
        raise ValueError(f"a value exists in {there.size} of {values.size} replications, fewer than two")
    return float(there.mean()), float(there.std(ddof=1) / math.sqrt(there.size))


def errors_off(obtained: Floats, errors: Floats, values: Floats, own: Floats) -> Floats:
    """Obtained less wanted, in combined standard deviations; all of shape (targets,)."""
    return np.asarray((obtained - values) / np.sqrt(own**2 + errors**2), dtype=np.float64)


def near_threshold() -> float:
    """How much more than the least loss a near trial may have: 3.84."""
    from scipy.stats import chi2

    return float(chi2.ppf(NEAR_LEVEL, df=1))


def near(losses: Floats) -> NDArray[np.bool_]:
    """Which trials are near the best one; failed ones, of loss NaN, are not."""
    return np.asarray(losses <= np.nanmin(losses) + near_threshold())


def range_table(trials: "pandas.DataFrame", free: Sequence[Mapping[str, Any]]) -> "pandas.DataFrame":
    """What the trials say about every number.

    Args:
        trials: as of `Calibration`; at least one is complete.
        free: mappings with `key, low, high, log, start, unit`.
    """
    import pandas

    losses = trials["loss"].to_numpy(dtype=np.float64)
    close = trials[near(losses)]
    best = trials.iloc[best_of(trials)]
    rows = []
    for one in free:
        low, high = float(close[one["key"]].min()), float(close[one["key"]].max())
        rows.append(
            {
                "parameter": one["key"],
                "unit": one["unit"],
                "start": float(one["start"]),
                "best": float(best[one["key"]]),
                "low": float(one["low"]),
                "high": float(one["high"]),
                "log": bool(one["log"]),
                "near_low": low,
                "near_high": high,
                "near": len(close),
                "span": _length(low, high, one["log"]) / _length(one["low"], one["high"], one["log"]),
            }
        )
    return pandas.DataFrame(rows)


def _length(low: float, high: float, log: bool) -> float:
    return math.log(high / low) if log else high - low


def fit_table(
    aims: Sequence[Mapping[str, Any]], trials: "pandas.DataFrame", obtained: "pandas.DataFrame"
) -> "pandas.DataFrame":
    """Every target with what the best trial and the first one brought about.

    Args:
        aims: the targets in order: `outcome, of, window, value, error, error_source, source, note`.
        trials: as of `Calibration`.
        obtained: as of `Calibration`.
    """
    import pandas

    table = pandas.DataFrame([{**aim, "window": "-".join(map(str, aim["window"]))} for aim in aims])
    table.insert(0, "target", range(1, len(table) + 1))
    table.insert(2, "unit", table["outcome"].map(unit_of))
    values, own = (table[name].to_numpy(dtype=np.float64) for name in ("value", "error"))
    mean, error = _at(obtained, best_of(trials), len(table))
    first, first_error = _at(obtained, 0, len(table))
    off = errors_off(mean, error, values, own)
    total = float((off**2).sum())
    return table.assign(
        obtained=mean,
        replication_error=error,
        off=off,
        share=off**2 / total if total > 0 else 0.0,
        start_obtained=first,
        start_off=errors_off(first, first_error, values, own),
    )


def _at(obtained: "pandas.DataFrame", trial: int, targets: int) -> tuple[Floats, Floats]:
    """Means and replication errors of a trial, NaN where it failed."""
    rows = obtained[obtained["trial"] == trial].set_index("target").reindex(range(1, targets + 1))
    mean, error = rows["obtained"], rows["replication_error"]
    return mean.to_numpy(dtype=np.float64), error.to_numpy(dtype=np.float64)
