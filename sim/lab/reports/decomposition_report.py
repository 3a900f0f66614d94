"""The view of a decomposition: what a difference is made of, part by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.lab.estimates.decomposition import shown_outcomes
from sim.lab.estimates.in_force import no_headline, window_told
from sim.lab.figures.decomposition_figure import about_decomposition, part_label, parts_by_outcome
from sim.lab.language.changed import changed_sentence, in_title, of_two
from sim.lab.language.language import tr
from sim.lab.language.wording import PERCENT_UNITS, holds_zero, never_moves, percent, signed, span, together
from sim.lab.reports.definitions import definitions
from sim.lab.reports.grid import Grid
from sim.lab.reports.template import Report
from sim.lab.results.decomposition import PARTS, TOTAL, Decomposition
from sim.lab.results.study_wording import outcome_label, outcome_unit


@dataclass(frozen=True)
class Size:
    """How large a part is, or the total: per cent of the baseline where that means something, else the difference."""

    name: str
    size: str
    uncertain: bool


@dataclass(frozen=True)
class View:
    """What the report of a decomposition says.

    Attributes:
        scenario, baseline: the regimes.
        refused: why the window shows no difference; "" if it does.
        label, interval, pairs: the leading outcome, with the interval of its difference over so many replications.
        difference: the same difference in the unit of the interval, where `total` is in per cent; else "".
        total, parts: how large the difference is, and what it is made of.
        changed, changes: what was changed from the files, as a sentence and for the title; "" if nothing was.
        warnings: what a reader must know before using the numbers.
        caption: of the figure.
        outcomes: every outcome, part by part.
        units: what their units mean.
        assumed: how many values are assumed.
        seed, replications, runs, window, code: how it was made.
    """

    scenario: str
    baseline: str
    refused: str
    label: str
    difference: str
    interval: str
    pairs: int
    total: Size
    parts: Sequence[Size]
    changed: str
    changes: str
    warnings: Sequence[str]
    caption: str
    outcomes: Grid
    units: Sequence[str]
    assumed: int
    seed: int | None
    replications: int
    runs: int | None
    window: str
    code: str


def decomposition_report(decomposition: Decomposition) -> Report:
    """The report of a decomposition."""
    return Report(
        "decomposition", decomposition_view(decomposition), lambda _: parts_by_outcome(decomposition)
    )


def decomposition_view(decomposition: Decomposition) -> View:
    """The facts of the report."""
    manifest = decomposition.manifest
    pair = manifest["scenario"], manifest["baseline_scenario"]
    leading = shown_outcomes(decomposition, "delivered", 1)[0]
    rows = decomposition.of(leading)
    outcomes = part_grid(decomposition)
    code = manifest.get("code", {})
    return View(
        scenario=decomposition.scenario,
        baseline=decomposition.baseline,
        refused=no_headline(*pair, decomposition.window),
        label=outcome_label(decomposition, leading),
        difference=_in_its_unit(rows[TOTAL]),
        interval=span(rows[TOTAL]["low"], rows[TOTAL]["high"]),
        pairs=int(rows[TOTAL]["replications"]),
        total=size_of(rows[TOTAL], TOTAL),
        parts=[size_of(rows[part], part) for part in PARTS],
        changed=changed_sentence(of_two(manifest)),
        changes=in_title(of_two(manifest)),
        warnings=decomposition.warnings,
        caption=about_decomposition(decomposition),
        outcomes=outcomes,
        units=definitions(outcomes),
        assumed=int(manifest.get("assumed", 0)),
        seed=manifest.get("seed"),
        replications=decomposition.replications,
        runs=manifest.get("runs"),
        window=window_told(decomposition.window, *pair),
        code=f"{code.get('version')}, {code.get('content')}",
    )


def size_of(row: Any, part: str) -> Size:
    """How large a part is, and whether its sign is uncertain."""
    relative = str(row["unit"]) in PERCENT_UNITS and row["relative"] == row["relative"]
    size = (
        percent(row["relative"])
        if relative
        else f"{signed(row['difference'])} {tr(str(row['unit']))}".rstrip()
    )
    still = never_moves(row["difference"], row["low"], row["high"])
    return Size(part_label(part), size, holds_zero(row["low"], row["high"]) and not still)


def _in_its_unit(row: Any) -> str:
    """The whole difference in its own unit, where `size_of` tells it in per cent; else ""."""
    size = f"{signed(row['difference'])} {tr(str(row['unit']))}".rstrip()
    return "" if size_of(row, TOTAL).size == size else size


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
