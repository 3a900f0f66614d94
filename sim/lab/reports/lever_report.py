"""What is said of levers: a sentence a lever, a figure, a table of their values, a table of what two do together."""

from typing import Any

import numpy as np

from sim.lab.estimates.lever_effects import LeverEffects
from sim.lab.figures.lever_figure import about_levers, lever_figure
from sim.lab.language.language import tr
from sim.lab.language.wording import (
    counted,
    holds_zero,
    includes_zero,
    never_moves,
    number,
    plain,
    span,
    together,
)
from sim.lab.reports.document import Block, Grid, Heading, Paragraph, Picture

MOST_OUTCOMES = 4
LONGEST = 40
"""Rows of a table that a page shows at once."""


def answers(effects: LeverEffects) -> list[str]:
    """A sentence a lever on the leading outcome, then what the effects are told against."""
    sentences = [_answer(effects, lever) for lever in effects.leading]
    rest = len(effects.moved) - len(sentences)
    if rest:
        sentences.append(tr("The other {count} move it less (table).", count=counted(rest, "lever")))
    return [*sentences, _against(effects)] if sentences else []


def _answer(effects: LeverEffects, lever: str) -> str:
    outcome = effects.outcomes[0]
    row = effects.of(lever, outcome).iloc[-1]
    what = effects.label(outcome)
    if effects.baseline is not None:
        what = tr(
            "the effect of `{a}` on {label}, compared with `{b}`,",
            a=plain(effects.scenario),
            b=plain(effects.baseline),
            label=what,
        )
    return tr(
        "**From {first} to {last} of `{lever}`, {what} {changes}** ({size}; {count}{averaged}).",
        first=row["first"],
        last=row["value"],
        lever=lever,
        what=what,
        changes=_changes(row, effects.unit(outcome)),
        size=_size(row),
        count=counted(int(row["replications"]), "replication"),
        averaged=_averaged(row),
    )


def _changes(row: Any, unit: str) -> str:
    if never_moves(row["difference"], row["difference_low"], row["difference_high"]):
        return tr("does not change at all")
    [difference] = together(row["difference"])
    return tr("changes by {difference} {unit}", difference=difference, unit=unit)


def _size(row: Any) -> str:
    """The interval, and from where to where the outcome goes."""
    low, high = row["difference_low"], row["difference_high"]
    uncertain = holds_zero(low, high) and not never_moves(row["difference"], low, high)
    interval = tr("95 % interval {span}", span=span(low, high)) if np.isfinite(low) else tr("no interval")
    if uncertain and np.isfinite(low):
        interval = tr("{interval}, {note}", interval=interval, note=includes_zero())
    before, after = number(row["mean"] - row["difference"]), number(row["mean"])
    return interval + (
        tr("; from {before} to {after}", before=before, after=after) if before != after else ""
    )


def _averaged(row: Any) -> str:
    """Over how much else the effect of a lever is a mean."""
    if int(row["points"]) == 1:
        return ""
    count = counted(int(row["points"]), "setting")
    return tr("; mean over {count} of the other levers", count=count)


def _against(effects: LeverEffects) -> str:
    if effects.baseline is None:
        return tr("There is no baseline: effects are told against the first value of each lever.")
    return tr("Changes are told against the first value of each lever.")


def lever_blocks(effects: LeverEffects, of: str = "") -> list[Block]:
    """Figure and tables; nothing where no lever takes two values. `of` names the scenario where there are several."""
    if not effects.moved:
        return []
    drawn = effects.outcomes[:MOST_OUTCOMES]
    blocks: list[Block] = [
        Heading(tr("What each lever does") + (f" ({plain(of)})" if of else "")),
        Picture(
            f"levers_{of}" if of else "levers", about_levers(effects), lambda: lever_figure(effects, drawn)
        ),
        lever_grid(effects),
    ]
    if len(effects.interactions):
        about = tr(
            "By how much more an outcome changes when both levers move than the two changes alone add up to; 0 where "
            "levers only add up."
        )
        blocks += [
            Heading(tr("What levers do together"), level=3),
            Paragraph(about),
            interaction_grid(effects),
        ]
    return blocks


def lever_grid(effects: LeverEffects) -> Grid:
    """One row a lever, outcome and value: what is found there, and the difference to the first value."""
    rows = []
    for lever in effects.moved:
        for outcome in effects.outcomes:
            rows += [_lever_row(effects, row) for _, row in effects.of(lever, outcome).iterrows()]
    at = tr("effect") if effects.baseline is not None else tr("level")
    header = [tr("lever"), tr("value"), tr("outcome"), tr("unit"), at, tr("95 % interval")]
    return Grid([*header, tr("less that at the first value"), tr("95 % interval")], rows, texts=4)


def _lever_row(effects: LeverEffects, row: Any) -> list[str]:
    outcome = str(row["outcome"])
    names = [f"`{row['lever']}`", str(row["value"]), effects.label(outcome), effects.unit(outcome)]
    found = [number(row["mean"]), span(row["low"], row["high"], signs=False)]
    if row["value"] == row["first"]:
        return [*names, *found, "", tr("first value")]
    [difference] = together(row["difference"])
    return [*names, *found, difference, span(row["difference_low"], row["difference_high"])]


def interaction_grid(effects: LeverEffects) -> Grid:
    """One row two levers, their values and an outcome."""
    pairs = effects.interactions
    rows = []
    for outcome in effects.outcomes:
        for _, row in pairs[pairs["outcome"] == outcome].iterrows():
            [difference] = together(row["difference"])
            steps = [
                f"`{row['lever']}` {row['first']} → {row['value']}",
                f"`{row['other']}` {row['other_first']} → {row['other_value']}",
            ]
            names = [*steps, effects.label(outcome), effects.unit(outcome)]
            rows.append([*names, difference, span(row["difference_low"], row["difference_high"])])
    header = [
        tr("lever"),
        tr("with"),
        tr("outcome"),
        tr("unit"),
        tr("more than added up"),
        tr("95 % interval"),
    ]
    folded = tr("What levers do together") if len(rows) > LONGEST else ""
    return Grid(header, rows, texts=4, folded=folded)
