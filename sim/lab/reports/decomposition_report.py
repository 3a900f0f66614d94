"""How a decomposition is told: a sentence, a table, a figure, and what the parts mean."""

from typing import Any

from sim.lab.estimates.decomposition import shown_outcomes
from sim.lab.estimates.in_force import no_headline, window_told
from sim.lab.figures.decomposition_figure import about_decomposition, part_label, parts_by_outcome
from sim.lab.language.changed import changed_sentence, in_title, of_two
from sim.lab.language.language import tr
from sim.lab.language.stored import retold
from sim.lab.language.wording import (
    PERCENT_UNITS,
    counted,
    holds_zero,
    listed,
    percent,
    plain,
    signed,
    span,
    together,
)
from sim.lab.reports.definitions import definitions
from sim.lab.reports.document import Block, Document, Grid, Heading, Listing, Paragraph, Picture
from sim.lab.results.decomposition import PARTS, TOTAL, Decomposition
from sim.lab.results.study_wording import outcome_label, outcome_unit


def meanings() -> list[str]:
    """What every part is, in the order of the tables."""
    return [
        tr(
            "**incentive**: what people change in how hard they work, and whether they help or harm colleagues"
        ),
        tr(
            "**selection**: what it changes who comes, moves, stays and goes, beyond moving people by lot (vacancies "
            "and learning included)"
        ),
        tr("**gaming**: what people change in reporting better than they are"),
        tr(
            "**luck**: what a lottery in place of the triggers' choice would do (over the years it moves some "
            "more people)"
        ),
        tr("**other**: what differs while nothing of this responds (pay, structure, accounts)"),
    ]


def decomposition_report(found: Decomposition) -> Document:
    """The sentence, the figure, a table an outcome, what the parts mean, how it was made."""
    blocks: list[Block] = [Paragraph(sentence(found))]
    if found.warnings:
        blocks += [Heading(tr("Warnings")), Listing([*map(retold, found.warnings)])]
    blocks += [
        Picture("decomposition", about_decomposition(found), lambda: parts_by_outcome(found)),
        Heading(tr("What the parts mean")),
        Listing(meanings()),
        Paragraph(_about_method()),
        Heading(tr("All outcomes")),
        part_grid(found),
        Listing(definitions(part_grid(found))),
        Heading(tr("What this does not say")),
        Paragraph(_limits(found)),
        Heading(tr("How it was made")),
        Listing(_origin(found)),
    ]
    title = tr(
        "What makes the difference between {a} and {b}", a=plain(found.scenario), b=plain(found.baseline)
    )
    return Document(title + in_title(of_two(found.manifest)), blocks)


def sentence(found: Decomposition) -> str:
    """What the difference in delivery is made of, or why the window shows none; and what was changed."""
    return f"{_made_of(found)} {changed_sentence(of_two(found.manifest))}".rstrip()


def _made_of(found: Decomposition) -> str:
    pair = (found.manifest["scenario"], found.manifest["baseline_scenario"])
    if refused := no_headline(*pair, found.window):
        return refused
    outcome = shown_outcomes(found, "delivered", 1)[0]
    rows = found.of(outcome)
    total, unit = rows[TOTAL], str(rows[TOTAL]["unit"])
    size = _size(total, unit)
    told = [f"{part_label(part)} {_size(rows[part], unit)}{_doubt(rows[part])}" for part in PARTS]
    return tr(
        "In this simulation {label} under `{a}` differs from that under `{b}` by {size} ({span}, 95 % interval, "
        "{count}). It is made of {parts}.",
        label=outcome_label(found, outcome),
        a=found.scenario,
        b=found.baseline,
        size=size,
        span=span(total["low"], total["high"]),
        count=counted(int(total["replications"]), "paired replication"),
        parts=listed(told),
    )


def _size(row: Any, unit: str) -> str:
    """Per cent of the baseline where that means something, else the difference."""
    if unit in PERCENT_UNITS and row["relative"] == row["relative"]:
        return percent(row["relative"])
    return f"{signed(row['difference'])} {tr(unit)}".rstrip()


def _doubt(row: Any) -> str:
    nothing = row["difference"] == row["low"] == row["high"] == 0
    return tr(" (sign uncertain)") if holds_zero(row["low"], row["high"]) and not nothing else ""


def part_grid(found: Decomposition, outcomes: list[str] | None = None, intervals: bool = True) -> Grid:
    """One row an outcome, a column a part, with intervals where wanted."""
    rows = []
    for outcome in outcomes or list(dict.fromkeys(found.parts["outcome"])):
        by_part = found.of(outcome)
        cells = [_cell(by_part[part], intervals) for part in (*PARTS, TOTAL)]
        rows.append([outcome_label(found, outcome), outcome_unit(found, outcome), *cells])
    header = [tr("outcome"), tr("unit"), *(part_label(part) for part in (*PARTS, TOTAL))]
    return Grid(header, rows, texts=2)


def _cell(row: Any, interval: bool) -> str:
    middle, low, high = together(row["difference"], row["low"], row["high"])
    if middle == low == high or not interval:
        return middle
    return f"{middle} [{tr('{low} to {high}', low=low, high=high)}]"


def _about_method() -> str:
    return tr(
        "Work, reports and workforce were held as they were before the reform, under both regimes alike, in all eight "
        "combinations; a part is the mean over all orders of what letting it respond adds (its Shapley value). "
        "Luck was measured with work and reports held. The parts add up to the difference in every replication."
    )


def _limits(found: Decomposition) -> str:
    return tr(
        "These are statements about a simulation, not about a place, and rest on {count}. Intervals measure the "
        "luck inside the simulation only. What several parts do together is shared among them evenly: another rule "
        "would share it otherwise. While work is held, whoever joins works at the baseline.",
        count=counted(int(found.manifest.get("assumed", 0)), "assumed value"),
    )


def _origin(found: Decomposition) -> list[str]:
    manifest = found.manifest
    code = manifest.get("code", {})
    return [
        tr(
            "seed {seed}, {count} of each of {runs} runs",
            seed=manifest.get("seed"),
            count=counted(found.replications, "replication"),
            runs=manifest.get("runs"),
        ),
        window_told(found.window, manifest["scenario"], manifest["baseline_scenario"]),
        f"{tr('code version')} {code.get('version')}, {code.get('content')}",
    ]
