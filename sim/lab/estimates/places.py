"""Effects place by place, where a timeline says where it holds: in places that a reform reaches, and in the others."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.lab.estimates.effects import ByScenario, Window, stacked, window_means
from sim.lab.estimates.intervals import mean_interval
from sim.outcomes.outcomes import unit_of
from sim.settings.terms import AREA_LEVEL

if TYPE_CHECKING:
    import pandas

REACHED = ("whole", "part", "no")
"""How far the timeline's entries about the regime reach a place: all its departments, some of them, none."""
MEANS = ("reached", "others")
"""Mean of the places that are reached, and of those that are not."""


def names_places(scenario: Mapping[str, Any]) -> bool:
    """Whether any entry of a resolved scenario's timeline says where it holds."""
    return any("where" in entry for entry in scenario.get("timeline") or ())


def reached(scenario: Mapping[str, Any], place: str, until: int) -> str:
    """How far the regime's changes before the quarter `until` reach a place; one of `REACHED`."""
    reach = "no"
    for entry in scenario.get("timeline") or ():
        if "regime" not in entry["set"] or entry["quarter"] >= until:
            continue
        where = entry.get("where", {})
        organisations = [*where.get("new_cities", []), *([AREA_LEVEL] if where.get("area_level") else [])]
        if organisations and place not in organisations:
            continue
        if "department_kinds" not in where and where.get("departments_share", 1) == 1:
            return "whole"
        reach = "part"
    return reach


def effects_by_place(
    tables: ByScenario, baseline: str, scenario: str, outcomes: Sequence[str], window: Window
) -> "pandas.DataFrame":
    """Paired differences to the baseline of every place's own window means.

    Returns:
        place (an organisation, then the `MEANS` that there are), reached (one of `REACHED`, "" for a mean), outcome,
        unit, difference, low, high, replications. A mean counts its places alike, replication by replication.
    """
    resolved = tables[scenario].manifest["scenario"]
    places = list(dict.fromkeys(tables[scenario].quarters["organisation"]))
    reach = {place: reached(resolved, place, window[1]) for place in places}
    apart = {place: _difference(tables, baseline, scenario, place, outcomes, window) for place in places}
    groups = {
        name: [place for place in places if (reach[place] != "no") == (name == MEANS[0])] for name in MEANS
    }
    apart |= {name: sum(apart[one] for one in group) / len(group) for name, group in groups.items() if group}
    return stacked(
        {
            "place": place,
            "reached": reach.get(place, ""),
            "outcome": list(outcomes),
            "unit": [unit_of(one) for one in outcomes],
            **mean_interval(np.asarray(frame, dtype=np.float64)).columns("difference"),
        }
        for place, frame in apart.items()
    )


def _difference(
    tables: ByScenario, baseline: str, scenario: str, place: str, outcomes: Sequence[str], window: Window
) -> Any:
    """Difference of one place's window means, one row a replication."""
    of = (tables[name].quarters for name in (scenario, baseline))
    now, base = (window_means(rows[rows["organisation"] == place], outcomes, window) for rows in of)
    return now - base.reindex(now.index)
