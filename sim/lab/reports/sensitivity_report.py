"""The view of a sensitivity analysis: what effects hang on, with tables, and how well the points explain them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.lab.figures.sensitivity_figures import (
    about_bars,
    about_screening,
    measure_label,
    sensitivity_figure,
    shown_outcomes,
)
from sim.lab.language.language import tr
from sim.lab.language.wording import number, plain
from sim.lab.reports.grid import OfOutcome, Rows
from sim.lab.reports.template import Report, paragraph
from sim.lab.results.sensitivity import Sensitivity
from sim.lab.results.study_wording import (
    analysed,
    factor_labels,
    nothing_real,
    outcome_label,
    outcome_unit,
    points_and_replications,
    sentence_start,
    share_text,
    with_interval,
)

MOST_TOLD = 3
MOST_NAMED = 10
ENOUGH_EXPLAINED = 0.7
"""Regressions that explain less than this share are told to be a poor summary (a convention)."""
NOISY = 0.2
"""From this share of luck in the variance between points on, more replications are asked for (a convention)."""


@dataclass(frozen=True)
class Leading:
    """What the leading outcome of a scenario hangs on.

    Attributes:
        what: the effect or level that is explained, at the start of a sentence.
        factors: the most influential ones, each with its index and interval.
        measure: of the indices.
        noise: share of luck in the variance between points; "" where it is not known.
        noisy: whether that is much.
        linear, ranked: shares that regressions on values and on ranks explain; "" where there are none.
        poor: whether that is little.
    """

    what: str
    factors: Sequence[str]
    measure: str
    noise: str
    noisy: bool
    linear: str
    ranked: str
    poor: bool


@dataclass(frozen=True)
class Indices(OfOutcome):
    """The indices of an outcome, a column a measure."""

    measures: Sequence[str]


@dataclass(frozen=True)
class Explained:
    """What is said of a scenario.

    Attributes:
        name: of the scenario.
        leading: its leading outcome; None where no outcome differs between the points.
        caption: of its figure, `sensitivity_<name>`.
        indices: tables by outcome.
    """

    name: str
    leading: Leading | None
    caption: str
    indices: Sequence[Indices]


@dataclass(frozen=True)
class View:
    """What the report of a sensitivity analysis says.

    Attributes:
        study: its name.
        size: points and replications.
        scenarios: those that are compared.
        left_out: points that failed, of which the first are `named`.
        warnings: what a reader must know before using the numbers.
        quality: how well the points explain each outcome.
        design: kind of the design, which decides how the indices are read.
        nothing_real: what no study of assumed ranges can say.
    """

    study: str
    size: str
    scenarios: Sequence[Explained]
    left_out: int
    named: str
    warnings: Sequence[str]
    quality: Rows
    design: str
    nothing_real: str


def sensitivity_report(sensitivity: Sensitivity) -> Report:
    """The report of a sensitivity analysis; figures are called `sensitivity_<scenario>`."""
    view = sensitivity_view(sensitivity)
    return Report(
        "sensitivity",
        view,
        lambda name: sensitivity_figure(sensitivity, name.removeprefix("sensitivity_")),
    )


def sensitivity_paragraph(sensitivity: Sensitivity) -> str:
    """What the leading outcome of every scenario hangs on, with the doubts."""
    return paragraph("sensitivity_paragraph", sensitivity_view(sensitivity))


def sensitivity_view(sensitivity: Sensitivity) -> View:
    """The facts of the report."""
    study, left_out = sensitivity.study, sensitivity.left_out
    more = ", …" if len(left_out) > MOST_NAMED else ""
    return View(
        study=study.name,
        size=points_and_replications(study, sensitivity.points),
        scenarios=[_explained(sensitivity, name) for name in study.compared],
        left_out=len(left_out),
        named=", ".join(map(str, left_out[:MOST_NAMED])) + more,
        warnings=study.warnings,
        quality=quality_rows(sensitivity),
        design=study.design,
        nothing_real=nothing_real(),
    )


def _explained(sensitivity: Sensitivity, scenario: str) -> Explained:
    about = about_screening if sensitivity.study.design == "morris" else about_bars
    shown = shown_outcomes(sensitivity, scenario)
    return Explained(
        scenario,
        leading(sensitivity, scenario, shown[0]) if shown else None,
        about(sensitivity, scenario),
        [indices_of(sensitivity, scenario, outcome) for outcome in shown],
    )


def leading(sensitivity: Sensitivity, scenario: str, outcome: str) -> Leading:
    """What an outcome hangs on under a scenario, and the doubts: luck, and what regressions leave unexplained."""
    labels = factor_labels(sensitivity.study)
    signs = sensitivity.main == "prcc"
    rows = sensitivity.quality
    quality: Any = rows[(rows["scenario"] == scenario) & (rows["outcome"] == outcome)].iloc[0]
    regressed = quality["r2"] == quality["r2"]
    return Leading(
        what=sentence_start(analysed(sensitivity.study, scenario, outcome)),
        factors=[
            f"{labels[row['factor']]} {with_interval(row['value'], row['low'], row['high'], signs)}"
            for _, row in sensitivity.ranked(scenario, outcome)[:MOST_TOLD].iterrows()
        ],
        measure=measure_label(sensitivity.main),
        noise=share_text(quality["noise_share"]) if quality["noise_share"] == quality["noise_share"] else "",
        noisy=bool(quality["noise_share"] >= NOISY),
        linear=share_text(quality["r2"]) if regressed else "",
        ranked=share_text(quality["rank_r2"]) if regressed else "",
        poor=bool(regressed and max(quality["r2"], quality["rank_r2"]) < ENOUGH_EXPLAINED),
    )


def indices_of(sensitivity: Sensitivity, scenario: str, outcome: str) -> Indices:
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
    label, unit = outcome_label(sensitivity.study, outcome), outcome_unit(sensitivity.study, outcome)
    return Indices(label, unit, rows, [*map(measure_label, measures)])


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
