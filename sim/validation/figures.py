"""The figures of the validation's page: what is known beside what the engine says."""

import re
from collections.abc import Iterable

from matplotlib.figure import Figure

from sim.lab.figures import drawing
from sim.validation.case import ERRORS, Check
from sim.validation.two_years import average_below, average_last, average_last_twice


def figure(checks: Iterable[Check], name: str) -> Figure:
    """The figure of a name, of the checks of its case."""
    drawn = {"v1_potential": _potential, "v2_peter": _peter, "v5_flags": _flags, "v5_sizes": _sizes}
    return drawn[name]([check for check in checks if check.case == name[:2].upper()])


@drawing.styled
def _potential(checks: list[Check]) -> Figure:
    """Scullen's curves."""
    figure = drawing.new_figure(7.2, 4.4)
    axes = figure.add_subplot()
    by_year = [check for check in checks if check.quantity.startswith("mean potential in year")]
    cells = dict.fromkeys(check.quantity.split(", ", 1)[1] for check in by_year)
    for place, cell in enumerate(cells):
        mine = [check for check in by_year if check.quantity.endswith(f", {cell}")]
        years = [int(check.quantity.split()[4].rstrip(",")) for check in mine]
        look = {"color": drawing.COLOURS[place], "marker": drawing.MARKERS[place]}
        axes.plot(years, [check.expected for check in mine], color=look["color"], linewidth=1.2)
        errors = [ERRORS * check.error for check in mine]
        obtained = [check.obtained for check in mine]
        axes.errorbar(years, obtained, yerr=errors, linestyle="", markersize=4, label=cell, **look)  # type: ignore[arg-type]
    axes.set_xlabel("year")
    axes.set_ylabel("mean potential, SD of applicants")
    axes.legend()
    return figure


@drawing.styled
def _peter(checks: list[Check]) -> Figure:
    """The Peter bars: what each strategy does under either hypothesis."""
    figure = drawing.new_figure(7.2, 4.2)
    axes = figure.add_subplot()
    mine = [check for check in checks if check.quantity.startswith("change of efficiency")]
    labels = [check.quantity.split(", ", 1)[1] for check in mine]
    hypotheses = list(dict.fromkeys(label.split(", ")[0] for label in labels))
    for place, (check, label) in enumerate(zip(mine, labels, strict=True)):
        colour = drawing.COLOURS[hypotheses.index(label.split(", ")[0])]
        error = ERRORS * check.error
        axes.barh(place, check.obtained, color=colour, alpha=0.6, xerr=error, capsize=2, height=0.7)
        axes.plot([check.expected], [place], marker="x", color="#000000", linestyle="")
    axes.axvline(0.0, color="#595959", linewidth=0.8)
    axes.set_yticks(range(len(mine)), labels)
    axes.set_ylim(len(mine) - 0.5, -0.5)
    axes.set_xlabel("change of efficiency, points")
    return figure


@drawing.styled
def _flags(checks: list[Check]) -> Figure:
    """The chance of being last twice, by setting."""
    figure = drawing.new_figure(7.2, 3.6)
    axes = figure.add_subplot()
    mine = [check for check in checks if check.quantity.startswith("flagged in two years")]
    for place, check in enumerate(mine):
        bounds = (
            check.obtained,
            check.obtained - ERRORS * check.error,
            check.obtained + ERRORS * check.error,
        )
        drawing.dot_with_bar(axes, place, bounds, {"color": drawing.COLOURS[0], "marker": "o"})
        axes.plot([check.expected], [place], marker="x", color="#000000", linestyle="")
    axes.set_yticks(range(len(mine)), [check.quantity.split(", ", 1)[1] for check in mine])
    axes.set_ylim(len(mine) - 0.5, -0.5)
    axes.set_xlabel("share of people")
    return figure


AVERAGE_LAST = re.compile(r"the average person last( twice)?, n = (\d+), r = 0?\.5")


@drawing.styled
def _sizes(checks: list[Check]) -> Figure:
    """The chance of being last once and twice of somebody of mean ability, by the size of the department."""
    sizes = range(2, 41)
    lines = {
        "once": [average_last(size, 0.5) for size in sizes],
        "twice running": [average_last_twice(size, 0.5, 0.0) for size in sizes],
    }

    figure = drawing.new_figure(7.2, 4.0)
    axes = figure.add_subplot()
    for place, (label, line_) in enumerate(lines.items()):
        look = {"color": drawing.COLOURS[place], "marker": drawing.MARKERS[place]}
        axes.plot(list(sizes), line_, color=look["color"], linewidth=1.2)
        axes.axhline(average_below(0.1, 0.5, place + 1), color=look["color"], linestyle="--", linewidth=0.8)
        mine = [(check, found) for check in checks if (found := AVERAGE_LAST.fullmatch(check.quantity))]
        mine = [(check, found) for check, found in mine if bool(found[1]) == bool(place)]
        at, obtained = [int(found[2]) for _, found in mine], [check.obtained for check, _ in mine]
        errors = [ERRORS * check.error for check, _ in mine]
        axes.errorbar(at, obtained, yerr=errors, linestyle="", markersize=4, label=label, **look)  # type: ignore[arg-type]
    axes.set_yscale("log")
    axes.set_ylim(5e-5, 1)
    axes.set_xlabel("people in the department")
    axes.set_ylabel("chance")
    axes.legend()
    return figure
