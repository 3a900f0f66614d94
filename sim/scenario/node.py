"""A scenario file as a tree in which every value remembers where it was written."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: a file with line and column, or with sheet and cell, or an option, or nowhere."""

    source: str = ""
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.source}:{self.cell}"
        return f"{self.source}:{self.line}:{self.column}" if self.line else self.source


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its origin.

    Attributes:
        value: a scalar, a list of nodes, or a mapping of nodes.
        place: where the value starts.
        key_place: where its key starts; the place itself where there is no key.
        source: what the number rests on, as written in `{value, source, note}`.
        note: the note beside it.
    """

    value: Any
    place: Place = NOWHERE
    key_place: Place = NOWHERE
    source: str = ""
    note: str = ""

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.value, dict)

    def child(self, name: str | int) -> "Node | None":
        """The node under a key or position; None where there is none."""
        if isinstance(self.value, dict):
            return self.value.get(name)
        if isinstance(self.value, list) and isinstance(name, int) and name < len(self.value):
            node: Node = self.value[name]
            return node
        return None

    def with_value(self, value: Any) -> "Node":
        return replace(self, value=value)


def mapping(items: dict[str, Node], place: Place = NOWHERE) -> Node:
    """A mapping node."""
    return Node(items, place, place)


def plain(node: Node) -> Any:
    """The values alone, as JSON would hold them."""
    if isinstance(node.value, dict):
        return {name: plain(child) for name, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def nearest(root: Node, path: tuple[str | int, ...]) -> Node:
    """The node at `path`, or the last one on the way that exists."""
    for name in path:
        child = root.child(name)
        if child is None:
            return root
        root = child
    return root


def leaves(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """All values that are not mappings, with their paths. A list is one value."""
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            yield from leaves(child, (*path, name))
    else:
        yield path, node
