"""Tasks: some replications of one scenario at one point; batches of them are written as one shard."""

from collections.abc import Iterable, Iterator
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


def tasks_of(missing: Iterable[Key], most: int) -> Iterator[Task]:
    """Tasks that cover the missing replications, `most` neighbours together.

    Args:
        missing: by point, scenario, replication.
    """
    task: Task | None = None
    for point, scenario, replication in missing:
        if task and task[:2] == (point, scenario) and task.stop == replication < task.first + most:
            task = task._replace(stop=replication + 1)
            continue
        if task:
            yield task
        task = Task(point, scenario, replication, replication + 1)
    if task:
        yield task


def batches(tasks: Iterable[Task], plan: Plan) -> Iterator[list[Task]]:
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
