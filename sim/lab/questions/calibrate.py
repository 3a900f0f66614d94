"""Numbers moved until a simulation brings about given targets: `calibrate`."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.errors import UserError
from sim.core.fingerprint import fingerprint
from sim.lab.designs.arguments import out_of, whole, workers_of
from sim.lab.designs.differences import differences_between
from sim.lab.designs.provenance import code_version, packages
from sim.lab.designs.read_targets import read_targets
from sim.lab.designs.targets import Aim, Targets
from sim.lab.estimates.effects import window_means
from sim.lab.estimates.fit import errors_off, fit_table, mean_and_error, range_table
from sim.lab.estimates.units import with_units
from sim.lab.jobs.executor import Executor, executor_of
from sim.lab.jobs.folder import lasting, lasting_folder, refuse_if_taken
from sim.lab.jobs.progress import Progress
from sim.lab.jobs.simulate import simulate_all
from sim.lab.jobs.store import folder_of, stored
from sim.lab.questions.run import planned_manifest, tables_of
from sim.lab.questions.trials import DATABASE, Trial, Trials, forget, trials_in
from sim.lab.results.calibration import COMPLETE, FAILED, Calibration
from sim.lab.results.files import SCHEMA
from sim.lab.results.manifest import CalibrationManifest
from sim.lab.results.store import write
from sim.lab.results.tables import Tables
from sim.scenario.roster.remarks import roster_warnings

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario

SIDES = {"scenario": ("scenario",), "baseline": ("baseline",), "difference": ("scenario", "baseline")}
"""The runs that a target is taken from."""
BROKEN = (OSError, MemoryError)
"""What ends a search and not a trial: the machine's troubles, not the point's."""


def calibrate(
    targets: str | Path | Mapping[str, Any],
    trials: int = 100,
    seed: int | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    again: bool = False,
    allow: Sequence[str | Path] = (),
) -> Calibration:
    """Search the numbers of a scenario that bring it nearest to given targets.

    A tree-structured Parzen estimator (T17; Optuna, T18) proposes the trials one after the other; all of them share
    their luck (common random numbers). The first trial is the scenario as it is. Numbers of the regime move in the
    scenario alone, all others in the baseline too. A trial that fails is recorded as failed.

    Args:
        targets: path of a targets file (`sim.lab.designs.targets`), or a mapping of the same form, in which
            `scenario` and `baseline` may be scenarios.
        trials: how many.
        seed: of the runs and of the search; by default the file's, or else the scenario's.
        workers: processes to share the replications of a trial; results are the same whatever their number.
        progress: called with (replication-quarters done, in all).
        out: folder of results, in which `calibrate-<name>-<hash>/` is written; None stores nothing.
        resume: go on with what was stopped; the result is the same as without the stop.
        again: search anew even if the same search is stored or was stopped.
        allow: files that scenarios may extend although they lie outside their own folders.

    Raises:
        UserError: wrong input, before anything runs; a stopped search and neither `resume` nor `again`; no trial
            succeeded.
        ChildProcessError: a worker process died.
    """
    from sim.outcomes import OUTCOMES

    folder, processes, number = out_of(out), workers_of(workers), whole("trials", trials, 1)
    chosen = None if seed is None else whole("seed", seed, 0)
    aimed = read_targets(targets, OUTCOMES, chosen, allow)
    planned = _planned(aimed, number)
    before: Calibration | None = stored(folder, planned, again)
    if before is not None:
        return before
    search = _Search(aimed, number, processes, progress)
    if folder is None:
        with trials_in(None, aimed.free, aimed.scenario.seed) as kept:
            return search.result(search.through(kept), planned)
    return _searched_in(folder, search, planned, resume, again)


def _searched_in(
    out: Path, search: "_Search", planned: CalibrationManifest, resume: bool, again: bool
) -> Calibration:
    """Search in a folder that survives being stopped."""
    final, name = folder_of(out, planned), f"{planned['folder_name']}-{planned['search']}"
    if not (resume or again):
        _refuse_to_forget(lasting(out, name), search)
    with lasting_folder(out, name, final.name) as folder:
        if again:
            forget(folder)
        with trials_in(folder, search.asked.free, search.asked.scenario.seed) as kept:
            made = search.result(search.through(kept), planned)
        write(folder, made)
    return replace(made, folder=final)


def _refuse_to_forget(folder: Path, search: "_Search") -> None:
    """A search that was stopped is gone on with, or thrown away, only if that is said.

    Raises:
        UserError: there is one, at work or stopped.
    """
    refuse_if_taken(folder)
    if not (folder / DATABASE).is_file():
        return
    with trials_in(folder, search.asked.free, search.asked.scenario.seed) as kept:
        count = len(kept)
    if count:
        raise UserError(
            f"a search of the same input was stopped after {count} of {search.number} trials: --resume goes on with "
            "it, --again starts anew"
        )


def _planned(asked: Targets, trials: int) -> CalibrationManifest:
    """What decides a calibration, its hash, and the hash of all but the number of trials (`search`)."""
    sides = [one for one in (asked.scenario, asked.baseline) if one is not None]
    runs = [planned_manifest(one) for one in sides]
    free, aims = [asdict(one) for one in asked.free], [asdict(one) for one in asked.aims]
    hashes, optuna = [run["hash"] for run in runs], metadata.version("optuna")
    search = fingerprint("calibration", asked.name, hashes, free, aims, optuna, SCHEMA)
    warnings = differences_between(sides[1:], sides[0]) if len(sides) > 1 else []
    warnings += roster_warnings(one.resolved()["world"] for one in sides)
    return {
        **runs[0],
        "result": "calibration",
        "name": asked.name,
        "folder_name": f"calibrate-{asked.name}",
        "hash": fingerprint(search, trials),
        "search": search,
        "scenario_name": asked.scenario.name,
        "baseline": asked.baseline.name if asked.baseline else None,
        "baseline_scenario": runs[-1]["scenario"] if asked.baseline else None,
        "baseline_changed": runs[-1]["changed"] if asked.baseline else [],
        "baseline_rules_files": runs[-1]["rules_files"] if asked.baseline else [],
        "trials": trials,
        "free": [{**one, "shared": moved.is_shared} for one, moved in zip(free, asked.free, strict=True)],
        "targets": [{**one, "window": list(one["window"])} for one in aims],
        "warnings": warnings,
    }


class _Search:
    """One search: the trials that are missing are run, then all are told."""

    def __init__(self, asked: Targets, number: int, workers: int, progress: Progress | None) -> None:
        self.asked, self.number, self.workers = asked, number, workers
        self._progress, self._started = progress, time.perf_counter()
        self._needed = tuple(dict.fromkeys(side for aim in asked.aims for side in SIDES[aim.of]))
        self._still = None if any(one.is_shared for one in asked.free) else dict[str, Tables]()

    def through(self, kept: Trials) -> list[Trial]:
        """All trials, those that are missing run first."""
        with executor_of(self.workers) as executor:
            for number in range(len(kept), self.number):
                kept.add(self._tried(executor, number, kept.next_point()))
        return kept.first(self.number)

    def _tried(self, executor: Executor, number: int, point: dict[str, Any]) -> Trial:
        """One trial; whatever is wrong with the point is its message."""
        try:
            runs = self._runs(executor, number, point)
            measured = [mean_and_error(self._values(aim, runs)) for aim in self.asked.aims]
        except BROKEN:
            raise
        except Exception as error:
            said = " ".join(str(error).split())[:500]
            return Trial(
                point, message=said if isinstance(error, UserError) else f"{type(error).__name__}: {said}"
            )
        obtained, errors = [mean for mean, _ in measured], [error for _, error in measured]
        return Trial(point, self._loss(obtained, errors), obtained, errors)

    def _loss(self, obtained: Sequence[float], errors: Sequence[float]) -> float:
        values, own = (
            np.array([getattr(aim, name) for aim in self.asked.aims]) for name in ("value", "error")
        )
        return float((errors_off(np.array(obtained), np.array(errors), values, own) ** 2).sum())

    def _runs(self, executor: Executor, number: int, point: dict[str, Any]) -> dict[str, Tables]:
        """The runs that the targets are taken from; a baseline in which nothing moves is run once."""
        sides = {side: self._moved(side, point) for side in self._needed}
        fixed = {side: one for side, one in (self._still or {}).items() if side in sides}
        missing = {side: one for side, one in sides.items() if side not in fixed}
        quarters = [one.replications * one.horizon.quarters for one in sides.values()]
        before = number * sum(quarters)

        def tell(done: int, _: int) -> None:
            if self._progress is not None:
                self._progress(before + done, self.number * sum(quarters))

        runs = dict(fixed)
        chunks = simulate_all(list(missing.values()), executor, tell)
        for (side, scenario), parts in zip(missing.items(), chunks, strict=True):
            runs[side] = tables_of(scenario, parts, 0.0)
        if self._still is not None and "baseline" in runs:
            self._still["baseline"] = runs["baseline"]
        return runs

    def _moved(self, side: str, point: dict[str, Any]) -> "Scenario":
        """A scenario at a point, without tables that nobody reads."""
        from sim.scenario.loader import load

        scenario = self.asked.scenario if side == "scenario" else self.asked.baseline
        assert scenario is not None  # a target of a baseline that is not there was refused
        mine = {one.key for one in self.asked.free if side == "scenario" or one.is_shared}
        settings = {key: value for key, value in point.items() if key in mine}
        return load(scenario, set={**settings, "record": []})

    def _values(self, aim: Aim, runs: Mapping[str, Tables]) -> Any:
        """What a target is compared with, replication by replication."""
        first, *other = (_measured(runs[side], aim) for side in SIDES[aim.of])
        paired = first - other[0].reindex(first.index) if other else first
        values = paired.to_numpy(dtype=np.float64)
        if np.isfinite(values).sum() < 2:
            raise UserError(
                f"{aim.outcome} of {aim.of} has no value over quarters {aim.window[0]}-{aim.window[1]}"
            )
        return values

    def result(self, done: Sequence[Trial], planned: CalibrationManifest) -> Calibration:
        """The tables.

        Raises:
            UserError: no trial succeeded.
        """
        from sim.outcomes import OUTCOMES
        from sim.scenario.describe import assumptions

        if all(one.loss is None for one in done):
            raise UserError(f"none of {len(done)} trials succeeded; the first: {done[0].message}")
        trials, obtained = _trial_table(done), _obtained_table(done, self.asked.aims)
        rests = [one for one in assumptions(self.asked.scenario) if one["source"] == "assumption"]
        manifest: CalibrationManifest = {
            **planned,
            "assumed": len(rests),
            "code": code_version(),
            "packages": {**packages(), "optuna": metadata.version("optuna")},
            "outcomes": {aim.outcome: OUTCOMES[aim.outcome].facts() for aim in self.asked.aims},
            "wall_seconds": round(time.perf_counter() - self._started, 3),
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        fit = fit_table(planned["targets"], trials, obtained)
        return Calibration(fit, trials, obtained, range_table(trials, planned["free"]), manifest)


def _measured(run: Tables, aim: Aim) -> "pandas.Series[Any]":
    """One number a replication: the outcome's mean over the window."""
    return window_means(run.area, [aim.outcome], aim.window)[aim.outcome]


def _trial_table(done: Sequence[Trial]) -> "pandas.DataFrame":
    import pandas

    rows = [
        {
            "trial": number,
            "state": FAILED if one.loss is None else COMPLETE,
            "loss": float("nan") if one.loss is None else one.loss,
            **one.point,
            "message": one.message,
        }
        for number, one in enumerate(done)
    ]
    return pandas.DataFrame(rows)


def _obtained_table(done: Sequence[Trial], aims: Sequence[Aim]) -> "pandas.DataFrame":
    import pandas

    rows = [
        {"trial": number, "target": target, "outcome": aims[target - 1].outcome}
        | {"obtained": mean, "replication_error": error}
        for number, one in enumerate(done)
        for target, (mean, error) in enumerate(zip(one.obtained, one.errors, strict=True), start=1)
    ]
    columns = ["trial", "target", "outcome", "obtained", "replication_error"]
    return with_units(pandas.DataFrame(rows, columns=columns))
