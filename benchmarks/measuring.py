"""What all benchmarks share: interleaved repeats, medians, and one table of results.

Wall-clock time says what somebody waits for; processor time (user and system, children included) says what the work
costs, and is what to look at on a machine that is busy with other work.
"""

import csv
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
RESULTS = ROOT / "benchmarks" / "results.csv"


class Time(NamedTuple):
    """Seconds of one repeat."""

    wall: float
    cpu: float


class Result(NamedTuple):
    """One measured number. `aim` is empty where nothing is asked."""

    item: int
    measure: str
    value: float
    unit: str
    lowest: float
    highest: float
    repeats: int
    aim: str = ""

    @property
    def met(self) -> str:
        """Whether the aim is met, read off its sign."""
        if not self.aim:
            return ""
        sign, bound = self.aim.split()
        return "yes" if (self.value >= float(bound) if sign == ">=" else self.value <= float(bound)) else "no"


def processor_seconds() -> float:
    """Processor time of this process and of its children that have ended; `os.times` counts in hundredths only."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def timed(run: Callable[[], object]) -> Time:
    """Seconds of one call, children included."""
    wall, processor = time.perf_counter(), processor_seconds()
    run()
    return Time(time.perf_counter() - wall, processor_seconds() - processor)


def interleaved(cases: dict[str, Callable[[], object]], repeats: int) -> dict[str, list[Time]]:
    """Every case in turn, `repeats` times over, so that a machine that slows down slows down everything."""
    found: dict[str, list[Time]] = {name: [] for name in cases}
    for _ in range(repeats):
        for name, run in cases.items():
            found[name].append(timed(run))
    return found


def result(item: int, measure: str, values: Sequence[float], unit: str, aim: str = "") -> Result:
    """The median of repeats, with their range."""
    middle = statistics.median(values)
    return Result(item, measure, middle, unit, min(values), max(values), len(values), aim)


def ratios(above: Sequence[Time], below: Sequence[Time], scale: float = 1.0) -> list[float]:
    """Processor time of one case over another's, repeat by repeat."""
    return [scale * one.cpu / other.cpu for one, other in zip(above, below, strict=True)]


def machine() -> str:
    """Processor, cores, system and Python."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        processor = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        processor = platform.processor() or platform.machine()
    import numpy

    return (
        f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, numpy {numpy.__version__}"
    )


def keep(found: Sequence[Result], table: Path) -> None:
    """Put results into the table, in the place of older ones of the same items."""
    table.parent.mkdir(parents=True, exist_ok=True)
    items = {one.item for one in found}
    rows: list[dict[str, object]] = []
    if table.exists():
        with table.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if int(row["item"]) not in items]
    rows += [
        {key: f"{value:.4g}" if isinstance(value, float) else value for key, value in one._asdict().items()}
        | {"met": one.met, "machine": machine(), "date": time.strftime("%Y-%m-%d")}
        for one in found
    ]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: int(str(row["item"]))))


def show(found: Sequence[Result]) -> None:
    """Print results as lines."""
    for one in found:
        spread = f"({one.lowest:.4g} to {one.highest:.4g})" if one.repeats > 1 else ""
        aim = f"aim {one.aim}: {one.met}" if one.aim else ""
        print(f"{one.item}  {one.measure:66}{one.value:>10.4g} {one.unit:24}{spread:24}{aim}", flush=True)
