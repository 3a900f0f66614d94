"""How a sensitivity analysis is told: a paragraph, a figure, tables, and how far to trust them."""

from typing import Any

from sim.lab.figures.sensitivity_figures import (
    about_bars,
    about_screening,
    measure_label,
    sensitivity_figure,
    shown_outcomes,
)
from sim.lab.language.language import joined, tr
from sim.lab.language.wording import counted, listed, number, plain
from sim.lab.reports.document import Block, Document, Grid, Heading, Listing, Paragraph, Picture
from sim.lab.results.sensitivity import Sensitivity
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

MOST_TOLD = 3
ENOUGH_EXPLAINED = 0.7
"""Regressions that explain less than this share are told to be a poor summary (a convention)."""
NOISY = 0.2
"""From this share of luck in the variance between points on, more replications are asked for (a convention)."""


def sensitivity_report(found: Sensitivity) -> Document:
    """The paragraph, a figure and a table a scenario, how well the indices explain, what this does not say."""
    blocks: list[Block] = [Paragraph(sensitivity_paragraph(found))]
    if found.study.warnings:
        blocks += [Heading(tr("Warnings")), Listing(found.study.warnings)]
    for scenario in found.study.compared:
        about = about_screening if found.study.design == "morris" else about_bars
        blocks += [Heading(plain(scenario)), _picture(found, scenario, about(found, scenario))]
        blocks += [index_grid(found, scenario, outcome) for outcome in shown_outcomes(found, scenario)]
    blocks += [Heading(tr("How well the points explain it")), quality_grid(found)]
    blocks += [Heading(tr("What this does not say")), Paragraph(nothing_real()), Paragraph(_reading(found))]
    return Document(tr("What the results of {name} hang on", name=plain(found.study.name)), blocks)


def _picture(found: Sensitivity, scenario: str, caption: str) -> Picture:
    return Picture(f"sensitivity_{scenario}", caption, lambda: sensitivity_figure(found, scenario))


def sensitivity_paragraph(found: Sensitivity) -> str:
    """What the first key outcome of every scenario hangs on, with the doubts."""
    size = points_and_replications(found.study, found.points)
    parts = [tr("What follows describes the simulation at {size}.", size=size)]
    for scenario in found.study.compared:
        chosen = shown_outcomes(found, scenario, 1)
        if chosen:
            parts += _sentences(found, scenario, chosen[0])
        else:
            parts.append(tr("Under {a} no outcome differs between the points.", a=plain(scenario)))
    if found.left_out:
        failed = counted(len(found.left_out), "point")
        parts.append(
            tr("Left out because they failed: {count} ({points}).", count=failed, points=_named(found))
        )
    return joined([*parts, nothing_real()])


def _named(found: Sensitivity) -> str:
    shown = ", ".join(map(str, found.left_out[:10]))
    return f"{shown}, …" if len(found.left_out) > 10 else shown


def _sentences(found: Sensitivity, scenario: str, outcome: str) -> list[str]:
    labels = factor_labels(found.study)
    signs = found.main == "prcc"
    told = [
        f"{labels[row['factor']]} {with_interval(row['value'], row['low'], row['high'], signs)}"
        for _, row in found.ranked(scenario, outcome)[:MOST_TOLD].iterrows()
    ]
    first = tr(
        "{what} hangs most on {factors} ({measure}, 95 % intervals).",
        what=sentence_start(analysed(found.study, scenario, outcome)),
        factors=listed(told),
        measure=measure_label(found.main),
    )
    return [first, *_doubts(_quality_of(found, scenario, outcome))]


def _doubts(row: Any) -> list[str]:
    """Luck in the variance, and what the regression leaves unexplained."""
    noise = row["noise_share"]
    told = []
    if noise == noise:
        told.append(
            tr(
                "Luck of the replications makes {share} of the variance between points.",
                share=share_text(noise),
            )
        )
    if noise >= NOISY:
        told.append(tr("That is much: small indices cannot be told from it without more replications."))
    if row["r2"] == row["r2"]:
        told.append(
            tr(
                "A linear regression explains {r2} of the variance, one on ranks {rank}.",
                r2=share_text(row["r2"]),
                rank=share_text(row["rank_r2"]),
            )
        )
        if max(row["r2"], row["rank_r2"]) < ENOUGH_EXPLAINED:
            told.append(tr("That is little: the coefficients are a poor summary of what the factors do."))
    return told


def _quality_of(found: Sensitivity, scenario: str, outcome: str) -> Any:
    rows = found.quality
    return rows[(rows["scenario"] == scenario) & (rows["outcome"] == outcome)].iloc[0]


def index_grid(found: Sensitivity, scenario: str, outcome: str) -> Grid:
    """One row a factor, a column a measure, with intervals."""
    labels = factor_labels(found.study)
    rows = found.table[(found.table["scenario"] == scenario) & (found.table["outcome"] == outcome)]
    measures = list(dict.fromkeys(rows["measure"]))
    cells = rows.set_index(["factor", "measure"])
    lines = []
    for factor in found.ranked(scenario, outcome)["factor"]:
        told = [cells.loc[(factor, measure)] for measure in measures]
        texts = [with_interval(cell["value"], cell["low"], cell["high"], signs=True) for cell in told]
        lines.append([labels[factor], f"`{factor}`", *texts])
    header = [tr("factor"), tr("setting"), *map(measure_label, measures)]
    return Grid(header, lines, texts=2, folded=outcome_label(found.study, outcome))


def quality_grid(found: Sensitivity) -> Grid:
    """Points, variance, its luck, and what regressions explain, for every scenario and outcome."""
    states = {
        "analysed": tr("analysed"),
        "constant": tr("no point differs from another"),
        "undefined": tr("missing at some point"),
    }
    lines = [
        [
            outcome_label(found.study, row["outcome"]),
            plain(row["scenario"]),
            states[row["status"]],
            str(row["points"]),
            number(row["variance"]),
            share_text(row["noise_share"]),
            share_text(row["r2"]),
        ]
        for _, row in found.quality.iterrows()
    ]
    header = [
        tr("outcome"),
        tr("scenario"),
        tr("state"),
        tr("number of points"),
        tr("variance between points"),
        tr("of it luck"),
        "R²",
    ]
    return Grid(header, lines, texts=3, folded=tr("All outcomes"))


def _reading(found: Sensitivity) -> str:
    if found.study.design == "morris":
        return tr(
            "An elementary effect is what moving one factor over its whole range would change, from wherever the "
            "others stand; intervals are over trajectories, and with few of them those of σ are too narrow. Screening "
            "orders factors; it does not share out variance."
        )
    if found.study.design == "sobol":
        return tr(
            "Shares of variance depend on the ranges: a factor with a wider range counts for more. Estimates may lie "
            "below 0 or above 1 by the luck of the points; intervals come from resampling them."
        )
    return tr(
        "Coefficients describe how the points lie along each factor; a factor that acts both ways, or only together "
        "with others, can matter and still have a coefficient near 0."
    )
