"""How robustness is told: a sentence a headline, where headlines flip, what a choice costs, and the limits."""

from typing import TYPE_CHECKING, Any

from sim.lab.estimates.headlines import BY_ESTIMATE, Headline, headline_at, rows_of
from sim.lab.estimates.prim import SURE
from sim.lab.figures.box_figure import about_boxes, box_scatter
from sim.lab.figures.robustness_figures import (
    about_headlines,
    about_regret,
    headline_bars,
    headline_label,
    regret_boxes,
)
from sim.lab.language.language import joined, tr
from sim.lab.language.wording import counted, listed, number, plain
from sim.lab.reports.document import Block, Document, Heading, Listing, Paragraph, Picture
from sim.lab.reports.robustness_grids import box_grid, headline_grid, region_grid, regret_grid, side_text
from sim.lab.results.robustness import Robustness
from sim.lab.results.study_wording import (
    SPACE_FILLING,
    nothing_real,
    outcome_label,
    points_and_replications,
    share_text,
)

if TYPE_CHECKING:
    import pandas

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
    parts += _box_sentences(found, found.boxes[found.boxes["search_p"] < SURE])[:1]
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


def _box_sentences(found: Robustness, boxes: "pandas.DataFrame") -> list[str]:
    """One for every box: which settings, how much of what flips lies there, and whether luck would find as much."""
    told = []
    for _, rows in boxes.groupby(["scenario", "outcome", "sign", "box"], sort=False):
        first = rows.iloc[0]
        box = tr(
            "“**{headline}**” flips at {density} of the {count} where {sides} (at {base} of all points); this box "
            "holds {coverage} of all points where it flips.",
            headline=headline_label(found, headline_at(first)),
            density=share_text(first["density"]),
            count=counted(int(first["points"]), "point"),
            sides=listed([side_text(found, row) for _, row in rows.iterrows()]),
            base=share_text(first["base_density"]),
            coverage=share_text(first["coverage"]),
        )
        told.append(joined([box, _luck_of(first["search_p"])]))
    return told


def _luck_of(search_p: float) -> str:
    """Whether a search where nothing is to be found ends with as good a box."""
    p = number(search_p, 2)
    if search_p < SURE:
        return tr("The same search hardly finds as much among points that flip by lot (search p {p}).", p=p)
    return tr("The same search finds as much among points that flip by lot too often (search p {p}).", p=p)


def _about_boxes(found: Robustness) -> list[Block]:
    if not len(found.boxes):
        return [Paragraph(tr("No headline flips clearly at enough points to search for where."))]
    return [
        Listing(_box_sentences(found, found.boxes)),
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
    """What the shares rest on; that a Latin hypercube's vary less than independent points': T20."""
    told = [
        tr(
            "Shares weigh all points alike: they are shares of the assumed ranges, not probabilities of anything real."
        ),
        tr(
            "Intervals of shares are Wilson's and take the points for independent draws; those of a Latin hypercube "
            "spread more evenly, so its intervals are rather too wide."
        ),
        tr(
            "Each point is judged by its own 95 % interval over replications, not adjusted for the number of points "
            "and headlines: where there is no effect at all, luck lets a headline hold clearly at 2.5 % of the points "
            "and flip clearly at as many. More replications leave fewer points undecided."
        ),
        tr(
            "Regret and the best regime compare means over replications; where regimes are close, luck decides which "
            "is best."
        ),
        tr(
            "The lead of the best regime of a region has a t interval over its points, as if it had not been picked."
        ),
        tr(
            "Boxes were searched for (patient rule induction): quasi p values test each side against the box without "
            "it and do not undo the search; the search p does, for one headline. Cases in opposite corners can escape "
            "it."
        ),
    ]
    if not found.asked:
        told.append(
            tr(
                "No headline was asked for: each is the sign of the median effect over these very points, so it holds "
                "by point estimate at half of them at least."
            )
        )
    if found.study.design not in SPACE_FILLING:
        told.append(
            tr("The points of this design do not fill the ranges evenly: shares describe the points only.")
        )
    elif found.study.design != "latin_hypercube":
        told.append(tr("Points of this design depend on one another, so intervals of shares are too narrow."))
    return told
