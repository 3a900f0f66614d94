"""The study that the rows of its shards make: tables, and what its manifest says."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sim.core.text import message
from sim.lab.designs.plan import Plan
from sim.lab.designs.provenance import code_version, packages
from sim.lab.designs.study_file import Sequential
from sim.lab.designs.study_part import StudyPart, folder_name
from sim.lab.estimates.in_force import no_headline
from sim.lab.jobs.shards import PROCESSOR, TROUBLE
from sim.lab.language.wording import unmarked
from sim.lab.results.files import SCHEMA
from sim.lab.results.manifest import Asked, StudyManifest
from sim.lab.results.study import KEYS, Study

if TYPE_CHECKING:
    import pandas

FEW = 10
"""With fewer replications at the first look, stopping where an interval is narrow makes it much too narrow."""


def study_of_rows(plan: Plan, rows: "pandas.DataFrame", part: StudyPart, seconds: float) -> Study:
    """The study that rows of shards make."""
    import pandas

    order = {name: number for number, name in enumerate(plan.simulated)}
    rows = rows.sort_values(
        ["point", "scenario", "replication"], key=lambda c: c.map(order) if c.name == "scenario" else c
    )
    is_failure = rows["error"].notna()
    runs = rows[~is_failure].drop(columns=[*TROUBLE, "residual", PROCESSOR]).reset_index(drop=True)
    failures = rows.loc[is_failure, [*KEYS, *TROUBLE]].reset_index(drop=True)
    values = zip(*plan.points, strict=True)
    columns = {factor.name: list(column) for factor, column in zip(plan.factors, values, strict=False)}
    points = pandas.DataFrame({"point": range(len(plan.points)), **columns})
    manifest = _manifest(plan, part, runs, failures, float(rows["residual"].max()), seconds)
    processors = sorted(rows[PROCESSOR].unique())
    manifest |= {"processors": processors, "warnings": manifest["warnings"] + _of_processors(processors)}
    baseline = None if plan.mixes else plan.baseline
    return Study(points, plan.units, runs, failures, plan.factors, {**manifest, "baseline": baseline})


def _manifest(
    plan: Plan,
    part: StudyPart,
    runs: "pandas.DataFrame",
    failures: "pandas.DataFrame",
    residual: float,
    seconds: float,
) -> StudyManifest:
    from sim.outcomes import OUTCOMES
    from sim.scenario.describe import assumptions
    from sim.scenario.loader import load

    loaded = {name: load(given) for name, given in plan.scenarios.items()}
    said = asked(plan)
    return {
        "result": "study",
        "schema": SCHEMA,
        "name": plan.name,
        "folder_name": folder_name(plan, part),
        "hash": plan.hash,
        "question": said["question"],
        "sesoi": said["sesoi"],
        "headlines": said["headlines"],
        "scenarios": plan.simulated,
        "mixed_with": plan.baseline if plan.mixes else None,
        "resolved": dict(plan.scenarios),
        "changed": list(plan.changed),
        "seed": next(iter(loaded.values())).seed,
        "design": dict(plan.design),
        "share": list(part),
        "window": list(plan.window),
        "replications": plan.rule.model_dump(mode="json"),
        "outcomes": {name: one.facts() for name, one in OUTCOMES.items()},
        "assumptions": assumptions(loaded[plan.simulated[-1]]),
        "runs": len(runs),
        "failures": len(failures),
        "warnings": warnings_of(plan, part, failures, residual),
        "code": code_version(),
        "packages": packages(),
        "wall_seconds": round(seconds, 3),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _of_processors(processors: list[str]) -> list[str]:
    if len(processors) < 2:
        return []
    return [
        message(
            "made on different processors ({processors}): the last digits of results may differ, see STUDIES.md",
            processors="; ".join(processors),
        )
    ]


def asked(plan: Plan) -> Asked:
    """What a study asks of its runs, and what may change when they are done."""
    return {
        "question": plan.question,
        "sesoi": dict(plan.smallest_effects),
        "headlines": list(plan.headlines),
    }


def warnings_of(plan: Plan, part: StudyPart, failures: "pandas.DataFrame", residual: float) -> list[str]:
    """What a reader must know before using the numbers."""
    from sim.scenario.roster.remarks import roster_warnings

    warnings = []
    if part.of > 1:
        warnings.append(
            message(
                "only part {number} of {of} of the points: `sim merge` puts the parts together",
                number=part.number,
                of=part.of,
            )
        )
    warnings += _without_headline(plan)
    if len(failures):
        where = failures["point"].nunique()
        warnings.append(
            message(
                "{runs} runs at {where} of {points} points failed: see failures",
                runs=len(failures),
                where=where,
                points=len(plan.points),
            )
        )
    if not residual <= 0.0:
        warnings.append(
            message(
                "an accounting identity is off by up to {residual}: do not trust these numbers",
                residual=f"{residual:.3g}",
            )
        )
    if isinstance(plan.rule, Sequential) and plan.rule.least < FEW:
        warnings.append(
            message(
                "replications stop where intervals happen to be narrow, from {least} on: with so few "
                "at the first look, nominal 95 % intervals cover the true value about nine times in ten",
                least=plan.rule.least,
            )
        )
    if plan.most == 1:
        warnings.append(message("a single replication gives no intervals"))
    return warnings + roster_warnings(one["world"] for one in plan.scenarios.values())


def _without_headline(plan: Plan) -> list[str]:
    """A sentence for every scenario whose rules are those of the baseline in the window, whatever the point."""
    base = plan.baseline
    if base is None or plan.mixes:
        return []
    alike = [
        name
        for name in plan.simulated
        if name != base and all((name in names) == (base in names) for names in plan.concerned)
    ]
    refused = (no_headline(plan.scenarios[name], plan.scenarios[base], plan.window) for name in alike)
    return [unmarked(text) for text in refused if text]
