"""The figures of the validation's page: what is known beside what the engine says."""

import re
from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.lab.figures import drawing
from sim.validation.case import ERRORS, Check
from sim.validation.two_years import average_below, average_last, average_last_twice


@drawing.styled
def figure(checks: Iterable[Check], name: str) -> Figure:
    """The figure of a name, of the checks of its case."""
    width, height, draw = FIGURES[name]
    drawn = drawing.new_figure(width, height)
    draw(drawn.add_subplot(), [check for check in checks if check.case == name[:2].upper()])
    return drawn


def _potential(axes: Axes, checks: list[Check]) -> None:
    """Scullen's curves."""
    by_year = [check for check in checks if check.quantity.startswith("mean potential in year")]
    cells = dict.fromkeys(check.quantity.split(", ", 1)[1] for check in by_year)
    for place, cell in enumerate(cells):
        mine = [check for check in by_year if check.quantity.endswith(f", {cell}")]
        years = [int(check.quantity.split()[4].rstrip(",")) for check in mine]
        axes.plot(years, [check.expected for check in mine], color=drawing.COLOURS[place], linewidth=1.2)
        _dots(axes, years, mine, place, cell)
    axes.set_xlabel("year")
    axes.set_ylabel("mean potential, SD of applicants")
    axes.legend()


def _dots(axes: Axes, at: list[int], checks: list[Check], place: int, label: str) -> None:
    """What the engine says, with standard errors, in the `place`-th colour and marker."""
    axes.errorbar(
        at,
        [check.obtained for check in checks],
        yerr=[ERRORS * check.error for check in checks],
        linestyle="",
        markersize=4,
        label=label,
        color=drawing.COLOURS[place],
        marker=drawing.MARKERS[place],
    )


def _peter(axes: Axes, checks: list[Check]) -> None:
    """The Peter bars: what each strategy does under either hypothesis."""
    mine = [check for check in checks if check.quantity.startswith("change of efficiency")]
    labels = _by_line(axes, mine)
    hypotheses = list(dict.fromkeys(label.split(", ")[0] for label in labels))
    for place, (check, label) in enumerate(zip(mine, labels, strict=True)):
        colour = drawing.COLOURS[hypotheses.index(label.split(", ")[0])]
        error = ERRORS * check.error
        axes.barh(place, check.obtained, color=colour, alpha=0.6, xerr=error, capsize=2, height=0.7)
    axes.axvline(0.0, color="#595959", linewidth=0.8)
    axes.set_xlabel("change of efficiency, points")


def _by_line(axes: Axes, checks: list[Check]) -> list[str]:
    """A line a check, with a cross where it is expected; gives back what the lines are called."""
    labels = [check.quantity.split(", ", 1)[1] for check in checks]
    for place, check in enumerate(checks):
        axes.plot([check.expected], [place], marker="x", color="#000000", linestyle="", zorder=3)
    axes.set_yticks(range(len(checks)), labels)
    axes.set_ylim(len(checks) - 0.5, -0.5)
    return labels


def _flags(axes: Axes, checks: list[Check]) -> None:
    """The chance of being last twice, by setting."""
    mine = [check for check in checks if check.quantity.startswith("flagged in two years")]
    for place, check in enumerate(mine):
        error = ERRORS * check.error
        bounds = (check.obtained, check.obtained - error, check.obtained + error)
        drawing.dot_with_bar(axes, place, bounds, {"color": drawing.COLOURS[0], "marker": "o"})
    _by_line(axes, mine)
    axes.set_xlabel("share of people")


AVERAGE_LAST = re.compile(r"the average person last( twice)?, n = (\d+), r = 0?\.5")


def _sizes(axes: Axes, checks: list[Check]) -> None:
    """The chance of being last once and twice of somebody of mean ability, by the size of the department."""
    sizes = range(2, 41)
    lines = {
        "once": [average_last(size, 0.5) for size in sizes],
        "twice running": [average_last_twice(size, 0.5, 0.0) for size in sizes],
    }
    named = [(check, match) for check in checks if (match := AVERAGE_LAST.fullmatch(check.quantity))]
    for place, (label, chances) in enumerate(lines.items()):
        colour = drawing.COLOURS[place]
        axes.plot(list(sizes), chances, color=colour, linewidth=1.2)
        axes.axhline(average_below(0.1, 0.5, place + 1), color=colour, linestyle="--", linewidth=0.8)
        mine = [(check, match) for check, match in named if bool(match[1]) == bool(place)]
        _dots(axes, [int(match[2]) for _, match in mine], [check for check, _ in mine], place, label)
    axes.set_yscale("log")
    axes.set_ylim(5e-5, 1)
    axes.set_xlabel("people in the department")
    axes.set_ylabel("chance")
    axes.legend()


FIGURES = {
    "v1_potential": (7.2, 4.4, _potential),
    "v2_peter": (7.2, 4.2, _peter),
    "v5_flags": (7.2, 3.6, _flags),
    "v5_sizes": (7.2, 4.0, _sizes),
}
"""Width and height in inches, and what draws it."""
