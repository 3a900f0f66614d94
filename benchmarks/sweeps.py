"""Item 4: what a study costs besides its simulations, and whether a second core halves the time.

Every study is written to disk with its report, from its file to its folder; two workers are started and stopped in the
time that is measured. On a machine that is busy with other work the efficiency says how much of the second core was
free.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from distributed import LocalCluster
from measuring import Result, interleaved, ratios, result
from settings import BASELINE, SCENARIO

import sim
from sim.study.design.plan import plan_of
from sim.study.execution.tasks import tasks_of

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


def bare(given: dict[str, Any]) -> Callable[[], object]:
    """Only the simulations of it, one after the other."""
    plan = plan_of(given, None, None)
    keys = [(point, name, number) for point in range(len(plan.points)) for name in plan.simulated
            for number in range(plan.most)]  # fmt: skip

    def simulate() -> None:
        for task in tasks_of(keys):
            scenario = plan.scenario(task.scenario, task.point).model_copy(update={"record": ()})
            numbers = range(task.first, task.stop)
            sim.NewAreaModel(scenario, rng=scenario.seed, replications=numbers).run()

    return simulate


@contextmanager
def cluster() -> Iterator[str]:
    """A Dask cluster of two workers that runs already, as clusters do."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="ERROR"
    ) as running:
        yield running.scheduler_address


def measure(quick: bool, repeats: int) -> list[Result]:
    """One worker, two, two of Dask, and the bare simulations, in turn."""
    given = design(2, 2) if quick else design(POINTS, REPLICATIONS)
    cases = {
        "bare": bare(given),
        "one": conducted(given, 1),
        "two": conducted(given, 2),
        "two of Dask, started for it": conducted(given, 2, "local"),
    }
    with cluster() as address:
        cases["dask"] = conducted(given, 2, address)
        times = interleaved(cases, repeats)
    overhead = [100 * (ratio - 1) for ratio in ratios(times["one"], times["bare"])]
    walls = {name: [one.wall for one in times[name]] for name in cases}
    efficiency = [one / two / 2 for one, two in zip(walls["one"], walls["two"], strict=True)]
    dask = [100 * (one / two - 1) for one, two in zip(walls["dask"], walls["two"], strict=True)]
    return [
        *(result(4, f"study, {name}", walls[name], "s wall") for name in cases),
        result(4, "study over bare simulations, one worker", overhead, "% more processor time", "<= 5"),
        result(4, "efficiency of two workers", efficiency, "share", ">= 0.9"),
        result(4, "Dask, running, over processes", dask, "% more", "<= 15"),
    ]
