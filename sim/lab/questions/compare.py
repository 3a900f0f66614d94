"""Scenarios compared under the same luck: `compare`."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import UserError
from sim.core.fingerprint import fingerprint
from sim.lab.designs.arguments import known_outcomes, out_of, workers_of
from sim.lab.designs.provenance import code_version, packages
from sim.lab.designs.side_by_side import (
    chosen_of,
    last_quarters_of,
    warnings_of_replications,
    warnings_of_window,
)
from sim.lab.estimates.digest import digest
from sim.lab.estimates.effects import Window
from sim.lab.estimates.intervals import METHODS
from sim.lab.jobs.progress import Progress
from sim.lab.jobs.store import kept, simulated_before
from sim.lab.questions.run import planned_manifest, run_all
from sim.lab.results.comparison import Comparison
from sim.lab.results.files import SCHEMA
from sim.lab.results.manifest import ComparisonManifest
from sim.lab.results.tables import Tables

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


def compare(
    scenarios: Any,
    baseline: str | None = None,
    replications: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    outcomes: Sequence[str] | None = None,
    window: Window | None = None,
    interval: str = "paired_t",
    out: str | Path | None = None,
    again: bool = False,
    report: bool = True,
    variants: Mapping[str, Any] | None = None,
) -> Comparison:
    """Compare scenarios with a baseline, replication by replication under common random numbers.

    Args:
        scenarios: at least two scenarios, or paths of scenario files, with different names; with variants one will do.
        baseline: name of the one the others are compared with; by default the one that the others extend, or else
            the first.
        replications: how many of each; by default the baseline's number.
        seed: the integer that seeds all of them; by default the baseline's.
        workers: processes to share the work; results are the same whatever their number.
        progress: called with (replication-quarters done, in all).
        outcomes: which outcomes; by default all.
        window: first and last quarter over which outcomes are averaged; by default the last eight quarters.
        interval: "paired_t" or "bootstrap" (T12), both of 95 %; the latter for 20 replications or more.
        out: folder of results, in which `compare-<hash>/` is written; None stores nothing.
        again: simulate even if the same input is already stored in `out`.
        report: store report and figures too; `sim.lab.results.store.complete` adds them later.
        variants: the last scenario at other settings, by name, as in
            `{"cheap": {"regime.floating_pay.floating_share": 0.2}}`.

    Raises:
        UserError: wrong input, before anything runs.
        ChildProcessError: a worker process died.
    """
    folder, processes = out_of(out), workers_of(workers)
    chosen, base, why, warnings = chosen_of(scenarios, baseline, replications, seed, variants)
    inside = last_quarters_of(chosen, window)
    selected = known_outcomes(outcomes)
    if interval not in METHODS:
        raise UserError(f"interval = {interval!r}: must be one of {', '.join(METHODS)}")
    warnings += warnings_of_window(chosen, base, inside) + warnings_of_replications(chosen, interval)
    planned = _planned(chosen, base, why, selected, inside, interval)

    def make() -> Comparison:
        tables = _runs(chosen, processes, progress, folder, again)
        notes = warnings + [f"{name}: {note}" for name, run in tables.items() for note in run.warnings]
        return _comparison(tables, planned, selected, notes)

    return kept(folder, planned, again, make, report)


def _planned(
    chosen: list["Scenario"],
    base: "Scenario",
    why: str,
    outcomes: list[str] | None,
    window: Window,
    interval: str,
) -> ComparisonManifest:
    """What decides a comparison, and the hash of it."""
    runs = {scenario.name: planned_manifest(scenario) for scenario in chosen}
    hashes = [run["hash"] for run in runs.values()]
    return {
        "result": "comparison",
        "schema": SCHEMA,
        "name": "compare",
        "folder_name": "compare",
        "hash": fingerprint("comparison", hashes, base.name, why, outcomes, window, interval, SCHEMA),
        "scenarios": [scenario.name for scenario in chosen],
        "baseline": base.name,
        "baseline_why": why,
        "changed": {name: run["changed"] for name, run in runs.items()},
        "rules_files": {name: run["rules_files"] for name, run in runs.items()},
        "outcomes": outcomes,
        "window": list(window),
        "interval": interval,
        "seed": base.seed,
        "replications": base.replications,
    }


def _runs(
    chosen: list["Scenario"], workers: int, progress: Progress | None, out: Path | None, again: bool
) -> dict[str, Tables]:
    """The runs in the order given; those stored in `out` already are read, not simulated."""
    stored_runs = {one.name: simulated_before(out, planned_manifest(one), again) for one in chosen}
    missing = [scenario for scenario in chosen if stored_runs[scenario.name] is None]
    new = {run.name: run for run in run_all(missing, workers, progress)}
    return {scenario.name: stored_runs[scenario.name] or new[scenario.name] for scenario in chosen}


def _comparison(
    tables: dict[str, Tables], planned: ComparisonManifest, outcomes: list[str] | None, warnings: list[str]
) -> Comparison:
    window = (planned["window"][0], planned["window"][1])
    why = planned["baseline_why"]
    small = digest(tables, planned["baseline"], outcomes, window, planned["interval"], why)
    manifest: ComparisonManifest = {
        **planned,
        "warnings": warnings,
        "code": code_version(),
        "packages": packages(),
        "wall_seconds": round(sum(float(run.manifest["wall_seconds"]) for run in tables.values()), 3),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return Comparison(tables, small, manifest)
