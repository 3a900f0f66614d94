"""Which replications are still to be done: all of a fixed number, or as many as narrow intervals need."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.lab.designs.plan import Plan
from sim.lab.designs.study_file import Fixed, Sequential
from sim.lab.designs.tasks import Key
from sim.lab.estimates.intervals import mean_interval

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Missing:
    """Replications that are still wanted, made as they are asked for, by point, scenario and number.

    Attributes:
        usual: how many replications a point wants of each scenario.
        counts: how many it wants where it is not as many as usual.
        have: what is there.
    """

    points: range
    scenarios: tuple[str, ...]
    usual: int
    counts: Mapping[int, int]
    have: Set[Key]

    def _wanted(self, point: int) -> int:
        return self.counts.get(point, self.usual)

    def __iter__(self) -> Iterator[Key]:
        for point in self.points:
            for scenario in sorted(self.scenarios):
                keys = ((point, scenario, number) for number in range(self._wanted(point)))
                yield from (key for key in keys if key not in self.have)

    def __len__(self) -> int:
        others = sum(self.counts[point] - self.usual for point in self.counts)
        done = sum(point in self.points and number < self._wanted(point) for point, _, number in self.have)
        return (len(self.points) * self.usual + others) * len(self.scenarios) - done


def missing(plan: Plan, rows: "pandas.DataFrame | None", points: range) -> Missing:
    """Replications of `points` that the plan wants next and that `rows` do not have.

    A sequential study is looked at after `least` replications and then every `step`: a point is done once every named
    interval is narrow enough, or after `most`, or once something failed there. What is decided for a point depends on
    its own results alone, so neither workers nor interruptions change it.
    """
    rule, scenarios = plan.rule, tuple(plan.simulated)
    if isinstance(rule, Fixed):
        return Missing(points, scenarios, rule.replications, {}, _keys(rows))
    mine = None if rows is None else rows[rows["point"].isin(points)]
    by_point: dict[Any, pandas.DataFrame] = {} if mine is None else dict(tuple(mine.groupby("point")))
    counts = {int(point): _wanted(plan, rule, there) for point, there in by_point.items()}
    return Missing(points, scenarios, rule.least, counts, _keys(mine))


def _keys(rows: "pandas.DataFrame | None") -> set[Key]:
    if rows is None:
        return set()
    columns = (rows["point"].tolist(), rows["scenario"].tolist(), rows["replication"].tolist())
    return set(zip(*columns, strict=True))


def _wanted(plan: Plan, rule: Sequential, rows: "pandas.DataFrame") -> int:
    """How many replications of a point are wanted, as far as can be told now."""
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
            interval = mean_interval(np.asarray(paired, dtype=np.float64))
            if not ((interval.high - interval.low) / 2 <= limits).all():
                return False
    return True
