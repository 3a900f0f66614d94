"""The figures of a report, one function each: a digest in, a matplotlib figure out.

Every figure shows its uncertainty, and its caption names the number of replications and the baseline.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language import wording
from sim.lab.language.language import tr
from sim.lab.language.wording import window_name
from sim.lab.results.digest import Digest
from sim.outcomes.outcomes import is_of_people, shown_in

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes


def key_outcomes(digest: Digest, most: int = 9) -> list[str]:
    """The key outcomes that the digest has; others where it has none of them."""
    there = list(dict.fromkeys(digest.levels["outcome"]))
    key = shown_in("key", there)
    return (key or [name for name in there if not is_of_people(name)] or there)[:most]


def label_of(digest: Digest, outcome: str) -> str:
    """An outcome's label; its name where the manifest has none."""
    return wording.label_of(digest.outcomes.get(outcome, {}), outcome)


def unit_of(digest: Digest, outcome: str) -> str:
    """An outcome's unit."""
    return wording.unit_of(digest.outcomes.get(outcome, {}))


@styled
def time_paths(digest: Digest, outcomes: Sequence[str] | None = None) -> Figure:
    """How the key outcomes move: paired differences to the baseline, or levels of a single run."""
    chosen = list(outcomes or key_outcomes(digest))
    rows = -(-len(chosen) // 3)
    figure = drawing.new_figure(10.0, 1.1 + 2.1 * rows)
    for axes, outcome in zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True):
        draw_path(axes, digest, outcome)
    _finish(figure, digest, _about_paths(digest), with_baseline=False)
    return figure


def draw_path(axes: "Axes", digest: Digest, outcome: str) -> None:
    """One panel of `time_paths`."""
    looks = drawing.look_of(digest)
    paths = digest.paths[digest.paths["outcome"] == outcome]
    compared = digest.baseline is not None
    columns = ["difference", "difference_low", "difference_high"] if compared else ["mean", "low", "high"]
    for name, look in looks.items():
        path = paths[paths["scenario"] == name]
        if name != digest.baseline and len(path):
            bounds = (path[columns[0]], path[columns[1]], path[columns[2]])
            drawing.line_with_band(axes, path["quarter"], bounds, look, marked=False)
    if compared:
        axes.axhline(0.0, color=drawing.BASELINE_COLOUR, linewidth=1.0, linestyle=(0, (4, 2)))
    drawing.mark_reforms(axes, digest.reforms)
    axes.set_title(label_of(digest, outcome))
    unit = unit_of(digest, outcome)
    drawing.label_upwards(axes, tr("difference, {unit}", unit=unit) if compared else unit)
    axes.set_xlabel(tr("quarter"))


def _about_paths(digest: Digest) -> str:
    rest = {"reform": tr("; dotted: the reform") if digest.reforms else "", "basis": drawing.basis(digest)}
    if digest.baseline is None:
        return tr("Lines: means; bands: 95 % intervals{reform}. {basis}.", **rest)
    return tr(
        "Lines: mean paired differences to the baseline; bands: their 95 % intervals{reform}. {basis}.",
        **rest,
    )


@styled
def effects_by_outcome(digest: Digest, outcomes: Sequence[str] | None = None) -> Figure:
    """Effects with their intervals, a panel an outcome (a forest plot in small multiples)."""
    chosen = list(outcomes or key_outcomes(digest))
    others = [name for name in digest.scenarios if name != digest.baseline]
    figure = drawing.new_figure(10.0, 1.0 + (0.75 + 0.2 * len(others)) * -(-len(chosen) // 3))
    looks = drawing.look_of(digest)
    for place, (axes, outcome) in enumerate(zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True)):
        sizes = _by_scenario(digest.effects, outcome, "difference")
        drawing.dots_with_bars(axes, others, sizes, looks)
        axes.axvline(0.0, color=drawing.BASELINE_COLOUR, linewidth=1.0, linestyle=(0, (4, 2)))
        axes.set_title(label_of(digest, outcome))
        axes.set_xlabel(unit_of(digest, outcome))
        _only_first_column(axes, place, 3)
    drawing.caption(
        figure,
        tr(
            "Dots: mean paired differences to the baseline over {window}; bars: their 95 % intervals, often "
            "narrower than the dot; dashed: the baseline. {basis}.",
            window=window_name(digest.first, digest.window),
            basis=drawing.basis(digest),
        ),
    )
    return figure


@styled
def flows(digest: Digest) -> Figure:
    """People who move up, down, in and out, per 100 people and year, with intervals; flows of nobody are left out."""
    chosen = shown_in("flows", digest.levels.loc[digest.levels["mean"] > 0, "outcome"])
    if not chosen:
        return _empty(tr("nobody moved in the window"))
    names = digest.scenarios
    figure = drawing.new_figure(10.0, 1.0 + (0.75 + 0.2 * len(names)) * -(-len(chosen) // 3))
    for place, (axes, flow) in enumerate(zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True)):
        draw_flow(axes, digest, flow)
        _only_first_column(axes, place, 3)
    drawing.caption(
        figure,
        tr(
            "Dots: mean flows per 100 people a year over {window}; bars: 95 % intervals of these levels. {basis}.",
            window=window_name(digest.first, digest.window),
            basis=drawing.basis(digest),
        ),
    )
    return figure


def draw_flow(axes: "Axes", digest: Digest, flow: str) -> None:
    """One panel of `flows`."""
    levels = _by_scenario(digest.levels, flow, "mean")
    drawing.dots_with_bars(axes, digest.scenarios, levels, drawing.look_of(digest))
    axes.set_title(label_of(digest, flow))
    right = axes.get_xlim()[1]
    axes.set_xlim(-0.03 * right, right)
    axes.set_xlabel(unit_of(digest, flow))


@styled
def flagged_by_ability(digest: Digest) -> Figure:
    """Who is flagged, by the true ability that no appraiser sees."""
    figure = drawing.new_figure(7.2, 4.4)
    draw_flagged(figure.add_subplot(), digest)
    _finish(
        figure,
        digest,
        tr(
            "Share of the flags since the reform that falls on each tenth of true ability within the ranking "
            "group; bands: 95 % intervals; dashed: a lottery. {basis}.",
            basis=drawing.basis(digest),
        ),
        with_baseline=True,
    )
    return figure


def draw_flagged(axes: "Axes", digest: Digest) -> None:
    """The panel of `flagged_by_ability`."""
    axes.set_title(tr("who is flagged, by true ability"))
    if digest.flags.empty:
        drawing.nothing(axes, tr("no flags recorded"))
        return
    for name, look in drawing.look_of(digest).items():
        tenths = digest.flags[digest.flags["scenario"] == name]
        if len(tenths):
            bounds = tuple(100 * tenths[column] for column in ("share", "low", "high"))
            drawing.line_with_band(
                axes, tenths["tenth"], (bounds[0], bounds[1], bounds[2]), look, marked=True
            )
    axes.axhline(10.0, color="#8c8c8c", linewidth=1.0, linestyle="--")
    axes.set_xticks(range(1, 11))
    axes.set_xlabel(tr("tenth of true ability in the ranking group (1: least able)"))
    axes.set_ylabel(tr("% of the flags"))


@styled
def pay_against_contribution(digest: Digest) -> Figure:
    """Pay by tenth of true contribution: does who does more earn more?"""
    figure = drawing.new_figure(7.2, 4.4)
    draw_pay(figure.add_subplot(), digest)
    _finish(
        figure,
        digest,
        tr(
            "Pay of the last quarter relative to the mean of people at work, by tenth of true contribution; bands: "
            "95 % intervals. {basis}.",
            basis=drawing.basis(digest),
        ),
        with_baseline=True,
    )
    return figure


def draw_pay(axes: "Axes", digest: Digest) -> None:
    """The panel of `pay_against_contribution`."""
    axes.set_title(tr("pay against true contribution"))
    if digest.pay.empty:
        drawing.nothing(axes, tr("no pay recorded"))
        return
    for name, look in drawing.look_of(digest).items():
        tenths = digest.pay[digest.pay["scenario"] == name]
        if len(tenths):
            drawing.line_with_band(
                axes, tenths["tenth"], (tenths["pay"], tenths["low"], tenths["high"]), look, marked=True
            )
    axes.set_xticks(range(1, 11))
    axes.set_xlabel(tr("tenth of true contribution (1: least)"))
    axes.set_ylabel(tr("pay, mean of people at work = 1"))


def _by_scenario(frame: "pandas.DataFrame", outcome: str, middle: str) -> "pandas.DataFrame":
    rows = frame[frame["outcome"] == outcome].set_index("scenario")
    return rows.rename(columns={middle: "middle"})[["middle", "low", "high"]]


def _only_first_column(axes: "Axes", place: int, columns: int) -> None:
    """Names of scenarios stand at the left edge only."""
    if place % columns:
        axes.tick_params(labelleft=False)


def _finish(figure: Figure, digest: Digest, text: str, with_baseline: bool) -> None:
    names = [name for name in digest.scenarios if with_baseline or name != digest.baseline]
    drawing.legend(figure, names, drawing.look_of(digest), digest.baseline)
    drawing.caption(figure, text)


def _empty(text: str) -> Figure:
    figure = drawing.new_figure(6.0, 2.0)
    drawing.nothing(figure.add_subplot(), text)
    return figure
