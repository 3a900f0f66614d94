"""The report of a comparison or of a single run: the answer first, then what it rests on."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.lab.estimates.digest import Digest
from sim.lab.estimates.in_force import differing_quarters, stretches, window_told
from sim.lab.language.changed import in_title, shown
from sim.lab.language.language import tr
from sim.lab.language.wording import counted, label_of, listed, plain, unit_of, window_name
from sim.lab.reports.answer import (
    answer,
    baseline_sentence,
    first_paragraph,
    focus,
    last_regime,
    parts_changed,
)
from sim.lab.reports.definitions import definitions
from sim.lab.reports.document import Block, Document, Grid, Heading, Listing, Paragraph, Picture, Quote
from sim.lab.reports.grids import (
    assumption_grid,
    effect_grid,
    flow_grid,
    level_grid,
    meaning_grid,
    origin_lines,
    pair_grid,
    sources_line,
)
from sim.lab.reports.summary import summary

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["report", "summary"]


def limits() -> str:
    """What the numbers are not."""
    return tr(
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
        blocks.append(Quote(tr(str(question))))
    blocks.append(Paragraph(first_paragraph(digest, leading)))
    blocks += _warned(warnings)
    blocks += _compared(digest, leading) if digest.baseline else _single(digest)
    blocks += _people(digest)
    blocks += [Heading(tr("What this does not say")), Paragraph(limits())]
    blocks += _assumed(digest)
    blocks += [Heading(tr("How it was made")), Listing(origin_lines(digest))]
    return Document(_title(digest, leading), blocks)


def _title(digest: Digest, leading: str) -> str:
    changed = in_title(digest.manifests)
    if digest.baseline is None:
        return tr("{a}: a simulated new area", a=plain(leading).capitalize()) + changed
    names = {"a": plain(leading).capitalize(), "b": plain(digest.baseline)}
    return tr("{a} compared with {b}: a simulated new area", **names) + changed


def _warned(warnings: Sequence[str]) -> list[Block]:
    if not warnings:
        return []
    return [
        Heading(tr("Warnings")),
        Listing([f"**{warning}**" if len(warnings) < 4 else warning for warning in warnings]),
    ]


def _compared(digest: Digest, leading: str) -> list[Block]:
    """What was compared, the answers for the other regimes, effects and paths."""
    blocks: list[Block] = [_picture("comparison", tr("The comparison at a glance."), digest)]
    blocks += [Heading(tr("What was compared")), _regimes(digest)]
    blocks.append(
        Paragraph(" ".join((_about_design(digest), baseline_sentence(digest), about_window(digest))))
    )
    others = [name for name in digest.scenarios if name not in (digest.baseline, leading)]
    if others:
        blocks.append(Heading(tr("The other regimes")))
    for name in others:
        blocks.append(Heading(plain(name), 3))
        question = digest.manifests[name].get("question")
        blocks += [Quote(tr(str(question)))] if question else []
        blocks.append(Paragraph(" ".join(answer(digest, name))))
    blocks += [Heading(tr("Effects")), Paragraph(_about_effects(digest))]
    blocks.append(_picture("effects", tr("Effects with their intervals."), digest))
    effects = effect_grid(digest, leading)
    blocks += [Heading(plain(leading), 3), effects, Listing(definitions(effects))]
    blocks += [
        effect_grid(digest, name, folded=tr("All effects of {name}", name=plain(name))) for name in others
    ]
    blocks.append(meaning_grid(digest))
    if others:
        blocks += _pairs(digest)
    paths = _picture("time_paths", tr("Differences to the baseline by quarter."), digest)
    return [*blocks, Heading(tr("How it moves in time")), paths]


def _pairs(digest: Digest) -> list[Block]:
    """Every regime against every other, in what is delivered."""
    if digest.pairs.empty:
        return []
    outcome = str(digest.pairs["outcome"].iloc[0])
    term = digest.outcomes.get(outcome, {})
    told = tr(
        "{label} ({unit}) under the row's regime less that under the column's, paired, with 95 % intervals.",
        label=label_of(term, outcome).capitalize(),
        unit=unit_of(term),
    )
    return [Heading(tr("The regimes against each other")), Paragraph(told), pair_grid(digest)]


def _regimes(digest: Digest) -> Grid:
    """Which of the eight parts each regime changes."""
    rows = []
    for name, manifest in digest.manifests.items():
        regime, base = last_regime(digest, name), last_regime(digest, str(digest.baseline))
        kinds = [_part(slot, regime[slot], base[slot]) for slot in parts_changed(digest, name)]
        told = tr("the baseline") if name == digest.baseline else listed(kinds) if kinds else tr("nothing")
        rows.append([plain(name), told, tr(str(manifest.get("question", "")))])
    return Grid(
        [
            tr("scenario"),
            tr("parts of the regime that differ from the baseline in the window"),
            tr("question"),
        ],
        rows,
        texts=3,
    )


def _part(slot: str, rule: Mapping[str, Any], base: Mapping[str, Any]) -> str:
    """`floating pay: three part`; where the kind is the baseline's, the settings that differ."""
    own = [name for name in rule if rule[name] != base.get(name)]
    if rule.get("kind") != base.get("kind") or not own:
        return f"{plain(slot)}: {plain(str(rule.get('kind')))}"
    settings = [f"`{name} {shown(base.get(name))} → {shown(rule[name])}`" for name in own]
    return f"{plain(slot)}: {', '.join(settings)}"


def _about_design(digest: Digest) -> str:
    reforms = [tr("quarter {quarter}", quarter=quarter) for quarter in digest.reforms]
    lived = tr(" The regimes change after {reforms} has closed.", reforms=listed(reforms)) if reforms else ""
    return tr(
        "Every scenario was simulated {times} with the same luck: a person meets the same draws under every "
        "regime, and differences are taken replication by replication (common random numbers).{lived}",
        times=counted(digest.replications, "time"),
        lived=lived,
    )


def about_window(digest: Digest) -> str:
    """Over which quarters means are taken and why, and which regimes differ in only some of them."""
    first, last = digest.window
    resolved = {name: manifest["scenario"] for name, manifest in digest.manifests.items()}
    told = [window_told(digest.window, digest.first["scenario"], *resolved.values())]
    for name in digest.scenarios:
        found = differing_quarters(resolved[name], digest.first["scenario"], first, last)
        if found and len(found) < last - first + 1:
            told.append(
                tr(
                    "`{a}` differs from the baseline in {quarters} only.",
                    a=name,
                    quarters=stretches(found),
                )
            )
    return " ".join(told)


def _about_effects(digest: Digest) -> str:
    return tr(
        "Paired differences to {b} of means over {window}, with 95 % intervals over replications. Where the interval "
        "includes 0, the sign is uncertain. Flows of people are given per 100 people employed and year. The last "
        "column says whether a clear difference is for better or worse, where that can be said of the outcome.",
        b=plain(str(digest.baseline)),
        window=window_name(digest.first, digest.window),
    )


def _single(digest: Digest) -> list[Block]:
    levels = level_grid(digest)
    return [
        Heading(tr("How it moves in time")),
        _picture("time_paths", tr("Key outcomes by quarter."), digest),
        Heading(tr("Levels")),
        Paragraph(f"{about_window(digest)} {tr('Intervals are 95 % intervals over replications.')}"),
        levels,
        Listing(definitions(levels)),
        meaning_grid(digest),
    ]


def _people(digest: Digest) -> list[Block]:
    """Who is flagged, who is paid, who moves."""
    return [
        Heading(tr("Who is flagged")),
        Paragraph(
            tr(
                "True ability is known in a simulation and to no appraiser. Were flags drawn by lot, a tenth of them "
                "would fall on each tenth of ability; the more they fall to the left, the better they find the least "
                "able."
            )
        ),
        _picture("flagged_by_ability", tr("Share of the flags by tenth of true ability."), digest),
        Heading(tr("Pay against contribution")),
        _picture("pay_against_contribution", tr("Pay by tenth of true contribution."), digest),
        Heading(tr("Up, down, in and out")),
        *_flows(digest),
    ]


def _flows(digest: Digest) -> list[Block]:
    """Every flow of people that was asked for, under every regime."""
    grid = flow_grid(digest)
    return [grid, _picture("flows", tr("Flows of people."), digest)] if grid.rows else []


def _assumed(digest: Digest) -> list[Block]:
    grid = assumption_grid(digest)
    told = tr(
        "The results rest on **{count}**: numbers and choices without a source. {sources}",
        count=counted(len(grid.rows), "assumed value"),
        sources=sources_line(digest),
    )
    return [Heading(tr("Assumed parameters")), Paragraph(told), *([grid] if grid.rows else [])]


def _picture(name: str, text: str, digest: Digest) -> Picture:
    """A figure, with its basis in the caption."""
    count = counted(digest.replications, "replication")
    against = tr(", baseline {b}", b=plain(digest.baseline)) if digest.baseline else ""
    told = tr("{text} 95 % intervals, {count}{against}.", text=text, count=count, against=against)
    return Picture(name, told, lambda: _drawn(name, digest))


def _drawn(name: str, digest: Digest) -> "Figure":
    """matplotlib is loaded only when a figure is drawn."""
    from sim.lab.figures import figures
    from sim.lab.figures.overview import overview

    draw = {
        "comparison": overview,
        "effects": figures.effects_by_outcome,
        "time_paths": figures.time_paths,
        "flagged_by_ability": figures.flagged_by_ability,
        "pay_against_contribution": figures.pay_against_contribution,
        "flows": figures.flows,
    }
    return draw[name](digest)
