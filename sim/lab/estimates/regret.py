"""Which regime does best, and what choosing another costs: regret (T23), good enough, and the best regime by region."""

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Floats
from sim.lab.estimates.intervals import mean_interval
from sim.lab.estimates.points import failed_points, good_of, places, point_effects, point_levels
from sim.lab.estimates.testing import wilson
from sim.lab.estimates.units import SHARE_OF_POINTS, with_units
from sim.lab.results.study import Study

if TYPE_CHECKING:
    import pandas

THIRDS = 3
LEAST_IN_REGION = 3
"""Regions with fewer points than this name no best regime."""
REGION_COLUMNS = (
    "outcome",
    "first",
    "first_low",
    "first_high",
    "second",
    "second_low",
    "second_high",
    "points",
    "best",
    "best_share",
    "ahead",
    "ahead_low",
    "ahead_high",
)


def regrets(study: Study, outcomes: Sequence[str]) -> "tuple[pandas.DataFrame, pandas.DataFrame]":
    """How much better the best regime does, point by point, and over all points.

    The baseline is one of the regimes. Means over replications are compared, so part of a small regret is luck.

    Args:
        study: a finished study.
        outcomes: outcomes with a good direction.

    Returns:
        `point, scenario, outcome, unit, regret`, and `scenario, outcome, unit, mean, p90, max, best_share, points`.
    """
    import pandas

    columns = ["point", "scenario", "outcome", "regret"]
    frames = [_regret(study, outcome)[columns] for outcome in outcomes]
    long = pandas.concat(frames, ignore_index=True) if frames else pandas.DataFrame(columns=columns)
    grouped = long.groupby(["scenario", "outcome"], sort=False)["regret"]
    summary = grouped.agg(
        mean="mean",
        p90=lambda values: values.quantile(0.9),
        max="max",
        best_share=lambda values: (values == 0).mean(),
        points="count",
    ).reset_index()
    return with_units(long), with_units(summary)


def _regret(study: Study, outcome: str) -> "pandas.DataFrame":
    value = point_levels(study, outcome) * good_of(study, outcome)
    lost = -value.sub(value.max(axis=1), axis=0)
    named = lost.rename_axis(index="point", columns="scenario").reset_index()
    return named.melt(id_vars="point", var_name="scenario", value_name="regret").assign(outcome=outcome)


def good_enough(study: Study, outcomes: Sequence[str]) -> "pandas.DataFrame":
    """Share of the points where a scenario does at least as well as the baseline on every outcome.

    Columns: `scenario, unit, points, share, low, high` (Wilson's) by point estimate; `not_worse, not_worse_low,
    not_worse_high` where no outcome is clearly worse.
    """
    import pandas

    columns = ["scenario", "points", "share", "low", "high", "not_worse", "not_worse_low", "not_worse_high"]
    rows = [_enough(study, scenario, outcomes) for scenario in study.compared if outcomes]
    table = pandas.DataFrame(rows, columns=columns)
    table.insert(1, "unit", SHARE_OF_POINTS)
    return table


def _enough(study: Study, scenario: str, outcomes: Sequence[str]) -> dict[str, Any]:
    by_estimate, not_worse = [], []
    there = ~study.settings["point"].isin(failed_points(study)).to_numpy()
    for outcome in outcomes:
        effects, good = point_effects(study, outcome, scenario), good_of(study, outcome)
        there &= effects["mean"].notna().to_numpy()
        by_estimate.append((good * effects["mean"] >= 0).to_numpy())
        better_end = effects["high"] if good > 0 else -effects["low"]
        not_worse.append(~(better_end < 0).to_numpy())
    count = int(there.sum())
    row: dict[str, Any] = {"scenario": scenario, "points": count}
    for names, masks in (
        (("share", "low", "high"), by_estimate),
        (("not_worse", "not_worse_low", "not_worse_high"), not_worse),
    ):
        hits = float((np.all(masks, axis=0) & there).sum())
        low, high = wilson(np.array([hits]), np.array([float(count)]))
        values = (hits / count if count else float("nan"), float(low[0]), float(high[0]))
        row.update(zip(names, values, strict=True))
    return row


def best_by_region(study: Study, outcomes: Sequence[str]) -> "pandas.DataFrame":
    """The regime with the best mean in every cell of thirds of the two factors that matter most to the choice.

    A factor matters as much as its thirds explain of the variance of the differences between regimes. Where values are
    few (at most three), they stand for themselves. `best_share` is the share of the region's points at which the regime
    is best, `ahead` its lead over the next with a t interval over the region's points.
    """
    import pandas

    rows: list[dict[str, Any]] = []
    for outcome in outcomes:
        value = point_levels(study, outcome) * good_of(study, outcome)
        lying = places(study).loc[value.index]
        if lying.shape[1] >= 2 and len(value):
            rows += _regions(outcome, value, lying)
    return with_units(pandas.DataFrame(rows, columns=list(REGION_COLUMNS)))


def _regions(outcome: str, value: "pandas.DataFrame", lying: "pandas.DataFrame") -> list[dict[str, Any]]:
    effects = value.sub(value.iloc[:, 0], axis=0).iloc[:, 1:].to_numpy(dtype=np.float64)
    thirds = {str(name): third_of(lying[name].to_numpy(dtype=np.float64)) for name in lying}
    weight = {name: explained(effects, cells) for name, cells in thirds.items()}
    first, second = sorted(weight, key=lambda name: -weight[name])[:2]
    rows = []
    for one, other in product(np.unique(thirds[first]), np.unique(thirds[second])):
        here = (thirds[first] == one) & (thirds[second] == other)
        if here.sum() < LEAST_IN_REGION:
            continue
        keys = {"outcome": outcome, **_bounds("first", lying[first], thirds[first] == one)}
        keys |= _bounds("second", lying[second], thirds[second] == other)
        rows.append({**keys, "points": int(here.sum()), **winner(value[here])})
    return rows


def _bounds(name: str, column: "pandas.Series", here: Any) -> dict[str, Any]:
    return {name: column.name, f"{name}_low": column[here].min(), f"{name}_high": column[here].max()}


def winner(value: "pandas.DataFrame") -> dict[str, Any]:
    """The scenario (column) with the best mean over points (rows), how often it is best, and its lead over the next."""
    means = value.mean().sort_values(ascending=False)
    best, second = str(means.index[0]), means.index[1]
    share = float((value.idxmax(axis=1) == best).mean())
    lead = mean_interval((value[best] - value[second]).to_numpy(dtype=np.float64)[:, None])
    ends = {"ahead_low": float(lead.low[0]), "ahead_high": float(lead.high[0])}
    return {"best": best, "best_share": share, "ahead": float(lead.mean[0]), **ends}


def third_of(column: Floats) -> Any:
    """0, 1 or 2 by place in the order of the points; the value's own number where there are at most three values."""
    known, number = np.unique(column, return_inverse=True)
    if known.size <= THIRDS:
        return number
    edges = np.quantile(column, [1 / THIRDS, 2 / THIRDS])
    return np.searchsorted(edges, column, side="left")


def explained(effects: Floats, cells: Any) -> float:
    """Share of the variance of effects, shape (points, scenarios), that lies between cells (the correlation ratio)."""
    total = ((effects - effects.mean(axis=0)) ** 2).sum()
    if not total > 0:
        return 0.0
    between = sum(
        (cells == cell).sum() * (effects[cells == cell].mean(axis=0) - effects.mean(axis=0)) ** 2
        for cell in np.unique(cells)
    )
    return float(np.sum(between) / total)
