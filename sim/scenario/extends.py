"""A file and the baselines it extends, in the order in which they are laid on one another."""

import re
from collections.abc import Collection
from pathlib import Path

from sim.core.errors import UserError
from sim.core.shipped import file_named, is_shipped
from sim.scenario.messages import Problems, show
from sim.scenario.node import Node, Place, plain
from sim.scenario.patch import EMPTY, merge
from sim.scenario.timeline import Entry, Layers, in_order, read_timeline
from sim.scenario.yaml_source import parse, read_text, shown

NOT_INHERITED = ("name", "question", "extends")
"""What belongs to one file alone."""


class Chain:
    """Follows `extends` from the file the user named down to its baselines; of several, the last is on top.

    Args:
        allowed: files outside the named file's folder that the user named as well.

    Attributes:
        broken: whether some baseline could not be read, so that little can be said of what is laid on it.
        laid: files that are laid already; two baselines may share one.
    """

    def __init__(self, allowed: Collection[Path], problems: Problems) -> None:
        self.allowed = {path.resolve() for path in allowed}
        self.problems = problems
        self.broken = False
        self.laid: set[Path] = set()

    def files(self, path: Path, tree: Path | None = None, before: tuple[Path, ...] = ()) -> list[Node]:
        """The trees of `path` and of everything it extends, the baseline first.

        Args:
            tree: the folder in, or below, which baselines must stand; by default that of `path`.
        """
        node = self._tree(path)
        if node is None:
            self.broken = True
            return []
        trees = self.below(node, path.parent, tree or path.parent, (*before, path))
        self.laid.add(path.resolve())
        return trees

    def below(self, node: Node, folder: Path, tree: Path | None, before: tuple[Path, ...] = ()) -> list[Node]:
        """`node` and everything it extends, the baseline first; `tree` None lets it extend any file."""
        said = node.child("extends")
        if said is None:
            return [node]
        trees: list[Node] = []
        for one in said.value if isinstance(said.value, list) else [said]:
            trees += self._laid_below(one, folder, tree, before)
        return [*trees, node]

    def _laid_below(
        self, said: Node, folder: Path, tree: Path | None, before: tuple[Path, ...]
    ) -> list[Node]:
        """One baseline with what it extends; a file that another baseline brought already is not laid again."""
        baseline = self._baseline(said, folder, tree, before)
        if baseline is None:
            self.broken = True
            return []
        if baseline.resolve() in self.laid:
            return []
        stays = tree is not None and baseline.resolve().is_relative_to(tree.resolve())
        return self.files(baseline, tree if stays else baseline.parent, before)

    def _tree(self, path: Path) -> Node | None:
        name = shown(path)
        node = parse(read_text(path), name, self.problems)
        if node is None or node.value is None:
            if not any(place.source == name for place, _ in self.problems.found):
                self.problems.add(Place(name), "is empty; a scenario holds at least `extends` or a regime")
            return None
        if not node.is_mapping:
            self.problems.add(node.place, f"a scenario is settings (key: value), not {show(plain(node))}")
            return None
        return node

    def _baseline(self, said: Node, folder: Path, tree: Path | None, before: tuple[Path, ...]) -> Path | None:
        """The file that `extends` names, if it may be read."""
        if not isinstance(said.value, str) or not said.value:
            self.problems.add(said.place, f"extends = {show(plain(said))} is not the name of a file")
            return None
        path = file_named(said.value, folder)
        trouble = self._trouble(path, said.value, tree, before)
        if trouble:
            self.problems.add(said.place, f"extends: {trouble}")
            return None
        return path

    def _trouble(self, path: Path, said: str, tree: Path | None, before: tuple[Path, ...]) -> str:
        real = path.resolve()
        if real in {file.resolve() for file in before}:
            return f"the files extend one another in a circle: {_arrows((*before, path))}"
        by_name = Path(said).name == said and is_shipped(path)
        if tree and not (by_name or real in self.allowed or real.is_relative_to(tree.resolve())):
            where = f"the scenario's own folder {shown(tree)}"
            return f"{said} lies outside {where}; if that is meant, name it with --allow {shown(path)}"
        try:
            if not path.is_file():
                read_text(path)
        except (UserError, OSError, ValueError) as error:
            chain = f" ({_arrows((*before, path))})" if len(before) > 1 else ""
            return f"{error}{chain}"
        return ""


def _arrows(files: tuple[Path, ...]) -> str:
    return " -> ".join(shown(file) for file in files)


def layered(files: list[Node], name: str, problems: Problems) -> Layers:
    """The files laid on one another; the last is the scenario itself, called `name` if it does not say."""
    base, entries = EMPTY, list[Entry]()
    for node in files:
        entries += read_timeline(node.child("timeline"), problems)
        inherited = {key: child for key, child in base.value.items() if key not in NOT_INHERITED}
        own = {key: child for key, child in node.value.items() if key not in ("timeline", "extends")}
        base = merge(base.with_value(inherited), node.with_value(own), problems)
    if base.child("name") is None:
        word = re.sub(r"[^\w-]+", "_", name).strip("_-")
        base.value["name"] = Node(word or "scenario", base.place, base.place)
    return Layers(base, in_order(tuple(entries)))
