"""A difference between two regimes, split into incentive, selection, gaming, luck and what is left.

What people do can be held as it was before the reform, under both regimes alike: how hard they work (`effort`), what
they report (`gaming`), who comes, moves and goes (`workforce`). Let v(S) be the difference between the regimes when
only what is in S responds to them. A part is the Shapley value of one of the three: what letting it respond adds to v,
averaged over all orders. v of nothing is what is left: pay rules, structure, accounts (`other`). Of what the workforce
adds, `luck` is what a lottery in place of the triggers' choice would do (under the regime, less under the baseline);
the rest is `selection`. So the five add up to the difference in every replication. Over the years a lottery moves some
more people than the triggers do (about a fifth more in the full regime): luck is told a little too large, and selection
by as much too small.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.lab.estimates.effects import NEAR_ZERO, Window, name_of
from sim.lab.estimates.games import Coalition, shapley
from sim.lab.estimates.intervals import mean_interval
from sim.lab.estimates.units import with_units
from sim.lab.results.decomposition import TOTAL, Decomposition
from sim.outcomes.outcomes import shown_in

if TYPE_CHECKING:
    import pandas

PLAYERS = {"effort": "incentive", "gaming": "gaming", "workforce": "turnover"}
"""What can be held, and the part that it brings."""
KEYS = ["replication", "outcome", "part"]


def split(
    worth: "Mapping[Coalition, pandas.DataFrame]", luck: "pandas.DataFrame"
) -> "dict[str, pandas.DataFrame]":
    """The parts and their total, each a frame of replications by outcomes.

    Args:
        worth: the paired difference when only a coalition of `PLAYERS` responds, for every coalition.
        luck: what a lottery in place of the triggers' choice does.
    """
    value = shapley(worth, tuple(PLAYERS))
    return {
        "incentive": value["effort"],
        "selection": value["workforce"] - luck,
        "gaming": value["gaming"],
        "luck": luck,
        "other": worth[frozenset()],
        TOTAL: worth[frozenset(PLAYERS)],
    }


def part_table(
    parts: "Mapping[str, pandas.DataFrame]", base: "pandas.DataFrame", window: Window
) -> "pandas.DataFrame":
    """Means over replications with t intervals; `relative` is to the size of the baseline's mean."""
    import pandas

    rows, level = [], base.mean()
    scale = level.abs().where(level.abs() > NEAR_ZERO).to_numpy(dtype=np.float64)
    for part, frame in parts.items():
        interval = mean_interval(frame.to_numpy(dtype=np.float64))
        keys = {"outcome": list(frame.columns), "part": part, "window": name_of(window)}
        relative = interval.mean / scale
        rows.append(pandas.DataFrame({**keys, **interval.columns("difference"), "relative": relative}))
    return with_units(pandas.concat(rows, ignore_index=True))


def long_table(parts: "Mapping[str, pandas.DataFrame]") -> "pandas.DataFrame":
    """One row a replication, outcome and part."""
    import pandas

    frames = []
    for part, frame in parts.items():
        named = frame.rename_axis(index="replication").reset_index().assign(part=part)
        frames.append(named.melt(id_vars=["replication", "part"], var_name="outcome"))
    return with_units(pandas.concat(frames, ignore_index=True)[[*KEYS, "value"]])


def shown_outcomes(decomposition: Decomposition, place: str, most: int) -> list[str]:
    """The outcomes shown in a place that were decomposed; others where there is none of them."""
    there = list(dict.fromkeys(decomposition.parts["outcome"]))
    return (shown_in(place, there) or there)[:most]
