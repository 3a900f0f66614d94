"""What was changed from a scenario's file when it was loaded: path, old value, new value."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.core.parameters import Settings, default_of
from sim.scenario.messages import Problems
from sim.scenario.node import Node, Path, leaves, plain
from sim.scenario.past import Changed
from sim.scenario.patch import EMPTY, has_kinds, kind_of
from sim.scenario.timeline import CHANGEABLE, Layers, stages

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

NOT_TOLD = ("name", "question", "replications", "record", "staff_every")
"""What changes no rule, person or luck; how many replications ran stands everywhere anyway."""


def changed_by(
    override: Node, files: Layers, scenario: "Scenario", earlier: tuple[Changed, ...]
) -> tuple[Changed, ...]:
    """What overrides change, those of an earlier loading included; a value that is the file's own is no change.

    Args:
        override: the overrides as one tree.
        files: what they are laid on.
        scenario: what came of it.
        earlier: what was changed before.
    """
    reached = stages(files, Problems())
    before = reached[-1].tree if reached else files.base
    found = {one.path: one for one in earlier}
    for path, leaf in leaves(override):
        name = ".".join(path)
        if path[0] not in NOT_TOLD:
            old = found[name].old if name in found else _old(before, path, scenario)
            found[name] = Changed(name, old, plain(leaf))
    return tuple(one for one in found.values() if one.old != one.new)


def _old(before: Node, path: Path, scenario: "Scenario") -> Any:
    """The value in force last before the override; None where the setting belongs to another kind."""
    for length in range(1, len(path)):
        slot = path[:length]
        if has_kinds(slot):
            kind = kind_of(_at(before, slot) or EMPTY, slot)
            if path[length:] == ("kind",):
                return kind or None
            if kind != getattr(_reached(scenario, slot), "kind", kind):
                return None
    said = _at(before, path)
    return plain(said) if said is not None else _default(_reached(scenario, path[:-1]), path[-1])


def _at(tree: Node, path: Path) -> Node | None:
    """The node at a path; None if there is none."""
    there: Node | None = tree
    for name in path:
        there = there.child(name) if there is not None else None
    return there


def _reached(scenario: "Scenario", path: Path) -> Any:
    """What stands at a path at the end; None if nothing does."""
    there: Any = (
        scenario.timeline[-1] if scenario.timeline and path[:1] and path[0] in CHANGEABLE else scenario
    )
    for name in path:
        there = there.get(name) if isinstance(there, Mapping) else getattr(there, name, None)
    return there


def _default(owner: Any, name: str) -> Any:
    info = type(owner).model_fields.get(name) if isinstance(owner, Settings) else None
    value = default_of(info) if info is not None else None
    return list(value) if isinstance(value, tuple) else value
