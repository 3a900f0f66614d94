"""Pilots: the same luck with and without the reform, and what evaluators would have estimated of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats
from sim.lab.designs.assignment import reformed, starts_of, unreformed
from sim.lab.designs.evaluation_file import Pilots, number_of
from sim.lab.designs.plan import Plan
from sim.lab.designs.tasks import Task
from sim.lab.estimates.estimators import ESTIMATORS, Estimate
from sim.lab.estimates.panel import NEVER, Panel
from sim.lab.jobs.processes import Tick
from sim.lab.jobs.simulate import silent, simulated
from sim.lab.results.evaluation import column

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

Values = dict[str, Floats]
"""Outcomes, each of shape (replications, places, quarters)."""
YEAR = 4
MOST_KEPT = 64
_kept: dict[tuple[str, str, int, int], tuple[Values, float]] = {}
"""What pilots bring about without the reform, by plan, variant and numbers; at most `MOST_KEPT` of them."""


def pilot_columns(plan: Plan, task: Task, tick: Tick = silent) -> tuple[dict[str, Floats], float]:
    """What every pilot of a task shows, one column a number (see `column`), and the largest accounting residual."""
    assert plan.evaluation is not None  # only evaluations have pilots
    asked, scenario = Pilots.read(plan.evaluation), plan.scenario(task.scenario, task.point)
    treated = number_of(plan.points[task.point][0], len(scenario.world.new_cities))
    without, residual = _without(plan, task)
    rows: list[dict[str, float]] = []
    for pilots in _draws(asked, task):
        starts = starts_of(asked, scenario.world.new_cities, treated, pilots.start)
        made, more = _outcomes(reformed(scenario, starts), pilots, asked, tick)
        residual = max(residual, more)
        for number, pilot in enumerate(pilots):
            pair = {name: (made[name][number], without[name][pilot - task.first]) for name in made}
            rows.append(_row(asked, scenario.world.new_cities, starts, pair))
    return {name: np.array([one[name] for one in rows]) for name in rows[0]}, residual


def _without(plan: Plan, task: Task) -> tuple[Values, float]:
    """The same pilots without the reform, made once however many numbers of treated places are compared."""
    key = (plan.hash, task.scenario, task.first, task.stop)
    if key not in _kept:
        assert plan.evaluation is not None  # only evaluations have pilots
        while len(_kept) >= MOST_KEPT:
            del _kept[next(iter(_kept))]
        scenario = unreformed(plan.scenario(task.scenario, task.point))
        pilots = range(task.first, task.stop)
        _kept[key] = _outcomes(scenario, pilots, Pilots.read(plan.evaluation), silent)
    return _kept[key]


def _draws(asked: Pilots, task: Task) -> Iterator[range]:
    """The pilots of a task, those of one draw of places together."""
    edges = range(task.first - task.first % asked.draw, task.stop, asked.draw)
    for edge in edges:
        yield range(max(task.first, edge), min(task.stop, edge + asked.draw))


def _outcomes(scenario: "Scenario", pilots: range, asked: Pilots, tick: Tick) -> tuple[Values, float]:
    """What the new cities bring about from the first quarter on that is seen, and the largest accounting residual."""
    model = simulated(scenario, pilots, tick)
    table = model.recorder.tables()["quarters"]
    new_cities, quarters = scenario.world.new_cities, scenario.horizon.quarters
    place = table["organisation"].astype(str).map({name: number for number, name in enumerate(new_cities)})
    rows = table.assign(place=place)[place.notna() & (table["quarter"] >= 1)]
    rows = rows.sort_values(["replication", "place", "quarter"])
    shape = (len(pilots), len(new_cities), quarters)
    values = {name: rows[name].to_numpy(dtype=np.float64).reshape(shape) for name in asked.data.outcomes}
    return values, max(model.residuals.values(), default=0.0)


def _row(
    asked: Pilots, new_cities: tuple[str, ...], starts: dict[str, int], pair: dict[str, tuple[Floats, Floats]]
) -> dict[str, float]:
    """Truth and estimates of one pilot, by column."""
    after, row = np.array([starts.get(name, NEVER) for name in new_cities]), dict[str, float]()
    for name, values in pair.items():
        for length in asked.data.lengths:
            made, without = (_seen(one, after, length, asked) for one in values)
            truth, beside = made.effect_on(without)
            row |= {column(name, length, "truth"): truth, column(name, length, "beside"): beside}
            for estimator in asked.estimators:
                numbers = _estimated(estimator, made)._asdict()
                row |= {column(name, length, estimator, what): value for what, value in numbers.items()}
    return row


def _seen(values: Floats, after: Floats, length: int, asked: Pilots) -> Panel:
    """The panel that the evaluator sees."""
    quarters = np.arange(asked.data.first, values.shape[1] + 1)
    panel = Panel(values[:, asked.data.first - 1 :], quarters, after).until(int(after.min()) + length)
    return panel.by_year(YEAR) if asked.data.every == "year" else panel


def _estimated(estimator: str, panel: Panel) -> Estimate:
    """An estimate; missing where the data are, or where the library cannot make one of them."""
    if not np.isfinite(panel.values).all():
        return Estimate(np.nan)
    try:
        return ESTIMATORS[estimator](panel)
    except (ArithmeticError, LookupError, ValueError):
        return Estimate(np.nan)
