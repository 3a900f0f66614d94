"""Scenarios are simulated in jobs of some replications each, by whatever executor there is.

A replication's result does not depend on the job it runs in, so executors and sizes change the time a run takes and
nothing else.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.core.errors import WorkersLost
from sim.lab.designs.chunks import replications_together
from sim.lab.designs.plan import rule_places
from sim.lab.jobs.executor import Executor
from sim.lab.jobs.processes import Tick
from sim.lab.jobs.progress import Meter, Progress

if TYPE_CHECKING:
    import pandas

    from sim.model import NewAreaModel
    from sim.scenario.schema import Scenario

Frames = dict[str, "pandas.DataFrame"]


def silent(_: int) -> None:
    """Tells nobody how far a job is."""


class Simulated(NamedTuple):
    """The tables of a job and its accounting residuals."""

    frames: "Frames"
    residuals: dict[str, float]


@dataclass(frozen=True)
class Replications:
    """A job: the replications of a scenario from `first` up to but not including `stop`.

    Where it is sent to another process, the scenario is written out, to be read there with the rules named by
    `rules`, modules and the folders that they are in.
    """

    scenario: Any
    first: int
    stop: int
    rules: tuple[tuple[str, str], ...] = ()

    def __call__(self, tick: Tick) -> Simulated:
        """Simulate them; `tick` hears the replication-quarters done after every quarter."""
        import_rules(self.rules)
        model = simulated(self.scenario, range(self.first, self.stop), tick)
        return Simulated(model.tables(), dict(model.residuals))

    def __getstate__(self) -> dict[str, Any]:
        if isinstance(self.scenario, dict):  # sent on by a scheduler
            return vars(self)
        return {**vars(self), "scenario": self.scenario.resolved(), "rules": rule_places()}


def simulated(
    scenario: Any,
    replications: range,
    tick: Tick = silent,
    window: tuple[int, int] | None = None,
) -> "NewAreaModel":
    """The model at its end; of a `window`, only its quarters are recorded."""
    from sim.model import NewAreaModel

    model = NewAreaModel(scenario, replications=replications, window=window)
    return model.run(on_quarter=lambda: tick(len(replications)))


def import_rules(places: Sequence[tuple[str, str]]) -> None:
    """Let this process know rules of the user's own.

    Args:
        places: the modules, and the folders that they are in.

    Raises:
        UserError: a module cannot be imported, with file and line.
    """
    from sim.rules.faults import import_own

    for module, folder in places:
        if module not in sys.modules:
            sys.path.append(folder)
            import_own(module)


def simulate_all(
    scenarios: Sequence["Scenario"], executor: Executor, progress: Progress | None = None
) -> Iterator[list[Simulated]]:
    """Simulate scenarios one after the other; for each, its jobs' tables in the order of the replications.

    Args:
        scenarios: with their seeds and replications.
        executor: who simulates.
        progress: called with replication-quarters done and in all.

    Raises:
        ChildProcessError: a worker process died.
    """
    meter = Meter(sum(one.replications * one.horizon.quarters for one in scenarios), progress)
    jobs = [_jobs(scenario, executor.number) for scenario in scenarios]
    results = executor.results([job for those in jobs for job in those], meter.add)
    there, number = dict[int, Simulated](), 0
    try:
        for those in jobs:
            numbers = range(number, number := number + len(those))
            while not there.keys() >= set(numbers):
                there.update([next(results)])
            yield [there.pop(one) for one in numbers]
    except WorkersLost as loss:
        raise ChildProcessError(f"{loss}; nothing was stored. Try again, or with fewer workers") from None


def _jobs(scenario: "Scenario", workers: int) -> list[Replications]:
    size = min(replications_together(scenario), -(-scenario.replications // workers))
    starts = range(0, scenario.replications, size)
    return [Replications(scenario, start, min(start + size, scenario.replications)) for start in starts]
