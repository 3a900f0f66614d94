"""The figure of levers: what an outcome becomes as each of them moves."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.lab.estimates.lever_effects import LeverEffects
from sim.lab.estimates.levers import DIFFERENCES
from sim.lab.figures.drawing import COLOURS, caption, label_upwards, new_figure, styled
from sim.lab.language.language import tr
from sim.lab.language.wording import counted, plain, unmarked

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@styled
def lever_figure(effects: LeverEffects, outcomes: Sequence[str]) -> "Figure":
    """One row of panels an outcome, one column a lever."""
    levers = effects.leading
    columns = DIFFERENCES[:3] if effects.baseline is None else ("mean", "low", "high")
    figure = new_figure(max(4.2, 3.1 * len(levers)), 2.2 * len(outcomes) + 0.5)
    panels = figure.subplots(len(outcomes), len(levers), squeeze=False)
    for row, outcome in zip(panels, outcomes, strict=True):
        for panel, lever in zip(row, levers, strict=True):
            _draw(panel, effects.of(lever, outcome), columns)
        row[0].set_title(effects.label(outcome))
        label_upwards(row[0], effects.unit(outcome))
    for panel, lever in zip(panels[-1], levers, strict=True):
        panel.set_xlabel(lever.replace(".", "\n"))
    caption(figure, about_levers(effects))
    return figure


def _draw(panel: "Axes", rows: "pandas.DataFrame", columns: tuple[str, str, str]) -> None:
    """The values of a lever in their order; numbers where they lie."""
    values = list(rows["value"])
    try:
        places = [float(value) for value in values]
    except ValueError:
        places = list(map(float, range(len(values))))
    middle, low, high = (rows[name].to_numpy(dtype=np.float64) for name in columns)
    bars = np.nan_to_num(np.maximum([middle - low, high - middle], 0.0))
    panel.errorbar(
        places, middle, yerr=bars, color=COLOURS[0], marker="o", markersize=4, capsize=2, linewidth=1.2
    )
    panel.set_xticks(places, values)
    panel.margins(x=0.12)


def about_levers(effects: LeverEffects) -> str:
    """What the figure shows, with n, interval and baseline."""
    counts = effects.levers["replications"][effects.levers["outcome"].isin(effects.outcomes)]
    fewest, most = int(counts.min()), int(counts.max())
    count = counted(most, "replication") if fewest == most else f"{fewest}–{counted(most, 'replication')}"
    shown = tr("At each value of a lever, the difference to its first value (there is no baseline)")
    if effects.baseline is not None:
        a, b = plain(effects.scenario), plain(effects.baseline)
        shown = tr("At each value of a lever, the effect of {a}, compared with {b}", a=a, b=b)
    text = tr(
        "{shown}: means over the values of the other levers, paired, with 95 % intervals; {count} under common random "
        "numbers; simulated, assumed parameters.",
        shown=shown,
        count=count,
    )
    return f"{text} {unmarked(effects.changed)}".rstrip()
