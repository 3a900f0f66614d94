"""How robustness is told: a sentence a headline, where headlines flip, what a choice costs, and the limits."""

from typing import Any

from sim.analysis.document import Block, Document, Heading, Listing, Paragraph, Picture
from sim.analysis.language import tr
from sim.analysis.studies.box_figure import about_boxes, box_scatter
from sim.analysis.studies.headlines import BY_ESTIMATE, Headline, rows_of
from sim.analysis.studies.robustness import Robustness
from sim.analysis.studies.robustness_figures import (
    about_headlines,
    about_regret,
    headline_bars,
    headline_label,
    regret_boxes,
)
from sim.analysis.studies.robustness_grids import box_grid, headline_grid, region_grid, regret_grid, side_text
from sim.analysis.studies.wording import (
    SPACE_FILLING,
    joined,
    nothing_real,
    outcome_label,
    points_and_replications,
    share_text,
)
from sim.analysis.wording import counted, listed, plain

MOST_TOLD = 3


def robustness_report(found: Robustness) -> Document:
    """The paragraph, headlines, regret, boxes and regions, and what this does not say."""
    blocks: list[Block] = [Paragraph(robustness_paragraph(found))]
    if found.study.warnings:
        blocks += [Heading(tr("Warnings")), Listing(found.study.warnings)]
    blocks += [
        Picture("headlines", about_headlines(found), lambda: headline_bars(found)),
        headline_grid(found),
        Heading(tr("Where headlines flip")),
        *_about_boxes(found),
        Heading(tr("What a choice costs")),
        *_about_regret(found),
        Heading(tr("The best regime by region")),
        region_grid(found),
        Heading(tr("What this does not say")),
        Paragraph(nothing_real()),
        Listing(limits(found)),
    ]
    return Document(tr("How far the results of {name} stand", name=plain(found.study.name)), blocks)


def robustness_paragraph(found: Robustness) -> str:
    """A sentence for the first headlines, the surest box, and the limits."""
    size = points_and_replications(found.study, found.points)
    parts = [tr("What follows describes the simulation at {size}.", size=size)]
    parts += [_sentence(found, one) for one in found.headlines[:MOST_TOLD]]
    if not found.headlines:
        parts.append(tr("No key outcome differs from the baseline, so there is no headline to hold."))
    parts += _box_sentences(found)[:1]
    if found.left_out:
        parts.append(
            tr("Left out because they failed: {count}.", count=counted(len(found.left_out), "point"))
        )
    return joined([*parts, nothing_real()])


def _sentence(found: Robustness, one: Headline) -> str:
    rows = rows_of(found.table, one).set_index("state")
    return tr(
        "“{headline}” holds clearly at {holds} of the points ({low} to {high}) and by point estimate at {estimate}; it "
        "is undecided or negligible at {open} and flips clearly at {flips}.",
        headline=f"**{headline_label(found, one)}**",
        holds=share_text(rows["share"]["holds"]),
        low=share_text(rows["low"]["holds"]),
        high=share_text(rows["high"]["holds"]),
        estimate=share_text(rows["share"][BY_ESTIMATE]),
        open=share_text(rows["share"]["undecided"] + rows["share"]["negligible"]),
        flips=share_text(rows["share"]["flips"]),
    )


def _box_sentences(found: Robustness) -> list[str]:
    """One for every box: which settings, and how much of what flips lies there."""
    told = []
    heads: dict[Any, Headline] = {(one.scenario, one.outcome): one for one in found.headlines}
    for (scenario, outcome, _), rows in found.boxes.groupby(["scenario", "outcome", "box"], sort=False):
        first = rows.iloc[0]
        told.append(
            tr(
                "“**{headline}**” flips at {density} of the {count} where {sides} (at {base} of all points); this box "
                "holds {coverage} of all points where it flips.",
                headline=headline_label(found, heads[(scenario, outcome)]),
                density=share_text(first["density"]),
                count=counted(int(first["points"]), "point"),
                sides=listed([side_text(found, row) for _, row in rows.iterrows()]),
                base=share_text(first["base_density"]),
                coverage=share_text(first["coverage"]),
            )
        )
    return told


def _about_boxes(found: Robustness) -> list[Block]:
    if not len(found.boxes):
        return [Paragraph(tr("No headline flips clearly at enough points to search for where."))]
    return [
        Listing(_box_sentences(found)),
        Picture("boxes", about_boxes(found), lambda: box_scatter(found)),
        box_grid(found),
    ]


def _about_regret(found: Robustness) -> list[Block]:
    if not len(found.regret):
        return [Paragraph(tr("None of the outcomes has a direction that is known to be good."))]
    return [
        Picture("regret", about_regret(found), lambda: regret_boxes(found)),
        regret_grid(found),
        Listing([_enough(found, row) for _, row in found.satisficing.iterrows()]),
    ]


def _enough(found: Robustness, row: Any) -> str:
    outcomes = [outcome_label(found.study, name) for name in dict.fromkeys(found.regret["outcome"])]
    return tr(
        "{a} does at least as well as the baseline on all of {outcomes} at {share} of the points ({low} to {high}) "
        "by point estimate, and clearly worse on none of them at {rest}.",
        a=plain(row["scenario"]),
        outcomes=listed(outcomes),
        share=share_text(row["share"]),
        low=share_text(row["low"]),
        high=share_text(row["high"]),
        rest=share_text(row["not_worse"]),
    )


def limits(found: Robustness) -> list[str]:
    """What the shares rest on."""
    told = [
        tr(
            "Shares weigh all points alike: they are shares of the assumed ranges, not probabilities of anything real."
        ),
        tr("Intervals of shares are Wilson's and take the points for independent draws."),
        tr(
            "Regret and the best regime compare means over replications; where regimes are close, luck decides which "
            "is best."
        ),
        tr(
            "Boxes were searched for (patient rule induction): quasi p values test each side against the box without "
            "it and do not undo the search. Cases in opposite corners can escape it."
        ),
    ]
    if found.study.design not in SPACE_FILLING:
        told.append(
            tr("The points of this design do not fill the ranges evenly: shares describe the points only.")
        )
    elif found.study.design != "latin_hypercube":
        told.append(tr("Points of this design depend on one another, so intervals of shares are too narrow."))
    return told
