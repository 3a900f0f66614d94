"""The tables of a report on robustness."""

import math
from typing import Any

from sim.lab.estimates.headlines import BY_ESTIMATE, STATES, headline_at, rows_of
from sim.lab.figures.robustness_figures import headline_label, state_label
from sim.lab.language.language import tr
from sim.lab.language.wording import number, plain
from sim.lab.reports.grid import Grid
from sim.lab.results.robustness import Robustness
from sim.lab.results.study import Factor
from sim.lab.results.study_wording import (
    factor_labels,
    outcome_label,
    outcome_unit,
    share_text,
    with_interval,
)


def side_text(found: Robustness, row: Any) -> str:
    """`effort cost is at least 0.600`."""
    factor = next(one for one in found.study.factors if one.name == row["factor"])
    name = factor_labels(found.study)[factor.name]
    low, high = (_value(factor, row[end]) for end in ("low", "high"))
    if math.isfinite(row["low"]) and math.isfinite(row["high"]):
        return tr("{name} is {low} to {high}", name=name, low=low, high=high)
    if math.isfinite(row["low"]):
        return tr("{name} is at least {low}", name=name, low=low)
    return tr("{name} is at most {high}", name=name, high=high)


def _value(factor: Factor, value: float) -> str:
    if not math.isfinite(value):
        return ""
    if factor.values and not all(isinstance(one, (int, float)) for one in factor.values):
        return str(factor.values[int(value)])
    return number(value)


def headline_grid(found: Robustness) -> Grid:
    """One row a headline, a column a state."""
    lines = []
    for one in found.headlines:
        rows = rows_of(found.table, one).set_index("state")
        shares = [share_text(rows["share"][state]) for state in (*STATES, BY_ESTIMATE)]
        lines.append([headline_label(found, one), *shares, str(rows["points"]["holds"])])
    header = [tr("headline"), *map(state_label, STATES), tr("holds by estimate"), tr("number of points")]
    return Grid(header, lines)


def regret_grid(found: Robustness) -> Grid:
    """One row an outcome and regime."""
    lines = [
        [
            f"{outcome_label(found.study, row['outcome'])} ({outcome_unit(found.study, row['outcome'])})",
            plain(row["scenario"]),
            *(number(row[name]) for name in ("mean", "p90", "max")),
            share_text(row["best_share"]),
        ]
        for _, row in found.regrets.iterrows()
    ]
    header = [
        tr("outcome"),
        tr("regime"),
        tr("mean regret"),
        tr("90th percentile"),
        tr("largest"),
        tr("best at"),
    ]
    return Grid(header, lines, texts=2)


def box_grid(found: Robustness) -> Grid:
    """One row a restriction of a box."""
    lines = [
        [
            headline_label(found, headline_at(row)),
            str(row["box"]),
            side_text(found, row),
            number(row["quasi_p"], 2),
            number(row["search_p"], 2),
            *(share_text(row[name]) for name in ("coverage", "density", "mass")),
        ]
        for _, row in found.boxes.iterrows()
    ]
    header = [
        tr("headline"),
        tr("box"),
        tr("restriction"),
        tr("quasi p"),
        tr("search p"),
        tr("coverage"),
        tr("density"),
        tr("mass"),
    ]
    return Grid(header, lines, texts=3)


def region_grid(found: Robustness) -> Grid:
    """One row a region: thirds of two factors, and the regime that does best there."""
    factors = {factor.name: factor for factor in found.study.factors}
    labels = factor_labels(found.study)
    lines = []
    for _, row in found.regions.iterrows():
        ends = [
            f"{labels[row[one]]} {_value(factors[row[one]], row[f'{one}_low'])}–"
            f"{_value(factors[row[one]], row[f'{one}_high'])}"
            for one in ("first", "second")
        ]
        lead = with_interval(row["ahead"], row["ahead_low"], row["ahead_high"])
        best = [plain(row["best"]), share_text(row["best_share"]), lead]
        lines.append([outcome_label(found.study, row["outcome"]), *ends, *best, str(row["points"])])
    header = [
        tr("outcome"),
        tr("first factor"),
        tr("second factor"),
        tr("best regime"),
        tr("best at"),
        tr("ahead by"),
        tr("number of points"),
    ]
    return Grid(header, lines, texts=4, folded=tr("All regions"))
