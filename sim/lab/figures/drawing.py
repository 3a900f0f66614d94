"""How figures look: colours that the colour-blind can tell apart, bands, captions. Nothing here touches pyplot."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.lab.figures.glyphs import about_missing, give_fonts, register
from sim.lab.language.changed import in_caption
from sim.lab.language.language import CHINESE_FAMILY, LATIN_FAMILY, font_family, tr
from sim.lab.language.wording import counted, plain, wrapped
from sim.lab.results.digest import Digest

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BASELINE_COLOUR = "#595959"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
"""Okabe and Ito's palette without its yellow, which is too pale for lines."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
INK = "#222222"
LONGEST_LABEL = 30
"""Columns of a line of text beside an axis."""
LOOK: Any = {
    "font.size": 9.0,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8.5,
    "axes.edgecolor": "#8c8c8c",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": "#e6e6e6",
    "grid.linewidth": 0.7,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "legend.frameon": False,
    "legend.fontsize": 9.0,
    "text.color": INK,
    "axes.labelcolor": INK,
}


def styled[**Arguments](draw: Callable[Arguments, Figure]) -> Callable[Arguments, Figure]:
    """Draw with the common look, leaving matplotlib's own settings as they were."""

    @wraps(draw)
    def drawn(*arguments: Arguments.args, **options: Arguments.kwargs) -> Figure:
        families = list(dict.fromkeys([font_family(), LATIN_FAMILY]))
        with matplotlib.rc_context(LOOK | _font(families)):
            figure = draw(*arguments, **options)
            missing = give_fonts(figure, families)
            if missing:
                caption(figure, about_missing(missing), below=figure.get_supxlabel())
            return figure

    return drawn


def _font(families: list[str]) -> dict[str, Any]:
    """The fonts of the language spoken where it needs more than matplotlib's; the packaged one has one weight."""
    register()
    weight = {"axes.titleweight": "normal"} if CHINESE_FAMILY in families else {}
    return {"font.family": families, **weight} if len(families) > 1 else {}


def new_figure(width: float, height: float) -> Figure:
    """An empty figure; it belongs to nobody and needs no display."""
    figure = Figure(figsize=(width, height), layout="constrained")
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.set(w_pad=0.1, h_pad=0.06)  # type: ignore[call-arg]
    return figure


def panels(figure: Figure, count: int, columns: int) -> "list[Axes]":
    """`count` axes in rows of `columns`."""
    columns = min(columns, count)
    rows = -(-count // columns)
    return [figure.add_subplot(rows, columns, place + 1) for place in range(count)]


def look_of(digest: Digest) -> dict[str, dict[str, Any]]:
    """Colour, marker and line style of every scenario, the same in all figures of a result."""
    others = [name for name in digest.scenarios if name != digest.baseline]
    looks: dict[str, dict[str, Any]] = {
        name: {
            "color": COLOURS[place % len(COLOURS)],
            "marker": MARKERS[place % len(MARKERS)],
            "linestyle": "-",
        }
        for place, name in enumerate(others)
    }
    if digest.baseline:
        looks[digest.baseline] = {"color": BASELINE_COLOUR, "marker": "o", "linestyle": (0, (4, 2))}
    return {name: looks[name] for name in digest.scenarios}


def line_with_band(
    axes: "Axes", x: Any, bounds: tuple[Any, Any, Any], look: dict[str, Any], marked: bool
) -> None:
    """A line with its interval as a band; `bounds` are middle, low and high."""
    middle, low, high = bounds
    style = {**look, "marker": look["marker"] if marked else "", "markersize": 3.5, "linewidth": 1.5}
    axes.plot(x, middle, **style)
    axes.fill_between(x, low, high, color=look["color"], alpha=0.18, linewidth=0)


def dots_with_bars(axes: "Axes", rows: Sequence[str], table: Any, look: dict[str, dict[str, Any]]) -> None:
    """One dot with its interval a scenario, from the top down; `table` has mean, low and high by scenario."""
    for place, name in enumerate(rows):
        if name in table.index:
            at = table.loc[name]
            dot_with_bar(axes, place, (at["middle"], at["low"], at["high"]), look[name])
    axes.set_yticks(range(len(rows)), [plain(name) for name in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")
    axes.xaxis.set_major_locator(MaxNLocator(5, min_n_ticks=3))


def dot_with_bar(axes: "Axes", level: int, bounds: tuple[float, float, float], look: dict[str, Any]) -> None:
    """A dot with its interval at a height; `bounds` are middle, low and high."""
    middle, low, high = bounds
    bars = [[_length(middle, low)], [_length(high, middle)]]
    style = {"color": look["color"], "marker": look["marker"], "markersize": 4.5, "capsize": 2}
    axes.errorbar([middle], [level], xerr=bars, linestyle="", linewidth=1.3, **style)


def _length(above: float, below: float) -> float:
    """Length of a bar; none without an interval."""
    length = above - below
    return length if length > 0 else 0.0


def label_upwards(axes: "Axes", text: str) -> None:
    """Name what is drawn upwards, in lines short enough for a panel."""
    axes.set_ylabel("\n".join(wrapped(text, LONGEST_LABEL)))


def mark_reforms(axes: "Axes", reforms: Sequence[int]) -> None:
    """A line at the close of the quarter after which a regime changes."""
    for quarter in reforms:
        axes.axvline(quarter, color="#8c8c8c", linewidth=0.9, linestyle=":")


def legend(
    figure: Figure, names: Sequence[str], looks: dict[str, dict[str, Any]], baseline: str | None
) -> None:
    """One legend for the whole figure."""
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], **{**looks[name], "markersize": 4.5, "linewidth": 1.5}) for name in names]
    labels = [plain(name) + (tr(" (baseline)") if name == baseline else "") for name in names]
    figure.legend(handles, labels, loc="outside upper left", ncols=min(len(names), 4))


def caption(figure: Figure, text: str, below: str = "") -> None:
    """What the figure shows, below it, wrapped to its width, under lines that are there already."""
    width = int(figure.get_size_inches()[0] * 15.5)
    lines = [*below.splitlines(), *wrapped(text, width)]
    figure.supxlabel("\n".join(lines), fontsize=8.0, color="#595959", x=0.01, ha="left")


def basis(digest: Digest) -> str:
    """On how many replications a figure rests, and what they are compared with."""
    count = counted(digest.replications, "replication")
    changed = in_caption(digest.manifests)
    if digest.baseline is None:
        return tr("{count}, simulated, assumed parameters", count=count) + changed
    text = tr(
        "{count} per scenario under common random numbers, baseline {b}; simulated, assumed parameters",
        count=count,
        b=plain(digest.baseline),
    )
    return text + changed


def nothing(axes: "Axes", text: str) -> None:
    """Say that there is nothing to show."""
    axes.text(0.5, 0.5, text, ha="center", va="center", transform=axes.transAxes, color="#595959")
    axes.set_xticks([])
    axes.set_yticks([])
