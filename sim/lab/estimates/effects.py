"""Levels, effects and paths: window means, paired differences to the baseline, and how both move in time.

Scenarios share their luck (common random numbers): replication 7 of one scenario is the same world as replication 7
of another. So differences are taken replication by replication before anything is averaged.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Floats
from sim.lab.estimates.intervals import mean_interval
from sim.lab.results.tables import Tables
from sim.outcomes.outcomes import is_of_people, unit_of

if TYPE_CHECKING:
    import pandas

LAST_QUARTERS = 8
"""The default window is this many last quarters."""
NEAR_ZERO = 1e-9
"""Baseline means smaller than this have no relative effect."""
KEYS = ("replication", "quarter", "organisation")
EFFECT_COLUMNS = (
    "outcome",
    "unit",
    "scenario",
    "baseline",
    "window",
    "difference",
    "low",
    "high",
    "replications",
    "relative",
)
Window = tuple[int, int]
ByScenario = Mapping[str, Tables]


def last_quarters(tables: ByScenario) -> Window:
    """The last eight quarters that all runs have; fewer where the horizon is shorter."""
    return last_window(min(int(run.area["quarter"].max()) for run in tables.values()))


def last_window(horizon: int) -> Window:
    """The last eight quarters up to the horizon."""
    return max(1, horizon - LAST_QUARTERS + 1), horizon


def name_of(window: Window) -> str:
    """`33-40`."""
    return f"{window[0]}-{window[1]}"


def outcomes_of(tables: ByScenario) -> list[str]:
    """Outcomes that all runs have, in the order of the first."""
    first, *others = tables.values()
    return [
        name for name in first.area.columns if name not in KEYS and all(name in run.area for run in others)
    ]


def window_means(area: "pandas.DataFrame", outcomes: Sequence[str], window: Window) -> "pandas.DataFrame":
    """Mean of every outcome over the quarters of the window in which it exists; one row a replication.

    What is told per 100 people and year is weighted by the people employed, so that it is all that happened in the
    window over all the years that people were employed in it.
    """
    import pandas

    inside = area[area["quarter"].between(*window)]
    weighted = [name for name in outcomes if is_of_people(name)] if "headcount" in inside else []
    alike = [name for name in outcomes if name not in weighted]
    means = inside[alike].groupby(inside["replication"], sort=True).mean()
    both = np.concatenate([means.to_numpy(), _weighted(inside, weighted)], axis=1) if weighted else means
    return pandas.DataFrame(both, index=means.index, columns=[*alike, *weighted])[list(outcomes)]


def _weighted(inside: "pandas.DataFrame", outcomes: Sequence[str]) -> Floats:
    """Means weighted by the people employed, by replication; a quarter without the outcome counts for nothing."""
    import pandas

    by, people = inside["replication"].to_numpy(), inside["headcount"].to_numpy(dtype=np.float64)
    values = {name: inside[name].to_numpy() for name in outcomes}
    products = {name: value * people for name, value in values.items()}
    gaps = {name: ~lacks * people for name, value in values.items() if (lacks := np.isnan(value)).any()}
    totals = pandas.DataFrame(products, copy=False).groupby(by, sort=True).sum(min_count=1).to_numpy()
    sums = pandas.DataFrame({"headcount": people, **gaps}, copy=False).groupby(by, sort=True).sum()
    weights = sums[[name if name in gaps else "headcount" for name in outcomes]].to_numpy()
    return np.asarray(totals / np.where(weights > 0, weights, np.nan), dtype=np.float64)


def levels(means: Mapping[str, "pandas.DataFrame"], window: Window) -> "pandas.DataFrame":
    """Mean over replications with its interval: outcome, unit, scenario, window, mean, low, high, replications."""
    return stacked(
        {
            **_named(frame),
            "scenario": scenario,
            "window": name_of(window),
            **mean_interval(_values(frame)).columns(),
        }
        for scenario, frame in means.items()
    )


def effects(
    means: Mapping[str, "pandas.DataFrame"], baseline: str, window: Window, method: str = "paired_t"
) -> "pandas.DataFrame":
    """Paired differences of window means to the baseline, with the columns of `EFFECT_COLUMNS`.

    Args:
        means: by scenario, one row a replication and one column an outcome.
        baseline: the scenario that the others are compared with.
        window: first and last quarter, for the record.
        method: how intervals are made, see `mean_interval`.

    Returns:
        One row an outcome and scenario; `relative` is the difference over the size of the baseline's mean over the
        replications in which both exist, NaN where that mean is practically 0.
    """
    base = means[baseline]
    parts = []
    for scenario, frame in means.items():
        if scenario != baseline:
            beside = base.reindex(frame.index)
            paired = frame - beside
            difference = mean_interval(_values(paired), method).columns("difference")
            names = {**_named(frame), "scenario": scenario, "baseline": baseline}
            level = mean_interval(_values(beside.where(paired.notna()))).mean
            relative = relative_to(difference["difference"], level)
            parts.append({**names, "window": name_of(window), **difference, "relative": relative})
    return stacked(parts, EFFECT_COLUMNS)


def relative_to(difference: Floats, baseline: Floats) -> Floats:
    """The difference over the size of the baseline; NaN where that is practically 0."""
    size = np.abs(baseline)
    safe = np.where(size > NEAR_ZERO, size, np.nan)
    return np.asarray(difference / safe, dtype=np.float64)


def paths(tables: ByScenario, baseline: str | None, outcomes: Sequence[str]) -> "pandas.DataFrame":
    """How outcomes move: one row an outcome, scenario and quarter, from the founding state on.

    Columns besides the keys and the unit: `mean, low, high` of the level; `difference, difference_low,
    difference_high` of the paired difference to the baseline (NaN without a baseline); `replications`.
    """
    wide = {name: _wide(run.area, outcomes) for name, run in tables.items()}
    return stacked(_path(name, frame, wide.get(baseline or "")) for name, frame in wide.items())


def _wide(area: "pandas.DataFrame", outcomes: Sequence[str]) -> "pandas.DataFrame":
    """One row a replication, one column an (outcome, quarter)."""
    return area.pivot(index="replication", columns="quarter", values=list(outcomes))


def _path(name: str, frame: "pandas.DataFrame", base: "pandas.DataFrame | None") -> dict[str, Any]:
    level = mean_interval(_values(frame))
    nothing = np.full(len(level.mean), np.nan)
    differences = {"difference": nothing, "difference_low": nothing, "difference_high": nothing}
    if base is not None:
        paired = frame - base.reindex(index=frame.index, columns=frame.columns)
        difference = mean_interval(_values(paired))
        differences = dict(zip(differences, (difference.mean, difference.low, difference.high), strict=True))
    outcomes = frame.columns.get_level_values(0)
    keys = {"outcome": outcomes, "unit": [unit_of(one) for one in outcomes], "scenario": name}
    quarter = frame.columns.get_level_values(1)
    return {**keys, "quarter": quarter.astype(int), **level.columns(), **differences}


def _named(frame: "pandas.DataFrame") -> dict[str, list[str]]:
    """The outcomes of the columns, and their units."""
    outcomes = list(map(str, frame.columns))
    return {"outcome": outcomes, "unit": list(map(unit_of, outcomes))}


def _values(frame: "pandas.DataFrame") -> Floats:
    return np.asarray(frame, dtype=np.float64)


def stacked(parts: Iterable[dict[str, Any]], columns: Sequence[str] = ()) -> "pandas.DataFrame":
    """One table of several, given as columns by name; an empty one of `columns` where there are none."""
    import pandas

    frames = [pandas.DataFrame(part) for part in parts]
    if not frames:
        return pandas.DataFrame(columns=list(columns))
    return pandas.concat(frames, ignore_index=True)
