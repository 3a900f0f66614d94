"""A file and the baselines it extends, in the order in which they are laid on one another."""

import re
from collections.abc import Collection
from pathlib import Path

from sim.core.errors import UserError
from sim.scenario.messages import Problems, show
from sim.scenario.node import Node, Place
from sim.scenario.patch import EMPTY, merge
from sim.scenario.timeline import Entry, Layers, in_order, read_timeline
from sim.scenario.yaml_source import parse, read_text, shown

NOT_INHERITED = ("name", "question", "extends")
"""What belongs to one file alone."""


class Chain:
    """Follows `extends` from the file the user named down to the baseline.

    Args:
        tree: the folder that the named file stands in; what it extends must stand in it, or below. None: anywhere.
        allowed: files outside that the user named as well.
    """

    def __init__(self, tree: Path | None, allowed: Collection[Path], problems: Problems) -> None:
        self.tree, self.problems = tree, problems
        self.allowed = {Path(path).resolve() for path in allowed}

    def files(self, path: Path, before: tuple[Path, ...] = ()) -> list[Node]:
        """The trees of `path` and of everything it extends, the baseline first."""
        node = self._tree(path, before)
        return self.below(node, path.parent, (*before, path)) if node else []

    def below(self, node: Node, folder: Path, before: tuple[Path, ...]) -> list[Node]:
        """`node` and everything it extends, the baseline first."""
        said = node.child("extends")
        baseline = self._baseline(said, folder, before) if said else None
        return [*(self.files(baseline, before) if baseline else []), node]

    def _tree(self, path: Path, before: tuple[Path, ...]) -> Node | None:
        name = shown(path)
        node = parse(read_text(path), name, self.problems)
        if node is None or node.value is None:
            if not any(place.source == name for place, _ in self.problems.found):
                self.problems.add(Place(name), "is empty; a scenario holds at least `extends` or a regime")
            return None
        if not node.is_mapping:
            self.problems.add(node.place, f"a scenario is settings (key: value), not {show(node.value)}")
            return None
        return node

    def _baseline(self, said: Node, folder: Path, before: tuple[Path, ...]) -> Path | None:
        """The file that `extends` names, if it may be read."""
        if not isinstance(said.value, str) or not said.value:
            self.problems.add(said.place, f"extends = {show(said.value)} is not the name of a file")
            return None
        path = folder / said.value
        trouble = self._trouble(path, said.value, before)
        if trouble:
            self.problems.add(said.place, f"extends: {trouble}")
            return None
        return path

    def _trouble(self, path: Path, said: str, before: tuple[Path, ...]) -> str:
        real = path.resolve()
        if real in {file.resolve() for file in before}:
            return f"the files extend one another in a circle: {_arrows((*before, path))}"
        if self.tree and real not in self.allowed and not real.is_relative_to(self.tree.resolve()):
            where = shown(self.tree)
            return f"{said} lies outside the scenario's own folder {where}; name it on the command line with --allow"
        try:
            if not path.is_file():
                read_text(path)
        except (UserError, OSError, ValueError) as error:
            chain = f" ({_arrows((*before, path))})" if len(before) > 1 else ""
            return f"{error}{chain}"
        return ""


def _arrows(files: tuple[Path, ...]) -> str:
    return " -> ".join(shown(file) for file in files)


def layered(files: list[Node], name: str, problems: Problems) -> Layers | None:
    """The files laid on one another; the last is the scenario itself and gives its name, by default `name`."""
    if not files:
        return None
    base, entries = EMPTY, list[Entry]()
    for node in files:
        entries += read_timeline(node.child("timeline"), problems)
        inherited = {key: child for key, child in base.value.items() if key not in NOT_INHERITED}
        own = {key: child for key, child in node.value.items() if key not in ("timeline", "extends")}
        base = merge(base.with_value(inherited), node.with_value(own), problems)
    if base.child("name") is None:
        base.value["name"] = Node(re.sub(r"[^\w-]+", "_", name).strip("_-") or "scenario", base.place, base.place)
    return Layers(base, in_order(tuple(entries)))
