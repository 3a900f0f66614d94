"""The figure of where headlines flip: points by two factors, and the box."""

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure

from sim.lab.estimates.headlines import STATES, Headline, headline_at, rows_of
from sim.lab.estimates.points import places
from sim.lab.estimates.robustness import Robustness
from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.figures.robustness_figures import COLOURS, headline_label, state_label, states_seen
from sim.lab.language.language import tr
from sim.lab.language.wording import wrapped
from sim.lab.results.study_wording import factor_labels, study_basis

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes


WIDEST_TITLE = 34
"""Columns of text that fit above a panel."""


@styled
def box_scatter(robustness: Robustness) -> Figure:
    """The points by the two surest factors of the first box of every headline that flips somewhere, and the box."""
    chosen = robustness.boxes.drop_duplicates(["scenario", "outcome", "sign"])[:6]
    if not len(chosen):
        figure = drawing.new_figure(6.0, 2.0)
        drawing.nothing(figure.add_subplot(), tr("no headline flips at enough points to search for a box"))
        return figure
    figure = drawing.new_figure(10.0, 1.5 + 3.1 * -(-len(chosen) // 3))
    rows = [row for _, row in chosen.iterrows()]
    for axes, row in zip(drawing.panels(figure, len(rows), 3), rows, strict=True):
        one = headline_at(row)
        _draw_box(axes, robustness, one)
        axes.set_title(titled(headline_label(robustness, one)), fontsize=8.5)
    _legend_of_points(figure, states_seen(robustness))
    drawing.caption(figure, about_boxes(robustness))
    return figure


def titled(label: str) -> str:
    """A headline on as many lines as it takes to stay above its panel."""
    return "\n".join(wrapped(label, WIDEST_TITLE))


def _draw_box(axes: "Axes", robustness: Robustness, headline: Headline) -> None:
    from matplotlib.patches import Rectangle

    sides = rows_of(robustness.boxes[robustness.boxes["box"] == 1], headline)
    pair = _two_factors(robustness, list(sides.sort_values("quasi_p")["factor"]))
    mine = rows_of(robustness.at_points, headline)
    lying = places(robustness.study).loc[mine["point"], pair].to_numpy(dtype=np.float64)
    for state in STATES:
        here = (mine["state"] == state).to_numpy()
        if here.any():
            axes.scatter(lying[here, 0], lying[here, 1], **_point_look(state), s=13, linewidths=0.8)
    by_factor = sides.set_index("factor")
    ends = [_ends(by_factor, factor, lying[:, place]) for place, factor in enumerate(pair)]
    corner, size = (ends[0][0], ends[1][0]), (ends[0][1] - ends[0][0], ends[1][1] - ends[1][0])
    axes.add_patch(Rectangle(corner, *size, fill=False, edgecolor=drawing.INK, linewidth=1.6))
    labels = factor_labels(robustness.study)
    axes.set_xlabel(labels[pair[0]])
    axes.set_ylabel(labels[pair[1]])


def _two_factors(robustness: Robustness, restricted: list[str]) -> list[str]:
    """The two surest restrictions; another factor where only one is restricted."""
    others = [factor.name for factor in robustness.study.factors if factor.name not in restricted]
    return [*restricted, *others][:2]


def _ends(sides: "pandas.DataFrame", factor: str, column: Any) -> tuple[float, float]:
    """Both ends of the box along a factor, a little beyond the points where the end is free."""
    margin = 0.02 * float(np.ptp(column))
    low, high = -np.inf, np.inf
    if factor in sides.index:
        low, high = float(sides["low"][factor]), float(sides["high"][factor])
    return max(low, float(column.min()) - margin), min(high, float(column.max()) + margin)


def _point_look(state: str) -> dict[str, Any]:
    markers = {"holds": "o", "negligible": ".", "undecided": "^", "flips": "X"}
    return {"marker": markers[state], "color": COLOURS[state], "alpha": 0.8}


def _legend_of_points(figure: Figure, states: list[str]) -> None:
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], linestyle="", markersize=5, **_point_look(state)) for state in states]
    figure.legend(handles, [state_label(one) for one in states], loc="outside upper left", ncols=len(states))


def about_boxes(robustness: Robustness) -> str:
    """Caption of the scatter."""
    return tr(
        "The points by two factors, and the box that holds most of the points where the headline flips; other "
        "factors may restrict it too. {basis}.",
        basis=study_basis(robustness.study, robustness.points),
    )
