"""The figure of how effects settle with the number of replications."""

from matplotlib.figure import Figure

from sim.lab.estimates.convergence import Convergence
from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language.language import tr
from sim.lab.language.wording import wrapped
from sim.lab.results.study_wording import outcome_label, outcome_unit, study_basis


@styled
def running_means(convergence: Convergence) -> Figure:
    """Running means with their intervals, a panel an outcome, a line a scenario."""
    chosen = list(dict.fromkeys(convergence.table["outcome"]))
    figure = drawing.new_figure(10.0, 1.2 + 2.1 * -(-len(chosen) // 3))
    looks = {
        name: {"color": drawing.COLOURS[place % 7], "marker": drawing.MARKERS[place % 7], "linestyle": "-"}
        for place, name in enumerate(convergence.study.compared)
    }
    for axes, outcome in zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True):
        for name, look in looks.items():
            rows = convergence.table[
                (convergence.table["outcome"] == outcome) & (convergence.table["scenario"] == name)
            ][1:]
            bounds = (rows["mean"], rows["low"], rows["high"])
            drawing.line_with_band(axes, rows["replications"], bounds, look, marked=False)
        axes.axhline(0.0, color=drawing.BASELINE_COLOUR, linewidth=1.0, linestyle=(0, (4, 2)))
        axes.set_title(outcome_label(convergence.study, outcome))
        axes.set_ylabel("\n".join(wrapped(outcome_unit(convergence.study, outcome), 22)))
        axes.set_xlabel(tr("number of replications"))
    drawing.legend(figure, convergence.study.compared, looks, None)
    drawing.caption(figure, about_convergence(convergence))
    return figure


def about_convergence(convergence: Convergence) -> str:
    """Caption of the running means."""
    return tr(
        "Mean effect of the first replications, averaged over the points; bands: 95 % intervals. A "
        "band that was looked at again and again covers less than 95 %. {basis}.",
        basis=study_basis(convergence.study, convergence.points),
    )
