"""Item 4: what a study costs besides its simulations, and whether a second core halves the time.

Every study is written to disk with its report, from its file to its folder; two workers are started and stopped in the
time that is measured. On a machine that is busy with other work the efficiency says how much of the second core was
free.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from distributed import LocalCluster
from measuring import Result, interleaved, result, timed
from settings import BASELINE, SCENARIO

import sim
from sim.model import NewAreaModel

POINTS, REPLICATIONS = 16, 20


def design(points: int, replications: int) -> dict[str, Any]:
    """A grid over the floating share."""
    return {
        "name": "bench",
        "question": "How long does a study take?",
        "scenarios": [str(BASELINE), str(SCENARIO)],
        "levers": {"regime.floating_pay.floating_share": {"low": 0.1, "high": 0.5}},
        "design": {"kind": "grid", "steps": points},
        "replications": replications,
    }


def conducted(given: dict[str, Any], workers: int, dask: str | None = None) -> Callable[[], object]:
    """The study from its file to its folder."""

    def conduct() -> None:
        with tempfile.TemporaryDirectory() as folder:
            sim.run_study(given, workers=workers, dask=dask, out=folder)

    return conduct


@contextmanager
def simulations() -> Iterator[list[float]]:
    """Meanwhile, the processor time of founding and running models is added to the list."""
    spent: list[float] = []

    def timing(method: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            started = time.process_time()
            found = method(*given, **named)
            spent.append(time.process_time() - started)
            return found

        return counted

    methods = {name: timing(getattr(NewAreaModel, name)) for name in ("__init__", "run")}
    with patch.multiple(NewAreaModel, **methods):
        yield spent


def overhead(given: dict[str, Any]) -> float:
    """Per cent that a study with one worker takes above the simulations in it, report included; one run tells both."""
    with simulations() as spent:
        whole = timed(conducted(given, 1)).cpu
    return 100 * (whole / sum(spent) - 1)


@contextmanager
def cluster() -> Iterator[str]:
    """A Dask cluster of two workers that runs already, as clusters do."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="ERROR"
    ) as running:
        yield running.scheduler_address


def measure(quick: bool, repeats: int) -> list[Result]:
    """One worker, two, and two of Dask, in turn; then what one worker does besides simulating."""
    given = design(2, 2) if quick else design(POINTS, REPLICATIONS)
    cases = {
        "one": conducted(given, 1),
        "two": conducted(given, 2),
        "two of Dask, started for it": conducted(given, 2, "local"),
    }
    with cluster() as address:
        cases["two of Dask, running"] = conducted(given, 2, address)
        times = interleaved(cases, repeats)
    besides = [overhead(given) for _ in range(repeats)]
    walls = {name: [one.wall for one in times[name]] for name in cases}
    efficiency = [one / two / 2 for one, two in zip(walls["one"], walls["two"], strict=True)]
    dask = [100 * (one / two - 1) for one, two in zip(walls["two of Dask, running"], walls["two"], strict=True)]
    return [
        *(result(4, f"study, {name}", walls[name], "s wall") for name in cases),
        result(4, "study over the simulations in it, one worker", besides, "% more processor time", "<= 5"),
        result(4, "efficiency of two workers", efficiency, "share", ">= 0.9"),
        result(4, "Dask, running, over processes", dask, "% more", "<= 15"),
    ]
