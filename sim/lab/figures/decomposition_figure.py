"""The figure of a decomposition: every part with its interval, a panel an outcome."""

from matplotlib.figure import Figure

from sim.lab.estimates.split import shown_outcomes
from sim.lab.figures import drawing
from sim.lab.figures.drawing import styled
from sim.lab.language.changed import in_caption, of_two
from sim.lab.language.language import tr
from sim.lab.language.wording import counted, plain, window_name
from sim.lab.results.decomposition import PARTS, TOTAL, Decomposition
from sim.lab.results.study_wording import outcome_label, outcome_unit

COLOURS = dict(zip((TOTAL, *PARTS), ("#000000", *drawing.COLOURS), strict=False))
MARKERS = dict(zip((TOTAL, *PARTS), ("D", *drawing.MARKERS), strict=False))


def part_label(part: str) -> str:
    """A part in the language spoken."""
    return {
        "incentive": tr("incentive"),
        "selection": tr("selection"),
        "gaming": tr("gaming"),
        "luck": tr("luck"),
        "other": tr("other"),
        TOTAL: tr("total"),
    }[part]


@styled
def parts_by_outcome(parts: Decomposition) -> Figure:
    """Every part with its interval, a panel an outcome."""
    chosen = shown_outcomes(parts, "parts", 6)
    figure = drawing.new_figure(10.0, 1.2 + 2.0 * -(-len(chosen) // 3))
    for place, (axes, outcome) in enumerate(zip(drawing.panels(figure, len(chosen), 3), chosen, strict=True)):
        rows = parts.of(outcome)
        for level, part in enumerate((TOTAL, *PARTS)):
            row = rows[part]
            bounds = (row["difference"], row["low"], row["high"])
            drawing.dot_with_bar(axes, level, bounds, {"color": COLOURS[part], "marker": MARKERS[part]})
        axes.set_yticks(range(len(PARTS) + 1), [part_label(part) for part in (TOTAL, *PARTS)])
        axes.set_ylim(len(PARTS) + 0.5, -0.5)
        axes.tick_params(labelleft=place % 3 == 0)
        axes.axvline(0.0, color=drawing.BASELINE_COLOUR, linewidth=1.0, linestyle=(0, (4, 2)))
        axes.axhline(0.5, color="#d9d9d9", linewidth=0.8)
        axes.grid(visible=False, axis="y")
        axes.set_title(outcome_label(parts, outcome))
        axes.set_xlabel(outcome_unit(parts, outcome))
    drawing.caption(figure, about_decomposition(parts))
    return figure


def about_decomposition(parts: Decomposition) -> str:
    """Caption: regimes, replications, intervals and what was changed."""
    return tr(
        "What {a} changes against the baseline {b}, part by part. Dots: means of {count} under common random "
        "numbers over {window}; bars: 95 % intervals. Simulated, assumed parameters{changed}.",
        changed=in_caption(of_two(parts.manifest)),
        a=plain(parts.scenario),
        b=plain(parts.baseline),
        count=counted(parts.replications, "replication"),
        window=window_name(parts.manifest, parts.window),
    )
