"""A scenario as layers again, so that overrides can be laid on it as on its file."""

from typing import Any

from sim.scenario.node import NOWHERE, Node, Path, Place, mapping
from sim.scenario.schema import Scenario
from sim.scenario.timeline import Entry, Layers


def layers_of(scenario: Scenario) -> Layers:
    """The layers of a scenario with everything written out, its values still knowing where they were set."""
    written = scenario.resolved()
    timeline = written.pop("timeline")
    base = _tree(written, scenario, 0)
    entries = (
        Entry(entry["quarter"], _tree(entry["set"], scenario, stage), NOWHERE)
        for stage, entry in enumerate(timeline, start=1)
    )
    return Layers(base, tuple(entries))


def _tree(value: Any, scenario: Scenario, stage: int, path: Path = ()) -> Node:
    if isinstance(value, dict):
        return mapping({name: _tree(item, scenario, stage, (*path, name)) for name, item in value.items()})
    origin = scenario.origin(path, stage)
    place = Place(origin.place) if origin else NOWHERE
    content = [Node(item, place, place) for item in value] if isinstance(value, list) else value
    return Node(content, place, place, origin.source if origin else "", origin.note if origin else "")
