"""A normal bent into another shape keeps mean 0 and SD 1, and its order."""

import numpy as np
import pytest
from scipy import integrate, stats

from sim.core.shapes import shaped, shaped_moments

SHAPES = [("normal", 0.3), ("lognormal", 0.1), ("lognormal", 0.8), ("pareto", 0.1), ("pareto", 0.3)]


def expected(power, shape, tail, mean=0.0, sd=1.0):
    """E[shaped(X)^power] for a normal X, by another quadrature."""

    def density(z):
        return shaped(np.array(mean + sd * z), shape, tail) ** power * stats.norm.pdf(z)

    return integrate.quad(density, -12, 12, limit=400)[0]


@pytest.mark.parametrize(("shape", "tail"), SHAPES)
def test_mean_zero_and_sd_one(shape, tail):
    assert expected(1, shape, tail) == pytest.approx(0, abs=1e-6)
    assert expected(2, shape, tail) == pytest.approx(1, rel=1e-3)


@pytest.mark.parametrize(("shape", "tail"), SHAPES)
def test_the_order_stays(shape, tail):
    x = np.linspace(-5, 5, 400)
    assert (np.diff(shaped(x, shape, tail)) > 0).all()


def test_the_normal_is_left_alone():
    x = np.array([-1.5, 0.0, 2.0])
    assert shaped(x, "normal", 0.3) is x


@pytest.mark.parametrize(("shape", "tail"), SHAPES)
def test_the_right_tail_is_the_heavy_one(shape, tail):
    right, left = shaped(np.array([3.0, -3.0]), shape, tail)
    assert right >= -left - 1e-12
    if shape != "normal":
        assert right > -left + 0.1


def test_a_pareto_has_the_tail_it_says():
    """P(X > x) falls as a power: twice the shifted value, 2^(-1/tail) times the people."""
    tail = 0.25
    scores = shaped(np.array([3.0, 3.5, 4.0]), "pareto", tail)
    slopes = np.diff(np.log(stats.norm.sf([3.0, 3.5, 4.0]))) / np.diff(
        np.log(scores - shaped(np.array(-38.0), "pareto", tail) + _least(tail))
    )
    assert slopes == pytest.approx(np.full(2, -1 / tail), rel=1e-6)


def _least(tail):
    """The least value of a standard Pareto in the units of the bent score."""
    exponent = 1 / tail
    return 1 / np.sqrt(exponent / ((exponent - 1) ** 2 * (exponent - 2)))


@pytest.mark.parametrize(("shape", "tail"), SHAPES)
def test_moments_of_another_normal(shape, tail):
    mean, variance = shaped_moments(0.4, 0.5, shape, tail)
    first = expected(1, shape, tail, 0.4, np.sqrt(0.5))
    assert mean == pytest.approx(first, abs=2e-4)
    assert variance == pytest.approx(expected(2, shape, tail, 0.4, np.sqrt(0.5)) - first**2, rel=5e-3)


# --- within bounds

LOW, HIGH = -3.0, 1.5
BOUNDS = (LOW, HIGH)


def test_clipping_puts_on_the_bound_what_lies_beyond():
    x = np.array([-4.0, -3.0, 0.2, 1.5, 7.0])
    assert shaped(x, "clipped", 0.3, BOUNDS).tolist() == [-3.0, -3.0, 0.2, 1.5, 1.5]


def test_truncation_leaves_out_what_lies_beyond():
    """Its distribution function is that of scipy's truncated normal."""
    u = np.linspace(0.001, 0.999, 999)
    found = shaped(stats.norm.ppf(u), "truncated", 0.3, BOUNDS)
    np.testing.assert_allclose(stats.truncnorm.cdf(found, LOW, HIGH), u, atol=1e-12)
    extreme = shaped(np.array([-38.0, 38.0]), "truncated", 0.3, BOUNDS)
    assert (extreme >= LOW).all()
    assert (extreme <= HIGH).all()


def test_moments_within_bounds():
    """Truncated: scipy's; clipped: E[min(max(X, a), b)] from the mass beyond and the truncated mean between."""
    between = stats.truncnorm(LOW, HIGH)
    inside = stats.norm.cdf(HIGH) - stats.norm.cdf(LOW)
    below, above = stats.norm.cdf(LOW), stats.norm.sf(HIGH)
    first = LOW * below + HIGH * above + inside * between.mean()
    second = LOW**2 * below + HIGH**2 * above + inside * (between.var() + between.mean() ** 2)
    clipped = shaped_moments(0.0, 1.0, "clipped", 0.3, BOUNDS)
    assert clipped == pytest.approx((first, second - first**2), abs=1e-5)
    truncated = shaped_moments(0.0, 1.0, "truncated", 0.3, BOUNDS)
    assert truncated == pytest.approx((between.mean(), between.var()), abs=1e-5)
