"""What many pilots say about their evaluators: bias, coverage, power, and how often the conclusion is wrong."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Floats, Mask
from sim.lab.estimates.intervals import LEVEL, mean_interval
from sim.lab.estimates.testing import wilson

if TYPE_CHECKING:
    import pandas

KEYS = ["scenario", "treated", "quarters", "outcome", "estimator"]
SIGNIFICANT = 1 - LEVEL
"""A p value below it is a claim."""


def findings_of(pilots: "pandas.DataFrame", good: Mapping[str, int]) -> "pandas.DataFrame":
    """One row a scenario, number of treated places, length, outcome and estimator: see `Evaluation.findings`.

    Args:
        pilots: of `Evaluation`.
        good: by outcome 1 where more is better, −1 where less is; 1 where nothing is known.
    """
    import pandas

    groups = pilots.groupby(KEYS, sort=False)
    rows = [dict(zip(KEYS, key, strict=True)) | _finding(group, good) for key, group in groups]
    return pandas.DataFrame(rows)


def _finding(group: "pandas.DataFrame", good: Mapping[str, int]) -> dict[str, Any]:
    there = group[group["value"].notna() & group["truth"].notna()]
    value, truth = (there[name].to_numpy(dtype=np.float64) for name in ("value", "truth"))
    outcome, count = str(group["outcome"].iloc[0]), len(there)
    return {
        "pilots": count,
        "truth": truth.mean() if count else np.nan,
        "beside": there["beside"].mean() if count else np.nan,
        **_mean("estimate", value),
        **_mean("bias", value - truth),
        "spread": value.std(ddof=1) if count > 1 else np.nan,
        **_shares(there, value, truth, good, outcome),
    }


def _mean(name: str, values: Floats) -> dict[str, float]:
    interval = mean_interval(values[:, None])
    middle, low, high = (float(one[0]) for one in (interval.mean, interval.low, interval.high))
    return {name: middle, f"{name}_low": low, f"{name}_high": high}


def _shares(
    there: "pandas.DataFrame", value: Floats, truth: Floats, good: Mapping[str, int], outcome: str
) -> dict[str, float]:
    """Shares of the pilots; NaN where the estimator has no interval, or no p value."""
    low, high, p = (there[name].to_numpy(dtype=np.float64) for name in ("low", "high", "p"))
    claims, sign = p < SIGNIFICANT, np.sign(value)
    judged = there["judged"].to_numpy(dtype=np.float64) * good["judge"]
    success = claims & (sign * good[outcome] > 0)
    right = sign == np.sign(truth)
    return {
        **_share("coverage", (low <= truth) & (truth <= high), np.isfinite(low)),
        **_share("power", claims & right, np.isfinite(p)),
        **_share("right_sign", right, np.isfinite(value)),
        **_share("wrong", success & (judged < 0), np.isfinite(p)),
    }


def _share(name: str, hits: Mask, known: Mask) -> dict[str, float]:
    total = float(known.sum())
    if not total:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high"), np.nan)
    low, high = wilson(np.array([float((hits & known).sum())]), np.array([total]))
    return {
        name: float((hits & known).sum()) / total,
        f"{name}_low": float(low[0]),
        f"{name}_high": float(high[0]),
    }
