"""The figure of an evaluation: what estimators say beside what is true, and how often they find it."""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language.language import tr
from sim.lab.language.wording import counted, plain
from sim.lab.results.evaluation import Evaluation
from sim.lab.results.study_wording import outcome_label, outcome_unit

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TRUTH = "#000000"


def estimator_label(name: str) -> str:
    """An estimator in the language spoken."""
    return {
        "two_way": tr("two-way difference in differences"),
        "event_study": tr("event study"),
        "two_stage": tr("two-stage difference in differences"),
        "synthetic_control": tr("synthetic control"),
        "randomisation": tr("randomisation inference"),
    }[name]


def first_rows(evaluation: Evaluation) -> "pandas.DataFrame":
    """The rows of the first scenario, number of treated places and length."""
    rows = evaluation.findings
    for key in ("scenario", "treated", "quarters"):
        rows = rows[rows[key] == rows[key].iloc[0]]
    return rows


@styled
def truth_and_estimates(evaluation: Evaluation) -> "Figure":
    """A row an outcome: estimates with their spread over pilots beside the truth; how often each claims an effect."""
    rows = first_rows(evaluation)
    outcomes = list(dict.fromkeys(rows["outcome"]))
    figure = drawing.new_figure(10.0, 1.3 + 1.9 * len(outcomes))
    places = drawing.panels(figure, 2 * len(outcomes), 2)
    for left, right, outcome in zip(places[::2], places[1::2], outcomes, strict=True):
        mine = rows[rows["outcome"] == outcome]
        _estimates(left, mine)
        left.set_title(outcome_label(evaluation, outcome))
        left.set_xlabel(outcome_unit(evaluation, outcome))
        _shares(right, mine)
    places[1].set_title(tr("share of the pilots"))
    drawing.caption(figure, about_evaluation(evaluation))
    return figure


def _estimates(axes: "Axes", rows: "pandas.DataFrame") -> None:
    names = list(rows["estimator"])
    for level, (_, row) in enumerate(rows.iterrows()):
        spread = float(np.nan_to_num(row["spread"]))
        bounds = (row["estimate"], row["estimate"] - spread, row["estimate"] + spread)
        drawing.dot_with_bar(axes, level, bounds, {"color": drawing.COLOURS[0], "marker": "o"})
    axes.axvline(float(rows["truth"].iloc[0]), color=TRUTH, linewidth=1.2)
    axes.axvline(0.0, color=drawing.BASELINE_COLOUR, linewidth=0.8, linestyle=(0, (4, 2)))
    axes.set_yticks(range(len(names)), [estimator_label(name) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")


def _shares(axes: "Axes", rows: "pandas.DataFrame") -> None:
    looks: dict[str, dict[str, Any]] = {
        "power": {"color": drawing.COLOURS[2], "marker": "s"},
        "right_sign": {"color": drawing.COLOURS[0], "marker": "o"},
        "wrong": {"color": drawing.COLOURS[1], "marker": "X"},
    }
    for shift, (name, look) in zip((-0.2, 0.0, 0.2), looks.items(), strict=True):
        for level, (_, row) in enumerate(rows.iterrows()):
            if np.isfinite(row[name]):
                bounds = (row[name], row[f"{name}_low"], row[f"{name}_high"])
                drawing.dot_with_bar(axes, level + shift, bounds, look)  # type: ignore[arg-type]
        axes.plot([], [], linestyle="", markersize=4.5, label=share_label(name), **look)
    axes.set_xlim(-0.02, 1.02)
    axes.set_yticks(range(len(rows)), [""] * len(rows))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=3)


def share_label(name: str) -> str:
    """A share of the pilots in the language spoken."""
    return {
        "coverage": tr("interval covers the truth"),
        "power": tr("finds the effect"),
        "right_sign": tr("right sign"),
        "wrong": tr("false success"),
    }[name]


def about_evaluation(evaluation: Evaluation) -> str:
    """Caption: what is shown, of how many pilots, and which outcome judges."""
    row = first_rows(evaluation).iloc[0]
    return tr(
        "{treated} of {places} places treated, {quarters} quarters seen after the first start, {count}. Left: mean "
        "estimate, bars one standard deviation over pilots, black line the truth by paired simulation. Right: shares "
        "with 95 % intervals; a false success is claimed at 5 % while {judge} falls. Simulated, assumed parameters.",
        treated=int(row["treated"]),
        places=int(row["places"]),
        quarters=int(row["quarters"]),
        count=counted(int(evaluation.manifest["replications"]), "pilot"),
        judge=plain(outcome_label(evaluation, evaluation.judge)),
    )
