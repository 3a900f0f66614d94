"""The best of several, and the chance of a place, against the literature, quadrature and simulation."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import bdtr, ndtr
from scipy.stats import binom, gumbel_r, kstest, logistic, norm

from sim.core.orders import (
    LARGEST_TABLE,
    best_draw,
    best_of,
    chance_of,
    crossing,
    density_of,
    normal_density,
    quantile_of,
    tail_quantile,
)


def one(contenders, lowest, z):
    density, chance = crossing(np.array([contenders]), np.array([lowest]), np.array([float(z)]))
    return float(density[0]), float(chance[0])


def chance_by_quadrature(contenders, lowest, z):
    """At most lowest − 1 of the rivals fall below me."""

    def at(noise):
        return norm.pdf(noise) * binom.cdf(lowest - 1, contenders - 1, ndtr(z + noise))

    return quad(at, -9, 9, limit=200, epsabs=1e-12)[0]


def density_by_quadrature(contenders, lowest, z, step=1e-4):
    higher, lower = (chance_by_quadrature(contenders, lowest, z + side * step) for side in (1, -1))
    return (lower - higher) / (2 * step)


@pytest.mark.parametrize(
    ("number", "mean", "variance"),
    [
        (1, 0.0, 1.0),
        (2, 1 / math.sqrt(math.pi), 1 - 1 / math.pi),
        (3, 3 / (2 * math.sqrt(math.pi)), 0.5594672),
        (10, 1.5387527, 0.3443438),
    ],
)
def test_the_best_of_several_normals(number, mean, variance):
    """Tables of normal order statistics (Teichroew 1956)."""
    found = best_of(number)
    assert found == pytest.approx((mean, variance), abs=2e-7)


def test_the_best_of_a_broken_number_lies_between():
    assert best_of(2)[0] < best_of(1 / 0.4)[0] < best_of(3)[0]


@pytest.mark.parametrize("number", [1.0, 3.0, 1 / 0.33])
def test_a_draw_of_the_best_has_its_mean_and_variance(number):
    """Midpoints of 200 000 equal cells instead of luck."""
    drawn = best_draw((np.arange(200_000) + 0.5) / 200_000, number)
    assert (drawn.mean(), drawn.var()) == pytest.approx(best_of(number), abs=2e-3)


def test_a_draw_of_the_best_is_the_best():
    """Kolmogorov-Smirnov against the largest of three; false alarm for one seed in 1000."""
    luck = np.random.default_rng(5)
    best = luck.normal(size=(4000, 3)).max(axis=1)
    assert kstest(best, best_draw(luck.uniform(size=4000), 3)).pvalue > 1e-3


@pytest.mark.parametrize(
    ("contenders", "lowest", "slope"),
    [
        (2, 1, 0.282095),
        (5, 1, 0.232593),
        (5, 2, 0.232593 + 0.099004),
        (5, 3, 0.232593 + 0.099004),
        (5, 4, 0.232593),
        (10, 1, 0.1538753),
        (10, 5, (1.5387527 + 1.0013570 + 0.6560591 + 0.3757647 + 0.1226678) / 10),
    ],
)
def test_slopes_among_equals_are_lazear_and_rosens(contenders, lowest, slope):
    """The chance of each place moves by β_r = E[r-th order statistic]/n; being among the lowest adds them up."""
    assert one(contenders, lowest, 0)[0] == pytest.approx(slope, abs=1e-5)


@pytest.mark.parametrize(("contenders", "lowest"), [(2, 1), (5, 2), (17, 16), (60, 6), (120, 1), (120, 60)])
def test_the_chance_among_equals_is_the_share(contenders, lowest):
    assert one(contenders, lowest, 0)[1] == pytest.approx(lowest / contenders, abs=1e-5)


@pytest.mark.parametrize("z", [-3.0, -0.73, 0.31, 1.9])
@pytest.mark.parametrize(("contenders", "lowest"), [(2, 1), (4, 3), (21, 1), (40, 4), (120, 12)])
def test_away_from_the_middle(contenders, lowest, z):
    """Linear interpolation on a grid of 1/64 leaves an error below 1e-4."""
    density, chance = one(contenders, lowest, z)
    assert chance == pytest.approx(chance_by_quadrature(contenders, lowest, z), abs=1e-4)
    assert density == pytest.approx(density_by_quadrature(contenders, lowest, z), abs=1e-4)


def test_against_simulated_rankings():
    """400 000 rankings of six: the share within four standard errors, 1 seed in 16 000 would fail."""
    luck, rounds, z = np.random.default_rng(8), 400_000, -0.4
    own = luck.normal(size=rounds) + z
    below = (luck.normal(size=(rounds, 5)) < own[:, None]).sum(axis=1)
    share = (below < 2).mean()
    chance = one(6, 2, z)[1]
    assert abs(share - chance) < 4 * math.sqrt(chance * (1 - chance) / rounds)


@pytest.mark.parametrize("contenders", [LARGEST_TABLE + 1, 400])
@pytest.mark.parametrize("z", [-1.0, 0.0, 0.8])
def test_large_contests_sit_at_the_rivals_quantile(contenders, z):
    lowest = contenders // 10
    density, chance = one(contenders, lowest, z)
    assert chance == pytest.approx(chance_by_quadrature(contenders, lowest, z), abs=0.012)
    assert density == pytest.approx(density_by_quadrature(contenders, lowest, z), abs=0.012)


@pytest.mark.parametrize(
    ("contenders", "lowest"), [(0, 0), (1, 1), (1, 0), (5, 0), (5, 5), (5, 7), (500, 0), (500, 500)]
)
def test_where_nothing_is_contested_both_are_zero(contenders, lowest):
    assert one(contenders, lowest, 0.4) == (0.0, 0.0)


@settings(deadline=None)
@given(st.integers(2, 140), st.data(), st.floats(-30, 30))
def test_among_the_lowest_or_among_the_rest(contenders, data, z):
    """Turning the ranking upside down swaps the two, and the slope is the same."""
    lowest = data.draw(st.integers(1, contenders - 1))
    density, chance = one(contenders, lowest, z)
    other_density, other_chance = one(contenders, contenders - lowest, -z)
    assert 0 <= chance <= 1
    assert density >= 0
    assert chance + other_chance == pytest.approx(1, abs=1e-4)
    assert density == pytest.approx(other_density, abs=1e-5)


@settings(deadline=None)
@given(st.integers(2, 140), st.data())
def test_whoever_is_better_is_safer(contenders, data):
    lowest = data.draw(st.integers(1, contenders - 1))
    z = np.linspace(-9, 9, 300)
    _, chance = crossing(np.full(300, contenders), np.full(300, lowest), z)
    assert np.all(np.diff(chance) <= 1e-12)


def test_rows_do_not_disturb_each_other():
    luck = np.random.default_rng(3)
    contenders = luck.integers(0, 160, 500)
    lowest, z = luck.integers(0, 40, 500), luck.normal(size=500) * 3
    together = np.column_stack(crossing(contenders, lowest, z))
    alone = [one(int(n), int(k), value) for n, k, value in zip(contenders, lowest, z, strict=True)]
    assert np.array_equal(together, np.array(alone))


def test_density_and_quantile():
    assert normal_density(np.array([0.0, 1.0])) == pytest.approx(norm.pdf([0, 1]), rel=1e-14)
    assert tail_quantile(0.1) == pytest.approx(-1.2815515655, abs=1e-9)
    assert tail_quantile(0.0) == -math.inf


# --- noise of other shapes


OTHER = ["logistic", "gumbel"]


@pytest.mark.parametrize(("contenders", "lowest"), [(2, 1), (5, 1), (5, 2), (5, 4), (10, 4), (60, 3)])
def test_equals_with_logistic_noise(contenders, lowest):
    """k·(n − k)/(s·n·(n + 1)) with s the scale of SD 1 (Lazear and Rosen's β summed over the lowest places)."""
    density, chance = crossing(np.array([contenders]), np.array([lowest]), np.zeros(1), "logistic")
    scale = math.sqrt(3) / math.pi
    expected = lowest * (contenders - lowest) / (scale * contenders * (contenders + 1))
    assert density[0] == pytest.approx(expected, rel=1e-5)
    assert chance[0] == pytest.approx(lowest / contenders, abs=1e-5)


@pytest.mark.parametrize(("contenders", "lowest"), [(2, 1), (5, 1), (5, 2), (5, 4), (10, 4), (60, 3)])
def test_equals_with_gumbel_noise(contenders, lowest):
    """k·(1/(k + 1) + … + 1/n)/(s·n) with s the scale of SD 1, from exponential order statistics (Rényi 1953)."""
    density, chance = crossing(np.array([contenders]), np.array([lowest]), np.zeros(1), "gumbel")
    scale = math.sqrt(6) / math.pi
    beyond = sum(1 / place for place in range(lowest + 1, contenders + 1))
    assert density[0] == pytest.approx(lowest * beyond / (scale * contenders), rel=1e-5)
    assert chance[0] == pytest.approx(lowest / contenders, abs=1e-5)


@pytest.mark.parametrize("noise", ["normal", *OTHER])
@pytest.mark.parametrize(
    ("contenders", "lowest", "z"), [(2, 1, 0.7), (6, 1, -1.2), (6, 5, 0.8), (12, 3, 0.4)]
)
def test_crossing_against_quadrature(contenders, lowest, z, noise):
    """Chance that fewer than `lowest` rivals are below own z + x, over all x, by scipy's own distributions."""
    rivals = {
        "normal": norm(),
        "logistic": logistic(scale=math.sqrt(3) / math.pi),
        "gumbel": gumbel_r(scale=math.sqrt(6) / math.pi, loc=-np.euler_gamma * math.sqrt(6) / math.pi),
    }[noise]

    x, step = np.linspace(-9.0, 24.0, 30_001, retstep=True)

    def low(own):
        return step * (rivals.pdf(x) * bdtr(lowest - 1, contenders - 1, rivals.cdf(own + x))).sum()

    density, chance = crossing(np.array([contenders]), np.array([lowest]), np.array([z]), noise)
    assert rivals.std() == pytest.approx(1)
    assert chance[0] == pytest.approx(low(z), abs=3e-5)
    assert density[0] == pytest.approx((low(z - 1e-3) - low(z + 1e-3)) / 2e-3, abs=5e-5)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("noise", ["normal", *OTHER])
def test_far_out_nothing_is_undefined(noise):
    far = np.array([-1e4, -700.0, -40.0, 40.0, 1e4])
    assert density_of(noise, far) == pytest.approx(np.zeros(5), abs=1e-12)
    assert chance_of(noise, far) == pytest.approx(np.array([0, 0, 0, 1, 1]), abs=1e-12)


def test_a_skewed_error_is_not_turned_round():
    """The best of many is found by a logit: at z his chance is e^(z/s)/(e^(z/s) + n − 1) (McFadden 1974)."""
    scale, z = math.sqrt(6) / math.pi, np.array([-2.0, 0.0, 1.0, 3.0])
    _, not_best = crossing(np.full(4, 8), np.full(4, 7), z, "gumbel")
    wins = np.exp(z / scale) / (np.exp(z / scale) + 7)
    assert 1 - not_best == pytest.approx(wins, abs=2e-5)


def test_passing_one_rival_with_logistic_noise():
    """The difference of two logistic values x apart: (e^{2d} − e^d − d·e^d)/(e^d − 1)², d = x over the scale."""
    d = 0.7 * math.pi / math.sqrt(3)
    above = (math.exp(2 * d) - math.exp(d) - d * math.exp(d)) / (math.exp(d) - 1) ** 2
    _, chance = crossing(np.array([2]), np.array([1]), np.array([0.7]), "logistic")
    assert chance[0] == pytest.approx(1 - above, abs=1e-5)


@pytest.mark.parametrize(("noise", "part"), [("logistic", 10), ("gumbel", 2)])
def test_many_contenders_with_noise_of_another_shape(noise, part):
    """The boundary sits at the rivals' quantile; little changes from the largest table to beyond it."""
    sizes = np.array([LARGEST_TABLE, LARGEST_TABLE + 1])
    density, chance = crossing(sizes, sizes // part, np.array([0.5, 0.5]), noise)
    assert density[1] == pytest.approx(density[0], rel=0.05)
    assert chance[1] == pytest.approx(chance[0], rel=0.05)


@pytest.mark.parametrize("noise", OTHER)
def test_shapes_of_noise(noise):
    """Quantile and chance undo each other, the density is the slope of the chance, the mean is 0 and the SD 1."""
    share = (np.arange(200_000) + 0.5) / 200_000
    x = quantile_of(noise, share)
    assert chance_of(noise, x) == pytest.approx(share)
    assert x.mean() == pytest.approx(0, abs=1e-4)
    assert x.std() == pytest.approx(1, abs=1e-3)
    assert (np.diff(x) > 0).all()
    points = np.array([-2.0, 0.3, 1.0])
    slope = (chance_of(noise, points + 1e-5) - chance_of(noise, points - 1e-5)) / 2e-5
    assert density_of(noise, points) == pytest.approx(slope, rel=1e-6)
