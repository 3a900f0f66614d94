"""How much every factor moves a number: screening, shares of variance, regression. Arrays in, arrays out.

Screening (T1, T2), first and total order shares of variance (T3, by the estimators of T4 in SALib, T19), standardised
regression and partial rank correlation (T21). Intervals are of 95 %. They measure how much the indices depend on which
points the design happened to draw; the luck of the replications is part of the numbers at the points.
"""

from typing import Any

import numpy as np

from sim.core.arrays import Floats
from sim.lab.estimates.intervals import LEVEL, mean_interval

Found = dict[str, tuple[Floats, Floats, Floats]]
"""By measure: value, low and high, each of shape (factors,)."""
RESAMPLES = 1000
SEED = 20220216
"""Of all resampling: the same study always has the same intervals."""


def problem_of(count: int) -> dict[str, Any]:
    """SALib's description of the unit cube."""
    names = [f"x{place}" for place in range(count)]
    return {"num_vars": count, "names": names, "bounds": [[0.0, 1.0]] * count}


def screening(units: Floats, values: Floats) -> Found:
    """Morris's mean elementary effect (T1), its absolute mean (T2) and its spread.

    An elementary effect is the change of the value over the change of one factor along a trajectory, so that 1 means:
    as much as the value's unit over the whole range of the factor. The change of the factor is the one that took place,
    not the design's: two thirds of the way from one of two listed values is all the way to the other.

    Args:
        units: points in the unit cube, shape (trajectories × (factors + 1), factors), trajectory after trajectory.
        values: one a point.

    Returns:
        `mu` and `mu_star` with t intervals over the trajectories, `sigma` with a percentile interval from resampling
        them, which is too narrow where they are few.
    """
    elementary = elementary_effects(units, values)
    middle, size = mean_interval(elementary), mean_interval(np.abs(elementary))
    return {
        "mu": (middle.mean, middle.low, middle.high),
        "mu_star": (size.mean, np.maximum(size.low, 0.0), size.high),
        "sigma": (elementary.std(axis=0, ddof=1), *_bootstrapped_spread(elementary)),
    }


def elementary_effects(units: Floats, values: Floats) -> Floats:
    """One row a trajectory, one column a factor; a step belongs to the factor that it moves."""
    size = units.shape[1] + 1
    steps = np.diff(units.reshape(-1, size, size - 1), axis=1)
    change = np.diff(values.reshape(-1, size), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    ratio = change / np.take_along_axis(steps, moved[:, :, None], axis=2)[:, :, 0]
    effects = np.full((len(moved), size - 1), np.nan)
    np.put_along_axis(effects, moved, ratio, axis=1)
    return effects


def _bootstrapped_spread(elementary: Floats) -> tuple[Floats, Floats]:
    """Percentile interval of the standard deviation over trajectories."""
    draws = np.random.default_rng(SEED).integers(len(elementary), size=(RESAMPLES, len(elementary)))
    spread = elementary[draws].std(axis=1, ddof=1)
    tail = (1 - LEVEL) / 2
    return np.quantile(spread, tail, axis=0), np.quantile(spread, 1 - tail, axis=0)


def variance_shares(values: Floats, factors: int, second_order: bool) -> tuple[Found, Found]:
    """Sobol's first and total order indices (T3), and those of pairs where the design allows them.

    Args:
        values: one a point, in the order of Saltelli's design.
        factors: their number.
        second_order: whether the design holds what pairs need.

    Returns:
        `S1` and `ST` by factor; `S2` by pair in the order of `itertools.combinations`, or nothing.
    """
    from SALib.analyze import sobol

    indices = sobol.analyze(
        problem_of(factors), values, calc_second_order=second_order, num_resamples=RESAMPLES, seed=SEED
    )
    single = {name: _around(indices[name], indices[f"{name}_conf"]) for name in ("S1", "ST")}
    if not second_order:
        return single, {}
    pairs = np.triu_indices(factors, 1)
    return single, {"S2": _around(indices["S2"][pairs], indices["S2_conf"][pairs])}


def _around(value: Floats, half: Floats) -> tuple[Floats, Floats, Floats]:
    return value, value - half, value + half


def regression(places: Floats, values: Floats) -> tuple[Found, float, float]:
    """Standardised regression coefficients and partial rank correlations, with both regressions' R².

    Args:
        places: shape (points, factors).
        values: one a point.

    Returns:
        `src` with t intervals and `prcc` with Fisher's; R² of the linear regression; R² of that on ranks.
    """
    from scipy.stats import rankdata

    slopes, error, explained = _standardised(places, values)
    ranked_slopes, ranked_error, rank_explained = _standardised(rankdata(places, axis=0), rankdata(values))
    partial = _partial(ranked_slopes, ranked_error, len(values))
    return {"src": _with_t(slopes, error, len(values)), "prcc": partial}, explained, rank_explained


def _standardised(places: Floats, values: Floats) -> tuple[Floats, Floats, float]:
    """Least-squares slopes of standard scores with standard errors, and R²; NaN for a factor that never varies."""
    count, factors = places.shape
    x, y = _scores(places), _scores(values[:, None])[:, 0]
    inverse = np.linalg.pinv(x.T @ x)
    slopes = inverse @ (x.T @ y)
    rest = float(((y - x @ slopes) ** 2).sum())
    error = np.sqrt(rest / (count - factors - 1) * np.clip(np.diag(inverse), 0.0, None))
    varied = np.where(np.ptp(places, axis=0) > 0, 1.0, np.nan)
    return slopes * varied, error * varied, 1.0 - rest / float((y**2).sum())


def _with_t(slopes: Floats, error: Floats, count: int) -> tuple[Floats, Floats, Floats]:
    from scipy.special import stdtrit

    half = stdtrit(count - slopes.size - 1, 0.5 + LEVEL / 2) * error
    return slopes, slopes - half, slopes + half


def _partial(slopes: Floats, error: Floats, count: int) -> tuple[Floats, Floats, Floats]:
    """Correlation of what is left of a factor and of the value once all other factors are taken out of both.

    From the slope's t statistic: r = t / √(t² + degrees of freedom). Fisher's interval.
    """
    from scipy.special import ndtri

    freedom = count - slopes.size - 1
    correlation = slopes / np.sqrt(slopes**2 + freedom * np.maximum(error, 1e-9) ** 2)
    z = np.arctanh(np.clip(correlation, -1 + 1e-15, 1 - 1e-15))
    half = ndtri(0.5 + LEVEL / 2) / np.sqrt(count - slopes.size - 2)
    return correlation, np.tanh(z - half), np.tanh(z + half)


def _scores(columns: Floats) -> Floats:
    spread = columns.std(axis=0)
    return (columns - columns.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
