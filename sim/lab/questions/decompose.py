"""Which part of a difference is incentive, selection, gaming or luck: `decompose`."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.core.errors import UserError
from sim.core.fingerprint import fingerprint
from sim.lab.designs.arguments import known_outcomes, out_of, workers_of
from sim.lab.designs.side_by_side import (
    chosen_of,
    last_quarters_of,
    warnings_of_replications,
    warnings_of_window,
)
from sim.lab.estimates.effects import Window, outcomes_of, window_means
from sim.lab.estimates.games import Coalition, coalitions
from sim.lab.estimates.split import PLAYERS, long_table, part_table, split
from sim.lab.jobs.executor import executor_of
from sim.lab.jobs.progress import Progress
from sim.lab.jobs.simulate import simulate_all
from sim.lab.jobs.store import kept
from sim.lab.questions.run import planned_manifest, tables_of
from sim.lab.results.decomposition import Decomposition
from sim.lab.results.files import SCHEMA
from sim.lab.results.manifest import DecompositionManifest
from sim.lab.results.tables import Tables

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario

EVERYTHING: Coalition = frozenset(PLAYERS)
WITHOUT_RESPONSE: Coalition = frozenset({"workforce"})
"""What is free while luck is measured."""
SELECTION = {"regime.adjustment.selection": "lottery"}
UNENFORCED = {"regime.adjustment.enforcement": 0.0}


class Variant(NamedTuple):
    """One run of a decomposition: which regime, what responds, and what flags lead to."""

    baseline: bool
    free: Coalition
    flags: str
    """`rule`: as the regime says; `lottery`: drawn by lot; `nothing`: nobody is acted on."""


def decompose(
    baseline: Any,
    scenario: Any,
    replications: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    outcomes: Sequence[str] | None = None,
    window: Window | None = None,
    out: str | Path | None = None,
    again: bool = False,
) -> Decomposition:
    """Split the difference between a regime and its baseline into incentive, selection, gaming, luck and the rest.

    Both are simulated with effort, gaming and workforce held or not since the reform, in all combinations (16 runs,
    and 2 for luck where a regime has triggers); `sim.lab.estimates.split` says what the parts are.

    Args:
        baseline: a scenario, or the path of a scenario file.
        scenario: the one that is compared with it; its timeline says when the reform comes.
        replications: of each run; by default the baseline's number.
        seed: the integer that seeds all runs; by default the baseline's.
        workers: processes to share the work; results are the same whatever their number.
        progress: called with (replication-quarters done, in all).
        outcomes: which outcomes; by default all.
        window: first and last quarter over which outcomes are averaged; by default the last eight quarters.
        out: folder of results, in which `decompose-<hash>/` is written; None stores nothing.
        again: simulate even if the same input is already stored in `out`.

    Raises:
        UserError: wrong input, before anything runs.
        ChildProcessError: a worker process died.
    """
    from sim.scenario.roster.remarks import roster_warnings

    folder, processes = out_of(out), workers_of(workers)
    (base, policy), _, _, warnings = chosen_of([baseline, scenario], 0, replications, seed)
    runs = _runs(base, policy)
    inside = last_quarters_of([base, policy], window)
    selected = known_outcomes(outcomes)
    warnings += warnings_of_window([base, policy], base, inside) + warnings_of_replications([base])
    warnings += roster_warnings(one.resolved()["world"] for one in (base, policy))
    planned = _planned(base, policy, runs, selected, inside) | {"warnings": warnings}
    return kept(folder, planned, again, lambda: _decomposition(runs, planned, selected, processes, progress))


def _runs(base: "Scenario", policy: "Scenario") -> dict[Variant, "Scenario"]:
    """Every run of the decomposition.

    Raises:
        UserError: the regimes cannot be held from the same quarter on.
    """
    reform = _reform_of(base, policy)
    runs = {}
    for free in coalitions(tuple(PLAYERS)):
        for scenario in (base, policy):
            variant = Variant(scenario is base, free, "rule")
            runs[variant] = _held(scenario, free, reform)
    for scenario in (base, policy):
        if scenario.at(scenario.horizon.quarters).regime.adjustment.listed:
            held = _held(scenario, WITHOUT_RESPONSE, reform)
            for flags, setting in (("lottery", SELECTION), ("nothing", UNENFORCED)):
                other = held.with_(**setting, name=f"{held.name}-{flags}")
                runs[Variant(scenario is base, WITHOUT_RESPONSE, flags)] = other
    return runs


def _reform_of(base: "Scenario", policy: "Scenario") -> int:
    """The quarter after which both are held."""
    for one in (base, policy):
        if one.hold or one.hold_after:
            raise UserError(
                f"{one.name} has hold or hold_after: leave them out, a decomposition sets them itself"
            )
    if not policy.changes:
        raise UserError(
            f"{policy.name} has no timeline: it differs from the founding on, so there is no behaviour of before a "
            f"reform to hold; put what is new into a timeline"
        )
    reform = policy.changes[0]
    if base.changes and base.changes[0] != reform:
        raise UserError(
            f"{base.name} first changes after quarter {base.changes[0]}, {policy.name} after quarter {reform}: "
            f"they cannot be held from the same quarter on"
        )
    return reform


def _held(scenario: "Scenario", free: Coalition, reform: int) -> "Scenario":
    """The scenario with everything held that is not free, and without tables that nobody reads."""
    held = sorted(EVERYTHING - free)
    name = "-".join([scenario.name[:40], "holding", *(held or ["nothing"])])
    return scenario.with_(hold=held, hold_after=reform, record=[], name=name)


def _planned(
    base: "Scenario",
    policy: "Scenario",
    runs: dict[Variant, "Scenario"],
    outcomes: list[str] | None,
    window: Window,
) -> DecompositionManifest:
    of_base = planned_manifest(base)
    hashes = [planned_manifest(one)["hash"] for one in runs.values()]
    return {
        **planned_manifest(policy),
        "result": "decomposition",
        "name": "decompose",
        "folder_name": "decompose",
        "hash": fingerprint("decomposition", hashes, outcomes, window, SCHEMA),
        "scenario_name": policy.name,
        "baseline": base.name,
        "baseline_scenario": of_base["scenario"],
        "baseline_changed": of_base["changed"],
        "baseline_rules_files": of_base["rules_files"],
        "outcomes_selected": outcomes,
        "window": list(window),
        "runs": len(runs),
    }


def _decomposition(
    runs: dict[Variant, "Scenario"],
    planned: DecompositionManifest,
    outcomes: list[str] | None,
    workers: int,
    progress: Progress | None,
) -> Decomposition:
    from sim.scenario.describe import assumptions

    started = time.perf_counter()
    window = (planned["window"][0], planned["window"][1])
    means, last = _window_means(runs, outcomes, window, workers, progress)
    parts = split(_worth(means), _luck(means))
    rests = [
        one for one in assumptions(runs[Variant(False, EVERYTHING, "rule")]) if one["source"] == "assumption"
    ]
    manifest: DecompositionManifest = {
        **last.manifest,
        **planned,
        "assumed": len(rests),
        "wall_seconds": round(time.perf_counter() - started, 3),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return Decomposition(
        part_table(parts, means[Variant(True, EVERYTHING, "rule")], window), long_table(parts), manifest
    )


def _window_means(
    runs: dict[Variant, "Scenario"],
    outcomes: list[str] | None,
    window: Window,
    workers: int,
    progress: Progress | None,
) -> "tuple[dict[Variant, pandas.DataFrame], Tables]":
    """Window means of every run, and the tables of the last one; no more than one run is in memory."""
    means: dict[Variant, pandas.DataFrame] = {}
    last: Tables | None = None
    with executor_of(workers) as executor:
        simulated = simulate_all(list(runs.values()), executor, progress)
        for (variant, scenario), parts in zip(runs.items(), simulated, strict=True):
            last = tables_of(scenario, parts, 0.0)
            means[variant] = window_means(last.area, outcomes or outcomes_of({"": last}), window)
    assert last is not None  # there are always 16 runs
    return means, last


def _worth(means: "dict[Variant, pandas.DataFrame]") -> "dict[Coalition, pandas.DataFrame]":
    """The paired difference between the regimes, for every coalition that responds."""
    return {
        free: means[Variant(False, free, "rule")] - means[Variant(True, free, "rule")]
        for free in coalitions(tuple(PLAYERS))
    }


def _luck(means: "dict[Variant, pandas.DataFrame]") -> "pandas.DataFrame":
    """What moving people by lot does under the regime, less what it does under the baseline."""
    luck = means[Variant(True, EVERYTHING, "rule")] * 0.0
    for baseline, sign in ((False, 1), (True, -1)):
        lottery = means.get(Variant(baseline, WITHOUT_RESPONSE, "lottery"))
        if lottery is not None:
            luck = luck + sign * (lottery - means[Variant(baseline, WITHOUT_RESPONSE, "nothing")])
    return luck
