"""One scenario over a grid of settings: `sweep`."""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.errors import UserError
from sim.core.fingerprint import fingerprint
from sim.lab.designs.asked import known_outcomes, out_of, scenario_of, workers_of
from sim.lab.designs.side_by_side import last_quarters_of
from sim.lab.estimates.estimates import Window, name_of, outcomes_of, window_means
from sim.lab.estimates.intervals import mean_interval
from sim.lab.jobs.executor import executor_of
from sim.lab.jobs.progress import Progress
from sim.lab.jobs.simulate import simulate_all
from sim.lab.jobs.store import kept
from sim.lab.questions.run import planned_manifest, tables_of
from sim.lab.results.comparison import Sweep
from sim.lab.results.files import SCHEMA
from sim.lab.results.manifest import SweepManifest
from sim.lab.results.tables import Tables
from sim.outcomes.outcomes import unit_of

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario

Point = dict[str, Any]


def sweep(
    scenario: Any,
    vary: Mapping[str, Sequence[Any]],
    replications: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    outcomes: Sequence[str] | None = None,
    window: Window | None = None,
    out: str | Path | None = None,
    again: bool = False,
) -> Sweep:
    """Simulate a scenario on a grid: every combination of the values of the varied keys.

    All points share their luck, so that the difference to the first point is one of the settings alone.

    Args:
        scenario: a scenario, the path of a scenario file, or a mapping of the same form.
        vary: dotted keys and the values each takes, as in `{"regime.floating_pay.floating_share": [0.2, 0.4]}`.
        replications: how many at each point; by default the scenario's own number.
        seed: the integer that seeds all of them; by default the scenario's own.
        workers: processes to share the work.
        progress: called with (replication-quarters done, in all).
        outcomes: which outcomes; by default all.
        window: first and last quarter over which outcomes are averaged; by default the last eight quarters.
        out: folder of results, in which `sweep-<name>-<hash>/` is written; None stores nothing.
        again: simulate even if the same input is already stored in `out`.

    Raises:
        UserError: wrong input (all wrong points at once), before anything runs.
        ChildProcessError: a worker process died.
    """
    folder, processes = out_of(out), workers_of(workers)
    base = scenario_of(scenario, replications, seed)
    points = _points(vary)
    grid = _grid(base, points)
    inside = last_quarters_of(grid, window)
    selected = known_outcomes(outcomes)
    planned = _planned(base, vary, grid, selected, inside)
    return kept(folder, planned, again, lambda: _sweep(planned, points, grid, selected, processes, progress))


def _points(vary: Mapping[str, Sequence[Any]]) -> list[Point]:
    if not isinstance(vary, Mapping) or not vary:
        raise UserError(
            "a sweep needs at least one key to vary, as in regime.floating_pay.floating_share=0.2,0.4"
        )
    for key, values in vary.items():
        if isinstance(values, str) or not isinstance(values, Sequence) or not values:
            raise UserError(f"vary {key} = {values!r}: must be a list of at least one value")
        twice = next((value for place, value in enumerate(values) if value in values[:place]), None)
        if twice is not None:
            raise UserError(f"vary {key} = {', '.join(map(str, values))}: {twice} is there twice")
    return [dict(zip(vary, values, strict=True)) for values in product(*vary.values())]


def _grid(base: "Scenario", points: list[Point]) -> list["Scenario"]:
    """The scenario at every point, or every error of every point."""
    from sim.scenario.loader import load

    grid, errors = [], dict[str, None]()
    for point in points:
        try:
            grid.append(load(base, set=point))
        except UserError as error:
            errors.update(dict.fromkeys(str(error).splitlines()))
    if errors:
        raise UserError("\n".join(errors))
    return grid


def _planned(
    base: "Scenario",
    vary: Mapping[str, Sequence[Any]],
    grid: list["Scenario"],
    outcomes: list[str] | None,
    window: Window,
) -> SweepManifest:
    settings = {key: list(values) for key, values in vary.items()}
    runs = [planned_manifest(one)["hash"] for one in grid]
    return {
        **planned_manifest(base),
        "result": "sweep",
        "folder_name": f"sweep-{base.name}",
        "hash": fingerprint("sweep", runs, settings, outcomes, window, SCHEMA),
        "vary": settings,
        "selected": outcomes,
        "window": list(window),
        "points": len(grid),
    }


def _sweep(
    planned: SweepManifest,
    points: list[Point],
    grid: list["Scenario"],
    outcomes: list[str] | None,
    workers: int,
    progress: Progress | None,
) -> Sweep:
    started = time.perf_counter()
    window = (planned["window"][0], planned["window"][1])
    parts: list[pandas.DataFrame] = []
    runs: list[pandas.DataFrame] = []
    warnings = dict[str, None]()
    first: pandas.DataFrame | None = None
    last: Tables | None = None
    with executor_of(workers) as executor:
        for number, chunks in enumerate(simulate_all(grid, executor, progress)):
            last = tables_of(grid[number], chunks, 0.0)
            warnings.update(dict.fromkeys(last.warnings))
            means = window_means(last.area, outcomes or outcomes_of({"": last}), window)
            first = means if first is None else first
            runs.append(means.reset_index().assign(point=number))
            parts.append(_point(number, points[number], means, first, window))
    assert last is not None  # a grid has at least one point
    made: SweepManifest = {
        **last.manifest,
        **planned,
        "warnings": list(warnings),
        "wall_seconds": round(time.perf_counter() - started, 3),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    import pandas as frames

    alone = frames.concat(runs, ignore_index=True)
    alone.insert(0, "point", alone.pop("point"))
    return Sweep(frames.concat(parts, ignore_index=True), alone, planned["vary"], made)


def _point(
    number: int, point: Point, means: "pandas.DataFrame", first: "pandas.DataFrame", window: Window
) -> "pandas.DataFrame":
    """One row an outcome: the point's level and its paired difference to the first point."""
    import pandas

    level = mean_interval(means.to_numpy(dtype=np.float64))
    paired = mean_interval((means - first.reindex(means.index)).to_numpy(dtype=np.float64))
    settings = {key: [_cell(value)] * len(means.columns) for key, value in point.items()}
    return pandas.DataFrame(
        {
            "point": number,
            **settings,
            "outcome": list(means.columns),
            "unit": [unit_of(str(name)) for name in means.columns],
            "window": name_of(window),
            "mean": level.mean,
            "low": level.low,
            "high": level.high,
            "difference": paired.mean,
            "difference_low": paired.low,
            "difference_high": paired.high,
            "replications": level.count,
        }
    )


def _cell(value: Any) -> Any:
    """A varied value as a table's cell: scalars as they are, others as text."""
    return value if isinstance(value, (int, float, bool)) else str(value)
