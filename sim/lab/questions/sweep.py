"""One scenario over a grid of settings: `sweep`, a study made in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from numpy import generic

from sim.core.errors import Stopped, UserError
from sim.core.fingerprint import fingerprint
from sim.lab.designs.arguments import known_outcomes, out_of, scenario_of, workers_of
from sim.lab.designs.plan import Plan, rule_places
from sim.lab.designs.points import Combined
from sim.lab.designs.provenance import code_content
from sim.lab.designs.side_by_side import last_quarters_of
from sim.lab.designs.study_file import Fixed
from sim.lab.estimates.effects import Window
from sim.lab.estimates.study_effects import levels_by_point
from sim.lab.jobs.conduct import FailedRun
from sim.lab.jobs.progress import Meter, Progress
from sim.lab.jobs.simulate import simulated
from sim.lab.jobs.store import kept
from sim.lab.questions.run import planned_manifest, warnings_of
from sim.lab.questions.studies import simulated_study
from sim.lab.results.files import SCHEMA
from sim.lab.results.manifest import SweepManifest
from sim.lab.results.study import Factor
from sim.lab.results.sweep import Sweep

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


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

    Returns:
        A study of the grid, whose `points` tell levels and differences to the first point.

    Raises:
        UserError: wrong input (all wrong points at once), before anything runs.
        ChildProcessError: a worker process died.
    """
    folder, processes = out_of(out), workers_of(workers)
    base = scenario_of(scenario, replications, seed)
    varied = _plain(vary)
    grid = _grid(base, varied)
    inside = last_quarters_of(grid, window)
    selected = known_outcomes(outcomes)
    planned = _planned(base, varied, grid, selected, inside)
    plan = _plan(base, planned)
    return kept(folder, planned, again, lambda: _sweep(plan, planned, grid, processes, progress))


def _plain(vary: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """The varied keys with their values, numbers of numpy as plain ones."""
    if not isinstance(vary, Mapping) or not vary:
        raise UserError(
            "a sweep needs at least one key to vary, as in regime.floating_pay.floating_share=0.2,0.4"
        )
    if "replications" in vary:
        raise UserError("vary replications: all points have as many; say how many with --replications")
    for key, values in vary.items():
        if isinstance(values, str) or not isinstance(values, Sequence) or not values:
            raise UserError(f"vary {key} = {values!r}: must be a list of at least one value")
        twice = next((value for place, value in enumerate(values) if value in values[:place]), None)
        if twice is not None:
            raise UserError(f"vary {key} = {', '.join(map(str, values))}: {twice} is there twice")
    return {
        key: [value.item() if isinstance(value, generic) else value for value in values]
        for key, values in vary.items()
    }


def _grid(base: "Scenario", vary: Mapping[str, Sequence[Any]]) -> list["Scenario"]:
    """The scenario at every point, or every error of every point."""
    from sim.scenario.loader import load
    from sim.scenario.option import setting

    grid, errors = [], dict[str, None]()
    for values in product(*vary.values()):
        point = {key: setting(value, f"vary {key}") for key, value in zip(vary, values, strict=True)}
        try:
            grid.append(load(base, set=point))
        except UserError as error:
            errors.update(dict.fromkeys(str(error).splitlines()))
    if errors:
        raise UserError("\n".join(errors))
    return grid


def _planned(
    base: "Scenario",
    vary: dict[str, list[Any]],
    grid: list["Scenario"],
    outcomes: list[str] | None,
    window: Window,
) -> SweepManifest:
    runs = [planned_manifest(one)["hash"] for one in grid]
    of_run = planned_manifest(base)
    return {
        "result": "sweep",
        "schema": SCHEMA,
        "name": base.name,
        "folder_name": f"sweep-{base.name}",
        "hash": fingerprint("sweep", runs, vary, outcomes, window, SCHEMA),
        "simulation": of_run["simulation"],
        "question": "",
        "seed": base.seed,
        "replications": base.replications,
        "scenario": of_run["scenario"],
        "changed": of_run["changed"],
        "rules_files": of_run["rules_files"],
        "vary": dict(vary),
        "selected": outcomes,
        "window": list(window),
        "points": len(grid),
    }


def _plan(base: "Scenario", planned: SweepManifest) -> Plan:
    """The study of the grid."""
    vary = planned["vary"]
    return Plan(
        name=base.name,
        question="",
        scenarios={base.name: planned["scenario"]},
        baseline=None,
        factors=tuple(Factor(key, "lever", values=tuple(values)) for key, values in vary.items()),
        concerned=((base.name,),) * len(vary),
        design={"kind": "grid"},
        points=Combined(tuple(vary.values())),
        outcomes=tuple(planned["selected"] or ()),
        window=(planned["window"][0], planned["window"][1]),
        rule=Fixed.model_construct(replications=base.replications),
        smallest_effects={},
        headlines=(),
        code=code_content(),
        rules=rule_places(),
        changed=tuple(planned["changed"]),
    )


def _sweep(
    plan: Plan, planned: SweepManifest, grid: list["Scenario"], workers: int, progress: Progress | None
) -> Sweep:
    meter = Meter(sum(one.replications * one.horizon.quarters for one in grid), progress)
    try:
        study = simulated_study(plan, workers, meter)
    except FailedRun as failure:
        _raise_again(plan, failure)
    except Stopped as loss:
        raise ChildProcessError(f"{loss}; nothing was stored. Try again, or with fewer workers") from None
    warnings = dict.fromkeys([*study.warnings, *(text for one in grid for text in warnings_of(one))])
    manifest: SweepManifest = {
        **study.manifest,
        **planned,
        "warnings": list(warnings),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    values = {field.name: getattr(study, field.name) for field in fields(study)}
    return Sweep(**{**values, "points": levels_by_point(study), "manifest": manifest})


def _raise_again(plan: Plan, failure: FailedRun) -> NoReturn:
    """Let the error of a failed run through, as it is, with a note that names the point.

    Raises:
        Stopped: it does not come again.
    """
    task = failure.task
    settings = zip(plan.factors, plan.points[task.point], strict=True)
    try:
        simulated(plan.scenario(task.scenario, task.point), range(task.first, task.stop))
    except Exception as error:
        where = ", ".join(f"{factor.name} = {value}" for factor, value in settings)
        error.add_note(f"at point {task.point}: {where}")
        raise
    raise failure
