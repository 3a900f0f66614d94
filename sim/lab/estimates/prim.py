"""Where cases lie: boxes of settings that hold many of them, found by patient peeling (T7).

From the box of all points, the slice of about a twentieth is cut off, at the low or high end of one factor, that leaves
the largest share of cases in what remains, and so on until the box holds less than a tenth of the points. Of the boxes
on the way the one with the best balance of coverage and density is taken (their harmonic mean). Sides that luck could
have made (quasi p of .05 or more) are dropped, the least sure first. The box's points are set aside and the search goes
on for another. Cases in opposite corners can escape it: no single cut makes what remains denser.

A search among many factors finds boxes where there are none. So every box is held against the boxes that the same
search finds when as many cases are strewn over the same points by lot: its search p is the share of them that are as
good (T22).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats, Mask

ALPHA = 0.05
LEAST_MASS = 0.1
LEAST_CASES = 5
"""Fewer cases than this are not searched for boxes."""
MOST_BOXES = 2
SURE = 0.05
"""Restrictions with a larger quasi p value are dropped."""
TRIES = 99
SEED = 20220216
"""Of the lots: the same cases always have the same search p."""


@dataclass(frozen=True)
class Restriction:
    """One side condition of a box.

    Attributes:
        factor: column of the factor.
        low: least value inside; minus infinity where the low end is free.
        high: greatest value inside; infinity where the high end is free.
        quasi_p: how likely as many cases would be in the box by luck, were they as dense as without this restriction
            (binomial; T8). "Quasi", because the box was searched for.
    """

    factor: int
    low: float
    high: float
    quasi_p: float


@dataclass(frozen=True)
class Box:
    """A box of settings.

    Attributes:
        restrictions: of the factors that are restricted, and of no others.
        coverage: share of all cases that lie inside.
        density: share of the points inside that are cases.
        mass: share of all points that lie inside.
        points: how many points lie inside.
        cases: how many cases lie inside.
        search_p: how often the same search finds a box with as good a balance of coverage and density where as many
            cases are strewn by lot, the search itself counted as one of the tries.
    """

    restrictions: tuple[Restriction, ...]
    coverage: float
    density: float
    mass: float
    points: int
    cases: int
    search_p: float


def find_boxes(
    places: Floats,
    cases: Mask,
    alpha: float = ALPHA,
    least_mass: float = LEAST_MASS,
    most: int = MOST_BOXES,
    tries: int = TRIES,
) -> list[Box]:
    """Boxes one after another, each searched among the points that no earlier one holds.

    Args:
        places: where the points lie, shape (points, factors).
        cases: which points are cases.
        alpha: share of the points inside that one peel takes.
        least_mass: share of all points that a box holds at least.
        most: how many boxes at most.
        tries: how many lots are drawn for the search p of a box.

    Returns:
        Boxes denser than all points together; none where there are fewer than five cases or nothing but cases.
    """
    boxes: list[Box] = []
    left = np.ones(len(cases), dtype=bool)
    while len(boxes) < most and LEAST_CASES <= int((cases & left).sum()) < int(left.sum()):
        limits = _searched(places, cases, left, (alpha, least_mass))
        box = _described(places, cases, left, limits)
        if not box.restrictions or box.density <= cases.mean():
            break
        boxes.append(
            replace(box, search_p=_search_p(places, cases, left, limits, (alpha, least_mass), tries))
        )
        left &= ~inside(places, limits)
    return boxes


def _searched(places: Floats, cases: Mask, left: Mask, rule: tuple[float, float]) -> Floats:
    """The limits of the box that one search ends with."""
    return _pruned(places, cases, left, _best(places, cases, left, rule))


def _search_p(
    places: Floats, cases: Mask, left: Mask, limits: Floats, rule: tuple[float, float], tries: int
) -> float:
    """Share of searches among cases strewn by lot, and of this one, that end with as good a balance (T22)."""
    luck, own = np.random.default_rng(SEED), _balance(places, cases, left, limits)
    as_good, where = 1, np.flatnonzero(left)
    for _ in range(tries):
        strewn = cases.copy()
        strewn[where] = luck.permutation(cases[where])
        other = _searched(places, strewn, left, rule)
        as_good += len(_restricted(other)) > 0 and _balance(places, strewn, left, other) >= own - 1e-12
    return as_good / (tries + 1)


def _balance(places: Floats, cases: Mask, left: Mask, limits: Floats) -> float:
    """Harmonic mean of coverage and density."""
    within = inside(places, limits) & left
    return float(2.0 * (cases & within).sum() / ((cases & left).sum() + within.sum()))


def inside(places: Floats, limits: Floats) -> Mask:
    """Which points lie within the limits, shape (factors, 2)."""
    return np.asarray(((places >= limits[:, 0]) & (places <= limits[:, 1])).all(axis=1))


def _best(places: Floats, cases: Mask, left: Mask, rule: tuple[float, float]) -> Floats:
    """The limits on the way of peeling with the best harmonic mean of coverage and density."""
    best, limits_of_best = -1.0, _everywhere(places)
    for limits in peel(places, cases, left, *rule):
        balance = _balance(places, cases, left, limits)
        if balance > best + 1e-12:
            best, limits_of_best = balance, limits
    return limits_of_best


def _pruned(places: Floats, cases: Mask, left: Mask, limits: Floats) -> Floats:
    """The limits without the sides that luck could have made, dropped one by one, the least sure first."""
    kept = limits.copy()
    while True:
        sides = {factor: _quasi_p(places, cases, left, kept, factor) for factor in _restricted(kept)}
        worst = max(sides, key=lambda factor: sides[factor], default=-1)
        if worst < 0 or sides[worst] < SURE:
            return kept
        kept[worst] = (-np.inf, np.inf)


def _restricted(limits: Floats) -> list[int]:
    """Factors of which an end is not free."""
    return [int(factor) for factor in np.flatnonzero(np.isfinite(limits).any(axis=1))]


def _everywhere(places: Floats) -> Floats:
    return np.tile([-np.inf, np.inf], (places.shape[1], 1))


def peel(
    places: Floats, cases: Mask, left: Mask, alpha: float = ALPHA, least_mass: float = LEAST_MASS
) -> Iterator[Floats]:
    """The limits of every box on the way, from all points on; each of shape (factors, 2)."""
    least = max(least_mass * len(cases), 1.0)
    limits, within = _everywhere(places), left
    while True:
        yield limits
        choices = [cut for cut in _cuts(places, within, alpha) if cut.within.sum() >= least]
        if not choices or cases[within].all():
            return
        best = max(choices, key=lambda cut: _merit(cases, cut.within))
        limits, within = limits.copy(), best.within
        limits[best.factor, best.side] = best.edge


class _Cut(NamedTuple):
    """One peel: the factor, its low (0) or high (1) end, the new limit, and the points that stay."""

    factor: int
    side: int
    edge: float
    within: Mask


def _merit(cases: Mask, within: Mask) -> tuple[float, int]:
    """The density of what remains; between equals, the larger box."""
    size = int(within.sum())
    return int((cases & within).sum()) / size, size


def _cuts(places: Floats, within: Mask, alpha: float) -> Iterator[_Cut]:
    """What one peel can do: a slice off the low or the high end of one factor."""
    ordered = np.sort(places[within], axis=0)
    for factor in np.flatnonzero(ordered[0] < ordered[-1]):
        column, inner = places[:, factor], ordered[:, factor]
        low, high = _next(inner, alpha), -_next(-inner[::-1], alpha)
        yield _Cut(int(factor), 0, low, within & (column >= low))
        yield _Cut(int(factor), 1, high, within & (column <= high))


def _next(ordered: Floats, alpha: float) -> float:
    """The least value that stays when about `alpha` of the points go at the low end; at least one value goes."""
    edge = ordered[int(np.ceil(alpha * ordered.size))]
    return float(edge if edge > ordered[0] else ordered[ordered > ordered[0]][0])


def _described(places: Floats, cases: Mask, left: Mask, limits: Floats) -> Box:
    within = inside(places, limits) & left
    points, hits = int(within.sum()), int((cases & within).sum())
    sides = tuple(
        Restriction(
            factor,
            float(limits[factor, 0]),
            float(limits[factor, 1]),
            _quasi_p(places, cases, left, limits, factor),
        )
        for factor in _restricted(limits)
    )
    return Box(
        sides,
        coverage=hits / int(cases.sum()),
        density=hits / points,
        mass=points / len(cases),
        points=points,
        cases=hits,
        search_p=float("nan"),
    )


def _quasi_p(places: Floats, cases: Mask, left: Mask, limits: Floats, factor: int) -> float:
    """Chance of as many cases inside, at the density of the box without the restriction of one factor."""
    from scipy.stats import binom

    freed = limits.copy()
    freed[factor] = (-np.inf, np.inf)
    wider, within = inside(places, freed) & left, inside(places, limits) & left
    return float(binom.sf(int((cases & within).sum()) - 1, int(within.sum()), float(cases[wider].mean())))
