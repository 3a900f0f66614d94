"""The facts of a sensitivity analysis: what effects hang on, with tables, and how well the points explain them."""

from typing import TYPE_CHECKING, Any

from sim.lab.estimates.sensitivity import Sensitivity
from sim.lab.figures.sensitivity_figures import (
    about_bars,
    about_screening,
    measure_label,
    sensitivity_figure,
    shown_outcomes,
)
from sim.lab.language.language import tr
from sim.lab.language.wording import number, plain
from sim.lab.reports.grid import Rows
from sim.lab.reports.template import Facts, Report
from sim.lab.results.study_wording import (
    analysed,
    factor_labels,
    nothing_real,
    outcome_label,
    points_and_replications,
    sentence_start,
    share_text,
    with_interval,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_TOLD = 3
MOST_NAMED = 10
ENOUGH_EXPLAINED = 0.7
"""Regressions that explain less than this share are told to be a poor summary (a convention)."""
NOISY = 0.2
"""From this share of luck in the variance between points on, more replications are asked for (a convention)."""


def sensitivity_report(sensitivity: Sensitivity) -> Report:
    """The report of a sensitivity analysis; figures are called `sensitivity_<scenario>`."""

    def figure(name: str) -> "Figure":
        return sensitivity_figure(sensitivity, name.removeprefix("sensitivity_"))

    return Report("sensitivity", sensitivity_facts(sensitivity), figure)


def sensitivity_facts(sensitivity: Sensitivity) -> Facts:
    """What the report says of every scenario; of the points that failed, the first are named."""
    study, left_out = sensitivity.study, sensitivity.left_out
    more = ", …" if len(left_out) > MOST_NAMED else ""
    return {
        "study": study.name,
        "size": points_and_replications(study, sensitivity.points),
        "scenarios": [explained(sensitivity, name) for name in study.compared],
        "left_out": len(left_out),
        "named": ", ".join(map(str, left_out[:MOST_NAMED])) + more,
        "warnings": study.warnings,
        "quality": quality_rows(sensitivity),
        "design": study.design,
        "nothing_real": nothing_real(),
    }


def explained(sensitivity: Sensitivity, scenario: str) -> Facts:
    """What is said of a scenario; nothing leads where no outcome differs between the points."""
    about = about_screening if sensitivity.study.design == "morris" else about_bars
    shown = shown_outcomes(sensitivity, scenario)
    return {
        "name": scenario,
        "leading": leading(sensitivity, scenario, shown[0]) if shown else None,
        "caption": about(sensitivity, scenario),
        "indices": [indices_of(sensitivity, scenario, outcome) for outcome in shown],
    }


def leading(sensitivity: Sensitivity, scenario: str, outcome: str) -> Facts:
    """What an outcome hangs on under a scenario, and the doubts: luck, and what regressions leave unexplained."""
    labels = factor_labels(sensitivity.study)
    signs = sensitivity.main == "prcc"
    rows = sensitivity.quality
    quality: Any = rows[(rows["scenario"] == scenario) & (rows["outcome"] == outcome)].iloc[0]
    regressed = quality["r2"] == quality["r2"]
    return {
        "what": sentence_start(analysed(sensitivity.study, scenario, outcome)),
        "factors": [
            f"{labels[row['factor']]} {with_interval(row['value'], row['low'], row['high'], signs)}"
            for _, row in sensitivity.ranked(scenario, outcome)[:MOST_TOLD].iterrows()
        ],
        "measure": measure_label(sensitivity.main),
        "noise": share_text(quality["noise_share"])
        if quality["noise_share"] == quality["noise_share"]
        else "",
        "noisy": bool(quality["noise_share"] >= NOISY),
        "linear": share_text(quality["r2"]) if regressed else "",
        "ranked": share_text(quality["rank_r2"]) if regressed else "",
        "poor": bool(regressed and max(quality["r2"], quality["rank_r2"]) < ENOUGH_EXPLAINED),
    }


def indices_of(sensitivity: Sensitivity, scenario: str, outcome: str) -> Facts:
    """One row a factor, a column a measure, with intervals."""
    labels = factor_labels(sensitivity.study)
    table = sensitivity.table
    cells = table[(table["scenario"] == scenario) & (table["outcome"] == outcome)]
    measures = list(dict.fromkeys(cells["measure"]))
    cells = cells.set_index(["factor", "measure"])

    def text(factor: str, measure: str) -> str:
        cell: Any = cells.loc[(factor, measure)]
        return with_interval(cell["value"], cell["low"], cell["high"], signs=True)

    rows = [
        [labels[factor], f"`{factor}`", *(text(factor, measure) for measure in measures)]
        for factor in sensitivity.ranked(scenario, outcome)["factor"]
    ]
    label = outcome_label(sensitivity.study, outcome)
    return {"label": label, "measures": [*map(measure_label, measures)], "rows": rows}


def quality_rows(sensitivity: Sensitivity) -> Rows:
    """Points, variance, its luck, and what regressions explain, for every scenario and outcome."""
    states = {
        "analysed": tr("analysed"),
        "constant": tr("no point differs from another"),
        "undefined": tr("missing at some point"),
    }
    return [
        [
            outcome_label(sensitivity.study, row["outcome"]),
            plain(row["scenario"]),
            states[row["status"]],
            str(row["points"]),
            number(row["variance"]),
            share_text(row["noise_share"]),
            share_text(row["r2"]),
        ]
        for _, row in sensitivity.quality.iterrows()
    ]
