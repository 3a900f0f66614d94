"""The report of a study: what was varied, and how the effects spread over the points."""

from typing import TYPE_CHECKING, Any

from sim.lab.estimates.convergence import convergence
from sim.lab.estimates.lever_effects import LeverEffects
from sim.lab.estimates.points import key_outcomes
from sim.lab.estimates.study_effects import spread_over_points
from sim.lab.figures.study_figure import about_effects, compared_with, effects_by_point
from sim.lab.language.changed import changed_sentence, in_title
from sim.lab.language.language import joined, tr
from sim.lab.language.stored import retold
from sim.lab.language.wording import counted, label_of, number, plain, together, unit_of
from sim.lab.reports.convergence_report import convergence_report
from sim.lab.reports.definitions import units_of
from sim.lab.reports.document import Block, Document, Grid, Heading, Listing, Paragraph, Picture, Quote
from sim.lab.reports.grids import assumed
from sim.lab.reports.lever_report import answers, lever_blocks
from sim.lab.results.study_wording import points_and_replications

if TYPE_CHECKING:
    import pandas

    from sim.lab.results.study import Factor, Study

MOST_DRAWN = 4
MOST_FAILURES = 20


def study_report(study: "Study") -> Document:
    """Question, design, warnings, the spread of effects, failures."""
    effects = study.effects
    blocks: list[Block] = [Quote(tr(study.manifest["question"]))] if study.manifest["question"] else []
    levers = levers_told(study)
    said = [*answers_of(study), *filter(None, [changed_sentence(changes(study))])]
    blocks += [Paragraph(joined(said))] if said else []
    blocks.append(Paragraph(introduction(study)))
    if study.warnings:
        blocks += [Heading(tr("Warnings")), Listing([*map(retold, study.warnings)])]
    if study.factors:
        blocks += [Heading(tr("What is varied")), factor_grid(study.factors)]
    for one in levers:
        blocks += lever_blocks(one, one.scenario if len(levers) > 1 else "")
    if len(effects):
        shown = key_outcomes(study)
        blocks += [
            Heading(tr("Effects over the points")),
            Picture(
                "effects", about_effects(study), lambda: effects_by_point(study, effects, shown[:MOST_DRAWN])
            ),
            spread_grid(study, spread_over_points(effects)),
            Listing(units_of(study.outcomes)),
        ]
    if study.baseline is not None and len(effects):
        blocks += [
            Heading(tr("Are there enough replications?")),
            *convergence_report(convergence(study)).blocks,
        ]
    if len(study.failures):
        blocks += [Heading(tr("Failures")), failure_grid(study.failures)]
    return Document(tr("Study {name}", name=plain(study.name)) + in_title(changes(study)), blocks)


def changes(study: "Study") -> dict[str, dict[str, Any]]:
    """What was changed from the study's file."""
    return {study.name: study.manifest}


def levers_told(study: "Study") -> list[LeverEffects]:
    """What is told of the factors, a scenario after the other; nothing where the design does not cross them."""
    if not study.crosses or not len(study.levers):
        return []
    terms, shown = study.manifest.get("outcomes", {}), key_outcomes(study)
    changed = changed_sentence(changes(study))

    def of(part: "pandas.DataFrame", name: str) -> "pandas.DataFrame":
        return part[part["scenario"] == name] if len(part) else part

    return [
        LeverEffects(
            of(study.levers, name), of(study.interactions, name), terms, shown, name, study.baseline, changed
        )
        for name in study.compared
    ]


def answers_of(study: "Study") -> list[str]:
    """What the report says first: the factors' effects where points differ in one of them alone, else the spread."""
    said = dict.fromkeys(sentence for one in levers_told(study) for sentence in answers(one))
    return list(said) or spread_answer(study)


def spread_answer(study: "Study") -> list[str]:
    """How the leading effect spreads over the points, a sentence a scenario; nothing without a baseline."""
    if study.baseline is None or not len(study.effects):
        return []
    outcome = key_outcomes(study)[0]
    spread = spread_over_points(study.effects[study.effects["outcome"] == outcome])
    term = study.manifest.get("outcomes", {}).get(outcome, {})
    found = []
    for _, row in spread.iterrows():
        middle, low, high = together(row["median"], row["low"], row["high"])
        sentence = tr(
            "**Over {points}, the effect of `{a}` on {label}, compared with `{b}`, is {middle} {unit} in the middle** "
            "(5 to 95 % of the points: {low} to {high}); it is clearly above 0 at {above} and clearly below 0 at "
            "{below} of them.",
            points=counted(int(row["points"]), "point"),
            a=plain(str(row["scenario"])),
            b=plain(study.baseline),
            label=label_of(term, outcome),
            unit=unit_of(term),
            middle=middle,
            low=low,
            high=high,
            above=int(row["above"]),
            below=int(row["below"]),
        )
        found.append(sentence)
    return found


def introduction(study: "Study") -> str:
    """Size, baseline, luck and what it rests on."""
    manifest = study.manifest
    return tr(
        "A design of kind {design}: {size}, {scenarios} at each point, seed {seed}: all runs share their luck, so "
        "effects are paired. {compared} Means over quarters {window}. Simulated; rests on {count}, of which the study "
        "varies the factors below: nothing here is a finding about the real place.",
        design=tr(study.design.replace("_", " ")),
        size=points_and_replications(study, len(study.points)),
        scenarios=counted(len(study.scenarios), "scenario"),
        seed=manifest["seed"],
        compared=compared_with(study),
        window="–".join(map(str, manifest["window"])),
        count=counted(len(assumed(manifest)), "assumed value"),
    )


def factor_grid(factors: "tuple[Factor, ...]") -> Grid:
    """What is varied, and over which values."""
    rows = []
    for factor in factors:
        values = ", ".join(map(str, factor.values))
        span = values or tr("{low} to {high}", low=number(factor.low), high=number(factor.high))
        rows.append([factor.name, tr(factor.role), span])
    return Grid([tr("factor"), tr("role"), tr("values")], rows, texts=3)


def spread_grid(study: "Study", spread: "pandas.DataFrame") -> Grid:
    """How effects spread over the points; the outcomes that are shown first come first."""
    order = {name: rank for rank, name in enumerate(key_outcomes(study))}
    ranked = spread.assign(rank=spread["outcome"].map(order).fillna(len(order)))
    rows = [
        _spread_row(study, row)
        for _, row in ranked.sort_values(["rank", "scenario"], kind="stable").iterrows()
    ]
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


def _spread_row(study: "Study", row: "pandas.Series[Any]") -> list[str]:
    term = study.manifest.get("outcomes", {}).get(row["outcome"], {})
    middle, low, high = together(row["median"], row["low"], row["high"])
    return [
        f"{label_of(term, str(row['outcome']))} ({unit_of(term)})",
        plain(str(row["scenario"])),
        middle,
        tr("{low} to {high}", low=low, high=high),
        str(row["above"]),
        str(row["below"]),
        str(row["points"]),
    ]


def failure_grid(failures: "pandas.DataFrame") -> Grid:
    """Which points failed, at which stage, and why."""
    first = failures.groupby(["point", "scenario"], sort=True).agg(
        stage=("stage", "first"), error=("error", "first"), runs=("error", "size")
    )
    rows = [
        [
            str(row["point"]),
            plain(str(row["scenario"])),
            str(row["stage"]),
            str(row["error"]),
            str(row["runs"]),
        ]
        for _, row in first.reset_index().head(MOST_FAILURES).iterrows()
    ]
    return Grid([tr("point"), tr("scenario"), tr("stage"), tr("error"), tr("runs")], rows, texts=4)
