"""Effects place by place: reached by the reform or not."""

from typing import TYPE_CHECKING

from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language.language import tr
from sim.lab.language.wording import label_of, unit_of, window_name
from sim.lab.results.digest import Digest

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

FILLED, HOLLOW = "#0072B2", "#8c8c8c"
"""Colours of places that a reform reaches, and of the others."""


@styled
def effects_by_place_figure(digest: Digest, places: "pandas.DataFrame") -> "Figure":
    """A panel an outcome, a dot with its interval a place; `places` is as `effects_by_place` says, without means."""
    outcomes = list(dict.fromkeys(places["outcome"]))
    names = list(dict.fromkeys(places["place"]))
    figure = drawing.new_figure(10.0, 1.0 + (0.75 + 0.2 * len(names)) * -(-len(outcomes) // 2))
    reach = dict(zip(places["place"], places["reached"], strict=True))
    looks = {
        name: {"color": HOLLOW if reach[name] == "no" else FILLED, "marker": "o", "linestyle": "-"}
        for name in names
    }
    for axes, outcome in zip(drawing.panels(figure, len(outcomes), 2), outcomes, strict=True):
        rows = places[places["outcome"] == outcome].set_index("place")
        drawing.dots_with_bars(axes, names, rows.rename(columns={"difference": "middle"}), looks)
        axes.axvline(0.0, color=drawing.BASELINE_COLOUR, linewidth=1.0, linestyle=(0, (4, 2)))
        term = digest.outcomes.get(outcome, {})
        axes.set_title(label_of(term, outcome))
        axes.set_xlabel(unit_of(term))
    drawing.caption(
        figure,
        tr(
            "Dots: mean paired differences to the baseline over {window}, place by place, blue where the reform "
            "reaches, grey elsewhere; bars: 95 % intervals; dashed: the baseline. {basis}.",
            window=window_name(digest.first, digest.window),
            basis=drawing.basis(digest),
        ),
    )
    return figure
