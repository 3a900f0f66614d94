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
from sim.lab.results import store
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
def spending() -> Iterator[dict[str, float]]:
    """Meanwhile, the processor time of simulating and of writing reports is added up."""
    spent = {"simulating": 0.0, "report": 0.0}

    def counting(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            started = time.process_time()
            found = work(*given, **named)
            spent[name] += time.process_time() - started
            return found

        return counted

    methods = {name: counting("simulating", getattr(NewAreaModel, name)) for name in ("__init__", "run")}
    report = counting("report", store.write_report)
    with patch.multiple(NewAreaModel, **methods), patch.object(store, "write_report", report):
        yield spent


def overhead(given: dict[str, Any]) -> tuple[float, float]:
    """Per cent above its simulations that a study with one worker takes: without its report, and with it.

    One run tells both, so that a machine whose speed changes does not matter.
    """
    with spending() as spent:
        whole = timed(conducted(given, 1)).cpu
    with_report, without = (
        100 * (part / spent["simulating"] - 1) for part in (whole, whole - spent["report"])
    )
    return without, with_report


@contextmanager
def cluster() -> Iterator[str]:
    """A Dask cluster of two workers that runs already, as clusters do."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs="ERROR"
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
    without, with_report = zip(*(overhead(given) for _ in range(repeats)), strict=True)
    walls = {name: [one.wall for one in times[name]] for name in cases}
    efficiency = [one / two / 2 for one, two in zip(walls["one"], walls["two"], strict=True)]
    dask = [
        100 * (one / two - 1) for one, two in zip(walls["two of Dask, running"], walls["two"], strict=True)
    ]
    return [
        *(result(4, f"study, {name}", walls[name], "s wall") for name in cases),
        result(4, "a study over the simulations in it", without, "% more processor time", "<= 5"),
        result(4, "the same with its report and two figures", with_report, "% more processor time"),
        result(4, "efficiency of two workers", efficiency, "share", ">= 0.9"),
        result(4, "Dask, running, over processes", dask, "% more", "<= 15"),
    ]
