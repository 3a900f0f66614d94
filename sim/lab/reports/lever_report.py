"""The facts about levers: what each does to the leading outcome, a table of their values, what two do together."""

from typing import Any

import numpy as np

from sim.lab.estimates.lever_effects import LeverEffects
from sim.lab.figures.lever_figure import about_levers
from sim.lab.language.language import tr
from sim.lab.language.wording import holds_zero, never_moves, number, span, together
from sim.lab.reports.grid import Rows
from sim.lab.reports.template import Facts

LONGEST = 40
"""Rows of a table that a page shows at once."""


def levers_told(effects: LeverEffects, name: str = "levers") -> Facts:
    """What is said of the levers of a scenario; `name` is that of the figure, empty where no lever takes two values.

    Of many levers some are told; `rest` is how many are not. `long` tables are not shown at once.
    """
    if not effects.moved:
        return {}
    leading, together_rows = effects.outcomes[0], interaction_rows(effects)
    return {
        "name": name,
        "scenario": effects.scenario,
        "baseline": effects.baseline,
        "label": effects.label(leading),
        "unit": effects.unit(leading),
        "moves": [move_of(effects.of(lever, leading).iloc[-1]) for lever in effects.leading],
        "rest": len(effects.moved) - len(effects.leading),
        "caption": about_levers(effects),
        "rows": lever_rows(effects),
        "together": together_rows,
        "long": len(together_rows) > LONGEST,
    }


def move_of(row: Any) -> Facts:
    """What a row of lever effects says: what the outcome does from a lever's first value to its last.

    `change` is "" where every replication differs by exactly nothing, `before` where both levels are written alike;
    `settings` are those of the other levers, over which the change is a mean.
    """
    low, high = row["difference_low"], row["difference_high"]
    still = never_moves(row["difference"], low, high)
    before, after = number(row["mean"] - row["difference"]), number(row["mean"])
    return {
        "lever": str(row["lever"]),
        "first": str(row["first"]),
        "last": str(row["value"]),
        "change": "" if still else together(row["difference"])[0],
        "interval": span(low, high) if np.isfinite(low) else "",
        "uncertain": holds_zero(low, high) and not still,
        "before": before if before != after else "",
        "after": after,
        "replications": int(row["replications"]),
        "settings": int(row["points"]),
    }


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
