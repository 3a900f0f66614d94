"""What a worker does: simulate a batch of tasks, write the rows as a shard, and say in a few words how it went."""

import os
import sys
import time
import traceback
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.core.errors import UserError
from sim.study.design.plan import PLAN, Plan, read_plan
from sim.study.execution.shards import write_shard
from sim.study.execution.tasks import Task

if TYPE_CHECKING:
    import pandas


class Report(NamedTuple):
    """How a batch went; nothing large passes between processes."""

    tasks: tuple[Task, ...]
    replications: int
    failed: tuple[Task, ...]
    said: str
    seconds: float


def work(folder: str, tasks: list[Task]) -> Report:
    """Simulate tasks of the study in a folder and write their shard.

    A task that fails yields rows with the stage, the error and the traceback.

    Raises:
        OSError: the shard cannot be written.
    """
    import pandas

    started = time.perf_counter()
    plan = _plan_in(folder)
    parts = [rows_of(plan, Task(*task)) for task in tasks]
    rows = pandas.concat(parts, ignore_index=True)
    write_shard(Path(folder), rows, tasks, plan.hash)
    failed = [(task, part) for task, part in zip(tasks, parts, strict=True) if part["error"].notna().any()]
    return Report(
        tuple(tasks),
        sum(task.stop - task.first for task in tasks),
        tuple(task for task, _ in failed),
        str(failed[0][1]["error"].iloc[0]) if failed else "",
        time.perf_counter() - started,
    )


def _plan_in(folder: str) -> Plan:
    path = Path(folder) / PLAN
    return _read(folder, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(folder: str, written: int) -> Plan:  # noqa: ARG001
    """The plan of a folder, read once a process and version of the file (when it was `written`)."""
    plan = read_plan(Path(folder))
    for module, place in plan.rules:
        if module not in sys.modules:
            sys.path.append(place)
            import_module(module)
    return plan


def rows_of(plan: Plan, task: Task) -> "pandas.DataFrame":
    """One row a replication: the outcomes, or what went wrong."""
    try:
        scenario = plan.scenario(task.scenario, task.point)
    except Exception as error:
        return _failed(plan, task, "scenario", error)
    try:
        return _simulated(plan, task, scenario)
    except Exception as error:
        if task.stop - task.first == 1:
            return _failed(plan, task, "run", error)
    return _one_by_one(plan, task)


def _one_by_one(plan: Plan, task: Task) -> "pandas.DataFrame":
    """Which of the replications fail, so that rows do not depend on which of them ran side by side."""
    import pandas

    alone = (task._replace(first=number, stop=number + 1) for number in range(task.first, task.stop))
    found: pandas.DataFrame = pandas.concat([rows_of(plan, one) for one in alone], ignore_index=True)
    return found


def _simulated(plan: Plan, task: Task, scenario: Any) -> "pandas.DataFrame":
    from sim.analysis.estimates import window_means
    from sim.model import NewAreaModel
    from sim.observe import OUTCOMES
    from sim.study.run import TOLERANCE

    unrecorded = scenario.model_copy(update={"record": ()})  # only the area is asked for
    numbers = range(task.first, task.stop)
    model = NewAreaModel(unrecorded, rng=scenario.seed, replications=numbers, window=plan.window).run()
    area = model.recorder.area()
    there = [name for name in OUTCOMES if name in area.columns]
    wanted = [name for name in plan.outcomes if name in there] or there
    means = window_means(area, wanted, plan.window)
    residual = max(model.residuals.values(), default=0.0)
    rows = means.reset_index().assign(
        point=task.point,
        scenario=task.scenario,
        residual=residual if not residual <= TOLERANCE else 0.0,  # rounding depends on what runs side by side
        stage=None,
        error=None,
        traceback=None,
    )
    return _typed(rows, wanted)


def _failed(plan: Plan, task: Task, stage: str, error: Exception) -> "pandas.DataFrame":
    import pandas

    from sim.observe import OUTCOMES

    said = " ".join(str(error).split())
    told = f"{type(error).__name__}: {said}" if not isinstance(error, UserError) else said
    wanted = list(plan.outcomes or OUTCOMES)
    rows = pandas.DataFrame(
        {
            "replication": range(task.first, task.stop),
            **dict.fromkeys(wanted, float("nan")),
            "point": task.point,
            "scenario": task.scenario,
            "residual": 0.0,
            "stage": stage,
            "error": told[:500],
            "traceback": _without_paths(traceback.format_exception(error)),
        }
    )
    return _typed(rows, wanted)


def _without_paths(lines: list[str]) -> str:
    """A traceback that is the same on every machine."""
    text = "".join(lines)
    root = str(Path(__file__).resolve().parents[3]) + os.sep
    return text.replace(root, "")[-8000:]


def _typed(rows: "pandas.DataFrame", outcomes: list[str]) -> "pandas.DataFrame":
    """The columns of a shard, in order and with their types."""
    keys = rows[["point", "scenario", "replication"]].astype(
        {"point": "int64", "scenario": "object", "replication": "int64"}
    )
    numbers = rows[[*outcomes, "residual"]].astype("float64")
    trouble = rows[["stage", "error", "traceback"]].astype("object")
    import pandas

    found: pandas.DataFrame = pandas.concat([keys, numbers, trouble], axis=1)
    return found
