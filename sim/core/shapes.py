"""Shapes that a standard normal can be bent into: mean 0 and standard deviation 1, save where it is cut off."""

from functools import lru_cache
from typing import Literal

import numpy as np
from scipy.special import log_ndtr, ndtr, ndtri

from sim.core.arrays import Floats

Shape = Literal["normal", "lognormal", "pareto", "clipped", "truncated"]
Bounds = tuple[float, float]
UNBOUNDED: Bounds = (-np.inf, np.inf)
QUANTILES = 20_001
"""Points of the quadrature for shapes with kinks."""


def cut_off(x: Floats, shape: Literal["clipped", "truncated"], bounds: Bounds) -> Floats:
    """A standard normal `x` within bounds: what lies beyond is put on them (clipped), or is left out (truncated).

    Both keep the order of `x`, so the same luck gives the same place among people.
    """
    if shape == "clipped":
        return np.clip(x, *bounds)
    below, above = ndtr(np.asarray(bounds))
    return np.asarray(np.clip(ndtri(below + ndtr(x) * (above - below)), *bounds))


def shaped(x: Floats, shape: Shape, tail: float, bounds: Bounds = UNBOUNDED) -> Floats:
    """A standard normal `x` bent into `shape`: mean 0 and SD 1, or what is left of them between bounds.

    Args:
        x: values of a standard normal, any shape.
        shape: the distribution.
        tail: SD of the logarithm (lognormal), or one over the Pareto exponent (pareto, below 1/2).
        bounds: lowest and highest value; only for clipped and truncated.
    """
    if shape in ("clipped", "truncated"):
        return cut_off(x, shape, bounds)
    if shape == "lognormal":
        spread = np.sqrt(np.expm1(tail**2) * np.exp(tail**2))
        return np.asarray((np.exp(tail * x) - np.exp(tail**2 / 2)) / spread)
    if shape == "pareto":
        exponent = 1 / tail
        spread = np.sqrt(exponent / ((exponent - 1) ** 2 * (exponent - 2)))
        return np.asarray((np.exp(-log_ndtr(-x) * tail) - exponent / (exponent - 1)) / spread)
    return x


@lru_cache(maxsize=64)
def shaped_moments(
    mean: float, variance: float, shape: Shape, tail: float, bounds: Bounds = UNBOUNDED
) -> tuple[float, float]:
    """Mean and variance of the bent value when x is normal with `mean` and `variance`.

    By 64-point Gauss-Hermite quadrature; for shapes with kinks by the midpoints of equally likely steps.
    """
    if shape == "normal":
        return mean, variance
    nodes, weights = np.polynomial.hermite_e.hermegauss(64)
    if shape in ("clipped", "truncated"):
        nodes, weights = ndtri((np.arange(QUANTILES) + 0.5) / QUANTILES), np.ones(QUANTILES)
    values = shaped(mean + np.sqrt(variance) * nodes, shape, tail, bounds)
    weights = weights / weights.sum()
    first = float(weights @ values)
    return first, float(weights @ (values - first) ** 2)
