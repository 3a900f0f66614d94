"""Where the engine's time goes, stage by stage of its quarter, and how much of it are calls rather than columns."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from measuring import Result, result
from settings import case, people_in, run

from sim.model import NewAreaModel, effort, new_area

INSIDE = ("build_standing", "worth_of_effort")
"""Parts of the stage `work`, told apart because it is the longest."""
AROUND = ("__init__", "observe", "_archive_leavers", "tables")
"""What surrounds the stages."""


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
    """Nanoseconds a person-quarter of every stage, with `replications` side by side."""
    scenario = case()
    run(scenario, range(replications))  # the tables of ranks are reckoned once
    spent: Counter[str] = Counter()
    with counted(spent):
        run(scenario, range(replications))
    amount = people_in(scenario) * replications * scenario.horizon.quarters
    names = [process.__name__ for process in new_area.QUARTER]
    titles = {name: f"stage {name}" for name in names}
    titles |= {name: f"of stage work: {name}" for name in INSIDE}
    titles |= {
        "__init__": "founding",
        "observe": "recording",
        "_archive_leavers": "leavers",
        "tables": "tables",
    }
    spent["__init__"] -= spent["observe"] // (scenario.horizon.quarters + 1)  # the founding is recorded, too
    return [
        result(2, f"engine, {title}", [spent[name] / amount], "ns a person-quarter")
        for name, title in titles.items()
    ]
