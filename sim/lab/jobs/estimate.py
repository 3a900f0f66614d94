"""What a study will take: runs, time, disk; and whether the disk has room."""

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from sim.core.errors import UserError
from sim.lab.designs.plan import Plan
from sim.lab.designs.tasks import Task
from sim.lab.jobs.batch import rows_of
from sim.outcomes import OUTCOMES

BYTES = 8
"""Of a number in a table."""
COPIES = 2.5
"""Shards, the table made of them, and the effects."""
PROBE = 4
"""Replications that are simulated to measure the time."""


@dataclass(frozen=True)
class Estimate:
    """What a study will take.

    Attributes:
        points, scenarios: of the design.
        least, most: runs (scenario × point × replication); they differ where replications are sequential.
        seconds: of one process, for the least; None where nothing was measured.
        disk, free: bytes that are needed at most, and that are there.
    """

    points: int
    scenarios: int
    least: int
    most: int
    seconds: float | None
    disk: float
    free: float


def estimate(plan: Plan, folder: Path, measure: bool) -> Estimate:
    """What a study will take.

    Args:
        plan: of the study.
        folder: where it will be stored.
        measure: whether to simulate a few replications of the first point to measure the time.
    """
    places = len(plan.points) * len(plan.simulated)
    columns = len(plan.outcomes or OUTCOMES) + 6
    disk = COPIES * BYTES * columns * places * plan.most
    seconds = _seconds_each(plan) * places * plan.least if measure else None
    return Estimate(
        len(plan.points),
        len(plan.simulated),
        places * plan.least,
        places * plan.most,
        seconds,
        disk,
        float(shutil.disk_usage(_there(folder)).free),
    )


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(path for path in (folder.resolve(), *folder.resolve().parents) if path.exists())


def _seconds_each(plan: Plan) -> float:
    """Seconds of one replication of a scenario, the mean over the scenarios at the first point."""
    count = min(PROBE, plan.least)
    started = time.perf_counter()
    for name in plan.simulated:
        rows_of(plan, Task(0, name, 0, count))
    return (time.perf_counter() - started) / count / len(plan.simulated)


def check_room(needs: Estimate, folder: Path) -> None:
    """Refuse a study that the disk has no room for.

    Raises:
        UserError: with what is needed and what is there.
    """
    if needs.disk > needs.free:
        size = f"{needs.points:,} points × {needs.scenarios} scenarios, {needs.most:,} runs at most"
        raise UserError(
            f"the design needs up to {_size(needs.disk)} in {folder}, where {_size(needs.free)} are free ({size}); "
            "make it smaller, name fewer outcomes, or choose another --out"
        )


def _size(number: float) -> str:
    """`3.2 GB`."""
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if number < 1000 or unit == "TB":
            return f"{number:.0f} {unit}" if unit == "bytes" else f"{number:.1f} {unit}"
        number /= 1000
    raise AssertionError


def told(needs: Estimate, workers: int) -> str:
    """The estimate in a few lines."""
    runs = f"{needs.least:,}" if needs.least == needs.most else f"{needs.least:,} to {needs.most:,}"
    lines = [
        f"points      {needs.points:,}",
        f"scenarios   {needs.scenarios} at each",
        f"runs        {runs}",
    ]
    if needs.seconds is not None:
        processes = min(workers, os.cpu_count() or 1)
        more = "" if needs.least == needs.most else " for the fewest runs"
        lines.append(
            f"time        about {_duration(needs.seconds / processes)} with {workers} worker(s){more}"
        )
    lines.append(f"disk        up to {_size(needs.disk)}; {_size(needs.free)} are free")
    return "\n".join(lines)


def _duration(seconds: float) -> str:
    """`3 min`."""
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
