"""The figure of one life: what one is scored and thinks of oneself, effort, pay, rank."""

from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language.changed import in_caption, of_two
from sim.lab.language.language import tr
from sim.lab.language.wording import plain
from sim.lab.results.trace import SIDES, Trace

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS: dict[str, dict[str, Any]] = {
    "scenario": {"color": drawing.COLOURS[0], "marker": "o", "linestyle": "-"},
    "baseline": {"color": drawing.BASELINE_COLOUR, "marker": "o", "linestyle": (0, (4, 2))},
}


@styled
def life(trace: Trace) -> Figure:
    """Four panels over the quarters, both regimes in each."""
    figure = drawing.new_figure(10.0, 5.2)
    panels = drawing.panels(figure, 4, 2)
    for axes, (column, title, unit) in zip(panels, _shown(), strict=True):
        _panel(axes, trace, column)
        axes.set_title(title)
        axes.set_ylabel(unit)
        axes.set_xlabel(tr("quarter"))
        drawing.mark_reforms(axes, trace.manifest["reforms"])
    ability = trace.panel["ability"].iloc[0]
    panels[0].axhline(ability, color="#009E73", linewidth=1.0, linestyle=":")
    panels[0].annotate(
        tr("true ability"),
        (1.0, ability),
        xycoords=("axes fraction", "data"),
        ha="right",
        va="bottom",
        fontsize=7.5,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.0},
    )
    drawing.legend(
        figure,
        [trace.names[side] for side in SIDES],
        {trace.names[side]: LOOKS[side] for side in SIDES},
        trace.names["baseline"],
    )
    drawing.caption(figure, caption(trace))
    return figure


def _shown() -> list[tuple[str, str, str]]:
    return [
        ("score", tr("quarterly score"), tr("ability SD")),
        ("effort", tr("measured effort"), tr("ability SD")),
        ("pay", tr("pay of the quarter"), tr("mean annual pay, yearly rate")),
        ("rank", tr("rank"), tr("rank")),
    ]


def _panel(axes: "Axes", trace: Trace, column: str) -> None:
    year = int(trace.manifest["year"])
    for side in SIDES:
        lived = trace.quarters(side)
        lived = lived[lived.index > 0]
        values = lived[column].astype(float) * (year if column == "pay" else 1)
        if column in ("score", "effort"):
            values = values.where(lived["post"] >= 0)
        look = {**LOOKS[side], "marker": ""}
        axes.plot(
            lived.index,
            values,
            linewidth=1.5,
            drawstyle="steps-mid" if column == "rank" else "default",
            **look,
        )
        if column == "rank":
            axes.yaxis.set_major_locator(MaxNLocator(integer=True))
            _mark_reservoir(axes, lived, look["color"])


def _mark_reservoir(axes: "Axes", lived: Any, colour: str) -> None:
    waiting = lived[lived["reservoir_since"] >= 0]
    axes.plot(waiting.index, waiting["rank"], linestyle="", marker="x", markersize=4, color=colour)


def caption(trace: Trace) -> str:
    """What the figure shows."""
    return tr(
        "Person {person} under {a} and under the baseline {b}, the same luck in one replication (n = 1, so no "
        "interval). Simulated, assumed parameters{changed}.",
        changed=in_caption(of_two(trace.manifest)),
        person=trace.called,
        a=plain(trace.names["scenario"]),
        b=plain(trace.names["baseline"]),
    )
