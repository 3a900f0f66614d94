"""Figures of a sensitivity analysis: the plane of screening, and indices with their intervals."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure

from sim.lab.estimates.points import key_outcomes
from sim.lab.estimates.sensitivity import Sensitivity
from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language.language import tr
from sim.lab.language.wording import columns_of
from sim.lab.results.study_wording import factor_labels, moved, outcome_label, outcome_unit, study_basis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_FACTORS = 12
MOST_NAMED = 5
LEAST_NAMED = 0.15
"""Factors below this share of the largest are not named in the plane."""
COLUMN, LINE = 0.0225, 0.05
"""Width of a column of text and height of a line, in shares of a panel."""
DISTANCES = (0.02, 0.06, 0.1, 0.15, 0.2, 0.26, 0.32, 0.4)
"""How far from its point a name is tried, the nearest first."""
FAR = 0.035
"""From this distance on a line ties a name to its point."""
Box = tuple[float, float, float, float]
"""Left, right, bottom and top, in shares of the axes."""
SHOWN = {"sobol": ("ST", "S1"), "morris": ("mu_star", "mu")}


def measure_label(measure: str) -> str:
    """A measure in the language spoken."""
    return {
        "mu": tr("mean elementary effect μ"),
        "mu_star": tr("mean size of elementary effects μ*"),
        "sigma": tr("spread of elementary effects σ"),
        "S1": tr("first order S1"),
        "ST": tr("total ST"),
        "src": tr("standardised regression coefficient"),
        "prcc": tr("partial rank correlation"),
    }[measure]


def shown_outcomes(sensitivity: Sensitivity, scenario: str, most: int = 6) -> list[str]:
    """Key outcomes that could be analysed, or others where there is none of them."""
    mine = sensitivity.quality[sensitivity.quality["scenario"] == scenario]
    there = list(mine.loc[mine["status"] == "analysed", "outcome"])
    return ([name for name in key_outcomes(sensitivity.study) if name in there] or there)[:most]


def sensitivity_figure(sensitivity: Sensitivity, scenario: str | None = None) -> Figure:
    """What suits the design: the plane of screening, or bars."""
    draw = screening_plane if sensitivity.study.design == "morris" else index_bars
    return draw(sensitivity, scenario)


@styled
def screening_plane(sensitivity: Sensitivity, scenario: str | None = None) -> Figure:
    """Morris's plane: how much a factor moves the effect, against how unevenly; a panel an outcome."""
    name = scenario or sensitivity.study.compared[0]
    chosen = shown_outcomes(sensitivity, name)
    if not chosen:
        return _empty()
    figure = drawing.new_figure(10.0, 1.0 + 3.2 * -(-len(chosen) // 3))
    for axes, outcome in zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True):
        _draw_plane(axes, sensitivity, name, outcome)
        axes.set_title(outcome_label(sensitivity.study, outcome))
        axes.set_xlabel(f"μ*, {outcome_unit(sensitivity.study, outcome)}".rstrip(", "))
        axes.set_ylabel("σ")
    drawing.caption(figure, about_screening(sensitivity, name))
    return figure


def _draw_plane(axes: "Axes", sensitivity: Sensitivity, scenario: str, outcome: str) -> None:
    rows = sensitivity.table[
        (sensitivity.table["scenario"] == scenario) & (sensitivity.table["outcome"] == outcome)
    ]
    x = rows[rows["measure"] == "mu_star"].set_index("factor")
    y = rows[rows["measure"] == "sigma"].set_index("factor")["value"].reindex(x.index)
    bars = np.array([x["value"] - x["low"], x["high"] - x["value"]]).clip(0.0)
    axes.errorbar(
        x["value"],
        y,
        xerr=bars,
        linestyle="",
        marker="o",
        markersize=4,
        color=drawing.COLOURS[0],
        elinewidth=0.8,
    )
    right, top = 1.25 * float(x["high"].max()), 1.25 * float(max(y.max(), 1e-12))
    axes.plot([0, min(right, top)], [0, min(right, top)], color="#8c8c8c", linewidth=0.9, linestyle=":")
    axes.set_xlim(0.0, right)
    axes.set_ylim(0.0, top)
    labels = factor_labels(sensitivity.study)
    ranked = sensitivity.ranked(scenario, outcome)[:MOST_NAMED]
    named = list(ranked.loc[ranked["value"] >= LEAST_NAMED * ranked["value"].max(), "factor"])
    spans = zip(x["low"] / right, x["high"] / right, y / top, strict=True)
    taken = [_box(low, level - 0.015, high - low, 0.03) for low, high, level in spans]
    _name_points(axes, [(labels[one], x["value"][one] / right, y[one] / top) for one in named], taken)


def _name_points(axes: "Axes", named: Sequence[tuple[str, float, float]], taken: list[Box]) -> None:
    """Names near their points where they cover neither another name nor a bar, tied to the point where they are far.

    Args:
        axes: the panel.
        named: name, and place of the point in shares of the axes; the most important first.
        taken: what must not be covered; the names are added.
    """
    for label, x, y in named:
        box = free_place((x, y), (COLUMN * columns_of(label), LINE), taken)
        if box is None:
            continue  # no room: the tables name every factor
        taken.append(box)
        start, side = (box[1], "right") if box[1] < x else (box[0], "left")
        axes.text(start, box[2], label, fontsize=7.5, transform=axes.transAxes, va="bottom", ha=side)
        near = (min(max(x, box[0]), box[1]), min(max(y, box[2]), box[3]))
        if max(abs(near[0] - x), abs(near[1] - y)) > FAR:
            line: Any = {"color": "#8c8c8c", "linewidth": 0.5, "transform": axes.transAxes}
            axes.plot([x, near[0]], [y, near[1]], **line)


def free_place(point: tuple[float, float], size: tuple[float, float], taken: Sequence[Box]) -> Box | None:
    """The nearest place for a name of this size by a point, within the axes and clear of what is taken, or None."""
    wide, high = size
    for away in DISTANCES:
        sides = (away, -wide / 2, -away - wide)
        ups = (0.012 + away / 2, -0.012 - away / 2 - high, -high / 2)
        for up in ups:
            for side in sides:
                box = _box(point[0] + side, max(point[1] + up, 0.0), wide, high)
                if _is_within(box) and not any(_meet(box, one) for one in taken):
                    return box
    return None


def _is_within(box: Box) -> bool:
    return min(box[0], box[2]) >= 0.0 and max(box[1], box[3]) <= 1.0


def _box(left: float, bottom: float, width: float, height: float) -> Box:
    return left, left + width, bottom, bottom + height


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


@styled
def index_bars(sensitivity: Sensitivity, scenario: str | None = None) -> Figure:
    """Two indices of every factor with their intervals, the most influential at the top; a panel an outcome."""
    name = scenario or sensitivity.study.compared[0]
    chosen = shown_outcomes(sensitivity, name)
    if not chosen:
        return _empty()
    measures = SHOWN.get(sensitivity.study.design, ("prcc", "src"))
    count = min(len(sensitivity.study.factors), MOST_FACTORS)
    figure = drawing.new_figure(10.0, 1.4 + (0.7 + 0.24 * count) * -(-len(chosen) // 3))
    for axes, outcome in zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True):
        _draw_bars(axes, sensitivity, (name, outcome), measures)
        axes.set_title(outcome_label(sensitivity.study, outcome))
    _legend(figure, measures)
    drawing.caption(figure, about_bars(sensitivity, name))
    return figure


def _draw_bars(
    axes: "Axes", sensitivity: Sensitivity, which: tuple[str, str], measures: Sequence[str]
) -> None:
    scenario, outcome = which
    factors = list(sensitivity.ranked(scenario, outcome)["factor"][:MOST_FACTORS])
    rows = sensitivity.table[
        (sensitivity.table["scenario"] == scenario) & (sensitivity.table["outcome"] == outcome)
    ]
    for place, measure in enumerate(measures):
        mine = rows[rows["measure"] == measure].set_index("factor").reindex(factors)
        levels = np.arange(len(factors)) + (place - 0.5) * 0.38
        bars = np.array([mine["value"] - mine["low"], mine["high"] - mine["value"]]).clip(0.0)
        axes.barh(levels, mine["value"], height=0.36, color=drawing.COLOURS[place], alpha=0.75)
        axes.errorbar(
            mine["value"], levels, xerr=bars, linestyle="", color=drawing.INK, elinewidth=0.9, capsize=1.5
        )
    labels = factor_labels(sensitivity.study)
    axes.set_yticks(range(len(factors)), [labels[factor] for factor in factors])
    axes.set_ylim(len(factors) - 0.4, -0.6)
    axes.axvline(0.0, color="#8c8c8c", linewidth=0.8)
    axes.grid(visible=False, axis="y")


def _legend(figure: Figure, measures: Sequence[str]) -> None:
    from matplotlib.patches import Patch

    handles = [Patch(color=drawing.COLOURS[place], alpha=0.75) for place in range(len(measures))]
    figure.legend(
        handles, [measure_label(one) for one in measures], loc="outside upper left", ncols=len(measures)
    )


def _empty() -> Figure:
    figure = drawing.new_figure(6.0, 2.0)
    drawing.nothing(figure.add_subplot(), tr("no point differs from another"))
    return figure


def about_screening(sensitivity: Sensitivity, scenario: str) -> str:
    """Caption of the plane."""
    return tr(
        "Which factors move {what}: mean size of the elementary effects over a factor's whole range (bars: "
        "95 % intervals) and their spread. Above the dotted line a factor acts unevenly or together with others. "
        "{basis}.",
        what=moved(sensitivity.study, scenario),
        basis=study_basis(sensitivity.study, sensitivity.points),
    )


def about_bars(sensitivity: Sensitivity, scenario: str) -> str:
    """Caption of the bars."""
    basis = study_basis(sensitivity.study, sensitivity.points)
    if sensitivity.study.design == "sobol":
        return tr(
            "Share of the variance of {what} over the assumed ranges that a factor brings about alone "
            "(first order) and with all others (total); lines: 95 % intervals from resampling the points. {basis}.",
            what=moved(sensitivity.study, scenario),
            basis=basis,
        )
    return tr(
        "How {what} changes with each factor, controlling for the others: partial rank correlations and "
        "standardised regression coefficients; lines: 95 % intervals. {basis}.",
        what=moved(sensitivity.study, scenario),
        basis=basis,
    )
