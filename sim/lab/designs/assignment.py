"""Which places a pilot reforms, and the scenario with and without the reform there."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.lab.designs.evaluation_file import Pilots

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


def starts_of(pilots: Pilots, new_cities: tuple[str, ...], treated: int, pilot: int) -> dict[str, int]:
    """The places that a pilot reforms, each with the last quarter without the reform.

    Args:
        pilots: how places are chosen.
        new_cities: the new cities.
        treated: how many are drawn.
        pilot: its number; pilots of one draw have the same places. More treated places are the same and further ones.
    """
    asked = pilots.assignment
    if asked.choose == "drawn":
        lot = np.random.default_rng([pilots.seed, pilot // pilots.draw]).permutation(len(new_cities))
        chosen = [new_cities[number] for number in lot[:treated]]
    else:
        chosen = list(new_cities if asked.choose == "all" else asked.places)
    return {place: asked.after[turn % len(asked.after)] for turn, place in enumerate(chosen)}


def unreformed(scenario: "Scenario") -> "Scenario":
    """The scenario without its timeline."""
    return _with_timeline(scenario, [])


def reformed(scenario: "Scenario", starts: Mapping[str, int]) -> "Scenario":
    """The scenario with its timeline in some places only; entries keep their distance from the first.

    Args:
        starts: by new city the quarter that closes before the reform.

    Raises:
        UserError: it changes what cannot be changed in some places only.
    """
    entries = scenario.resolved()["timeline"]
    places: dict[int, list[str]] = {}
    for place, after in starts.items():
        places.setdefault(after, []).append(place)
    moved = [
        {
            "quarter": entry["quarter"] - entries[0]["quarter"] + after,
            "where": {"new_cities": where},
            **_set(entry),
        }
        for after, where in places.items()
        for entry in entries
    ]
    last = scenario.horizon.quarters
    return _with_timeline(scenario, [entry for entry in moved if entry["quarter"] < last])


def _set(entry: Mapping[str, object]) -> dict[str, object]:
    return {"set": entry["set"]}


def _with_timeline(scenario: "Scenario", timeline: list[dict[str, object]]) -> "Scenario":
    from sim.scenario.loader import load

    ordered = sorted(timeline, key=lambda entry: int(str(entry["quarter"])))
    return load({**scenario.resolved(), "timeline": ordered})
