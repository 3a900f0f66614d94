"""One scenario, many replications: `run`."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.fingerprint import fingerprint
from sim.core.text import message
from sim.lab.designs.arguments import out_of, scenario_of, workers_of
from sim.lab.designs.provenance import code_content, code_version, packages
from sim.lab.designs.side_by_side import last_quarters_of
from sim.lab.estimates.effects import Window
from sim.lab.jobs.assemble import assemble, residuals
from sim.lab.jobs.executor import executor_of
from sim.lab.jobs.progress import Progress
from sim.lab.jobs.simulate import Simulated, simulate_all
from sim.lab.jobs.store import kept, simulated_before
from sim.lab.results.files import SCHEMA
from sim.lab.results.manifest import Change, RunManifest
from sim.lab.results.tables import Tables
from sim.outcomes.books import TOLERANCE

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


def run(
    scenario: Any,
    replications: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    out: str | Path | None = None,
    again: bool = False,
    report: bool = True,
    window: Window | None = None,
) -> Tables:
    """Simulate a scenario.

    Args:
        scenario: a scenario, the path of a scenario file, or a mapping of the same form.
        replications: how many; by default the scenario's own number.
        seed: the integer that seeds everything; by default the scenario's own.
        workers: processes to share the work; results are the same whatever their number. In a script, call it under
            `if __name__ == "__main__":` if there are several.
        progress: called with (replication-quarters done, in all).
        out: folder of results, in which `<name>-<hash>/` is written; None stores nothing.
        again: simulate even if the same input is already stored in `out`.
        report: store report and figures too; `sim.lab.results.store.complete` adds them later.
        window: first and last quarter over which the report takes means; by default the last eight quarters.

    Returns:
        The tables; all replications stand in the same ones.

    Raises:
        UserError: wrong input, before anything runs.
        ChildProcessError: a worker process died.
    """
    chosen, processes, folder = scenario_of(scenario, replications, seed), workers_of(workers), out_of(out)
    simulated = planned_manifest(chosen)
    planned = simulated if window is None else _seen_through(simulated, last_quarters_of([chosen], window))

    def make() -> Tables:
        run = simulated_before(folder, simulated, again) or run_all([chosen], processes, progress)[0]
        return replace(run, manifest={**run.manifest, **planned})

    return kept(folder, planned, again, make, report)


def _seen_through(planned: RunManifest, window: Window) -> RunManifest:
    """The same run told over another window: another report, hence another folder, but the same tables."""
    return {**planned, "window": list(window), "hash": fingerprint("window", planned["hash"], window)}


def run_all(scenarios: Sequence["Scenario"], workers: int, progress: Progress | None) -> list[Tables]:
    """Simulate scenarios one after the other, sharing workers."""
    runs = []
    started = time.perf_counter()
    with executor_of(workers) as executor:
        for scenario, parts in zip(scenarios, simulate_all(scenarios, executor, progress), strict=True):
            runs.append(tables_of(scenario, parts, time.perf_counter() - started))
            started = time.perf_counter()
    return runs


def planned_manifest(scenario: "Scenario") -> RunManifest:
    """What decides a run, and the hash of it; what was changed from the file decides what its report says."""
    from sim.scenario.own_rules import own_files

    resolved = scenario.resolved()
    changed: list[Change] = [
        {"path": one.path, "old": one.old, "new": one.new} for one in scenario.past.changed
    ]
    simulation = fingerprint("run", resolved, scenario.seed, scenario.replications, code_content(), SCHEMA)
    return {
        "result": "run",
        "schema": SCHEMA,
        "name": scenario.name,
        "folder_name": scenario.name,
        "hash": fingerprint("changed", simulation, changed) if changed else simulation,
        "simulation": simulation,
        "question": scenario.question,
        "seed": scenario.seed,
        "replications": scenario.replications,
        "scenario": resolved,
        "changed": changed,
        "rules_files": own_files(scenario),
    }


def tables_of(scenario: "Scenario", chunks: list[Simulated], seconds: float) -> Tables:
    """The tables of a run with the manifest that says how they came about."""
    from sim.outcomes import OUTCOMES
    from sim.scenario.describe import assumptions, source_counts

    books = residuals(chunks)
    planned = planned_manifest(scenario)
    manifest: RunManifest = {
        **planned,
        "code": code_version(),
        "packages": packages(),
        "outcomes": {name: one.facts() for name, one in OUTCOMES.items()},
        "assumptions": assumptions(scenario),
        "sources": source_counts(scenario),
        "residuals": books,
        "warnings": [*_broken_books(books), *warnings_of(scenario)],
        "wall_seconds": round(seconds, 3),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return Tables.from_frames(assemble(chunks), manifest)


def warnings_of(scenario: "Scenario") -> list[str]:
    """What a reader must know of a scenario before using numbers of it."""
    from sim.scenario.contests import unsteady_contests
    from sim.scenario.roster.remarks import roster_warnings
    from sim.scenario.without_rules import without_rules

    world = scenario.resolved()["world"]
    return [*without_rules(scenario), *unsteady_contests(scenario), *roster_warnings([world])]


def _broken_books(books: dict[str, float]) -> list[str]:
    """A warning for every accounting identity that does not hold."""
    return [
        message(
            "the accounting identity {name} is off by up to {residual}: do not trust these numbers, report the fault",
            name=name,
            residual=f"{residual:.3g}",
        )
        for name, residual in books.items()
        if not residual <= TOLERANCE
    ]
