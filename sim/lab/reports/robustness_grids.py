"""The rows of the tables of a report on robustness."""

import math
from typing import Any

from sim.lab.estimates.headlines import BY_ESTIMATE, STATES, headline_at, rows_of
from sim.lab.figures.robustness_figures import headline_label
from sim.lab.language.language import tr
from sim.lab.language.wording import number, plain, with_unit
from sim.lab.reports.grid import Rows
from sim.lab.results.robustness import Robustness
from sim.lab.results.study import Factor
from sim.lab.results.study_wording import (
    factor_labels,
    outcome_label,
    outcome_unit,
    share_text,
    with_interval,
)


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
