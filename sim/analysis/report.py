"""The report of a comparison or of a single run: the answer first, then what it rests on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.analysis.answer import answer, changed_slots, final_regime, focus
from sim.analysis.digest import Digest
from sim.analysis.document import Block, Document, Grid, Heading, Listing, Paragraph, Picture, Quote
from sim.analysis.grids import (
    assumption_grid,
    effect_grid,
    flow_grid,
    level_grid,
    meaning_grid,
    origin_lines,
    pair_grid,
    sources_line,
)
from sim.analysis.summary import summary
from sim.analysis.wording import counted, listed, plain, window_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["report", "summary"]

LIMITS = (
    "These are statements about a simulation, not about a place. Nothing here is a finding about the real new "
    "area: the article that describes the regime reports no outcome data, and nothing was fitted to the place. "
    "Most parameters of behaviour are assumed or taken from other settings (listed below); another plausible "
    "choice may change sizes and signs. Intervals are 95 % intervals over replications: they measure the luck "
    "inside the simulation only, and become as narrow as one likes with more replications; they say nothing about "
    "whether the assumptions are right. With many outcomes in a table, about one in twenty intervals misses its "
    "value by luck alone."
)


def report(digest: Digest, warnings: Sequence[str] = ()) -> Document:
    """The report of a digest.

    Args:
        digest: of a comparison, or of a single run.
        warnings: shown before anything that they concern.
    """
    leading = focus(digest)
    blocks: list[Block] = []
    question = digest.manifests[leading].get("question")
    if question:
        blocks.append(Quote(str(question)))
    blocks.append(Paragraph(" ".join(answer(digest, leading))))
    blocks += _warned(warnings)
    blocks += _compared(digest, leading) if digest.baseline else _single(digest)
    blocks += _people(digest)
    blocks += [Heading("What this does not say"), Paragraph(LIMITS)]
    blocks += _assumed(digest)
    blocks += [Heading("How it was made"), Listing(origin_lines(digest))]
    return Document(_title(digest, leading), blocks)


def _title(digest: Digest, leading: str) -> str:
    if digest.baseline is None:
        return f"{plain(leading).capitalize()}: a simulated new area"
    return f"{plain(leading).capitalize()} compared with {plain(digest.baseline)}: a simulated new area"


def _warned(warnings: Sequence[str]) -> list[Block]:
    if not warnings:
        return []
    return [
        Heading("Warnings"),
        Listing([f"**{warning}**" if len(warnings) < 4 else warning for warning in warnings]),
    ]


def _compared(digest: Digest, leading: str) -> list[Block]:
    """What was compared, the answers for the other regimes, effects and paths."""
    blocks: list[Block] = [_picture("comparison", "The comparison at a glance.", digest)]
    blocks += [Heading("What was compared"), _regimes(digest), Paragraph(_about_design(digest))]
    others = [name for name in digest.scenarios if name not in (digest.baseline, leading)]
    if others:
        blocks.append(Heading("The other regimes"))
    for name in others:
        blocks.append(Heading(plain(name), 3))
        question = digest.manifests[name].get("question")
        blocks += [Quote(str(question))] if question else []
        blocks.append(Paragraph(" ".join(answer(digest, name))))
    blocks += [Heading("Effects"), Paragraph(_about_effects(digest))]
    blocks.append(_picture("effects", "Effects with their intervals.", digest))
    blocks += [Heading(plain(leading), 3), effect_grid(digest, leading)]
    blocks += [effect_grid(digest, name, folded=f"All effects of {plain(name)}") for name in others]
    blocks.append(meaning_grid(digest))
    if others:
        blocks += _pairs(digest)
    paths = _picture("time_paths", "Differences to the baseline by quarter.", digest)
    return [*blocks, Heading("How it moves in time"), paths]


def _pairs(digest: Digest) -> list[Block]:
    """Every regime against every other, in what is delivered."""
    if digest.pairs.empty:
        return []
    outcome = str(digest.pairs["outcome"].iloc[0])
    term = digest.outcomes.get(outcome, {})
    told = (
        f"{str(term.get('label', plain(outcome))).capitalize()} ({term.get('unit', '')}) under the row's regime less "
        "that under the column's, paired, with 95 % intervals."
    )
    return [Heading("The regimes against each other"), Paragraph(told), pair_grid(digest)]


def _regimes(digest: Digest) -> Grid:
    """Which of the eight parts each regime changes."""
    base = final_regime(digest.manifests[str(digest.baseline)])
    rows = []
    for name, manifest in digest.manifests.items():
        changed = changed_slots(final_regime(manifest), base)
        kinds = [f"{plain(slot)}: {plain(str(final_regime(manifest)[slot].get('kind')))}" for slot in changed]
        told = "the baseline" if name == digest.baseline else listed(kinds) if kinds else "nothing"
        rows.append([plain(name), told, str(manifest.get("question", ""))])
    return Grid(
        ["scenario", "parts of the regime that differ from the baseline at the end", "question"],
        rows,
        texts=3,
    )


def _about_design(digest: Digest) -> str:
    reforms = [f"quarter {quarter}" for quarter in digest.reforms]
    lived = f" The regimes change after {listed(reforms)} has closed." if reforms else ""
    return (
        f"Every scenario was simulated {counted(digest.replications, 'time')} with the same luck: a person meets "
        "the same draws under every regime, and differences are taken replication by replication (common random "
        f"numbers).{lived}"
    )


def _about_effects(digest: Digest) -> str:
    return (
        f"Paired differences to {plain(str(digest.baseline))} of means over "
        f"{window_name(digest.first, digest.window)}, with 95 % intervals over replications. Where the interval "
        "includes 0, the sign is uncertain. Flows of people are given per 100 people employed and year. The last "
        "column says whether a clear difference is for better or worse, where that can be said of the outcome."
    )


def _single(digest: Digest) -> list[Block]:
    return [
        Heading("How it moves in time"),
        _picture("time_paths", "Key outcomes by quarter.", digest),
        Heading("Levels"),
        Paragraph(
            f"Means over {window_name(digest.first, digest.window)}, with 95 % intervals over replications."
        ),
        level_grid(digest),
        meaning_grid(digest),
    ]


def _people(digest: Digest) -> list[Block]:
    """Who is flagged, who is paid, who moves."""
    return [
        Heading("Who is flagged"),
        Paragraph(
            "True ability is known in a simulation and to no appraiser. Were flags drawn by lot, a tenth of them "
            "would fall on each tenth of ability; the more they fall to the left, the better they find the least "
            "able."
        ),
        _picture("flagged_by_ability", "Share of the flags by tenth of true ability.", digest),
        Heading("Pay against contribution"),
        _picture("pay_against_contribution", "Pay by tenth of true contribution.", digest),
        Heading("Up, down, in and out"),
        flow_grid(digest),
        _picture("flows", "Flows of people.", digest),
    ]


def _assumed(digest: Digest) -> list[Block]:
    grid = assumption_grid(digest)
    told = (
        f"The results rest on **{counted(len(grid.rows), 'assumed value')}**: numbers and choices without "
        f"a source. {sources_line(digest)}"
    )
    return [Heading("Assumed parameters"), Paragraph(told), *([grid] if grid.rows else [])]


def _picture(name: str, text: str, digest: Digest) -> Picture:
    """A figure, with its basis in the caption."""
    count = counted(digest.replications, "replication")
    against = f", baseline {plain(digest.baseline)}" if digest.baseline else ""
    return Picture(name, f"{text} 95 % intervals, {count}{against}.", lambda: _drawn(name, digest))


def _drawn(name: str, digest: Digest) -> "Figure":
    """matplotlib is loaded only when a figure is drawn."""
    from sim.analysis import figures
    from sim.analysis.overview import overview

    draw = {
        "comparison": overview,
        "effects": figures.effects_by_outcome,
        "time_paths": figures.time_paths,
        "flagged_by_ability": figures.flagged_by_ability,
        "pay_against_contribution": figures.pay_against_contribution,
        "flows": figures.flows,
    }
    return draw[name](digest)
