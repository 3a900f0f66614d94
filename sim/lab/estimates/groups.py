"""Groups of people side by side: who stands on which rank, who is promoted and flagged, and the four-fifths rule."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.core.arrays import Floats
from sim.core.groups import ratio
from sim.lab.results.tables import Tables

if TYPE_CHECKING:
    import pandas

PROMOTION, FLAG = "promoted", "flagged"
SHARE, PER_PEOPLE, IMPACT = "share", "per 100 people a year", "ratio"
COLUMNS = (
    "scenario",
    "measure",
    "group",
    "unit",
    "value",
    "low",
    "high",
    "difference",
    "difference_low",
    "difference_high",
)


class Counts(NamedTuple):
    """What a run counted of its groups over the window.

    Attributes:
        groups: their names.
        names: of what was counted: people (each quarter anew), promotions, flags, people on each rank.
        counts: shape (replications, groups, names).
        years: of a quarter.
    """

    groups: tuple[str, ...]
    names: tuple[str, ...]
    counts: Floats
    years: float


def groups_side_by_side(
    tables: Mapping[str, Tables], baseline: str | None, window: tuple[int, int]
) -> "pandas.DataFrame | None":
    """Shares, rates and impact ratios of every group, with 95 % intervals by the jackknife over replications.

    The impact ratio of promotions is a group's rate over the highest rate of any group; that of flags, which nobody
    wants, the lowest rate over the group's. Below .8 the four-fifths rule speaks of adverse impact.

    Args:
        tables: runs by scenario.
        baseline: the run that others are compared with, replication by replication; None for a single run.
        window: first and last quarter.

    Returns:
        Columns as `COLUMNS`; None where no run has groups. Differences are missing where the baseline has not the same
        groups.
    """
    import pandas

    counted = {name: _counts(run, window) for name, run in tables.items() if run.groups is not None}
    base = counted.get(baseline or "")
    rows = [row for name, own in counted.items() for row in _rows(name, own, base)]
    return pandas.DataFrame(rows, columns=list(COLUMNS)) if rows else None


def _counts(run: Tables, window: tuple[int, int]) -> Counts:
    assert run.groups is not None  # only such runs are counted
    table = run.groups[run.groups["quarter"].between(*window)]
    names = ("people", PROMOTION, FLAG, *(name for name in map(str, table) if name.startswith("rank_")))
    total = table.groupby(["replication", "group"], observed=False)[list(names)].sum()
    groups = tuple(str(one) for one in table["group"].cat.categories)
    counts: Floats = total.to_numpy(dtype=np.float64).reshape(-1, len(groups), len(names))
    return Counts(groups, names, counts, 1 / run.manifest["scenario"]["calendar"]["quarters_per_year"])


def _rows(name: str, own: Counts, base: Counts | None) -> Iterator[tuple[object, ...]]:
    alike = base is not None and base is not own and base.groups == own.groups and base.names == own.names
    values, left_out = _measures(own)
    low, high = _interval(values, left_out)
    difference = difference_low = difference_high = np.full(values.shape, np.nan)
    if base is not None and alike:
        others, others_left_out = _measures(base)
        difference = values - others
        difference_low, difference_high = _interval(difference, left_out - others_left_out)
    for place, (measure, unit) in enumerate(_names(own)):
        for which, group in enumerate(own.groups):
            at = place, which
            yield (
                *(name, measure, group, unit, values[at], low[at], high[at]),
                *(difference[at], difference_low[at], difference_high[at]),
            )


def _names(of: Counts) -> Iterator[tuple[str, str]]:
    """Measures with their units: as `_reckoned` gives them."""
    yield "people", SHARE
    yield from ((name, SHARE) for name in of.names if name.startswith("rank_"))
    yield from ((name, PER_PEOPLE) for name in (PROMOTION, FLAG))
    yield from ((f"impact_{name}", IMPACT) for name in (PROMOTION, FLAG))


def _measures(of: Counts) -> tuple[Floats, Floats]:
    """Every measure of every group, and the same with each replication left out, shape (replications, …)."""
    total = of.counts.sum(axis=0)
    return _reckoned(of, total), np.array([_reckoned(of, total - one) for one in of.counts])


def _reckoned(of: Counts, total: Floats) -> Floats:
    """Measures of sums of shape (groups, names), shape (measures, groups); NaN where nothing is there to divide by."""
    column = dict(zip(of.names, total.T, strict=True))
    shared = ["people", *(name for name in of.names if name.startswith("rank_"))]
    shares = [ratio(column[name], np.full(len(of.groups), column[name].sum()), np.nan) for name in shared]
    rates = [ratio(column[name], column["people"] * of.years / 100, np.nan) for name in (PROMOTION, FLAG)]
    most, least = np.fmax.reduce(rates[0]), np.fmin.reduce(rates[1])
    impacts = [
        ratio(rates[0], np.full(rates[0].size, most), np.nan),
        ratio(np.full(rates[1].size, least), rates[1], np.nan),
    ]
    return np.array([*shares, *rates, *impacts])


def _interval(values: Floats, left_out: Floats) -> tuple[Floats, Floats]:
    """Bounds of values by the jackknife, Student's t; NaN with fewer than two replications."""
    from scipy.special import stdtrit

    number = len(left_out)
    if number < 2:
        return np.full(values.shape, np.nan), np.full(values.shape, np.nan)
    error = np.sqrt((number - 1) / number * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0))
    half = stdtrit(number - 1, 0.975) * error
    return values - half, values + half
