"""Shapes that a standard normal can be bent into: each has mean 0 and standard deviation 1."""

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

Floats = NDArray[np.float64]
Shape = Literal["normal", "lognormal", "pareto"]


def shaped(x: Floats, shape: Shape, tail: float) -> Floats:
    """A standard normal `x` bent into `shape`, mean 0 and SD 1.

    Args:
        x: values of a standard normal, any shape.
        shape: the distribution.
        tail: SD of the logarithm (lognormal), or one over the Pareto exponent (pareto, below 1/2).
    """
    if shape == "lognormal":
        spread = np.sqrt(np.expm1(tail**2) * np.exp(tail**2))
        return np.asarray((np.exp(tail * x) - np.exp(tail**2 / 2)) / spread)
    if shape == "pareto":
        exponent = 1 / tail
        spread = np.sqrt(exponent / ((exponent - 1) ** 2 * (exponent - 2)))
        return np.asarray((np.exp(-log_ndtr(-x) * tail) - exponent / (exponent - 1)) / spread)
    return x


@lru_cache(maxsize=64)
def shaped_moments(mean: float, variance: float, shape: Shape, tail: float) -> tuple[float, float]:
    """Mean and variance of the bent value when x is normal with `mean` and `variance` (64-point quadrature)."""
    if shape == "normal":
        return mean, variance
    nodes, weights = np.polynomial.hermite_e.hermegauss(64)
    values = shaped(mean + np.sqrt(variance) * nodes, shape, tail)
    weights = weights / weights.sum()
    first = float(weights @ values)
    return first, float(weights @ (values - first) ** 2)
