"""Who is flagged, and what pay follows: people by their latent truth, which no appraiser sees."""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Floats
from sim.lab.estimates.effects import Window
from sim.lab.estimates.intervals import mean_interval, ratio_interval
from sim.lab.results.tables import Tables

if TYPE_CHECKING:
    import pandas

TENTHS = 10


def flags_by_ability(run: Tables, window: Window) -> "pandas.DataFrame":
    """Share of the flags that falls on every tenth of true ability within the ranking group.

    Tenth 1 is the least able. A person of place r (from 0) in a group of n stands for the stretch from r/n to
    (r + 1)/n of the group, and their flag is spread over the tenths that the stretch covers; so a lottery gives a
    tenth each whatever the sizes of the groups.

    Args:
        run: a run with an `events` table; without flags the result is empty.
        window: first and last quarter in which flags count.

    Returns:
        Columns `scenario, tenth, unit, share, low, high, flags` (flags a replication).
    """
    import pandas

    columns = ["scenario", "tenth", "unit", "share", "low", "high", "flags"]
    flags = _flags(run, window)
    if flags.empty:
        return pandas.DataFrame(columns=columns)
    numbers = np.sort(run.area["replication"].unique())
    counts = np.zeros((numbers.size, TENTHS))
    np.add.at(counts, np.searchsorted(numbers, flags["replication"].to_numpy()), _spread(flags))
    interval = ratio_interval(counts, counts.sum(axis=1))
    keys = {"scenario": run.name, "tenth": np.arange(1, TENTHS + 1), "unit": "share of the flags"}
    rows = {**keys, "share": interval.mean}
    bounds = {"low": np.clip(interval.low, 0.0, 1.0), "high": np.clip(interval.high, 0.0, 1.0)}
    return pandas.DataFrame({**rows, **bounds, "flags": counts.sum() / numbers.size})[columns]


def _flags(run: Tables, window: Window) -> "pandas.DataFrame":
    events = run.events
    if "ability_rank_share" not in events:
        return events.iloc[:0]
    counted = (events["event"] == "flagged") & events["quarter"].between(*window)
    return events[counted & events["ability_rank_share"].notna()]


def _spread(flags: "pandas.DataFrame") -> Floats:
    """How a flag spreads over the tenths, shape (flags, tenths), rows summing to 1."""
    size = np.maximum(flags["department_size"].to_numpy(dtype=np.float64), 1.0)
    place = np.rint(flags["ability_rank_share"].to_numpy(dtype=np.float64) * (size - 1))
    place = np.where(size > 1, place, 0.0)
    edges = np.arange(TENTHS + 1) / TENTHS
    below = np.clip(edges[None, :] * size[:, None] - place[:, None], 0.0, 1.0)
    return np.diff(below, axis=1)


def pay_by_contribution(run: Tables) -> "pandas.DataFrame":
    """Pay in every tenth of true contribution, people who worked in the last quarter and were paid for it.

    Pay is relative to the mean pay of the people at work in the same replication; tenth 1 contributes least.

    Returns:
        Columns `scenario, tenth, unit, pay, low, high`; empty where the staff table lacks pay or contribution.
    """
    import pandas

    columns = ["scenario", "tenth", "unit", "pay", "low", "high"]
    people = _at_work(run.staff)
    if people.empty or not {"pay", "contribution"} <= set(people.columns):
        return pandas.DataFrame(columns=columns)
    by_replication = people.groupby("replication")
    place = by_replication["contribution"].rank(method="first", pct=True)
    tenth = np.minimum(np.ceil(place * TENTHS - 1e-9), TENTHS).astype(int)
    pay = people["pay"] / by_replication["pay"].transform("mean")
    keys: list[Any] = [people["replication"], tenth]
    means = pay.groupby(keys).mean().unstack().reindex(columns=range(1, TENTHS + 1))
    interval = mean_interval(means.to_numpy(dtype=np.float64))
    rows = {"scenario": run.name, "tenth": np.arange(1, TENTHS + 1), "unit": "mean pay of people at work"}
    return pandas.DataFrame({**rows, "pay": interval.mean, "low": interval.low, "high": interval.high})


def _at_work(staff: "pandas.DataFrame") -> "pandas.DataFrame":
    """People on a post who were paid for the quarter; leaders are outside the regime."""
    mask = np.ones(len(staff), dtype=bool)
    if "employed" in staff:
        mask &= staff["employed"].to_numpy(dtype=bool)
    if "leader" in staff:
        mask &= ~staff["leader"].to_numpy(dtype=bool)
    if "post" in staff:
        mask &= staff["post"].to_numpy() >= 0
    if "pay" in staff:
        mask &= staff["pay"].to_numpy() > 0
    return staff[mask]
