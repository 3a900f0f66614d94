"""What is said of levers: views of the sentences, the figure, the table of their values and of what two do together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.lab.estimates.lever_effects import LeverEffects
from sim.lab.figures.lever_figure import about_levers, lever_figure
from sim.lab.language.language import tr
from sim.lab.language.wording import holds_zero, never_moves, number, plain, span, together
from sim.lab.reports.document import Block, Heading, Paragraph, Picture
from sim.lab.reports.grid import Grid
from sim.lab.reports.template import paragraph

MOST_OUTCOMES = 4
LONGEST = 40
"""Rows of a table that a page shows at once."""


@dataclass(frozen=True)
class Moved:
    """What a lever does to the leading outcome between its first and its last value.

    Attributes:
        lever: its name.
        first, last: the values.
        difference: of the outcome, with its sign; "" where it never changes.
        span: the difference's interval; "" where there is none.
        uncertain: whether the interval includes 0.
        before, after: the outcome at both values.
        replications: how many.
        settings: of the other levers, over which the difference is a mean.
    """

    lever: str
    first: str
    last: str
    difference: str
    span: str
    uncertain: bool
    before: str
    after: str
    replications: int
    settings: int


@dataclass(frozen=True)
class Answer:
    """What levers do to the leading outcome.

    Attributes:
        scenario, baseline: whose effect against whom; without a baseline the outcome itself is told.
        label, unit: of the outcome.
        moved: the levers that there is room to tell of.
        rest: how many more there are.
    """

    scenario: str
    baseline: str | None
    label: str
    unit: str
    moved: Sequence[Moved]
    rest: int


@dataclass(frozen=True)
class Levers:
    """What a report shows of levers, see `levers.md.j2`.

    Attributes:
        of: the scenario, where there are several; else "".
        figure: its name.
        caption: of the figure.
        values: one row a lever, outcome and value.
        together: one row two levers, their values and an outcome; None where none are crossed.
    """

    of: str
    figure: str
    caption: str
    values: Grid
    together: Grid | None


def answers(effects: LeverEffects) -> list[str]:
    """A sentence a lever on the leading outcome, then what the effects are told against."""
    leading = effects.leading
    outcome = effects.outcomes[0]
    view = Answer(
        effects.scenario,
        effects.baseline,
        effects.label(outcome),
        effects.unit(outcome),
        [_moved(effects.of(lever, outcome).iloc[-1]) for lever in leading],
        len(effects.moved) - len(leading),
    )
    return paragraph("levers_answer", view).splitlines()


def _moved(row: Any) -> Moved:
    """A row of the levers' table in words."""
    low, high = row["difference_low"], row["difference_high"]
    still, known = never_moves(row["difference"], low, high), bool(np.isfinite(low))
    return Moved(
        lever=str(row["lever"]),
        first=str(row["first"]),
        last=str(row["value"]),
        difference="" if still else together(row["difference"])[0],
        span=span(low, high) if known else "",
        uncertain=known and not still and holds_zero(low, high),
        before=number(row["mean"] - row["difference"]),
        after=number(row["mean"]),
        replications=int(row["replications"]),
        settings=int(row["points"]),
    )


def levers_of(effects: LeverEffects, of: str = "") -> Levers | None:
    """Figure and tables; None where no lever takes two values. `of` names the scenario where there are several."""
    if not effects.moved:
        return None
    crossed = len(effects.interactions) > 0
    return Levers(
        of,
        f"levers_{of}" if of else "levers",
        about_levers(effects),
        lever_grid(effects),
        interaction_grid(effects) if crossed else None,
    )


def lever_blocks(effects: LeverEffects, of: str = "") -> list[Block]:
    """The same as blocks, for reports that are no template yet."""
    levers = levers_of(effects, of)
    if levers is None:
        return []
    drawn = effects.outcomes[:MOST_OUTCOMES]
    blocks: list[Block] = [
        Heading(tr("What each lever does") + (f" ({plain(of)})" if of else "")),
        Picture(levers.figure, levers.caption, lambda: lever_figure(effects, drawn)),
        levers.values,
    ]
    if levers.together:
        about = tr(
            "By how much more an outcome changes when both levers move than the two changes alone add up to; 0 where "
            "levers only add up."
        )
        blocks += [Heading(tr("What levers do together"), level=3), Paragraph(about), levers.together]
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
    level = [number(row["mean"]), span(row["low"], row["high"], signs=False)]
    if row["value"] == row["first"]:
        return [*names, *level, "", tr("first value")]
    [difference] = together(row["difference"])
    return [*names, *level, difference, span(row["difference_low"], row["difference_high"])]


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
