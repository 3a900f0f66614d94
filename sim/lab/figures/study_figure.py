"""The figure of a study: the effect at every point, in order of its size."""

from typing import TYPE_CHECKING

import numpy as np

from sim.lab.figures.drawing import BASELINE_COLOUR, COLOURS, caption, styled
from sim.lab.language.language import tr
from sim.lab.language.wording import plain
from sim.lab.results.study_wording import outcome_label, outcome_unit, study_basis

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.lab.results.study import Study


@styled
def effects_by_point(study: "Study", effects: "pandas.DataFrame", outcomes: list[str]) -> "Figure":
    """One panel an outcome: the points' effects in order of size, with intervals.

    Args:
        study: for names and units.
        effects: of `point_effects`.
        outcomes: at most a few.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, 2.3 * len(outcomes)), layout="constrained")
    panels = figure.subplots(len(outcomes), 1, squeeze=False)[:, 0]
    for panel, outcome in zip(panels, outcomes, strict=True):
        _draw_effects(panel, study, effects[effects["outcome"] == outcome])
        panel.set_title(outcome_label(study, outcome))
        panel.set_ylabel(outcome_unit(study, outcome))
    panels[-1].set_xlabel(tr("points, in order of the effect"))
    if len(study.compared) > 1:
        panels[0].legend(loc="best")
    caption(figure, about_effects(study))
    return figure


def _draw_effects(panel: "Axes", study: "Study", effects: "pandas.DataFrame") -> None:
    for colour, scenario in zip(COLOURS * len(study.compared), study.compared, strict=False):
        mine = effects[effects["scenario"] == scenario].sort_values("difference", kind="stable")
        rank = np.arange(len(mine))
        panel.vlines(rank, mine["low"], mine["high"], color=colour, alpha=0.45, linewidth=1.0)
        panel.plot(rank, mine["difference"], "o", color=colour, markersize=2.5, label=plain(scenario))
    if study.baseline is not None:
        panel.axhline(0.0, color=BASELINE_COLOUR, linewidth=0.8)


def about_effects(study: "Study") -> str:
    """What the figure shows, with n, interval and baseline."""
    return tr(
        "Every point's effect with its 95 % interval over replications, in order of size. {basis}. {compared}",
        basis=study_basis(study, len(study.settings)),
        compared=compared_with(study),
    )


def compared_with(study: "Study") -> str:
    """What an effect is the difference to."""
    if study.baseline is not None:
        return tr(
            "An effect is the difference to {baseline} at the same point.", baseline=plain(study.baseline)
        )
    mixed = study.manifest.get("mixed_with")
    if mixed:
        return tr("A part that a point lacks is that of {baseline}.", baseline=plain(mixed))
    return tr("There is no baseline: levels are shown, not effects.")
