"""Where the engine's time goes, stage by stage of its quarter, and how much of it are calls rather than columns."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from measuring import Result, result, timed
from settings import case, people_in, run

from sim.model import NewAreaModel, effort, new_area

INSIDE = ("build_standing", "worth_of_effort")
"""Parts of the stage `work`, told apart because it is the longest."""
AROUND = {
    "__init__": "founding",
    "observe": "recording",
    "_archive_leavers": "leavers kept",
    "tables": "tables at the end",
}
"""What surrounds the stages: methods and what they do."""


@contextmanager
def counted(spent: Counter[str]) -> Iterator[None]:
    """Meanwhile, the processor time of every stage is added to `spent`."""

    def timing(process: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            started = time.process_time_ns()
            found = process(*given, **named)
            spent[process.__name__] += time.process_time_ns() - started
            return found

        return timed

    stages = tuple(timing(process) for process in new_area.QUARTER)
    around = {name: timing(getattr(NewAreaModel, name)) for name in AROUND}
    inside = {name: timing(getattr(effort, name)) for name in INSIDE}
    with (
        patch.object(new_area, "QUARTER", stages),
        patch.multiple(NewAreaModel, **around),
        patch.multiple(effort, **inside),
    ):
        yield


def account(replications: int) -> list[Result]:
    """Nanoseconds a person-quarter of every stage, and of calls, with `replications` side by side."""
    scenario = case()
    run(scenario, range(replications))  # the tables of ranks are reckoned once
    alone = timed(lambda: run(scenario, range(1))).cpu
    spent: Counter[str] = Counter()
    with counted(spent):
        together = timed(lambda: run(scenario, range(replications))).cpu
    amount = people_in(scenario) * replications * scenario.horizon.quarters
    calls = (alone * replications - together) / (replications - 1)
    titles = {process.__name__: f"stage {process.__name__}" for process in new_area.QUARTER}
    titles |= {name: f"of stage work: {name}" for name in INSIDE} | AROUND
    spent["__init__"] -= spent["observe"] // (scenario.horizon.quarters + 1)  # the founding is recorded, too
    found = {title: spent[name] for name, title in titles.items()}
    found["of all: calls of Python and NumPy, whatever the size"] = round(calls * 1e9)
    return [
        result(2, f"engine, {title}", [nanoseconds / amount], "ns a person-quarter")
        for title, nanoseconds in found.items()
    ]
