"""Some settings of a loaded scenario changed: nothing is read or checked again but what they concern.

A value in place of another is checked by its declaration and by the checks of the settings around it. Where the
overrides say more (another kind of rule, a trigger more, a roster), or something is wrong, the parts that they name are
written out, the overrides laid on them, and both read as a file is read.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from sim.core.parameters import Settings
from sim.rules.base import SLOTS
from sim.scenario.messages import Problems
from sim.scenario.node import NOWHERE, Node, Place, mapping, plain
from sim.scenario.node import Path as Keys
from sim.scenario.overrides import changed_by, in_force, override_of
from sim.scenario.parts import (
    HEADER,
    TOP,
    change_of,
    origins_of,
    quarters_of,
    read_change,
    read_founding,
)
from sim.scenario.past import Origin
from sim.scenario.patch import insert, pieces
from sim.scenario.rank_checks import check_ranks
from sim.scenario.reorganisation import check_places, check_quarters, check_structures
from sim.scenario.roster.into_scenario import with_roster_file
from sim.scenario.stages import stages
from sim.scenario.timeline import CHANGEABLE, Entry, Layers, overridden
from sim.scenario.where import Where
from sim.scenario.written import written_out

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


class NotAValueError(Exception):
    """An override is more than a value in place of another, or wrong."""


def changed[Kind: "Scenario"](
    scenario: Kind, settings: Mapping[str, Any], allow: Collection[Path] = ()
) -> Kind:
    """The scenario with some settings changed; what its timeline changes is set in the last entry that does.

    Args:
        settings: as `set` of `load`.
        allow: roster files that may be read although they lie outside the working folder.

    Raises:
        UserError: one line for every problem, as `load`.
    """
    problems = Problems()
    override = override_of(settings, problems)
    try:
        after = _with_values(scenario, override, problems)
    except (NotAValueError, ValidationError):
        after = _read_again(scenario, override, allow, problems)
    problems.stop()
    past = scenario.past
    told = changed_by(override, lambda path: in_force(scenario, path), after, past.changed)
    return after.with_past(replace(past, changed=told))


def _with_values[Kind: "Scenario"](scenario: Kind, override: Node, problems: Problems) -> Kind:
    """The scenario with values in place of others.

    Raises:
        NotAValueError, ValidationError: they have to be read as a file is.
    """
    if problems or (scenario.is_placed and {"world", *CHANGEABLE} & override.value.keys()):
        raise NotAValueError
    trees = _trees(scenario, override)
    founded = _replaced(scenario, trees[0])
    later = [_replaced(change, tree) for change, tree in zip(scenario.timeline, trees[1:], strict=True)]
    after = founded.model_copy(update={"timeline": tuple(later)})
    world = after.world
    if world is not scenario.world and (world.roster or world.roster_departments):
        raise NotAValueError
    nowhere = [NOWHERE] * len(later)
    if "horizon" in override.value:
        check_quarters(zip(after.changes, nowhere, strict=True), after.horizon.quarters, problems)
    _check_structures(after, override, nowhere, problems)
    if problems:
        problems.found.clear()
        raise NotAValueError
    origins = _origins_of(scenario)
    return after.with_origins(tuple(old | origins_of(tree) for old, tree in zip(origins, trees, strict=True)))


def _trees(scenario: "Scenario", override: Node) -> list[Node]:
    """What the overrides set in each stage: in the last that touches the same, and in all that follow it."""
    trees = [mapping({}) for _ in range(len(scenario.timeline) + 1)]
    for path, node in pieces(override):
        touching = (
            number
            for number in range(len(scenario.timeline), 0, -1)
            if any(_overlap(path, one) for one in scenario.timeline[number - 1].touched)
        )
        first = next(touching, 0)
        last = len(trees) if path[0] in CHANGEABLE else 1
        for tree in trees[first:last]:
            insert(tree, path, node, Problems())
    return trees


def _overlap(one: Keys, other: Keys) -> bool:
    """Whether one path leads to the other or beyond it."""
    return all(a == b for a, b in zip(one, other, strict=False))


def _replaced[Kind: Settings](settings: Kind, tree: Node) -> Kind:
    """Settings with the values of a tree, checked.

    Raises:
        NotAValueError, ValidationError: they are not all values in place of others, or one is wrong.
    """
    if not tree.is_mapping:
        raise NotAValueError
    if not tree.value:
        return settings
    values = {name: _value(settings, name, node) for name, node in tree.value.items()}
    after = settings.model_copy(update=values)
    if any(after.complaints()):
        raise NotAValueError
    return after


def _value(settings: Settings, name: str, node: Node) -> Any:
    """What one field becomes."""
    kind = type(settings)
    if name not in kind.model_fields or name == "timeline":
        raise NotAValueError
    before = getattr(settings, name)
    if isinstance(before, Settings):
        return _replaced(before, node)
    if isinstance(before, dict):
        if not node.is_mapping or not node.value.keys() <= before.keys():
            raise NotAValueError
        return before | {key: _replaced(before[key], item) for key, item in node.value.items()}
    if node.is_mapping:
        raise NotAValueError
    return _reader(kind, name).validate_json(json.dumps(plain(node)), strict=True)


@cache
def _reader(kind: type[Settings], name: str) -> TypeAdapter[Any]:
    """What reads one field alone, as its class would."""
    info = kind.model_fields[name]
    declared: Any = Annotated[info.annotation, info]
    return TypeAdapter(declared, config=ConfigDict(allow_inf_nan=False))


def _read_again[Kind: "Scenario"](
    scenario: Kind, override: Node, allow: Collection[Path], problems: Problems
) -> Kind:
    """The scenario with the parts read again that the overrides name; itself where something is wrong."""
    if scenario.is_placed:
        return _built_again(scenario, override, allow, problems)
    parts = _parts(override)
    layers = overridden(_layers_of(scenario, parts), override, problems)
    layers = with_roster_file(layers, allow, problems)
    reached = stages(layers, problems)
    fields = read_founding(layers, problems, parts, scenario.regime)
    later = [
        read_change(stage.tree, problems, parts, change.regime)
        for stage, change in zip(reached, scenario.timeline, strict=True)
    ]
    if "horizon" in parts:
        quarters = [(stage.quarter, stage.place) for stage in reached]
        check_quarters(quarters, quarters_of(layers.base), problems)
    if problems:
        return scenario
    timeline = tuple(
        change.model_copy(update=of_change)
        for change, of_change in zip(scenario.timeline, later, strict=True)
    )
    after = scenario.model_copy(update={**fields, "timeline": timeline})
    _check_structures(after, override, [stage.place for stage in reached], problems)
    trees = (layers.base, *(stage.tree for stage in reached))
    pairs = zip(_origins_of(scenario), trees, strict=True)
    return after.with_origins(tuple(_outside(old, parts) | origins_of(tree) for old, tree in pairs))


def _built_again[Kind: "Scenario"](
    scenario: Kind, override: Node, allow: Collection[Path], problems: Problems
) -> Kind:
    """The same where the timeline says where: all of it is read again."""
    whole = dict.fromkeys((*TOP, "timeline"), True)
    layers = overridden(_layers_of(scenario, whole), override, problems)
    layers = with_roster_file(layers, allow, problems)
    reached = stages(layers, problems)
    fields = read_founding(layers, problems)
    changes = [change for stage in reached if (change := change_of(stage, problems)) is not None]
    places = [stage.place for stage in reached]
    check_quarters(
        zip((stage.quarter for stage in reached), places, strict=True), quarters_of(layers.base), problems
    )
    if problems:
        return scenario
    after = scenario.model_copy(update={**fields, "timeline": tuple(changes)})
    check_structures(after.world, after.structure, after.timeline, places, problems)
    check_places(after.world, reached, after.timeline, problems)
    check_ranks(after.world, after.phases, layers.base, problems)
    return after.with_origins(tuple(map(origins_of, (layers.base, *(stage.tree for stage in reached)))))


def _parts(override: Node) -> dict[str, Any]:
    """The parts that overrides name: of the regime single slots, of how a scenario is run all."""
    parts: dict[str, Any] = dict.fromkeys((name for name in TOP if name in override.value), True)
    if any(name in HEADER for name in parts):
        parts |= dict.fromkeys(HEADER, True)
    regime = override.child("regime")
    if regime is not None and regime.is_mapping:
        parts["regime"] = {slot for slot in regime.value if slot in SLOTS}
    return parts


def _layers_of(scenario: "Scenario", parts: Mapping[str, Any]) -> Layers:
    """Parts of a scenario with everything written out, values still knowing where they were set."""
    written = written_out(scenario, parts)
    timeline = written.pop("timeline")
    stages = {change.quarter: stage for stage, change in enumerate(scenario.timeline, start=1)}
    entries = (
        Entry(
            entry["quarter"],
            _tree(entry["set"], scenario, stages[entry["quarter"]]),
            NOWHERE,
            Where.model_validate(entry["where"]) if "where" in entry else None,
        )
        for entry in timeline
    )
    return Layers(_tree(written, scenario, 0), tuple(entries))


def _tree(value: Any, scenario: "Scenario", stage: int, path: Keys = ()) -> Node:
    if isinstance(value, dict):
        return mapping({name: _tree(item, scenario, stage, (*path, name)) for name, item in value.items()})
    origin = scenario.origin(path, stage)
    place = Place(origin.place) if origin else NOWHERE
    return replace(
        _node(value, place), source=origin.source if origin else "", note=origin.note if origin else ""
    )


def _node(value: Any, place: Place) -> Node:
    """A value that is no mapping, at one place; lists may hold lists."""
    return Node([_node(item, place) for item in value] if isinstance(value, list) else value, place, place)


def _check_structures(scenario: "Scenario", override: Node, places: list[Place], problems: Problems) -> None:
    """What the timeline makes of the departments, where the overrides say something of either; and ranks."""
    if scenario.timeline and not problems and {"world", "structure"} & override.value.keys():
        check_structures(scenario.world, scenario.structure, scenario.timeline, places, problems)
    if not problems:
        check_ranks(scenario.world, scenario.phases, override, problems)


def _origins_of(scenario: "Scenario") -> list[dict[Keys, Origin]]:
    """Where values were set, for the founding and every change."""
    known = scenario.origins
    return [*known, *({} for _ in range(len(scenario.timeline) + 1 - len(known)))]


def _outside(origins: dict[Keys, Origin], parts: Mapping[str, Any]) -> dict[Keys, Origin]:
    """Those of values outside of the parts."""
    slots = parts.get("regime", ())
    return {
        path: origin
        for path, origin in origins.items()
        if path[0] not in parts or (path[0] == "regime" and slots is not True and path[1] not in slots)
    }
