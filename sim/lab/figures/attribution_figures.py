"""Figures of an attribution: the parts with their total, and what pairs of parts do together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure

from sim.lab.estimates.attribution import TOTAL, Attribution
from sim.lab.estimates.points import key_outcomes
from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language.language import tr
from sim.lab.language.wording import plain
from sim.lab.results.study_wording import factor_labels, outcome_label, outcome_unit, study_basis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {"clear": drawing.COLOURS[0], "negligible": "#8c8c8c", "undecided": drawing.COLOURS[4]}
HATCHES = {"clear": "", "negligible": "...", "undecided": "///"}
DIVERGING = "PuOr_r"
"""Orange and purple stay apart in all common forms of colour blindness."""


def verdict_label(verdict: str) -> str:
    """A verdict in the language spoken."""
    return {
        "clear": tr("clear"),
        "negligible": tr("negligible"),
        "undecided": tr("undecided"),
    }[verdict]


@styled
def shapley_bars(attribution: Attribution, outcomes: Sequence[str] | None = None) -> Figure:
    """Shapley values with intervals, the total as a line with its band; a panel an outcome."""
    chosen = list(outcomes or key_outcomes(attribution.study))
    count = len(attribution.parts)
    figure = drawing.new_figure(10.0, 1.4 + (0.7 + 0.24 * count) * -(-len(chosen) // 3))
    for place, (axes, outcome) in enumerate(zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True)):
        _draw_parts(axes, attribution, outcome)
        axes.set_title(outcome_label(attribution.study, outcome))
        axes.set_xlabel(outcome_unit(attribution.study, outcome))
        axes.tick_params(labelleft=place % 3 == 0)
    _legend(figure)
    drawing.caption(figure, about_parts(attribution))
    return figure


def _draw_parts(axes: "Axes", attribution: Attribution, outcome: str) -> None:
    rows = attribution.of(outcome)
    labels = factor_labels(attribution.study)
    for place, part in enumerate(attribution.parts):
        _draw_part(axes, place, rows[part])
    total = rows[TOTAL]
    axes.axvspan(total["low"], total["high"], color=drawing.INK, alpha=0.12, linewidth=0)
    axes.axvline(total["value"], color=drawing.INK, linewidth=1.3)
    axes.axvline(0.0, color=drawing.BASELINE_COLOUR, linewidth=1.0, linestyle=(0, (4, 2)))
    axes.set_yticks(range(len(attribution.parts)), [labels[part] for part in attribution.parts])
    axes.set_ylim(len(attribution.parts) - 0.4, -0.6)
    axes.grid(visible=False, axis="y")


def _draw_part(axes: "Axes", place: int, row: Any) -> None:
    verdict = str(row["verdict"])
    look: dict[str, Any] = {
        "color": COLOURS[verdict],
        "hatch": HATCHES[verdict],
        "edgecolor": "white",
        "linewidth": 0.0,
    }
    axes.barh(place, row["value"], height=0.62, **look)
    bars = np.array([[row["value"] - row["low"]], [row["high"] - row["value"]]]).clip(0.0)
    axes.errorbar([row["value"]], [place], xerr=bars, color=drawing.INK, elinewidth=0.9, capsize=2)


def _legend(figure: Figure) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [
        Patch(facecolor=COLOURS[one], hatch=HATCHES[one], edgecolor="white", linewidth=0.0) for one in COLOURS
    ]
    handles.append(Line2D([], [], color=drawing.INK, linewidth=1.3))
    labels = [*map(verdict_label, COLOURS), tr("all parts together")]
    figure.legend(handles, labels, loc="outside upper left", ncols=4)


@styled
def interaction_map(attribution: Attribution, outcomes: Sequence[str] | None = None) -> Figure:
    """What every pair of parts does beyond each alone; pairs whose interval includes 0 are hatched.

    Colours reach at least to the smallest effect of interest, so that luck does not look like much.
    """
    chosen = list(outcomes or key_outcomes(attribution.study, 3))
    figure = drawing.new_figure(10.0, 1.6 + 3.3 * -(-len(chosen) // 3))
    for place, (axes, outcome) in enumerate(zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True)):
        _draw_map(figure, axes, attribution, outcome)
        axes.set_title(outcome_label(attribution.study, outcome))
        if place % 3:
            axes.set_yticklabels([])
    drawing.caption(figure, about_pairs(attribution))
    return figure


def _draw_map(figure: Figure, axes: "Axes", attribution: Attribution, outcome: str) -> None:
    from matplotlib.patches import Rectangle

    parts = attribution.parts
    cells = np.full((len(parts), len(parts)), np.nan)
    rows = attribution.pairs[attribution.pairs["outcome"] == outcome]
    for _, row in rows.iterrows():
        y, x = parts.index(row["second"]), parts.index(row["first"])
        cells[y, x] = row["value"]
        if not (row["low"] > 0 or row["high"] < 0):
            mark = Rectangle(
                (x - 0.5, y - 0.5), 1, 1, fill=False, hatch="////", edgecolor="#8c8c8c", linewidth=0
            )
            axes.add_patch(mark)
    least = float(attribution.of(outcome)[TOTAL]["least"])
    size = float(np.nanmax([np.nanmax(np.abs(cells)), least])) or 1.0
    image = axes.imshow(cells[1:, :-1], cmap=DIVERGING, vmin=-size, vmax=size, extent=_extent(len(parts)))
    bar = figure.colorbar(image, ax=axes, orientation="horizontal", shrink=0.9, pad=0.02)
    bar.set_label(outcome_unit(attribution.study, outcome))
    labels = factor_labels(attribution.study)
    axes.set_xticks(range(len(parts) - 1), [labels[part] for part in parts[:-1]], rotation=40, ha="right")
    axes.set_yticks(range(1, len(parts)), [labels[part] for part in parts[1:]])
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def _extent(count: int) -> tuple[float, float, float, float]:
    """Cells are centred on the numbers of the parts, from the top down."""
    return -0.5, count - 1.5, count - 0.5, 0.5


def about_parts(attribution: Attribution) -> str:
    """Caption of the bars."""
    return tr(
        "What every part of {a} adds, averaged over all orders of adding parts (Shapley values, which add up to the "
        "whole regime: line and band). Baseline: the point with no part. Lines: 95 % intervals; negligible: within the "
        "smallest effect of interest. {basis}.",
        a=plain(attribution.scenario),
        basis=_basis(attribution),
    )


def about_pairs(attribution: Attribution) -> str:
    """Caption of the map."""
    return tr(
        "What two parts of {a} do together beyond what each does alone, averaged over which other parts are present "
        "(Shapley interaction index): above 0 they strengthen each other. Hatched: the 95 % interval includes 0. "
        "Baseline: the point with no part. {basis}.",
        a=plain(attribution.scenario),
        basis=_basis(attribution),
    )


def _basis(attribution: Attribution) -> str:
    return study_basis(attribution.study, len(attribution.study.settings))
