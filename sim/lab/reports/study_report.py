"""The facts of a study: what was varied, and how the effects spread over the points."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.lab.estimates.convergence import convergence
from sim.lab.estimates.lever_effects import LeverEffects
from sim.lab.estimates.points import key_outcomes
from sim.lab.estimates.study_effects import spread_over_points
from sim.lab.figures.convergence_figure import about_convergence, running_means
from sim.lab.figures.lever_figure import lever_figure
from sim.lab.figures.study_figure import about_effects, compared_with, effects_by_point
from sim.lab.language.changed import changed_sentence, in_title
from sim.lab.language.language import tr
from sim.lab.language.wording import number, plain, together, with_unit
from sim.lab.reports.convergence_report import settled
from sim.lab.reports.definitions import units_of
from sim.lab.reports.grid import Grid, Rows
from sim.lab.reports.grids import assumed
from sim.lab.reports.levels import difference_grids, level_outcomes, point_grid
from sim.lab.reports.lever_report import levers_told
from sim.lab.reports.template import Facts, Report
from sim.lab.results.study_wording import outcome_label, outcome_unit, points_and_replications

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

    from sim.lab.results.manifest import StudyManifest
    from sim.lab.results.study import Factor, Study

MOST_DRAWN = 4
MOST_FAILURES = 20


def study_report(study: "Study") -> Report:
    """The report of a study; a scenario's figure of levers is called `levers`, or `levers_<scenario>` of several."""

    def figure(name: str) -> "Figure":
        if name == "effects":
            return effects_by_point(study, study.effects, key_outcomes(study)[:MOST_DRAWN])
        if name == "convergence":
            return running_means(convergence(study))
        effects = lever_effects(study)[name]
        return lever_figure(effects, effects.outcomes[:MOST_DRAWN])

    return Report("study", study_facts(study), figure)


def study_facts(study: "Study") -> Facts:
    """What the report says.

    `levels` of the shown outcomes are there where points cross values in one scenario, and are not too many; `settled`
    says of every scenario whether there are enough replications, empty without a baseline.
    """
    there, shown = bool(len(study.effects)), level_outcomes(study)
    enough = convergence(study) if study.baseline is not None and there else None
    return {
        **answer_of(study),
        "changes": in_title(_changes(study)),
        "warnings": study.warnings,
        "factors": factor_rows(study.factors),
        "effects": spread_grid(study, spread_over_points(study.effects)) if there else None,
        "caption": about_effects(study),
        "units": units_of(study.outcomes),
        "settled": settled(enough) if enough else [],
        "convergence_caption": about_convergence(enough) if enough else "",
        "failures": failure_rows(study.failures) if len(study.failures) else [],
        "levels": point_grid(study) if shown else None,
        "level_units": units_of(shown),
        "differences": difference_grids(study) if shown else [],
    }


def answer_of(study: "Study") -> Facts:
    """What the report says first, and the summary.

    `levers` by scenario where points differ in one lever alone; otherwise `spreads` of the leading effect over them.
    """
    manifest = study.manifest
    leading = key_outcomes(study)[0] if study.outcomes else ""
    levers = [said for name, effects in lever_effects(study).items() if (said := levers_told(effects, name))]
    return {
        "name": study.name,
        "question": manifest["question"],
        "baseline": study.baseline,
        "label": outcome_label(study, leading),
        "unit": outcome_unit(study, leading),
        "levers": levers,
        "spreads": [] if levers else spreads_of(study, leading),
        "changed": changed_sentence(_changes(study)),
        "design": study.design.replace("_", " "),
        "size": points_and_replications(study, len(study.settings)),
        "scenarios": len(study.scenarios),
        "seed": manifest["seed"],
        "window": "–".join(map(str, manifest["window"])),
        "assumed": len(assumed(manifest)),
        "compared": compared_with(study),
    }


def _changes(study: "Study") -> "dict[str, StudyManifest]":
    """What was changed from the study's file."""
    return {study.name: study.manifest}


def lever_effects(study: "Study") -> dict[str, LeverEffects]:
    """What the factors do, by the name of the figure, a scenario after the other; empty where none are crossed."""
    if not study.crosses or not len(study.levers):
        return {}
    terms, shown = study.manifest.get("outcomes", {}), key_outcomes(study)
    changed = changed_sentence(_changes(study))

    def of(table: "pandas.DataFrame", name: str) -> "pandas.DataFrame":
        return table[table["scenario"] == name] if len(table) else table

    return {
        f"levers_{name}" if len(study.compared) > 1 else "levers": LeverEffects(
            of(study.levers, name), of(study.interactions, name), terms, shown, name, study.baseline, changed
        )
        for name in study.compared
    }


def spreads_of(study: "Study", outcome: str) -> list[Facts]:
    """How an effect spreads over the points, by scenario; none without a baseline.

    Its median and the range of the middle 90 % of the points; at how many it is clearly above or below 0.
    """
    if study.baseline is None or not len(study.effects):
        return []
    table = spread_over_points(study.effects[study.effects["outcome"] == outcome])
    spreads = []
    for _, row in table.iterrows():
        median, low, high = together(row["median"], row["low"], row["high"])
        spreads.append({**row, "median": median, "low": low, "high": high})
    return spreads


def factor_rows(factors: "Sequence[Factor]") -> Rows:
    """What is varied, and over which values."""
    rows = []
    for factor in factors:
        values = ", ".join(map(str, factor.values))
        span = values or tr("{low} to {high}", low=number(factor.low), high=number(factor.high))
        rows.append([factor.name, tr(factor.role), span])
    return rows


def spread_grid(study: "Study", spread: "pandas.DataFrame") -> Grid:
    """How effects spread over the points; the outcomes that are shown first come first."""
    order = {name: rank for rank, name in enumerate(key_outcomes(study))}
    ranked = spread.assign(rank=spread["outcome"].map(order).fillna(len(order)))
    rows = []
    for _, row in ranked.sort_values(["rank", "scenario"], kind="stable").iterrows():
        outcome = str(row["outcome"])
        median, low, high = together(row["median"], row["low"], row["high"])
        rows.append(
            [
                with_unit(outcome_label(study, outcome), outcome_unit(study, outcome)),
                plain(str(row["scenario"])),
                median,
                tr("{low} to {high}", low=low, high=high),
                *(str(row[name]) for name in ("above", "below", "points")),
            ]
        )
    header = [
        tr("outcome"),
        tr("scenario"),
        tr("median"),
        tr("5 to 95 % of points"),
        tr("clearly above 0"),
        tr("clearly below 0"),
        tr("number of points"),
    ]
    return Grid(header, rows, texts=2)


def failure_rows(failures: "pandas.DataFrame") -> Rows:
    """Which points failed, at which stage, and why."""
    first = failures.groupby(["point", "scenario"], sort=True).agg(
        stage=("stage", "first"), error=("error", "first"), runs=("error", "size")
    )
    return [
        [
            str(row["point"]),
            plain(str(row["scenario"])),
            *(str(row[name]) for name in ("stage", "error", "runs")),
        ]
        for _, row in first.reset_index().head(MOST_FAILURES).iterrows()
    ]
