"""How an attribution is told: a paragraph, the parts, the pairs, and what is assumed."""

from typing import Any

from sim.lab.estimates.points import key_outcomes
from sim.lab.figures.attribution_figures import (
    about_pairs,
    about_parts,
    interaction_map,
    shapley_bars,
    verdict_label,
)
from sim.lab.language.language import joined, tr
from sim.lab.language.wording import listed, number, plain
from sim.lab.reports.document import Block, Document, Grid, Heading, Listing, Paragraph, Picture
from sim.lab.results.attribution import TOTAL, Attribution
from sim.lab.results.study_wording import (
    factor_labels,
    outcome_label,
    outcome_unit,
    points_and_replications,
    sentence_start,
    share_text,
    with_interval,
)

MOST_PAIRS = 12
SURE = 0.05


def attribution_report(found: Attribution) -> Document:
    """The paragraph, both figures, a table an outcome, the strongest pairs, how to read it."""
    blocks: list[Block] = [Paragraph(attribution_paragraph(found))]
    if found.study.warnings:
        blocks += [Heading(tr("Warnings")), Listing(found.study.warnings)]
    blocks += [
        Picture("attribution", about_parts(found), lambda: shapley_bars(found)),
        Picture("interactions", about_pairs(found), lambda: interaction_map(found)),
        Heading(tr("Parts")),
    ]
    key = key_outcomes(found.study)
    others = [name for name in found.study.outcomes if name not in key]
    blocks += [part_grid(found, outcome) for outcome in [*key, *others]]
    blocks += [Heading(tr("Pairs of parts")), *(pair_grid(found, outcome) for outcome in key)]
    blocks += [Heading(tr("How to read it")), Listing(_reading())]
    return Document(tr("Which part of {a} does what", a=plain(found.scenario)), blocks)


def attribution_paragraph(found: Attribution) -> str:
    """The total of the first key outcome, its parts by verdict, and the surest pair."""
    outcome = key_outcomes(found.study, 1)[0]
    rows = found.of(outcome)
    total = rows[TOTAL]
    first = tr(
        "In this simulation all parts of {a} together change {label} by {size} {unit} against none of them (95 % "
        "interval; {basis}).",
        a=plain(found.scenario),
        label=outcome_label(found.study, outcome),
        size=with_interval(total["value"], total["low"], total["high"], signs=True),
        unit=outcome_unit(found.study, outcome),
        basis=points_and_replications(found.study, len(found.study.points)),
    )
    limits = tr(
        "How parts share what they do together follows from averaging over all orders; another rule would share it "
        "otherwise. The numbers describe a simulation with assumed parameters, not a real place."
    )
    return joined([first, *_by_verdict(found, rows), *_surest_pair(found, outcome), limits])


def _by_verdict(found: Attribution, rows: dict[str, Any]) -> list[str]:
    labels, told = factor_labels(found.study), []
    names = {
        verdict: [part for part in found.parts if rows[part]["verdict"] == verdict]
        for verdict in ("clear", "negligible", "undecided")
    }
    sizes = [
        f"{labels[part]} {with_interval(row['value'], row['low'], row['high'], signs=True, notes=_notes(row))}"
        for part, row in sorted(rows.items(), key=lambda one: -abs(one[1]["value"]))
        if part in names["clear"]
    ]
    if sizes:
        told.append(tr("Clear parts: {parts}.", parts=listed(sizes)))
    small = [labels[part] for part in names["negligible"]]
    if small:
        least = number(float(rows[TOTAL]["least"]), 2)
        told.append(tr("Negligible (smaller than {least}): {parts}.", least=least, parts=listed(small)))
    if names["undecided"]:
        open_parts = listed([labels[part] for part in names["undecided"]])
        told.append(tr("Undecided: {parts}.", parts=open_parts))
    return told


def _notes(row: Any) -> list[str]:
    """A part's share in the whole, and whether it is clear alone but not among many outcomes."""
    share = tr("{share} of the whole", share=share_text(row["share"])) if row["share"] == row["share"] else ""
    many = tr("not clear once adjusted for the number of outcomes") if row["p_holm"] >= SURE else ""
    return [note for note in (share, many) if note]


def _surest_pair(found: Attribution, outcome: str) -> list[str]:
    """The largest interaction that stands up to the adjustment for many tests."""
    rows = found.pairs[(found.pairs["outcome"] == outcome) & (found.pairs["p_holm"] < SURE)]
    if not len(rows):
        return [tr("No pair of parts is told to do more or less together than each alone.")]
    row = rows.iloc[int(rows["value"].abs().to_numpy().argmax())]
    labels = factor_labels(found.study)
    text = with_interval(row["value"], row["low"], row["high"], signs=True)
    return [
        tr(
            "The strongest pair is {one} with {other}: together {size} beyond each alone.",
            one=labels[row["first"]],
            other=labels[row["second"]],
            size=text,
        )
    ]


def part_grid(found: Attribution, outcome: str) -> Grid:
    """One row a part and one for the total."""
    labels = {**factor_labels(found.study), TOTAL: tr("all parts together")}
    rows = found.of(outcome)
    lines = [
        [
            sentence_start(labels[part]),
            with_interval(row["value"], row["low"], row["high"], signs=True),
            share_text(row["share"]),
            number(row["p_holm"], 2),
            verdict_label(str(row["verdict"])),
        ]
        for part, row in rows.items()
    ]
    unit = outcome_unit(found.study, outcome)
    header = [tr("part"), tr("adds, {unit}", unit=unit), tr("of the whole"), tr("adjusted p"), tr("verdict")]
    return Grid(header, lines, texts=1, folded=outcome_label(found.study, outcome))


def pair_grid(found: Attribution, outcome: str) -> Grid:
    """The pairs with the largest interaction."""
    labels = factor_labels(found.study)
    rows = found.pairs[found.pairs["outcome"] == outcome]
    shown = rows.sort_values("value", key=abs, ascending=False)[:MOST_PAIRS]
    lines = [
        [
            labels[row["first"]],
            labels[row["second"]],
            with_interval(row["value"], row["low"], row["high"], signs=True),
            number(row["p_holm"], 2),
        ]
        for _, row in shown.iterrows()
    ]
    header = [tr("part"), tr("with"), tr("beyond each alone"), tr("adjusted p")]
    return Grid(header, lines, texts=2, folded=outcome_label(found.study, outcome))


def _reading() -> list[str]:
    return [
        tr("A part's value is what adding it changes, averaged over all orders of adding the parts."),
        tr("In every replication the parts add up to what all of them change together."),
        tr(
            "A pair's index is what both do beyond each alone, averaged over which others are there; negative where "
            "one does the other's work."
        ),
        tr(
            "Clear: the 95 % interval excludes 0. Negligible: it lies within plus or minus the smallest effect of "
            "interest, which is two one-sided tests at 2.5 % each. Undecided: neither."
        ),
        tr(
            "The verdict looks at one outcome alone. The adjusted p takes all outcomes into account, so a part may be "
            "clear there and not among many."
        ),
        tr(
            "Where it is not given, the smallest effect of interest is assumed: 1 % of the baseline's mean, or a fifth "
            "of the baseline's standard deviation between replications where the unit has no natural zero."
        ),
        tr(
            "Intervals are Student's t; with at least 20 replications and much skewness (fewer than 25 times its "
            "square) they are bias-corrected and accelerated bootstrap intervals."
        ),
        tr(
            "p values are adjusted by Holm's method: of parts over the outcomes, of pairs over pairs and outcomes."
        ),
    ]
