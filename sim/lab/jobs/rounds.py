"""Which replications are still to be done: all of a fixed number, or as many as narrow intervals need."""

from typing import TYPE_CHECKING

import numpy as np

from sim.lab.designs.plan import Plan
from sim.lab.designs.study_file import Fixed, Sequential
from sim.lab.designs.tasks import Key
from sim.lab.estimates.intervals import mean_interval

if TYPE_CHECKING:
    import pandas


def missing(plan: Plan, rows: "pandas.DataFrame | None", points: range) -> set[Key]:
    """Replications of `points` that the plan wants next and that `rows` do not have.

    A sequential study is looked at after `least` replications and then every `step`: a point is done once every named
    interval is narrow enough, or after `most`, or once something failed there. What is decided for a point depends on
    its own results alone, so neither workers nor interruptions change it.
    """
    if isinstance(plan.rule, Fixed):
        wanted = dict.fromkeys(points, plan.rule.replications)
        have = _keys(rows)
    else:
        mine = None if rows is None else rows[rows["point"].isin(points)]
        by_point = {} if mine is None else dict(tuple(mine.groupby("point")))
        wanted = {point: _wanted(plan, plan.rule, by_point.get(point)) for point in points}
        have = _keys(mine)
    return {
        (point, scenario, number)
        for point, count in wanted.items()
        for scenario in plan.simulated
        for number in range(count)
    } - have


def _keys(rows: "pandas.DataFrame | None") -> set[Key]:
    if rows is None:
        return set()
    columns = (rows["point"].tolist(), rows["scenario"].tolist(), rows["replication"].tolist())
    return set(zip(*columns, strict=True))


def _wanted(plan: Plan, rule: Sequential, rows: "pandas.DataFrame | None") -> int:
    """How many replications of a point are wanted, as far as can be told now."""
    if rows is None:
        return rule.least
    counts = rows.groupby("scenario")["replication"].count().reindex(plan.simulated, fill_value=0)
    complete = int(counts.min())
    if complete < rule.least:
        return rule.least
    looked = min(rule.least + (complete - rule.least) // rule.step * rule.step, rule.most)
    if looked >= rule.most or rows["error"].notna().any() or _is_narrow(plan, rule, rows, looked):
        return looked
    return min(looked + rule.step, rule.most)


def _is_narrow(plan: Plan, rule: Sequential, rows: "pandas.DataFrame", count: int) -> bool:
    """Whether every named interval over the first `count` replications is narrow enough."""
    first = rows[rows["replication"] < count].set_index(["scenario", "replication"])
    names = list(rule.half_widths)
    base = first.loc[plan.baseline, names] if plan.baseline in plan.simulated else None
    limits = np.array([rule.half_widths[name] for name in names])
    for scenario in plan.simulated:
        if scenario != plan.baseline:
            level = first.loc[scenario, names]
            paired = level if base is None else level - base.reindex(level.index)
            found = mean_interval(np.asarray(paired, dtype=np.float64))
            if not ((found.high - found.low) / 2 <= limits).all():
                return False
    return True
