"""Item 3: whether the cost of a person-quarter and the memory of a person stay the same as areas grow.

Two years under the full regime. As many replications side by side as `sim run` and studies put there, forty of the
smallest size and one of the largest; the smallest, for what it is worth, also alone.
"""

import tracemalloc
from typing import Any

import numpy as np
from measuring import Result, interleaved, result
from settings import case, people_in, run, sized

from sim.lab.designs.chunks import replications_together
from sim.model import NewAreaModel

QUARTERS = 8


def measure(quick: bool, repeats: int) -> list[Result]:
    """Sizes interleaved, then memory."""
    sizes = (1_360, 10_000) if quick else (1_360, 10_000, 100_000, 1_000_000)
    scenarios = {size: sized(size, QUARTERS) for size in sizes}
    laid_out = {size: range(replications_together(scenarios[size])) for size in sizes}
    cases = {f"{size:,}": (lambda size=size: run(scenarios[size], laid_out[size])) for size in sizes}
    cases["alone"] = lambda: run(scenarios[sizes[0]], range(1))
    times = interleaved(cases, repeats)
    amount = {f"{size:,}": people_in(scenarios[size]) * len(laid_out[size]) * QUARTERS for size in sizes}
    amount["alone"] = people_in(scenarios[sizes[0]]) * QUARTERS
    cost = {name: [one.cpu / amount[name] * 1e9 for one in times[name]] for name in cases}
    smallest = cost[f"{sizes[0]:,}"]
    found = [result(3, f"engine, {name} people", cost[name], "ns a person-quarter") for name in cases]
    spread = [max(cost[f"{size:,}"][k] for size in sizes) / smallest[k] for k in range(repeats)]
    found.append(result(3, "costliest size over the smallest", spread, "times", "<= 1.5"))
    return found + memory(scenarios[sizes[-2]], quick)


def memory(scenario: Any, quick: bool) -> list[Result]:
    """Bytes of state, of working memory at its peak, and of history."""
    tracemalloc.start()
    model = NewAreaModel(scenario, rng=1)
    people = model.staff.size
    state = model.state
    held = sum(_stored(table) for table in (state.staff, state.posts)) / people
    model.run()
    peak = tracemalloc.get_traced_memory()[1] / people
    tracemalloc.stop()
    short, long = (4, 8) if quick else (20, 40)
    history = [_history(quarters) for quarters in (short, long)]
    return [
        result(3, f"state at the founding, {people:,} people", [held], "bytes a person", "<= 400"),
        result(3, "peak while running, state, scratch and history", [peak], "bytes a person"),
        result(3, f"history after {short} quarters", [history[0]], "bytes a leaver"),
        result(3, f"history after {long} quarters", [history[1]], "bytes a leaver"),
    ]


def _stored(table: Any) -> int:
    return sum(np.dtype(table[name].dtype).itemsize for name in table.names) * table.size


def _history(quarters: int) -> float:
    """Bytes that are kept of everybody who has left: their last state and their events."""
    model = NewAreaModel(case(), rng=1)
    for _ in range(quarters):
        model.step()
    blocks = [*model.former, *(block for _, _, block in model.state.events.blocks)]
    leavers = sum(block["person"].size for block in model.former)
    return sum(column.nbytes for block in blocks for column in block.values()) / max(leavers, 1)
