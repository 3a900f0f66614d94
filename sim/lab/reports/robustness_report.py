"""The view of robustness: at how many points headlines hold, where they flip, what a choice costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.lab.estimates.headlines import BY_ESTIMATE, STATES, headline_at, rows_of
from sim.lab.estimates.prim import SURE
from sim.lab.figures.box_figure import about_boxes, box_scatter
from sim.lab.figures.robustness_figures import (
    about_headlines,
    about_regret,
    headline_bars,
    headline_label,
    regret_boxes,
    state_label,
)
from sim.lab.language.wording import number
from sim.lab.reports.grid import Rows
from sim.lab.reports.robustness_grids import box_rows, headline_rows, region_rows, regret_rows, side_text
from sim.lab.reports.template import Report, paragraph
from sim.lab.results.robustness import Headline, Robustness
from sim.lab.results.study_wording import (
    SPACE_FILLING,
    nothing_real,
    outcome_label,
    points_and_replications,
    share_text,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_TOLD = 3


@dataclass(frozen=True)
class Shares:
    """At which shares of the points a headline holds, is open, or flips; `low` to `high` is the interval of `holds`."""

    headline: str
    holds: str
    low: str
    high: str
    by_estimate: str
    open: str
    flips: str


@dataclass(frozen=True)
class Box:
    """Settings at which a headline flips.

    Attributes:
        headline: which.
        sides: what the settings are.
        points: how many points lie in the box.
        density: at which share of these the headline flips.
        base: at which share of all points it does.
        coverage: the share of all points where it flips that lies in the box.
        sure, p: whether the same search hardly finds as much where points flip by lot, and how often it does.
    """

    headline: str
    sides: Sequence[str]
    points: int
    density: str
    base: str
    coverage: str
    sure: bool
    p: str


@dataclass(frozen=True)
class Enough:
    """At which share of the points a regime does as well as the baseline on all outcomes, or clearly worse on none."""

    scenario: str
    share: str
    low: str
    high: str
    not_worse: str


@dataclass(frozen=True)
class View:
    """What the report of robustness says.

    Attributes:
        study: its name.
        size: points and replications.
        headlines: the first of them.
        left_out: how many points failed.
        boxes: all that were found; `surest` is the first whose search p is small, in a list of one or none.
        enough: by regime, on `outcomes`; without any, no outcome has a direction that is known to be good.
        warnings: what a reader must know before using the numbers.
        asked: whether the headlines were asked for.
        design, space_filling: kind of the design, and whether its points fill the ranges evenly.
        nothing_real: what no study of assumed ranges can say.
        states: in which a headline can be at a point.
        headline_table, box_table, regret_table, region_table: rows of tables.
    """

    study: str
    size: str
    headlines: Sequence[Shares]
    left_out: int
    boxes: Sequence[Box]
    surest: Sequence[Box]
    enough: Sequence[Enough]
    outcomes: Sequence[str]
    warnings: Sequence[str]
    asked: bool
    design: str
    space_filling: bool
    nothing_real: str
    headlines_caption: str
    boxes_caption: str
    regret_caption: str
    states: Sequence[str]
    headline_table: Rows
    box_table: Rows
    regret_table: Rows
    region_table: Rows


def robustness_report(robustness: Robustness) -> Report:
    """The report of robustness."""
    figures: dict[str, Callable[[Robustness], Figure]] = {
        "headlines": headline_bars,
        "boxes": box_scatter,
        "regret": regret_boxes,
    }
    return Report("robustness", robustness_view(robustness), lambda name: figures[name](robustness))


def robustness_paragraph(robustness: Robustness) -> str:
    """A sentence for the first headlines, the surest box, and the limits."""
    return paragraph("robustness_paragraph", robustness_view(robustness))


def robustness_view(robustness: Robustness) -> View:
    """The facts of the report."""
    study = robustness.study
    boxes = boxes_of(robustness)
    outcomes = dict.fromkeys(robustness.regret["outcome"])
    return View(
        study=study.name,
        size=points_and_replications(study, robustness.points),
        headlines=[shares_of(robustness, headline) for headline in robustness.headlines[:MOST_TOLD]],
        left_out=len(robustness.left_out),
        boxes=boxes,
        surest=[box for box in boxes if box.sure][:1],
        enough=[_enough(row) for _, row in robustness.satisficing.iterrows()] if outcomes else [],
        outcomes=[outcome_label(study, name) for name in outcomes],
        warnings=study.warnings,
        asked=robustness.asked,
        design=study.design,
        space_filling=study.design in SPACE_FILLING,
        nothing_real=nothing_real(),
        headlines_caption=about_headlines(robustness),
        boxes_caption=about_boxes(robustness),
        regret_caption=about_regret(robustness),
        states=[state_label(state) for state in STATES],
        headline_table=headline_rows(robustness),
        box_table=box_rows(robustness),
        regret_table=regret_rows(robustness),
        region_table=region_rows(robustness),
    )


def shares_of(robustness: Robustness, headline: Headline) -> Shares:
    """At which shares of the points a headline holds, is open, or flips."""
    rows = rows_of(robustness.table, headline).set_index("state")
    share = rows["share"]
    return Shares(
        headline_label(robustness, headline),
        share_text(share["holds"]),
        share_text(rows["low"]["holds"]),
        share_text(rows["high"]["holds"]),
        share_text(share[BY_ESTIMATE]),
        share_text(share["undecided"] + share["negligible"]),
        share_text(share["flips"]),
    )


def boxes_of(robustness: Robustness) -> list[Box]:
    """Every box: which settings, how much of what flips lies there, and whether luck would find as much."""
    groups = robustness.boxes.groupby(["scenario", "outcome", "sign", "box"], sort=False)
    boxes = []
    for _, rows in groups:
        first = rows.iloc[0]
        boxes.append(
            Box(
                headline_label(robustness, headline_at(first)),
                [side_text(robustness, row) for _, row in rows.iterrows()],
                int(first["points"]),
                share_text(first["density"]),
                share_text(first["base_density"]),
                share_text(first["coverage"]),
                bool(first["search_p"] < SURE),
                number(first["search_p"], 2),
            )
        )
    return boxes


def _enough(row: Any) -> Enough:
    shares = (share_text(row[name]) for name in ("share", "low", "high", "not_worse"))
    return Enough(row["scenario"], *shares)
