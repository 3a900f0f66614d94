"""The one figure that shows a comparison at a glance."""

from matplotlib.figure import Figure

from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.figures.figures import draw_flagged, draw_flow, draw_path, draw_pay, key_outcomes
from sim.lab.language.language import tr
from sim.lab.language.wording import window_name
from sim.lab.results.comparison import Comparison
from sim.lab.results.digest import Digest
from sim.outcomes.outcomes import shown_in


def comparison_overview(comparison: Comparison) -> Figure:
    """The overview of a comparison."""
    return overview(comparison.digest)


@styled
def overview(digest: Digest) -> Figure:
    """What is delivered, what is only reported, morale; who is flagged, who is paid, who leaves."""
    figure = drawing.new_figure(11.0, 7.2)
    axes = drawing.panels(figure, 6, 3)
    for place, outcome in enumerate(_told_first(digest)):
        draw_path(axes[place], digest, outcome)
    draw_flagged(axes[3], digest)
    draw_pay(axes[4], digest)
    if "exits" in set(digest.levels["outcome"]):
        draw_flow(axes[5], digest, "exits")
    else:
        drawing.nothing(axes[5], tr("no flows recorded"))
    drawing.legend(figure, digest.scenarios, drawing.look_of(digest), digest.baseline)
    drawing.caption(figure, _about(digest))
    return figure


def _told_first(digest: Digest) -> list[str]:
    there = key_outcomes(digest)
    chosen = shown_in("overview", there)
    return (chosen + [name for name in there if name not in chosen])[:3]


def _about(digest: Digest) -> str:
    top = tr("mean paired differences to the baseline") if digest.baseline else tr("means")
    return tr(
        "Top: {top}{reform}. Below: share of the flags by tenth of true ability (dashed: a lottery), pay of the last "
        "quarter by tenth of true contribution, exits over {window}. Bands and bars: 95 % intervals. {basis}.",
        top=top,
        reform=tr("; dotted lines mark the reform") if digest.reforms else "",
        window=window_name(digest.first, digest.window),
        basis=drawing.basis(digest),
    )
