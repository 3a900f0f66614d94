"""The view of levers: what each does to the leading outcome, a table of their values, what two do together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.lab.estimates.lever_effects import LeverEffects
from sim.lab.figures.lever_figure import about_levers
from sim.lab.language.language import tr
from sim.lab.language.wording import holds_zero, never_moves, number, span, together
from sim.lab.reports.grid import Rows

LONGEST = 40
"""Rows of a table that a page shows at once."""


@dataclass(frozen=True)
class Move:
    """What the leading outcome does from a lever's first value to its last.

    Attributes:
        lever, first, last: its name and the values.
        change: how much, with its sign; "" where every replication differs by exactly nothing.
        interval: 95 %; "" where there is none.
        uncertain: whether the interval includes 0.
        before, after: the outcome at both values; "" where they are written alike.
        replications: how many.
        settings: of the other levers, over which the change is a mean.
    """

    lever: str
    first: str
    last: str
    change: str
    interval: str
    uncertain: bool
    before: str
    after: str
    replications: int
    settings: int


@dataclass(frozen=True)
class Levers:
    """What is said of the levers of a scenario.

    Attributes:
        name: of the figure.
        scenario, baseline: whose effect against whom is told; without a baseline it is a level.
        label, unit: the leading outcome.
        moves: what each of the leading levers does to it.
        rest: how many other levers there are.
        caption: of the figure.
        values: what each lever does at each of its values.
        together: what two levers do beyond what each does alone; `long` where a page should not show it at once.
    """

    name: str
    scenario: str
    baseline: str | None
    label: str
    unit: str
    moves: Sequence[Move]
    rest: int
    caption: str
    values: Rows
    together: Rows
    long: bool


def levers_view(effects: LeverEffects, name: str = "levers") -> Levers | None:
    """The facts about levers; None where no lever takes two values."""
    if not effects.moved:
        return None
    leading, together_rows = effects.outcomes[0], interaction_rows(effects)
    return Levers(
        name=name,
        scenario=effects.scenario,
        baseline=effects.baseline,
        label=effects.label(leading),
        unit=effects.unit(leading),
        moves=[move_of(effects.of(lever, leading).iloc[-1]) for lever in effects.leading],
        rest=len(effects.moved) - len(effects.leading),
        caption=about_levers(effects),
        values=lever_rows(effects),
        together=together_rows,
        long=len(together_rows) > LONGEST,
    )


def move_of(row: Any) -> Move:
    """What a row of lever effects says."""
    low, high = row["difference_low"], row["difference_high"]
    still = never_moves(row["difference"], low, high)
    before, after = number(row["mean"] - row["difference"]), number(row["mean"])
    return Move(
        lever=str(row["lever"]),
        first=str(row["first"]),
        last=str(row["value"]),
        change="" if still else together(row["difference"])[0],
        interval=span(low, high) if np.isfinite(low) else "",
        uncertain=holds_zero(low, high) and not still,
        before=before if before != after else "",
        after=after,
        replications=int(row["replications"]),
        settings=int(row["points"]),
    )


def lever_rows(effects: LeverEffects) -> Rows:
    """One row a lever, outcome and value: what is found there, and the difference to the first value."""
    return [
        _lever_row(effects, row)
        for lever in effects.moved
        for outcome in effects.outcomes
        for _, row in effects.of(lever, outcome).iterrows()
    ]


def _lever_row(effects: LeverEffects, row: Any) -> list[str]:
    outcome = str(row["outcome"])
    names = [f"`{row['lever']}`", str(row["value"]), effects.label(outcome), effects.unit(outcome)]
    level = [number(row["mean"]), span(row["low"], row["high"], signs=False)]
    if row["value"] == row["first"]:
        return [*names, *level, "", tr("first value")]
    [difference] = together(row["difference"])
    return [*names, *level, difference, span(row["difference_low"], row["difference_high"])]


def interaction_rows(effects: LeverEffects) -> Rows:
    """One row two levers, their values and an outcome."""
    pairs = effects.interactions
    rows = []
    for outcome in effects.outcomes if len(pairs) else ():
        for _, row in pairs[pairs["outcome"] == outcome].iterrows():
            [difference] = together(row["difference"])
            steps = [
                f"`{row['lever']}` {row['first']} → {row['value']}",
                f"`{row['other']}` {row['other_first']} → {row['other_value']}",
            ]
            names = [*steps, effects.label(outcome), effects.unit(outcome)]
            rows.append([*names, difference, span(row["difference_low"], row["difference_high"])])
    return rows
