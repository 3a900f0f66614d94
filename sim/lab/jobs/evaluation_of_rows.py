"""The evaluation that the rows of its shards make: tables, and what its manifest says."""

from collections.abc import Iterator
from math import comb
from typing import TYPE_CHECKING, Any

from sim.core.text import message
from sim.lab.designs.evaluation_file import Pilots, number_of
from sim.lab.designs.plan import Plan
from sim.lab.designs.provenance import code_version, packages
from sim.lab.designs.study_part import StudyPart, folder_name
from sim.lab.estimates.estimators import CLUSTERED
from sim.lab.estimates.findings import SIGNIFICANT, findings_of
from sim.lab.jobs.shards import TROUBLE
from sim.lab.jobs.study_of_rows import asked, warnings_of
from sim.lab.results.evaluation import BESIDE, NUMBERS, TRUTH, Evaluation, column
from sim.lab.results.files import SCHEMA
from sim.lab.results.manifest import EvaluationManifest
from sim.lab.results.study import KEYS

if TYPE_CHECKING:
    import pandas

ENOUGH_PLACES = 20
"""With fewer, errors clustered by place are known to be too small (Cameron, Gelbach and Miller 2008)."""


def evaluation_of_rows(plan: Plan, rows: "pandas.DataFrame", part: StudyPart, seconds: float) -> Evaluation:
    """The evaluation that rows of shards make."""
    from sim.outcomes import OUTCOMES

    assert plan.evaluation is not None  # only evaluations have pilots
    pilots, is_failure = Pilots.read(plan.evaluation), rows["error"].notna()
    order = {name: number for number, name in enumerate(plan.simulated)}
    done = rows[~is_failure].sort_values(
        list(KEYS), key=lambda one: one.map(order) if one.name == "scenario" else one
    )
    failures = rows.loc[is_failure, [*KEYS, *TROUBLE]].reset_index(drop=True)
    table = pilot_table(plan, pilots, done)
    good = {name: OUTCOMES[name].good or 1 for name in pilots.data.outcomes}
    findings = findings_of(table, {**good, "judge": good[pilots.data.judge]})
    findings.insert(1, "places", findings["scenario"].map(lambda name: len(_places(plan, name))))
    findings.insert(5, "unit", findings["outcome"].map(lambda name: OUTCOMES[name].unit))
    findings.insert(
        6, "seen", ["reported" if one in pilots.data.reported else "true" for one in findings["outcome"]]
    )
    manifest = _manifest(plan, part, table, failures, seconds)
    manifest["warnings"] += warnings_of(plan, part, failures, float(rows["residual"].max()))
    return Evaluation(findings, table, failures, manifest)


def _places(plan: Plan, name: str) -> list[str]:
    return list(plan.scenarios[name]["world"]["new_cities"])


def pilot_table(plan: Plan, pilots: Pilots, rows: "pandas.DataFrame") -> "pandas.DataFrame":
    """The rows of shards, one a pilot, as one a pilot, length, outcome and estimator."""
    import pandas

    counts = {name: len(_places(plan, name)) for name in plan.simulated}
    pairs = zip(rows["point"], rows["scenario"], strict=True)
    treated = [number_of(plan.points[point][0], counts[name]) for point, name in pairs]
    keys = {"scenario": rows["scenario"], "treated": treated, "replication": rows["replication"]}
    parts = []
    for length in pilots.data.lengths:
        judged = rows[column(pilots.data.judge, length, TRUTH)]
        for outcome in pilots.data.outcomes:
            truth, beside = (rows[column(outcome, length, one)] for one in (TRUTH, BESIDE))
            for name in pilots.estimators:
                numbers = {one: rows[column(outcome, length, name, one)] for one in NUMBERS}
                about = {"quarters": length, "outcome": outcome, "estimator": name}
                known = {"truth": truth, "beside": beside, "judged": judged}
                parts.append(pandas.DataFrame({**keys, **about, **numbers, **known}))
    return pandas.concat(parts, ignore_index=True)


def _manifest(
    plan: Plan, part: StudyPart, table: "pandas.DataFrame", failures: "pandas.DataFrame", seconds: float
) -> EvaluationManifest:
    from datetime import UTC, datetime

    from sim.outcomes import OUTCOMES
    from sim.scenario.describe import assumptions
    from sim.scenario.loader import load

    assert plan.evaluation is not None
    first = load(next(iter(plan.scenarios.values())))
    said = asked(plan)
    return {
        "result": "evaluation",
        "schema": SCHEMA,
        "name": plan.name,
        "folder_name": folder_name(plan, part),
        "hash": plan.hash,
        "question": said["question"],
        "sesoi": said["sesoi"],
        "headlines": said["headlines"],
        "scenarios": plan.simulated,
        "resolved": dict(plan.scenarios),
        "seed": first.seed,
        "evaluation": dict(plan.evaluation),
        "share": list(part),
        "replications": plan.most,
        "outcomes": {name: one.facts() for name, one in OUTCOMES.items()},
        "assumed": sum(one["source"] == "assumption" for one in assumptions(first)),
        "runs": int(table[["scenario", "treated", "replication"]].drop_duplicates().shape[0]),
        "failures": len(failures),
        "warnings": list(_of_places(plan)),
        "code": code_version(),
        "packages": packages(),
        "wall_seconds": round(seconds, 3),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _of_places(plan: Plan) -> Iterator[str]:
    """What few places mean for intervals, and for randomisation inference."""
    assert plan.evaluation is not None
    pilots, fewest = Pilots.read(plan.evaluation), min(len(_places(plan, name)) for name in plan.simulated)
    if fewest < ENOUGH_PLACES and {*CLUSTERED} & {*pilots.estimators}:
        yield message(
            "{places} places: errors clustered by place are too small with fewer than {enough}, so nominal 95 % "
            "intervals cover less and false claims are more; randomisation inference (randomisation) keeps its level",
            places=fewest,
            enough=ENOUGH_PLACES,
        )
    for treated, smallest in _smallest(pilots, fewest):
        yield message(
            "{treated} of {places} places treated: no randomisation test has a p value below {smallest}, so it never "
            "claims anything at 5 %",
            treated=treated,
            places=fewest,
            smallest=f"{smallest:.3g}",
        )


def _smallest(pilots: Pilots, places: int) -> Iterator[tuple[int, float]]:
    """Numbers of treated places with so few assignments that none is rare enough, and the smallest p value."""
    once = len(pilots.assignment.after) == 1 and "randomisation" in pilots.estimators
    for treated in sorted({number_of(one, places) for one in pilots.assignment.treated} if once else ()):
        smallest: Any = 1 / comb(places, treated)
        if smallest >= SIGNIFICANT:
            yield treated, smallest
