"""How a decomposition is told: a sentence, a table, a figure, and what the parts mean."""

from typing import Any

from matplotlib.figure import Figure

from sim.lab.estimates.in_force import no_headline, window_told
from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language.changed import changed_sentence, in_caption, in_title, of_two
from sim.lab.language.language import tr
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
    window_name,
)
from sim.lab.reports.definitions import definitions
from sim.lab.reports.document import Block, Document, Grid, Heading, Listing, Paragraph, Picture
from sim.lab.results.decomposition import PARTS, TOTAL, Decomposition, shown_outcomes

COLOURS = dict(zip((TOTAL, *PARTS), ("#000000", *drawing.COLOURS), strict=False))
MARKERS = dict(zip((TOTAL, *PARTS), ("D", *drawing.MARKERS), strict=False))


def part_label(part: str) -> str:
    """A part in the language spoken."""
    return {
        "incentive": tr("incentive"),
        "selection": tr("selection"),
        "gaming": tr("gaming"),
        "luck": tr("luck"),
        "other": tr("other"),
        TOTAL: tr("total"),
    }[part]


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
        blocks += [Heading(tr("Warnings")), Listing(found.warnings)]
    blocks += [
        Picture("decomposition", _about(found), lambda: parts_by_outcome(found)),
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
    if refused := no_headline(*pair, _window(found)):
        return refused
    outcome = shown_outcomes(found, "delivered", 1)[0]
    rows = _rows(found, outcome)
    total, term = rows[TOTAL], _term(found, outcome)
    size = _size(total, str(term["unit"]))
    told = [
        f"{part_label(part)} {_size(rows[part], str(term['unit']))}{_doubt(rows[part])}" for part in PARTS
    ]
    return tr(
        "In this simulation {label} under `{a}` differs from that under `{b}` by {size} ({span}, 95 % interval, "
        "{count}). It is made of {parts}.",
        label=tr(str(term["label"])),
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
        by_part, term = _rows(found, outcome), _term(found, outcome)
        cells = [_cell(by_part[part], intervals) for part in (*PARTS, TOTAL)]
        rows.append([tr(str(term["label"])), tr(str(term["unit"])), *cells])
    header = [tr("outcome"), tr("unit"), *(part_label(part) for part in (*PARTS, TOTAL))]
    return Grid(header, rows, texts=2)


def _cell(row: Any, interval: bool) -> str:
    middle, low, high = together(row["difference"], row["low"], row["high"])
    if middle == low == high or not interval:
        return middle
    return f"{middle} [{tr('{low} to {high}', low=low, high=high)}]"


@styled
def parts_by_outcome(found: Decomposition) -> Figure:
    """Every part with its interval, a panel an outcome."""
    chosen = shown_outcomes(found, "parts", 6)
    figure = drawing.new_figure(10.0, 1.2 + 2.0 * -(-len(chosen) // 3))
    for place, (axes, outcome) in enumerate(zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True)):
        rows = _rows(found, outcome)
        for level, part in enumerate((TOTAL, *PARTS)):
            row = rows[part]
            bounds = (row["difference"], row["low"], row["high"])
            drawing.dot_with_bar(axes, level, bounds, {"color": COLOURS[part], "marker": MARKERS[part]})
        axes.set_yticks(range(len(PARTS) + 1), [part_label(part) for part in (TOTAL, *PARTS)])
        axes.set_ylim(len(PARTS) + 0.5, -0.5)
        axes.tick_params(labelleft=place % 3 == 0)
        axes.axvline(0.0, color=drawing.BASELINE_COLOUR, linewidth=1.0, linestyle=(0, (4, 2)))
        axes.axhline(0.5, color="#d9d9d9", linewidth=0.8)
        axes.grid(visible=False, axis="y")
        axes.set_title(tr(str(_term(found, outcome)["label"])))
        axes.set_xlabel(tr(str(_term(found, outcome)["unit"])))
    drawing.caption(figure, _about(found))
    return figure


def _rows(found: Decomposition, outcome: str) -> dict[str, Any]:
    rows = found.parts[found.parts["outcome"] == outcome].set_index("part")
    return {str(part): row for part, row in rows.iterrows()}


def _term(found: Decomposition, outcome: str) -> dict[str, Any]:
    known = found.manifest.get("outcomes", {}).get(outcome, {})
    return {"label": plain(outcome), "unit": "", **known}


def _about(found: Decomposition) -> str:
    return tr(
        "What {a} changes against the baseline {b}, part by part. Dots: means of {count} under common random "
        "numbers over {window}; bars: 95 % intervals. Simulated, assumed parameters{changed}.",
        changed=in_caption(of_two(found.manifest)),
        a=plain(found.scenario),
        b=plain(found.baseline),
        count=counted(found.replications, "replication"),
        window=window_name(found.manifest, _window(found)),
    )


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
        window_told(_window(found), manifest["scenario"], manifest["baseline_scenario"]),
        f"{tr('code version')} {code.get('version')}, {code.get('content')}",
    ]


def _window(found: Decomposition) -> tuple[int, int]:
    first, last = found.manifest["window"]
    return int(first), int(last)
