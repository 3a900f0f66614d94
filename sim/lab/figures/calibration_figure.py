"""The figure of a calibration: how near the targets were met, and the loss of every trial."""

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from sim.lab.estimates.fit import near, near_threshold
from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language.language import tr
from sim.lab.language.wording import counted, plain, with_unit
from sim.lab.results.calibration import Calibration
from sim.lab.results.study_wording import outcome_label, outcome_unit


@styled
def fit_and_trials(calibration: Calibration) -> Figure:
    """Obtained against wanted, in the target's own errors; and the loss of every trial."""
    figure = drawing.new_figure(10.0, max(3.4, 1.8 + 0.4 * len(calibration.fit)))
    first, second = drawing.panels(figure, 2, 2)
    _draw_fit(first, calibration)
    _draw_trials(second, calibration)
    drawing.caption(figure, about_calibration(calibration))
    return figure


def _draw_fit(axes: Any, calibration: Calibration) -> None:
    places = range(len(calibration.fit))
    band = {"color": "#d9d9d9", "linewidth": 7.0, "solid_capstyle": "butt", "zorder": 1}
    for place, row in zip(places, rows_of(calibration.fit), strict=True):
        axes.plot([-1.0, 1.0], [place, place], **band)
        axes.plot([0.0], [place], marker="|", color=drawing.BASELINE_COLOUR, markersize=11, zorder=2)
        if math.isfinite(row["start_obtained"]):
            before = (row["start_obtained"] - row["value"]) / row["error"]
            hollow = {"marker": "o", "markersize": 5, "markerfacecolor": "none", "color": drawing.COLOURS[1]}
            axes.plot([before], [place], **hollow)
        middle = (row["obtained"] - row["value"]) / row["error"]
        spread = row["replication_error"] / row["error"]
        look = {"color": drawing.COLOURS[0], "marker": "o"}
        drawing.dot_with_bar(axes, place, (middle, middle - spread, middle + spread), look)
    axes.set_yticks(list(places), [target_label(calibration, row) for row in rows_of(calibration.fit)])
    axes.set_ylim(len(calibration.fit) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")
    axes.set_title(tr("Obtained, from the target"))
    axes.set_xlabel(tr("errors of the target"))


def _draw_trials(axes: Any, calibration: Calibration) -> None:
    trials = calibration.trials[calibration.trials["loss"].notna()]
    numbers, losses = trials["trial"].to_numpy(), trials["loss"].to_numpy(dtype=np.float64)
    close = near(losses)
    axes.plot(numbers[~close], losses[~close], "o", color=drawing.BASELINE_COLOUR, markersize=3.5, alpha=0.6)
    axes.plot(numbers[close], losses[close], "o", color=drawing.COLOURS[0], markersize=4.5)
    axes.plot(numbers, np.minimum.accumulate(losses), color=drawing.COLOURS[0], linewidth=1.2)
    axes.axhline(losses.min() + near_threshold(), color="#8c8c8c", linewidth=0.9, linestyle=":")
    axes.set_yscale("symlog", linthresh=1.0)
    axes.set_ylim(bottom=0.0)
    axes.set_title(tr("Loss of the trials"))
    axes.set_xlabel(tr("trial"))


def about_calibration(calibration: Calibration) -> str:
    """Caption: what is left and right, and how many replications a run has."""
    return tr(
        "Left: the best trial (filled, with its replication error) and the scenario as it is (hollow), "
        "in errors of each target from its value; the grey bar is one error to either side. Right: "
        "loss of the trials, the best so far as a line; below the dotted line are the near trials. "
        "{count} per run, the same luck in every trial. Simulated.",
        count=counted(calibration.replications, "replication"),
    )


def target_label(calibration: Calibration, row: Any) -> str:
    """`flags (per 100 people a year), civil service`."""
    label, unit = (
        outcome_label(calibration, str(row["outcome"])),
        outcome_unit(calibration, str(row["outcome"])),
    )
    name = with_unit(label, unit if unit != label else "")
    side = {
        "scenario": tr("{told}, {name}", told=name, name=plain(calibration.scenario)),
        "baseline": tr("{told}, {name}", told=name, name=plain(str(calibration.manifest["baseline"]))),
        "difference": tr("{told}, difference", told=name),
    }
    return side[str(row["of"])]


def rows_of(table: Any) -> list[Any]:
    """The rows of a table as mappings from column to value."""
    rows: list[Any] = table.to_dict(orient="records")
    return rows
