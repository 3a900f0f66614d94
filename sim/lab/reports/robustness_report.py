"""The facts of robustness: at how many points headlines hold, where they flip, what a choice costs."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.lab.estimates.headlines import BY_ESTIMATE, STATES, Headline, headline_at, rows_of
from sim.lab.estimates.prim import SURE
from sim.lab.estimates.robustness import Robustness
from sim.lab.figures.box_figure import about_boxes, box_scatter
from sim.lab.figures.robustness_figures import (
    about_headlines,
    about_regret,
    headline_bars,
    headline_label,
    regret_boxes,
    state_label,
)
from sim.lab.language.language import tr
from sim.lab.language.wording import number, plain, with_unit
from sim.lab.reports.grid import Rows
from sim.lab.reports.template import Facts, Report
from sim.lab.results.study import Factor
from sim.lab.results.study_wording import (
    SPACE_FILLING,
    factor_labels,
    nothing_real,
    outcome_label,
    outcome_unit,
    points_and_replications,
    share_text,
    with_interval,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_TOLD = 3


def robustness_report(robustness: Robustness) -> Report:
    """The report of robustness."""
    figures: dict[str, Callable[[Robustness], Figure]] = {
        "headlines": headline_bars,
        "boxes": box_scatter,
        "regret": regret_boxes,
    }
    return Report("robustness", robustness_facts(robustness), lambda name: figures[name](robustness))


def robustness_facts(robustness: Robustness) -> Facts:
    """What the report says.

    `surest` is the first box whose search p is small, in a list of one or none; without `outcomes`, no outcome has a
    direction that is known to be good.
    """
    study = robustness.study
    boxes = boxes_of(robustness)
    outcomes = dict.fromkeys(robustness.regret["outcome"])
    return {
        "study": study.name,
        "size": points_and_replications(study, robustness.points),
        "headlines": [shares_of(robustness, headline) for headline in robustness.headlines[:MOST_TOLD]],
        "left_out": len(robustness.left_out),
        "boxes": boxes,
        "surest": [box for box in boxes if box["sure"]][:1],
        "enough": [_enough(row) for _, row in robustness.satisficing.iterrows()] if outcomes else [],
        "outcomes": [outcome_label(study, name) for name in outcomes],
        "warnings": study.warnings,
        "asked": robustness.asked,
        "design": study.design,
        "space_filling": study.design in SPACE_FILLING,
        "nothing_real": nothing_real(),
        "headlines_caption": about_headlines(robustness),
        "boxes_caption": about_boxes(robustness),
        "regret_caption": about_regret(robustness),
        "states": [state_label(state) for state in STATES],
        "headline_table": headline_rows(robustness),
        "box_table": box_rows(robustness),
        "regret_table": regret_rows(robustness),
        "region_table": region_rows(robustness),
    }


def shares_of(robustness: Robustness, headline: Headline) -> Facts:
    """At which shares of the points a headline holds, is open, or flips; `low` to `high` is the interval of `holds`."""
    rows = rows_of(robustness.table, headline).set_index("state")
    share = rows["share"]
    shares = {
        "holds": share["holds"],
        "low": rows["low"]["holds"],
        "high": rows["high"]["holds"],
        "by_estimate": share[BY_ESTIMATE],
        "open": share["undecided"] + share["negligible"],
        "flips": share["flips"],
    }
    texts = {name: share_text(value) for name, value in shares.items()}
    return {"headline": headline_label(robustness, headline), **texts}


def boxes_of(robustness: Robustness) -> list[Facts]:
    """Every box: which settings, how much of what flips lies there, and whether luck would find as much."""
    groups = robustness.boxes.groupby(["scenario", "outcome", "sign", "box"], sort=False)
    return [_box(robustness, rows) for _, rows in groups]


def _box(robustness: Robustness, rows: Any) -> Facts:
    first = rows.iloc[0]
    return {
        "headline": headline_label(robustness, headline_at(first)),
        "sides": [side_text(robustness, row) for _, row in rows.iterrows()],
        "points": int(first["points"]),
        "density": share_text(first["density"]),
        "base": share_text(first["base_density"]),
        "coverage": share_text(first["coverage"]),
        "sure": bool(first["search_p"] < SURE),
        "p": number(first["search_p"], 2),
    }


def _enough(row: Any) -> Facts:
    """At which share of the points a regime does as well as the baseline on all outcomes, or clearly worse on none."""
    shares = {name: share_text(row[name]) for name in ("share", "low", "high", "not_worse")}
    return {"scenario": row["scenario"], **shares}


def side_text(robustness: Robustness, row: Any) -> str:
    """`effort cost is at least 0.600`."""
    factor = next(factor for factor in robustness.study.factors if factor.name == row["factor"])
    name = factor_labels(robustness.study)[factor.name]
    low, high = (_value(factor, row[end]) for end in ("low", "high"))
    if low and high:
        return tr("{name} is {low} to {high}", name=name, low=low, high=high)
    if low:
        return tr("{name} is at least {low}", name=name, low=low)
    return tr("{name} is at most {high}", name=name, high=high)


def _value(factor: Factor, value: float) -> str:
    if not math.isfinite(value):
        return ""
    if factor.values and not all(isinstance(one, (int, float)) for one in factor.values):
        return str(factor.values[int(value)])
    return number(value)


def headline_rows(robustness: Robustness) -> Rows:
    """One row a headline, a column a state."""
    rows = []
    for headline in robustness.headlines:
        states = rows_of(robustness.table, headline).set_index("state")
        shares = [share_text(states["share"][state]) for state in (*STATES, BY_ESTIMATE)]
        rows.append([headline_label(robustness, headline), *shares, str(states["points"]["holds"])])
    return rows


def regret_rows(robustness: Robustness) -> Rows:
    """One row an outcome and regime."""
    study = robustness.study
    return [
        [
            with_unit(outcome_label(study, row["outcome"]), outcome_unit(study, row["outcome"])),
            plain(row["scenario"]),
            *(number(row[name]) for name in ("mean", "p90", "max")),
            share_text(row["best_share"]),
        ]
        for _, row in robustness.regrets.iterrows()
    ]


def box_rows(robustness: Robustness) -> Rows:
    """One row a restriction of a box."""
    return [
        [
            headline_label(robustness, headline_at(row)),
            str(row["box"]),
            side_text(robustness, row),
            number(row["quasi_p"], 2),
            number(row["search_p"], 2),
            *(share_text(row[name]) for name in ("coverage", "density", "mass")),
        ]
        for _, row in robustness.boxes.iterrows()
    ]


def region_rows(robustness: Robustness) -> Rows:
    """One row a region: thirds of two factors, and the regime that does best there."""
    factors = {factor.name: factor for factor in robustness.study.factors}
    labels = factor_labels(robustness.study)

    def third(row: Any, which: str) -> str:
        low, high = (_value(factors[row[which]], row[f"{which}_{end}"]) for end in ("low", "high"))
        return f"{labels[row[which]]} {low}–{high}"

    return [
        [
            outcome_label(robustness.study, row["outcome"]),
            third(row, "first"),
            third(row, "second"),
            plain(row["best"]),
            share_text(row["best_share"]),
            with_interval(row["ahead"], row["ahead_low"], row["ahead_high"]),
            str(row["points"]),
        ]
        for _, row in robustness.regions.iterrows()
    ]
