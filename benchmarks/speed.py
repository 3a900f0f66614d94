"""Items 1 and 2: the engine against the one-person-at-a-time twin, and against a floor.

The floor does, for every person and quarter, only what no implementation avoids: as many normal draws as the model
uses (counted in a run), one ranking inside a department of 20, two exponentials, twelve multiply-adds; in bulk, on
float64 columns as long as the engine's. Processor time, founding and recording and tables included.
"""

from collections.abc import Callable
from unittest.mock import patch

import numpy as np
from account import account
from measuring import Result, Time, interleaved, ratios, result
from settings import PEOPLE_A_DEPARTMENT, case, people_in, run, sized

from sim.core.draws import Draws
from sim.lab.designs.chunks import CHUNK
from tests.oracle.equality import twin_of

MULTIPLY_ADDS = 12
EXPONENTIALS = 2
FLOORS = 10
"""Times over that the floors are computed: once takes a few hundredths of a second."""


def draws_a_person_quarter() -> tuple[float, float]:
    """(normal draws, all draws) of the model by person-quarter, counted."""
    counts = {"normal": 0, "uniform": 0}
    originals = {name: getattr(Draws, name) for name in counts}

    def counting(name: str) -> Callable[..., object]:
        def counted(self: Draws, decision: str, quarter: int, stream: np.ndarray) -> object:
            counts[name] += stream.size
            return originals[name](self, decision, quarter, stream)

        return counted

    with patch.multiple(Draws, **{name: counting(name) for name in counts}):
        scenario = case()
        model = run(scenario, range(4), tables=False)
    person_quarters = float(model.recorder.tables()["area"].query("quarter > 0")["headcount"].sum())
    return counts["normal"] / person_quarters, counts["uniform"] / person_quarters


def engine(replications: int) -> Callable[[], object]:
    """The case's size with many replications, laid out as `sim run` does."""
    scenario = case()

    def simulate() -> None:
        for first in range(0, replications, CHUNK):
            run(scenario, range(first, min(first + CHUNK, replications)))

    return simulate


def twin(scenario: object, quarters: int) -> Callable[[], object]:
    """The twin; it records nothing."""

    def simulate() -> None:
        model = twin_of(scenario, 1, 0)
        for _ in range(quarters):
            model.step()

    return simulate


def floor(people: int, quarters: int, normals: float) -> Callable[[], object]:
    """What no implementation avoids."""
    rows = people // PEOPLE_A_DEPARTMENT * PEOPLE_A_DEPARTMENT

    def compute() -> None:
        draw = np.random.default_rng(1)
        value, other, target = (draw.standard_normal(rows) for _ in range(3))
        luck = np.empty(rows)
        for _ in range(quarters):
            left = round(normals * rows)
            while left > 0:
                draw.standard_normal(out=luck[: min(left, rows)])
                left -= rows
            np.argsort(luck.reshape(-1, PEOPLE_A_DEPARTMENT), axis=1)
            for _ in range(EXPONENTIALS):
                np.exp(value, out=target)
            for _ in range(MULTIPLY_ADDS):
                np.multiply(value, other, out=target)
                np.add(target, luck, out=target)

    return compute


def _a_person_quarter(times: list[Time], person_quarters: float) -> list[float]:
    return [one.cpu / person_quarters * 1e9 for one in times]


def measure(quick: bool, repeats: int) -> list[Result]:
    """Interleaved: both engines, both twins, both floors."""
    replications, large, year = (20, 10_000, 4) if quick else (100, 100_000, 4)
    published, wide = case(), sized(large, year)
    quarters, size, people = published.horizon.quarters, people_in(published), people_in(wide)
    normals, draws = draws_a_person_quarter()
    cases = {
        "engine": engine(replications),
        "twin": twin(published, quarters),
        "floor": floor(size * CHUNK, FLOORS * quarters, normals),
        "engine, large": lambda: run(wide, range(1)),
        "twin, large": twin(wide, year),
        "floor, large": floor(people, FLOORS * year, normals),
    }
    amounts = [
        size * replications * quarters,
        size * quarters,
        size * CHUNK * quarters * FLOORS,
        people * year,
        people * year,
        people * year * FLOORS,
    ]
    amount = dict(zip(cases, amounts, strict=True))
    times = interleaved(cases, repeats)
    at_case, at_large = f"{replications} replications of {size:,}", f"one area of {people:,}, a year"

    def cost(name: str, told: str, item: int = 1) -> Result:
        return result(item, told, _a_person_quarter(times[name], amount[name]), "ns a person-quarter")

    def over(above: str, below: str, told: str, aim: str, item: int = 1) -> Result:
        scale = amount[below] / amount[above]
        return result(item, told, ratios(times[above], times[below], scale), "times", aim)

    return [
        cost("engine", f"engine, {at_case}"),
        cost("twin", "twin at that size"),
        over("twin", "engine", f"twin over engine, {at_case}", ">= 30"),
        cost("engine, large", f"engine, {at_large}"),
        cost("twin, large", "twin at that size, a year"),
        over("twin, large", "engine, large", f"twin over engine, {at_large}", ">= 40"),
        result(2, "normal draws of the model", [normals], "a person-quarter"),
        result(2, "all draws of the model", [draws], "a person-quarter"),
        cost("floor", f"floor, columns of {size * CHUNK:,}", 2),
        over("engine", "floor", f"engine over floor, {at_case}", "<= 3", 2),
        cost("floor, large", f"floor, columns of {people:,}", 2),
        over("engine, large", "floor, large", f"engine over floor, {at_large}", "<= 3", 2),
        *account(2 if quick else CHUNK),
    ]
