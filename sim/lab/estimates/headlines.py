"""Headlines: that a regime moves an outcome up or down, and at which points of a study that holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.errors import UserError
from sim.lab.estimates.points import key_outcomes, point_effects
from sim.lab.estimates.testing import verdict, wilson
from sim.lab.estimates.units import SHARE_OF_POINTS, with_units
from sim.lab.results.study import Study

if TYPE_CHECKING:
    import pandas

STATES = ("holds", "negligible", "undecided", "flips")
"""What becomes of a headline at a point; each point has one state."""
BY_ESTIMATE = "by_estimate"
"""Besides: that it holds at least by point estimate."""
TEXT = re.compile(r"^\s*(?P<scenario>[^:]+):(?P<outcome>[^<>]+)(?P<sign>[<>])\s*0?\s*$")


@dataclass(frozen=True)
class Headline:
    """That the effect of a scenario on an outcome is above (`sign` 1) or below (−1) zero."""

    scenario: str
    outcome: str
    sign: int


def headline_of(text: str) -> Headline:
    """`four_systems:output_per_post>0` as a headline.

    Raises:
        UserError: written otherwise.
    """
    parts = TEXT.match(text)
    if not parts:
        raise UserError(f"headline {text!r}: write scenario:outcome>0 or scenario:outcome<0")
    return Headline(parts["scenario"].strip(), parts["outcome"].strip(), 1 if parts["sign"] == ">" else -1)


def default_headlines(study: Study) -> tuple[Headline, ...]:
    """For every compared scenario and key outcome, the sign of the median effect; none where that is exactly 0."""
    headlines = []
    for scenario in study.compared:
        for outcome in key_outcomes(study):
            median = float(point_effects(study, outcome, scenario)["mean"].median())
            if median > 0 or median < 0:  # neither 0 nor missing
                headlines.append(Headline(scenario, outcome, 1 if median > 0 else -1))
    return tuple(headlines)


def states_at_points(
    study: Study, headlines: Sequence[Headline], least: Mapping[str, float]
) -> "pandas.DataFrame":
    """What becomes of every headline at every point: `mean, low, high, state`; `least` are effects of interest."""
    import pandas

    columns = ["scenario", "outcome", "sign", "point", "mean", "low", "high", "state"]
    frames = []
    for one in headlines:
        table = point_effects(study, one.outcome, one.scenario).dropna(subset="mean")
        size = float(least.get(one.outcome, np.nan))
        bounds = zip(table["low"], table["high"], strict=True)
        states = [state_of(low, high, one.sign, size) for low, high in bounds]
        named: dict[str, Any] = {
            "scenario": one.scenario,
            "outcome": one.outcome,
            "sign": one.sign,
            "state": states,
        }
        frames.append(table.assign(**named)[columns])
    table = pandas.concat(frames, ignore_index=True) if frames else pandas.DataFrame(columns=columns)
    return with_units(table)


def state_of(low: float, high: float, sign: int, least: float = float("nan")) -> str:
    """What an interval makes of a headline: `holds`, `negligible`, `undecided` or `flips`."""
    judgement = verdict(low, high, least)
    if judgement != "clear":
        return judgement
    return "holds" if (low > 0) == (sign > 0) else "flips"


def state_shares(headlines: Sequence[Headline], at_points: "pandas.DataFrame") -> "pandas.DataFrame":
    """How many of the points have each state, and their share with Wilson's interval (T11)."""
    import pandas

    rows: list[dict[str, Any]] = []
    for one in headlines:
        states = rows_of(at_points, one)
        counts = {state: int((states["state"] == state).sum()) for state in STATES}
        counts[BY_ESTIMATE] = int((np.sign(states["mean"]) == one.sign).sum())
        keys = {"scenario": one.scenario, "outcome": one.outcome, "sign": one.sign}
        rows += [
            {**keys, "state": state, "count": count, "points": len(states)} for state, count in counts.items()
        ]
    columns = ["scenario", "outcome", "sign", "state", "count", "points"]
    table = pandas.DataFrame(rows, columns=columns)
    count, total = table["count"].to_numpy(dtype=np.float64), table["points"].to_numpy(dtype=np.float64)
    low, high = wilson(count, total)
    shares = table.assign(share=table["count"] / table["points"], low=low, high=high)
    return with_units(shares, SHARE_OF_POINTS)


def headline_at(row: Any) -> Headline:
    """The headline that a row of a table is about."""
    return Headline(str(row["scenario"]), str(row["outcome"]), int(row["sign"]))


def rows_of(table: "pandas.DataFrame", headline: Headline) -> "pandas.DataFrame":
    """The rows of one headline."""
    same = (
        (table["scenario"] == headline.scenario)
        & (table["outcome"] == headline.outcome)
        & (table["sign"] == headline.sign)
    )
    return table[same]
