"""A batch of a study: its tasks are simulated, their rows written as a shard; a few words say how it went."""

import os
import time
import traceback
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.core.errors import UserError
from sim.lab.designs.plan import PLAN, Plan, read_plan
from sim.lab.designs.tasks import Task
from sim.lab.jobs.processes import Tick
from sim.lab.jobs.shards import TROUBLE, write_shard
from sim.lab.jobs.simulate import import_rules, silent, simulated

if TYPE_CHECKING:
    import pandas


class Report(NamedTuple):
    """How a batch went; nothing large passes between processes."""

    tasks: tuple[Task, ...]
    replications: int
    failed: tuple[Task, ...]
    said: str
    seconds: float


class Batch(NamedTuple):
    """A job: tasks of the study in a folder, to be written there as one shard; `by_quarter` tells of every quarter."""

    folder: str
    tasks: tuple[Task, ...]
    by_quarter: bool = False

    def __call__(self, tick: Tick) -> Report:
        """Simulate the tasks and write their shard.

        A task that fails yields rows with the stage, the error and the traceback.

        Raises:
            OSError: the shard cannot be written.
        """
        import pandas

        started = time.perf_counter()
        plan = _plan_in(self.folder)
        heard = tick if self.by_quarter else silent
        parts = [rows_of(plan, Task(*task), heard) for task in self.tasks]
        rows = pandas.concat(parts, ignore_index=True)
        write_shard(Path(self.folder), rows, self.tasks, plan.hash)
        failed = [
            (task, part) for task, part in zip(self.tasks, parts, strict=True) if part["error"].notna().any()
        ]
        return Report(
            self.tasks,
            sum(task.stop - task.first for task in self.tasks),
            tuple(task for task, _ in failed),
            str(failed[0][1]["error"].iloc[0]) if failed else "",
            time.perf_counter() - started,
        )


def _plan_in(folder: str) -> Plan:
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"this worker does not see {folder}: use a folder that all workers share")
    path = Path(folder) / PLAN
    return _read(folder, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(folder: str, written: int) -> Plan:  # noqa: ARG001
    """The plan of a folder, read once a process and version of the file (when it was `written`)."""
    plan = read_plan(Path(folder))
    import_rules(plan.rules)
    return plan


def rows_of(plan: Plan, task: Task, tick: Tick = silent) -> "pandas.DataFrame":
    """One row a replication: the outcomes, or what went wrong; `tick` hears the replication-quarters done."""
    try:
        scenario = plan.scenario(task.scenario, task.point)
    except Exception as error:
        return _failed(plan, task, "scenario", error)
    try:
        return _simulated(plan, task, scenario, tick)
    except Exception as error:
        if task.stop - task.first == 1:
            return _failed(plan, task, "run", error)
    return _one_by_one(plan, task)


def _one_by_one(plan: Plan, task: Task) -> "pandas.DataFrame":
    """Which of the replications fail, so that rows do not depend on which of them ran side by side."""
    import pandas

    alone = (task._replace(first=number, stop=number + 1) for number in range(task.first, task.stop))
    rows: pandas.DataFrame = pandas.concat([rows_of(plan, one) for one in alone], ignore_index=True)
    return rows


def _simulated(plan: Plan, task: Task, scenario: Any, tick: Tick) -> "pandas.DataFrame":
    if plan.evaluation is not None:
        from sim.lab.jobs.pilots import pilot_columns

        columns, residual = pilot_columns(plan, task, tick)
        return _rows(task, columns, _told_residual(residual))
    from sim.lab.estimates.effects import window_means
    from sim.outcomes import OUTCOMES

    unrecorded = scenario.model_copy(update={"record": ()})  # only the area is asked for
    model = simulated(unrecorded, range(task.first, task.stop), tick, plan.window)
    area = model.recorder.area()
    there = [name for name in OUTCOMES if name in area.columns]
    wanted = [name for name in plan.outcomes if name in there] or there
    means = window_means(area, wanted, plan.window)
    residual = _told_residual(max(model.residuals.values(), default=0.0))
    return _rows(task, dict(zip(wanted, means.to_numpy().T, strict=True)), residual)


def _told_residual(residual: float) -> float:
    """An accounting residual where it is not rounding alone, which depends on what runs side by side; else 0."""
    from sim.outcomes.books import TOLERANCE

    return residual if not residual <= TOLERANCE else 0.0


def _failed(plan: Plan, task: Task, stage: str, error: Exception) -> "pandas.DataFrame":

    from sim.outcomes import OUTCOMES

    said = " ".join(str(error).split())
    message = f"{type(error).__name__}: {said}" if not isinstance(error, UserError) else said
    missing = dict.fromkeys(plan.outcomes or OUTCOMES, float("nan"))
    trouble = stage, message[:500], _without_paths(traceback.format_exception(error))
    return _rows(task, missing, 0.0, trouble)


def _without_paths(lines: list[str]) -> str:
    """A traceback that is the same on every machine."""
    text = "".join(lines)
    root = str(Path(__file__).resolve().parents[3]) + os.sep
    return text.replace(root, "")[-8000:]


def _rows(
    task: Task,
    outcomes: dict[str, Any],
    residual: float,
    trouble: tuple[str | None, str | None, str | None] = (None, None, None),
) -> "pandas.DataFrame":
    """The rows of a shard, columns in order and with their types; `trouble` is stage, error and traceback."""
    import numpy as np
    import pandas

    size = task.stop - task.first

    def column(value: Any, dtype: Any) -> Any:
        return np.full(size, value, dtype=dtype)

    keys = {
        "point": column(task.point, np.int64),
        "scenario": column(task.scenario, object),
        "replication": np.arange(task.first, task.stop, dtype=np.int64),
    }
    numbers = {name: column(value, np.float64) for name, value in (outcomes | {"residual": residual}).items()}
    texts = {name: column(text, object) for name, text in zip(TROUBLE, trouble, strict=True)}
    return pandas.DataFrame(keys | numbers | texts)
