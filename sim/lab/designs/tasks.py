"""Tasks: some replications of one scenario at one point; batches of them are written as one shard."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sim.lab.designs.plan import Plan

MOST_SHARDS = 1000
"""Of a study; the shards of large ones hold several tasks."""

Key = tuple[int, str, int]
"""Point, scenario, replication."""


class Task(NamedTuple):
    """Replications from `first` up to but not including `stop` of a scenario at a point."""

    point: int
    scenario: str
    first: int
    stop: int


def tasks_of(missing: Collection[Key], most: int) -> list[Task]:
    """Tasks that cover the missing replications, `most` neighbours together, by point, scenario, replication."""
    found: list[Task] = []
    for point, scenario, replication in sorted(missing):
        last = found[-1] if found else None
        follows = last is not None and (last.point, last.scenario, last.stop) == (
            point,
            scenario,
            replication,
        )
        if last is not None and follows and last.stop - last.first < most:
            found[-1] = last._replace(stop=replication + 1)
        else:
            found.append(Task(point, scenario, replication, replication + 1))
    return found


def batches(tasks: list[Task], plan: Plan) -> Iterator[list[Task]]:
    """Tasks in bunches, each to become one shard."""
    total = len(plan.points) * len(plan.simulated) * plan.most
    size, bunch, weight = -(-total // MOST_SHARDS), list[Task](), 0
    for task in tasks:
        bunch.append(task)
        weight += task.stop - task.first
        if weight >= size:
            yield bunch
            bunch, weight = [], 0
    if bunch:
        yield bunch
