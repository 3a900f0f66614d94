"""Replications are simulated in chunks, here or in worker processes.

A replication's result does not depend on the chunk it runs in, so workers and chunks change the time a run takes and
nothing else. Heavy modules are imported inside functions: a worker sets its number of threads before numpy loads.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.core.errors import UserError
from sim.lab.designs.chunks import replications_together
from sim.lab.jobs.processes import context_of, working
from sim.lab.jobs.threads import single_threaded

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario

PATIENCE = 0.2
"""Seconds between two looks at the workers."""
Progress = Callable[[int, int], None]
Frames = dict[str, "pandas.DataFrame"]


class Chunk(NamedTuple):
    """Some replications of one scenario: those from `first` up to but not including `stop`."""

    scenario: Any
    first: int
    stop: int


class Simulated(NamedTuple):
    """The tables of a chunk and its accounting residuals."""

    frames: "Frames"
    residuals: dict[str, float]


class Meter:
    """Counts replication-quarters and tells whoever wants to know."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.done, self.total, self._tell = 0, total, progress

    def add(self, amount: int) -> None:
        self.done = min(self.done + amount, self.total)
        if self._tell is not None:
            self._tell(self.done, self.total)


def simulate_all(
    scenarios: Sequence["Scenario"], workers: int = 1, progress: Progress | None = None
) -> Iterator[list[Simulated]]:
    """Simulate scenarios one after the other; for each, its chunks in the order of the replications.

    Args:
        scenarios: with their seeds and replications.
        workers: processes; 1 simulates here.
        progress: called with replication-quarters done and in all.
    """
    meter = Meter(sum(one.replications * one.horizon.quarters for one in scenarios), progress)
    plan = [_chunks(scenario, workers) for scenario in scenarios]
    if workers == 1:
        for chunks in plan:
            yield [simulate(chunk, meter.add) for chunk in chunks]
    else:
        yield from _in_processes(plan, workers, meter)


def _chunks(scenario: "Scenario", workers: int) -> list[Chunk]:
    size = min(replications_together(scenario), -(-scenario.replications // workers))
    starts = range(0, scenario.replications, size)
    return [Chunk(scenario, start, min(start + size, scenario.replications)) for start in starts]


def simulate(chunk: Chunk, tick: Callable[[int], None]) -> Simulated:
    """Simulate one chunk; `tick` hears the replication-quarters done after every quarter."""
    from sim.model import NewAreaModel

    numbers = range(chunk.first, chunk.stop)
    model = NewAreaModel(chunk.scenario, replications=numbers)
    model.run(on_quarter=lambda: tick(len(numbers)))
    return Simulated(model.tables(), dict(model.residuals))


def _in_processes(plan: list[list[Chunk]], workers: int, meter: Meter) -> Iterator[list[Simulated]]:
    context = context_of()
    ticks, stop = context.SimpleQueue(), context.Event()
    with working(workers, _begin, (ticks, stop, _importable_rules())) as executor:
        try:
            with single_threaded():
                waiting = [
                    [executor.submit(_simulate_there, _packed(chunk)) for chunk in chunks] for chunks in plan
                ]
            for futures in waiting:
                yield [_result(future, ticks, meter) for future in futures]
                futures.clear()
        except BrokenProcessPool:
            raise ChildProcessError(
                f"{executor.loss()}; nothing was stored. Try again, or with fewer workers"
            ) from None
        finally:
            stop.set()


def _importable_rules() -> list[str]:
    """Modules of further rules that a worker can import.

    Raises:
        UserError: rules defined in a notebook or at a prompt.
    """
    from sim.lab.designs.provenance import rule_modules

    modules = rule_modules()
    if "__main__" in modules and not hasattr(sys.modules["__main__"], "__file__"):
        raise UserError(
            "rules defined in a notebook are unknown to worker processes: use workers=1 or a .py file"
        )
    return [name for name in modules if name != "__main__"]


def _packed(chunk: Chunk) -> Chunk:
    """The scenario written out: a worker reads it with the rules that it knows."""
    return chunk._replace(scenario=chunk.scenario.resolved())


def _result(future: "Future[Simulated]", ticks: Any, meter: Meter) -> Simulated:
    """Wait for a chunk and tell how far all of them are."""
    while not future.done():
        wait([future], timeout=PATIENCE)
        while not ticks.empty():
            meter.add(ticks.get())
    return future.result()


_ticks: Any = None
_stop: Any = None
_rules: list[str] = []


def _begin(ticks: Any, stop: Any, rules: list[str]) -> None:
    """Prepare a worker: told of all rules."""
    global _ticks, _stop, _rules
    _ticks, _stop, _rules = ticks, stop, rules


def _simulate_there(chunk: Chunk) -> Simulated:
    from sim.rules.faults import import_own
    from sim.scenario.loader import load

    for name in _rules:
        import_own(name)
    return simulate(chunk._replace(scenario=load(chunk.scenario)), _tick)


def _tick(amount: int) -> None:
    if _stop.is_set():
        raise InterruptedError("stopped")
    _ticks.put(amount)
