"""Item 7: what a changed setting costs, what planning a study costs, and what a point costs beside its simulation."""

import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any
from unittest.mock import patch

from measuring import Result, interleaved, result
from settings import BASELINE, SCENARIO, case

from sim.lab.designs.plan import Plan, plan_of, wrong_points
from sim.lab.designs.tasks import Task
from sim.lab.jobs import batch
from sim.lab.jobs.batch import rows_of

CHANGES: dict[str, dict[str, Any]] = {
    "the seed": {"seed": 2},
    "a policy's share": {"regime.floating_pay.floating_share": 0.2},
    "a trait of behaviour": {"behaviour.effort.response": 0.2},
    "a share of the structure": {"structure.manager_share": 0.1},
    "a part's kind": {"regime.floating_pay.kind": "fixed"},
}
REPLICATIONS = 3


def design(points: int, kind: str) -> dict[str, Any]:
    """Two scenarios over two factors."""
    size = {"steps": round(points**0.5)} if kind == "grid" else {"points": points}
    return {
        "scenarios": [str(BASELINE), str(SCENARIO)],
        "levers": {"regime.floating_pay.floating_share": {"low": 0.1, "high": 0.4}},
        "uncertainties": {"behaviour.quits.base_contract": {"low": 0.01, "high": 0.2}},
        "design": {"kind": kind, **size},
        "replications": REPLICATIONS,
    }


def planned(points: int, kind: str) -> Plan:
    """The plan of that study."""
    return plan_of(design(points, kind))


def changed(times: int) -> dict[str, Callable[[], object]]:
    """A loaded scenario with one key changed, several times over."""
    scenario = case()

    def change(settings: dict[str, Any]) -> None:
        for _ in range(times):
            scenario.with_(**settings)

    cases = {name: partial(change, settings) for name, settings in CHANGES.items()}
    for one in cases.values():
        one()  # what reads a field is made when it is first needed
    return cases


def planning(points: int) -> Callable[[], None]:
    """A study from its file to its plan, with every point checked in both scenarios."""

    def plan() -> None:
        assert not wrong_points(planned(points, "latin_hypercube"))

    return plan


def megabytes(points: int, kind: str) -> float:
    """The most memory that Python takes for a plan and its hash."""
    planned(100, kind)
    tracemalloc.start()
    assert planned(points, kind).hash
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return most


def beside(points: int) -> float:
    """Per cent above its simulation, told within the same runs, that a point takes: settings, means, rows."""
    plan = planned(1_000, "latin_hypercube")
    tasks = [Task(point, plan.simulated[-1], 0, REPLICATIONS) for point in range(points)]
    simulate, spent = batch.simulated, [0.0, 0.0]

    def timed(*arguments: Any, **options: Any) -> Any:
        started = time.process_time()
        model = simulate(*arguments, **options)
        spent[0] += time.process_time() - started
        return model

    rows_of(plan, tasks[0])
    with patch.object(batch, "simulated", timed):
        for task in tasks:
            started = time.process_time()
            rows_of(plan, task)
            spent[1] += time.process_time() - started
    return 100 * (spent[1] / spent[0] - 1)


def measure(quick: bool, repeats: int) -> list[Result]:
    """Changes and plans by processor time, memory as Python counts it."""
    times, points, most = (20, 100, 1_000) if quick else (200, 10_000, 1_000_000)
    cases = changed(times)
    spent = interleaved({**cases, "plan": planning(points)}, repeats)
    changes = [
        result(7, f"changing {name}", [1000 * one.cpu / times for one in spent[name]], "ms", "<= 0.5")
        for name in cases
    ]
    each = [1000 * one.cpu / points for one in spent["plan"]]
    sizes = ((kind, count) for kind in ("grid", "latin_hypercube") for count in (points, most))
    memory = [
        result(7, f"memory of a plan, {kind} of {count:,}", [megabytes(count, kind)], "MB")
        for kind, count in sizes
    ]
    over = [beside(2 if quick else 12) for _ in range(repeats)]
    return [
        *changes,
        result(7, f"planning and checking, of {points:,} points", each, "ms a point", "<= 1"),
        *memory,
        result(7, "a point over its simulation, three replications", over, "% more processor time", "<= 5"),
    ]
