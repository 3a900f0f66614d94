"""Order statistics of samples: the best of several, and the chance and density of crossing a rank.

The rank tables answer: among n contenders whose values are own mean z and rivals' mean 0, all with unit noise,
what is the chance that I am among the k lowest, and how fast does it fall as I rise? At z = 0 the density is
Lazear and Rosen's: E[order statistic]/n for the last place where the noise is normal. It can be logistic, too, or
Gumbel's (skewed: the odd score is far too good; equals then win as by a logit, McFadden 1974).
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import numpy as np
from scipy.special import expit, gammaln, log_expit, log_ndtr, logit, ndtr, ndtri

from sim.core.arrays import Floats, Integers

Noise = Literal["normal", "logistic", "gumbel"]
"""Shape of an error, its mean 0 and its standard deviation 1."""

LOGISTIC_SCALE = 3**0.5 / np.pi
"""Scale of the logistic distribution of standard deviation 1."""
GUMBEL_SCALE = 6**0.5 / np.pi
"""Scale of the Gumbel distribution of standard deviation 1."""
EDGE = 8.0
STEP = 1 / 64
LARGEST_TABLE = 120
"""Above this many contenders the boundary is taken to sit at the rivals' quantile."""

_GRID = np.arange(-EDGE, EDGE + STEP / 2, STEP)
_WIDE = np.arange(-2 * EDGE, 2 * EDGE + STEP / 2, STEP)


def normal_density(z: Floats) -> Floats:
    """Standard normal density."""
    return np.exp(-0.5 * z * z) * 0.3989422804014327


class _Shape(NamedTuple):
    """What is asked of a distribution of mean 0 and standard deviation 1; `log_beyond` is the log of 1 − chance."""

    density: Callable[[Floats], Floats]
    chance: Callable[[Floats], Floats]
    log_chance: Callable[[Floats], Floats]
    log_beyond: Callable[[Floats], Floats]
    quantile: Callable[[Floats], Floats]


def _logistic_density(x: Floats) -> Floats:
    below = expit(x / LOGISTIC_SCALE)
    return np.asarray(below * (1 - below) / LOGISTIC_SCALE)


def _rate(x: Floats) -> Floats:
    """−ln(chance) of Gumbel's distribution, in which it is exponentially distributed."""
    return np.exp(np.minimum(-(x / GUMBEL_SCALE + np.euler_gamma), 700.0))  # more would overflow


_SHAPES: dict[Noise, _Shape] = {
    "normal": _Shape(normal_density, ndtr, log_ndtr, lambda x: log_ndtr(-x), ndtri),
    "logistic": _Shape(
        density=_logistic_density,
        chance=lambda x: expit(x / LOGISTIC_SCALE),
        log_chance=lambda x: log_expit(x / LOGISTIC_SCALE),
        log_beyond=lambda x: log_expit(-x / LOGISTIC_SCALE),
        quantile=lambda share: LOGISTIC_SCALE * logit(share),
    ),
    "gumbel": _Shape(
        density=lambda x: _rate(x) * np.exp(-_rate(x)) / GUMBEL_SCALE,
        chance=lambda x: np.exp(-_rate(x)),
        log_chance=lambda x: -_rate(x),
        log_beyond=lambda x: np.log(-np.expm1(-_rate(x))),
        quantile=lambda share: -GUMBEL_SCALE * (np.log(-np.log(share)) + np.euler_gamma),
    ),
}


def density_of(noise: Noise, x: Floats) -> Floats:
    """Density of noise of standard deviation 1."""
    return np.asarray(_SHAPES[noise].density(x))


def chance_of(noise: Noise, x: Floats) -> Floats:
    """Chance that noise of standard deviation 1 stays below x."""
    return np.asarray(_SHAPES[noise].chance(x))


def quantile_of(noise: Noise, share: Floats) -> Floats:
    """Value below which noise of standard deviation 1 stays with this chance."""
    return np.asarray(_SHAPES[noise].quantile(share))


@lru_cache(maxsize=256)
def best_of(number: float) -> tuple[float, float]:
    """Mean and variance of the largest of `number` standard normals (`number` ≥ 1, not necessarily whole)."""
    nodes, weights = np.polynomial.legendre.leggauss(400)
    z = nodes * 9.0
    density = number * np.exp((number - 1) * log_ndtr(z)) * normal_density(z) * weights * 9.0
    mean = float((z * density).sum())
    return mean, float((z * z * density).sum()) - mean**2


def best_draw(uniform: Floats, number: float) -> Floats:
    """The largest of `number` standard normals, from one uniform each."""
    return np.asarray(ndtri(uniform ** (1.0 / number)))


def _table(contenders: int, lowest: int, noise: Noise = "normal") -> tuple[Floats, Floats]:
    """(density, chance) on the grid of own standing.

    The boundary between the `lowest` and the rest is an order statistic of the rivals; own noise blurs it
    (a convolution, with the noise turned round); the chance is the integral of the density from above, where it begins
    with what is left of it.
    """
    shape = _SHAPES[noise]
    constant = gammaln(contenders) - gammaln(lowest) - gammaln(contenders - lowest)
    below, above = shape.log_chance(_WIDE), shape.log_beyond(_WIDE)
    log_rivals = constant + (lowest - 1) * below + (contenders - 1 - lowest) * above
    boundary = np.exp(log_rivals) * shape.density(_WIDE)
    density = np.convolve(boundary, shape.density(-_GRID) * STEP, mode="valid")
    steps = (density[1:] + density[:-1]) * (STEP / 2)
    left = float(boundary @ shape.chance(_WIDE - EDGE)) * STEP
    chance = left + np.concatenate([np.cumsum(steps[::-1])[::-1], [0.0]])
    return density, np.minimum(chance, 1.0)


def crossing(
    contenders: Integers, lowest: Integers, z: Floats, noise: Noise = "normal"
) -> tuple[Floats, Floats]:
    """Density and chance of being among the `lowest` of `contenders`, at own standing `z`.

    Args:
        contenders: people ranked together, own included, shape (m,).
        lowest: how many of them count as low, shape (m,).
        z: own mean less the rivals' mean, in units of the noise each carries, shape (m,).
        noise: its shape.

    Returns:
        (density, chance), both shape (m,): the chance of being among the lowest and minus its slope in z.
        Where nobody or everybody is low, or nobody else contends, both are 0.
    """
    real = (contenders > 1) & (lowest > 0) & (lowest < contenders)
    in_table = real & (contenders <= LARGEST_TABLE)
    if in_table.all():
        return _look_up(contenders, lowest, z, noise)
    density, chance = np.zeros(z.size), np.zeros(z.size)
    small, large = np.flatnonzero(in_table), np.flatnonzero(real & (contenders > LARGEST_TABLE))
    if small.size:
        density[small], chance[small] = _look_up(contenders[small], lowest[small], z[small], noise)
    if large.size:
        gap = quantile_of(noise, lowest[large] / contenders[large]) - z[large]
        density[large], chance[large] = density_of(noise, gap), chance_of(noise, gap)
    return density, chance


def _look_up(contenders: Integers, lowest: Integers, z: Floats, noise: Noise) -> tuple[Floats, Floats]:
    """Linear interpolation in the tables of all (contenders, lowest) pairs that occur."""
    atlas = _atlas(noise)
    place = (np.clip(z, -EDGE, EDGE - STEP) + EDGE) / STEP
    left = place.astype(np.int64)
    part = place - left
    rest = 1 - part
    left += atlas.starts_of(contenders, lowest)
    right = left + 1
    density, chance = (
        table.take(left) * rest + table.take(right) * part for table in (atlas.density, atlas.chance)
    )
    return density, chance


class _Atlas:
    """Tables of all (contenders, lowest) that were asked for, one after the other, each reckoned once."""

    def __init__(self, noise: Noise) -> None:
        self.noise = noise
        self.starts = np.full((LARGEST_TABLE + 1) ** 2, -1)
        self.density, self.chance = np.zeros(0), np.zeros(0)

    def starts_of(self, contenders: Integers, lowest: Integers) -> Integers:
        """Where the tables of these pairs start."""
        pair = contenders.astype(np.int64) * (LARGEST_TABLE + 1) + lowest
        starts = self.starts.take(pair)
        if starts.min(initial=0) < 0:
            self._add(np.unique(pair[starts < 0]))
            starts = self.starts.take(pair)
        return starts

    def _add(self, pairs: Integers) -> None:
        tables = [_table(*divmod(int(pair), LARGEST_TABLE + 1), self.noise) for pair in pairs]
        self.starts[pairs] = self.density.size + _GRID.size * np.arange(pairs.size)
        self.density = np.concatenate([self.density, *(density for density, _ in tables)])
        self.chance = np.concatenate([self.chance, *(chance for _, chance in tables)])


@cache
def _atlas(noise: Noise) -> _Atlas:
    return _Atlas(noise)


def tail_quantile(share: float) -> float:
    """The standard normal value below which `share` lies; minus infinity for 0."""
    return float(ndtri(share))
