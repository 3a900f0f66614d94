"""The work on a study: batches of what is missing, until nothing is."""

from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import Stopped
from sim.lab.designs.plan import Plan
from sim.lab.designs.study_part import StudyPart, points_in
from sim.lab.designs.tasks import batches, tasks_of
from sim.lab.jobs.batch import Batch, Report
from sim.lab.jobs.executor import Executor
from sim.lab.jobs.progress import Meter, Standing, StudyProgress
from sim.lab.jobs.rounds import missing
from sim.lab.jobs.shards import read_shards
from sim.lab.jobs.simulate import silent

if TYPE_CHECKING:
    import pandas


class FailedRun(Stopped):
    """A run of a study failed; `task` is the one."""

    def __init__(self, report: Report) -> None:
        self.task = report.failed[0]
        super().__init__(f"point {self.task.point} of {self.task.scenario} failed: {report.said}")


def conduct(
    plan: Plan,
    folder: Path,
    part: StudyPart,
    executor: Executor,
    progress: StudyProgress | None,
    on_error: str,
    meter: Meter | None = None,
) -> "pandas.DataFrame":
    """Work on the study in a folder until nothing is missing of a part of its points.

    Args:
        plan: of the study, which the folder holds.
        folder: where shards are.
        part: of the points.
        executor: who simulates.
        progress: called with a `Standing`.
        on_error: "stop" at the first run that fails, or "continue" and keep failures as rows.
        meter: hears the replication-quarters done, if it is given.

    Returns:
        the rows of all shards, as they were read from the disk.

    Raises:
        Stopped: workers died.
        FailedRun: a run failed, and `on_error` is "stop".
    """
    points, failed = points_in(plan, part), 0
    rows, retried = read_shards(folder, plan), True
    while True:
        there = rows[rows["error"].isna()] if rows is not None and retried else rows
        left = missing(plan, there, points)
        if not left:
            assert rows is not None  # a design has points, and a part some of them
            return rows
        done = 0 if there is None else len(there)
        total, retried = done + len(left), False
        tasks = tasks_of(left, plan.replications_together)
        where, tick = str(folder.resolve()), meter.add if meter else silent
        jobs = (Batch(where, tuple(batch), meter is not None) for batch in batches(tasks, plan))
        for _, report in executor.results(jobs, tick):
            done += report.replications
            failed += sum(task.stop - task.first for task in report.failed)
            if progress is not None:
                progress(Standing(done, total, failed))
            if report.failed and on_error == "stop":
                raise FailedRun(report)
        rows = read_shards(folder, plan)
