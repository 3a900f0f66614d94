"""How a policy is laid over its baseline.

Mappings merge, lists and scalars replace. A part of the regime that changes its `kind` is replaced whole,
because the settings of one kind mean nothing to another. A trigger set to null is removed.
"""

from collections.abc import Iterator

from sim.core.text import did_you_mean
from sim.rules.base import SLOTS
from sim.rules.regime import null_kind
from sim.scenario.messages import Problems
from sim.scenario.node import Node, Path, mapping

TRIGGERS: Path = ("regime", "adjustment", "triggers")
EMPTY = mapping({})


def merge(base: Node, patch: Node, problems: Problems, path: Path = ()) -> Node:
    """`patch` laid over `base`, both of which stand at `path` of a scenario."""
    if not patch.is_mapping:
        return patch
    if not base.is_mapping or _changes_kind(base, patch, path):
        base = EMPTY
    items = dict(base.value)
    for name, node in patch.value.items():
        if path == TRIGGERS and node.value is None:
            _remove_trigger(items, name, node, problems)
        else:
            items[name] = merge(items.get(name, EMPTY), node, problems, (*path, name))
    return patch.with_value(items)


def _changes_kind(base: Node, patch: Node, path: Path) -> bool:
    said = patch.child("kind")
    return said is not None and has_kinds(path) and said.value != kind_of(base, path)


def has_kinds(path: Path) -> bool:
    """Whether `path` is a slot of the regime or a trigger."""
    is_slot = len(path) == 2 and path[0] == "regime" and path[1] in SLOTS
    return is_slot or (len(path) == 4 and path[:3] == TRIGGERS)


def kind_of(node: Node, path: Path) -> object:
    """The kind of a slot or trigger, said or unsaid."""
    said = node.child("kind")
    if said is not None:
        return said.value
    return null_kind(path[1]) if len(path) == 2 else ""


def _remove_trigger(items: dict[str, Node], name: str, node: Node, problems: Problems) -> None:
    if name not in items:
        problems.add(node.key_place, f"there is no trigger {name} to remove{did_you_mean(name, items)}")
    items.pop(name, None)


def expanded(node: Node, problems: Problems) -> Node:
    """A mapping in which `a.b: 1` has become `a: {b: 1}`, at every depth."""
    if not node.is_mapping:
        return node
    root = node.with_value({})
    for key, child in node.value.items():
        insert(root, tuple(key.split(".")), expanded(child, problems), problems)
    return root


def insert(root: Node, path: Path, node: Node, problems: Problems) -> None:
    """Put `node` at `path` below the mapping `root`, growing mappings on the way."""
    here = root
    for name in path[:-1]:
        here = here.value.setdefault(name, Node({}, node.place, node.key_place))
        if not here.is_mapping:
            text = f"{'.'.join(path)} is given twice, once as a value and once as settings"
            problems.add(node.key_place, text)
            return
    there = here.value.get(path[-1])
    if there is None:
        here.value[path[-1]] = Node(dict(node.value), node.place, node.key_place) if node.is_mapping else node
    elif there.is_mapping and node.is_mapping:
        for name, child in node.value.items():
            insert(there, (name,), child, problems)
    else:
        problems.add(node.key_place, f"{'.'.join(path)} is given twice")


def pieces(node: Node) -> Iterator[tuple[Path, Node]]:
    """An override cut into what may concern different quarters: slots, single settings, the rest."""
    for name, child in node.value.items():
        if name == "regime" and child.is_mapping:
            yield from ((("regime", slot), part) for slot, part in child.value.items())
        elif name in ("behaviour", "structure") and child.is_mapping:
            yield from _settings(child, (name,))
        else:
            yield (name,), child


def _settings(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    if not node.is_mapping:
        yield path, node
        return
    for name, child in node.value.items():
        yield from _settings(child, (*path, name))


def touches(patch: Node, path: Path) -> bool:
    """Whether a timeline's patch says anything about `path`, something above it or something below it."""
    for name in path:
        child = patch.child(name)
        if child is None:
            return False
        if not child.is_mapping:
            return True
        patch = child
    return True
