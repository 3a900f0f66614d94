"""V11: what a small difference in ratings does to who stands at the top of eight ranks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Floats, Integers, Mask
from sim.core.errors import UserError
from sim.outcomes.groups import rank_column
from sim.validation.case import Case, Check, Setting, of_mean

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario

RATED_LOWER = "women"
SETTINGS: dict[str, dict[str, Any]] = {
    "5 % of the variance": {},
    "1 % of the variance": {"world.people.groups.women.rating_bias": -0.201},
    "no bias": {"world.people.groups.women.rating_bias": 0.0, "replications": 40},
}
"""A bias of δ SD is the share (δ/2)²/(1 + (δ/2)²) of the variance of scores of two groups of equal size."""
PUBLISHED = {"5 % of the variance": 0.29, "1 % of the variance": 0.35}
"""Women among those at the top, as printed."""
RUNS = 400
"""Organisations of the independent simulation; the standard error of the share at the top is about .007."""


def checks(setting: Setting) -> Iterator[Check]:
    """The share of the group rated lower on every rank, under each bias, and what was published."""
    for label, changes in SETTINGS.items():
        scenario = _scenario(setting, changes)
        found = shares(scenario, setting.run(scenario).groups)
        known = simulated(scenario)
        for place, rank in enumerate(found):
            values = known[:, place]
            error = float(values.std(ddof=1) / np.sqrt(values.size))
            quantity = f"{RATED_LOWER} on rank {rank}, {label}"
            yield of_mean(
                "V11", quantity, float(values.mean()), found[rank], certainty="B", expected_error=error
            )
        if label in PUBLISHED:
            top = found[len(found.columns)]
            yield of_mean(
                "V11", f"{RATED_LOWER} at the top, as printed, {label}", PUBLISHED[label], top, certainty="C"
            )
            as_printed = simulated(scenario, as_printed=True)[:, -1]
            quantity = f"{RATED_LOWER} at the top, with exactly 15 % leaving and halves at first, {label}"
            yield of_mean("V11", quantity, float(as_printed.mean()), top, certainty="C")


def _scenario(setting: Setting, changes: dict[str, Any]) -> "Scenario":
    """The case's scenario.

    Raises:
        UserError: where an override leaves no pyramid or not the two groups.
    """
    scenario = setting.scenario("v11_groups", changes)
    if not scenario.structure.posts_by_rank:
        raise UserError(
            "structure.posts_by_rank is empty: V11 is about a pyramid, as [10, 40, 75, 100, 150, 200, 350, 500]"
        )
    if len(scenario.world.people.groups) != 2 or RATED_LOWER not in scenario.world.people.groups:
        raise UserError(f"world.people.groups: V11 is about two groups, one of them {RATED_LOWER}")
    return scenario


def shares(scenario: "Scenario", table: "pandas.DataFrame | None") -> "pandas.DataFrame":
    """Share of the group rated lower, one row a replication, one column a rank.

    As published, once nobody of the founding is left; where that does not happen, at the end.
    """
    import pandas

    assert table is not None  # the scenario has groups
    left = table.groupby(["replication", "quarter"])["founders"].sum().unstack()
    last = (left == 0).idxmax(axis=1).where((left == 0).any(axis=1), left.columns[-1])
    then = table[table["quarter"] == table["replication"].map(last)].set_index("replication")
    ranks = range(1, len(scenario.structure.posts_by_rank) + 1)
    return pandas.DataFrame({rank: _share(then, rank_column(rank)) for rank in ranks})


def _share(then: "pandas.DataFrame", column: str) -> "pandas.Series[float]":
    mine = then.loc[then["group"] == RATED_LOWER, column]
    share: pandas.Series[float] = mine / then.groupby(level=0)[column].sum()
    return share


# --- the published specification, in some fifty lines of its own


def simulated(
    scenario: "Scenario", as_printed: bool = False, runs: int = RUNS, seed: int = 19960201
) -> Floats:
    """Share of the group rated lower on every rank, the lowest first, shape (runs, ranks).

    Everybody has one score for good, standard normal, plus the bias of the group. Each period people leave by chance;
    then, from the top down, vacancies take the highest scores of the rank below that were there; the lowest rank takes
    newcomers. It ends when nobody is left who was there at first.

    Args:
        scenario: says sizes, shares, bias and the chance of leaving.
        as_printed: a fixed number leaves, drawn among all, and the groups are halves of every rank at first.
    """
    luck = np.random.default_rng(seed)
    sizes = scenario.structure.posts_by_rank[::-1]
    found = []
    for _ in range(runs):
        lower, score = _newcomers(scenario, luck, sum(sizes))
        if as_printed:
            bias = scenario.world.people.groups[RATED_LOWER].rating_bias
            score += bias * ((halves := np.arange(score.size) % 2 == 0) * 1.0 - lower)
            lower = halves
        found.append(_until_replaced(scenario, luck, lower, score, as_printed))
    return np.array(found)


def _newcomers(scenario: "Scenario", luck: np.random.Generator, number: int) -> tuple[Mask, Floats]:
    """Who belongs to the group rated lower, and everybody's score."""
    group = scenario.world.people.groups[RATED_LOWER]
    lower = luck.random(number) < group.share
    return lower, luck.standard_normal(number) + group.rating_bias * lower


def _until_replaced(
    scenario: "Scenario", luck: np.random.Generator, lower: Mask, score: Floats, as_printed: bool
) -> Floats:
    """One organisation; people stand in the order of their ranks, the lowest first."""
    sizes: Integers = np.array(scenario.structure.posts_by_rank[::-1])
    rank: Integers = np.repeat(np.arange(sizes.size), sizes)
    first: Mask = np.ones(score.size, dtype=bool)
    leaving, number = scenario.behaviour.quits.base_established, score.size
    for _ in range(scenario.horizon.quarters):
        stay = luck.random(number) >= leaving
        if as_printed:
            stay[:] = True
            stay[luck.choice(number, int(leaving * number), replace=False)] = False
        new = int(np.count_nonzero(~stay))
        lower_new, score_new = _newcomers(scenario, luck, new)
        lower = np.concatenate([lower_new, lower[stay]])
        rank = np.concatenate([np.zeros(new, dtype=np.int64), _promoted(rank[stay], score[stay], sizes)])
        score = np.concatenate([score_new, score[stay]])
        first = np.concatenate([np.zeros(new, dtype=bool), first[stay]])
        if not first.any():
            break
    return np.asarray(np.bincount(rank, weights=lower, minlength=sizes.size) / sizes, dtype=np.float64)


def _promoted(rank: Integers, score: Floats, sizes: Integers) -> Integers:
    """Ranks once the vacancies are filled from the top down; nobody rises twice."""
    before, after = rank, rank.copy()
    vacant = sizes[-1] - np.count_nonzero(before == sizes.size - 1)
    for level in range(sizes.size - 1, 0, -1):
        below = np.flatnonzero(before == level - 1)
        risen = below[np.argsort(-score[below])[:vacant]]
        after[risen] = level
        vacant = sizes[level - 1] - below.size + risen.size
    return after


CASE = Case(
    "V11",
    "two groups, one rated lower, on eight ranks",
    "Martell, Lane and Emrich 1996",
    checks,
    quick=False,
)
