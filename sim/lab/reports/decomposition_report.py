"""The facts of a decomposition: what a difference is made of, part by part."""

from typing import Any

from sim.lab.estimates.in_force import no_headline, window_told
from sim.lab.estimates.split import shown_outcomes
from sim.lab.figures.decomposition_figure import about_decomposition, part_label, parts_by_outcome
from sim.lab.language.changed import changed_sentence, in_title, of_two
from sim.lab.language.language import tr
from sim.lab.language.wording import PERCENT_UNITS, holds_zero, never_moves, percent, signed, span, together
from sim.lab.reports.definitions import definitions
from sim.lab.reports.grid import Grid
from sim.lab.reports.template import Facts, Report
from sim.lab.results.decomposition import PARTS, TOTAL, Decomposition
from sim.lab.results.study_wording import outcome_label, outcome_unit


def decomposition_report(decomposition: Decomposition) -> Report:
    """The report of a decomposition."""
    return Report(
        "decomposition", decomposition_facts(decomposition), lambda _: parts_by_outcome(decomposition)
    )


def decomposition_facts(decomposition: Decomposition) -> Facts:
    """What the report says, and its summary.

    `refused` is why the window shows no difference, "" if it does; `difference` is the total in the unit of its
    interval where `total` is in per cent, else "".
    """
    manifest = decomposition.manifest
    pair = manifest["scenario"], manifest["baseline_scenario"]
    leading = shown_outcomes(decomposition, "delivered", 1)[0]
    rows = decomposition.of(leading)
    total, outcomes, code = size_of(rows[TOTAL], TOTAL), part_grid(decomposition), manifest.get("code", {})
    return {
        "scenario": decomposition.scenario,
        "baseline": decomposition.baseline,
        "refused": no_headline(*pair, decomposition.window),
        "label": outcome_label(decomposition, leading),
        "difference": in_its_unit(rows[TOTAL]) if total["size"] != in_its_unit(rows[TOTAL]) else "",
        "interval": span(rows[TOTAL]["low"], rows[TOTAL]["high"]),
        "pairs": int(rows[TOTAL]["replications"]),
        "total": total,
        "parts": [size_of(rows[part], part) for part in PARTS],
        "changed": changed_sentence(of_two(manifest)),
        "changes": in_title(of_two(manifest)),
        "warnings": decomposition.warnings,
        "caption": about_decomposition(decomposition),
        "outcomes": outcomes,
        "units": definitions(outcomes),
        "assumed": int(manifest.get("assumed", 0)),
        "seed": manifest.get("seed"),
        "replications": decomposition.replications,
        "runs": manifest.get("runs"),
        "window": window_told(decomposition.window, *pair),
        "code": f"{code.get('version')}, {code.get('content')}",
    }


def size_of(row: Any, part: str) -> Facts:
    """How large a part or the total is: per cent of the baseline where that means something, else the difference."""
    relative = str(row["unit"]) in PERCENT_UNITS and row["relative"] == row["relative"]
    still = never_moves(row["difference"], row["low"], row["high"])
    return {
        "name": part_label(part),
        "size": percent(row["relative"]) if relative else in_its_unit(row),
        "uncertain": holds_zero(row["low"], row["high"]) and not still,
    }


def in_its_unit(row: Any) -> str:
    """A difference in the outcome's own unit."""
    return f"{signed(row['difference'])} {tr(str(row['unit']))}".rstrip()


def part_grid(
    decomposition: Decomposition, outcomes: list[str] | None = None, intervals: bool = True
) -> Grid:
    """One row an outcome, a column a part, with intervals where wanted."""
    shown = (*PARTS, TOTAL)
    rows = []
    for outcome in outcomes or dict.fromkeys(decomposition.parts["outcome"]):
        sizes = decomposition.of(outcome)
        names = [outcome_label(decomposition, outcome), outcome_unit(decomposition, outcome)]
        rows.append([*names, *(_cell(sizes[part], intervals) for part in shown)])
    return Grid([tr("outcome"), tr("unit"), *map(part_label, shown)], rows, texts=2)


def _cell(row: Any, interval: bool) -> str:
    middle, low, high = together(row["difference"], row["low"], row["high"])
    if middle == low == high or not interval:
        return middle
    return f"{middle} [{tr('{low} to {high}', low=low, high=high)}]"
