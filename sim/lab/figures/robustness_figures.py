"""Figures of robustness: at how many points headlines hold, and what a choice costs."""

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure

from sim.lab.estimates.headlines import STATES, Headline, rows_of
from sim.lab.estimates.robustness import Robustness
from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language.language import tr
from sim.lab.language.wording import plain
from sim.lab.results.study_wording import outcome_label, outcome_unit, study_basis

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes

COLOURS = {
    "holds": drawing.COLOURS[0],
    "negligible": "#bdbdbd",
    "undecided": drawing.COLOURS[4],
    "flips": drawing.COLOURS[1],
}
HATCHES = {"holds": "", "negligible": "...", "undecided": "///", "flips": "xx"}
LEAST_WRITTEN = 0.05
"""Shares below this are drawn without their number."""


def state_label(state: str) -> str:
    """A state in the language spoken."""
    return {
        "holds": tr("holds clearly"),
        "negligible": tr("negligible"),
        "undecided": tr("undecided"),
        "flips": tr("flips clearly"),
    }[state]


def headline_label(robustness: Robustness, headline: Headline) -> str:
    """`four systems: true output per post above 0`."""
    label = outcome_label(robustness.study, headline.outcome)
    said = tr("{label} up", label=label) if headline.sign > 0 else tr("{label} down", label=label)
    return tr("{a}: {said}", a=plain(headline.scenario), said=said)


@styled
def headline_bars(robustness: Robustness) -> Figure:
    """For every headline, the shares of the points at which it holds, is negligible, undecided, or flips."""
    count = len(robustness.headlines)
    figure = drawing.new_figure(10.0, 1.5 + 0.36 * max(count, 2))
    axes = figure.add_subplot()
    for place, one in enumerate(robustness.headlines):
        _draw_headline(axes, place, rows_of(robustness.table, one).set_index("state"))
    axes.set_yticks(range(count), [headline_label(robustness, one) for one in robustness.headlines])
    axes.set_ylim(count - 0.4, -0.6)
    axes.set_xlim(0.0, 1.0)
    axes.set_xlabel(tr("share of the points"))
    axes.grid(visible=False, axis="y")
    _legend(figure, states_seen(robustness))
    drawing.caption(figure, about_headlines(robustness))
    return figure


def states_seen(robustness: Robustness) -> list[str]:
    """The states that a legend names: negligible only where it occurs."""
    negligible = robustness.table.loc[robustness.table["state"] == "negligible", "count"].sum() > 0
    return [state for state in STATES if state != "negligible" or negligible]


def _draw_headline(axes: "Axes", place: int, rows: "pandas.DataFrame") -> None:
    left = 0.0
    for state in STATES:
        share = float(rows["share"][state])
        look: dict[str, Any] = {
            "color": COLOURS[state],
            "hatch": HATCHES[state],
            "edgecolor": "white",
            "linewidth": 0.0,
        }
        axes.barh(place, share, left=left, height=0.66, **look)
        if share >= LEAST_WRITTEN:
            text = f"{rows['count'][state]}"
            box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.2}
            axes.text(left + share / 2, place, text, ha="center", va="center", fontsize=7.5, bbox=box)
        left += share
    first = rows.loc["holds"]
    bars = np.array([[first["share"] - first["low"]], [first["high"] - first["share"]]]).clip(0.0)
    axes.errorbar([first["share"]], [place], xerr=bars, color=drawing.INK, elinewidth=1.0, capsize=2)


def _legend(figure: Figure, states: list[str]) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=COLOURS[one], hatch=HATCHES[one], edgecolor="white", linewidth=0.0) for one in states
    ]
    figure.legend(handles, [state_label(one) for one in states], loc="outside upper left", ncols=len(states))


@styled
def regret_boxes(robustness: Robustness) -> Figure:
    """How much better the best regime does, over the points; a panel an outcome, a box a regime."""
    chosen = list(dict.fromkeys(robustness.regret["outcome"]))
    if not chosen:
        figure = drawing.new_figure(6.0, 2.0)
        drawing.nothing(figure.add_subplot(), tr("no outcome has a good direction"))
        return figure
    names = robustness.study.scenarios
    figure = drawing.new_figure(10.0, 1.0 + (0.8 + 0.3 * len(names)) * -(-len(chosen) // 3))
    for place, (axes, outcome) in enumerate(zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True)):
        _draw_regret(axes, robustness, outcome)
        axes.set_title(outcome_label(robustness.study, outcome))
        axes.set_xlabel(outcome_unit(robustness.study, outcome))
        axes.tick_params(labelleft=place % 3 == 0)
    drawing.caption(figure, about_regret(robustness))
    return figure


def _draw_regret(axes: "Axes", robustness: Robustness, outcome: str) -> None:
    rows = robustness.regret[robustness.regret["outcome"] == outcome]
    names = robustness.study.scenarios
    values = [rows.loc[rows["scenario"] == name, "regret"].to_numpy(dtype=np.float64) for name in names]
    line = {"color": drawing.INK, "linewidth": 0.9}
    drawn = axes.boxplot(
        values,
        positions=range(len(names)),
        orientation="horizontal",
        widths=0.55,
        whis=(0, 90),  # codespell:ignore whis
        patch_artist=True,
        showmeans=True,
        meanprops={
            "marker": "D",
            "markerfacecolor": "white",
            "markeredgecolor": drawing.INK,
            "markersize": 4,
        },
        flierprops={"marker": ".", "markersize": 3, "markeredgecolor": "#8c8c8c"},
        medianprops=line,
        whiskerprops=line,
        capprops=line,
    )
    for name, box in zip(names, drawn["boxes"], strict=True):
        box.set_facecolor(_colour(robustness, name))
        box.set_alpha(0.7)
    labels = [
        plain(name) + (tr(" (baseline)") if name == robustness.study.baseline else "") for name in names
    ]
    axes.set_yticks(range(len(names)), labels)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")


def _colour(robustness: Robustness, name: str) -> str:
    """As in the other figures: the baseline grey, the others in the order given."""
    if name == robustness.study.baseline:
        return drawing.BASELINE_COLOUR
    return drawing.COLOURS[robustness.study.compared.index(name) % len(drawing.COLOURS)]


def about_headlines(robustness: Robustness) -> str:
    """Caption of the bars."""
    basis = study_basis(robustness.study, robustness.points)
    if "negligible" in states_seen(robustness):
        return tr(
            "At how many points the effect's 95 % interval lies within the smallest effect of interest (negligible); "
            "else excludes 0 on the side the headline says (holds), includes 0 (undecided), or excludes 0 on the other "
            "side (flips). Lines: 95 % intervals of the share that holds. {basis}.",
            basis=basis,
        )
    return tr(
        "At how many points the effect has the sign the headline says and its 95 % interval excludes 0 (holds), "
        "includes 0 (undecided), or excludes 0 on the other side (flips). Lines: 95 % intervals of the share that "
        "holds. {basis}.",
        basis=basis,
    )


def about_regret(robustness: Robustness) -> str:
    """Caption of the boxes."""
    return tr(
        "How much better the best regime does than each, point by point: boxes hold the middle half, whiskers reach "
        "the 90th percentile, dots lie beyond, diamonds are means. {basis}.",
        basis=study_basis(robustness.study, robustness.points),
    )
