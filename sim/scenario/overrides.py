"""What was changed from a scenario's file when it was loaded: path, old value, new value."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic_core import to_jsonable_python

from sim.core.parameters import Settings, default_of
from sim.rules.regime import null_kind
from sim.scenario.messages import Problems
from sim.scenario.node import Node, Path, Place, leaves, mapping, plain
from sim.scenario.past import Changed
from sim.scenario.patch import expanded, has_kinds
from sim.scenario.sourced import from_python
from sim.scenario.stages import stages
from sim.scenario.timeline import CHANGEABLE, Layers

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

NOT_TOLD = ("name", "question", "replications", "record", "staff_every")
"""What changes no rule, person or luck; how many replications ran stands everywhere anyway."""


Before = Callable[[Path], Any]
"""The value at a path in force last before an override, as JSON would hold it; None where nothing is said there."""


def override_of(settings: Mapping[str, Any], problems: Problems) -> Node:
    """What `set` says, as one tree."""
    items = {str(key): from_python(value, Place(f"set {key}"), problems) for key, value in settings.items()}
    tree = expanded(mapping(items), problems)
    for key in ("timeline", "extends"):
        if key in tree.value:
            text = f"{key} cannot be set from outside; write a scenario file"
            problems.add(tree.value.pop(key).key_place, text)
    return tree


def changed_by(
    override: Node, before: Before, scenario: "Scenario", earlier: tuple[Changed, ...]
) -> tuple[Changed, ...]:
    """What overrides change, those of an earlier loading included; a value that is the file's own is no change.

    Args:
        override: the overrides as one tree.
        before: what they are laid on.
        scenario: what came of it.
        earlier: what was changed before.
    """
    changes = {one.path: one for one in earlier}
    for path, leaf in leaves(override):
        name = ".".join(path)
        if path[0] not in NOT_TOLD:
            old = changes[name].old if name in changes else _old(before, path, scenario)
            changes[name] = Changed(name, old, plain(leaf))
    return tuple(one for one in changes.values() if one.old != one.new)


def _old(before: Before, path: Path, scenario: "Scenario") -> Any:
    """The value in force last before the override; None where the setting belongs to another kind."""
    for length in range(1, len(path)):
        slot = path[:length]
        if has_kinds(slot):
            kind = before((*slot, "kind")) or (null_kind(slot[1]) if length == 2 else "")
            if path[length:] == ("kind",):
                return kind or None
            if kind != getattr(_at(scenario, slot), "kind", kind):
                return None
    said = before(path)
    return said if said is not None else _default(_at(scenario, path[:-1]), path[-1])


def in_files(layers: Layers) -> Before:
    """What files say, laid on one another."""
    reached = stages(layers, Problems())
    last = reached[-1].tree if reached else layers.base

    def said(path: Path) -> Any:
        there: Node | None = last
        for name in path:
            there = there.child(name) if there is not None else None
        return plain(there) if there is not None else None

    return said


def in_force(scenario: "Scenario", path: Path) -> Any:
    """What a scenario holds at a path at its end, as JSON would hold it; None if nothing."""
    return to_jsonable_python(_at(scenario, path))


def _at(scenario: "Scenario", path: Path) -> Any:
    """What stands at a path at the end; None if nothing does."""
    is_later = scenario.timeline and path[:1] and path[0] in CHANGEABLE
    there: Any = scenario.timeline[-1] if is_later else scenario
    for name in path:
        there = there.get(name) if isinstance(there, Mapping) else getattr(there, name, None)
    return there


def _default(owner: Any, name: str) -> Any:
    info = type(owner).model_fields.get(name) if isinstance(owner, Settings) else None
    value = default_of(info) if info is not None else None
    return list(value) if isinstance(value, tuple) else value
