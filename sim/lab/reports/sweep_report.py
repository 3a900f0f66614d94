"""The report of a sweep: one row a point."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.lab.estimates.lever_effects import LeverEffects
from sim.lab.language.changed import changed_sentence, in_title
from sim.lab.language.language import joined, tr
from sim.lab.language.stored import retold
from sim.lab.language.wording import counted, label_of, number, plain, span, together, unit_of
from sim.lab.reports.definitions import units_of
from sim.lab.reports.document import Block, Document, Grid, Heading, Listing, Paragraph
from sim.lab.reports.grids import assumed
from sim.lab.reports.lever_report import answers, lever_blocks
from sim.lab.results.comparison import Sweep
from sim.outcomes.outcomes import is_of_people, shown_in
from sim.outcomes.outcomes import unit_of as unit_name

if TYPE_CHECKING:
    import pandas

MOST_SHOWN = 6


def shown_outcomes(sweep: Sweep) -> list[str]:
    """The outcomes that a table has room for."""
    there = list(dict.fromkeys(sweep.points["outcome"]))
    key = shown_in("sweep", there)
    return (key or [name for name in there if not is_of_people(name)] or there)[:MOST_SHOWN]


def sweep_grid(sweep: Sweep, outcomes: Sequence[str] | None = None, units: bool = True) -> Grid:
    """One row a point: its settings, and the level of the shown outcomes, with their units in the header if wanted."""
    chosen = list(outcomes or shown_outcomes(sweep))
    points = sweep.points
    rows = []
    for _, point in points.groupby("point", sort=True):
        settings = [str(point[key].iloc[0]) for key in sweep.vary]
        levels = point.set_index("outcome")["mean"]
        rows.append([*settings, *(number(float(levels.get(name, float("nan")))) for name in chosen)])
    header = [f"{plain(name)} ({tr(unit_name(name))})" if units else plain(name) for name in chosen]
    return Grid([*sweep.vary, *header], rows, texts=len(sweep.vary))


def levers_told(sweep: Sweep) -> LeverEffects:
    """What is told of the varied keys."""
    terms = sweep.manifest.get("outcomes", {})
    changed = changed_sentence({sweep.name: sweep.manifest})
    return LeverEffects(
        sweep.levers, sweep.interactions, terms, shown_outcomes(sweep), sweep.name, None, changed
    )


def sweep_report(sweep: Sweep) -> Document:
    """What each lever does, levels, then differences to the first point with intervals, outcome by outcome."""
    manifest = sweep.manifest
    count = int(sweep.points["point"].nunique())
    replications = counted(int(manifest["replications"]), "replication")
    window = "–".join(map(str, manifest["window"]))
    intro = tr(
        "`{name}` was simulated at {points} of a grid, {replications} each, all with seed {seed}: the points share "
        "their luck, so differences to the first point are paired. Means over quarters {window}. Simulated; rests on "
        "{count}: nothing here is a finding about the real place.",
        name=sweep.name,
        points=counted(count, "point"),
        replications=replications,
        seed=manifest["seed"],
        window=window,
        count=counted(len(assumed(manifest)), "assumed value"),
    )
    levers = levers_told(sweep)
    said = answers(levers)
    changes = {sweep.name: manifest}
    said = [*said, *filter(None, [changed_sentence(changes)])]
    blocks: list[Block] = [Paragraph(joined(said))] if said else []
    blocks.append(Paragraph(intro))
    if sweep.warnings:
        blocks += [Heading(tr("Warnings")), Listing([*map(retold, sweep.warnings)])]
    blocks += lever_blocks(levers)
    blocks += [Heading(tr("Levels")), sweep_grid(sweep), Listing(units_of(shown_outcomes(sweep)))]
    blocks.append(Heading(tr("Differences to the first point")))
    for outcome in dict.fromkeys(sweep.points["outcome"]):
        rows = sweep.points[sweep.points["outcome"] == outcome]
        term = manifest.get("outcomes", {}).get(outcome, {})
        told = f"{label_of(term, str(outcome))} ({unit_of(term)})"
        blocks.append(_differences(sweep, rows, told, folded=outcome not in shown_outcomes(sweep)))
    title = tr("{name} over a grid of settings", name=plain(sweep.name).capitalize())
    return Document(title + in_title(changes), blocks)


def _differences(sweep: Sweep, rows: "pandas.DataFrame", told: str, folded: bool) -> Grid:
    lines = []
    for _, row in rows.iterrows():
        difference, low, high = together(row["difference"], row["difference_low"], row["difference_high"])
        interval = tr("{low} to {high}", low=low, high=high) if low != "n/a" else tr("no interval")
        level = f"{number(row['mean'])} ({span(row['low'], row['high'], signs=False)})"
        lines.append([*(str(row[key]) for key in sweep.vary), level, difference, interval])
    header = [*sweep.vary, told, tr("difference"), tr("95 % interval")]
    return Grid(header, lines, texts=len(sweep.vary), folded=told if folded else "")
