"""A file of settings as it is read, whatever it is of: a tree of parts that know their place, and all that is wrong.

A study, targets or mapping file declares its settings as classes; `Part` reads them where they stand in the file and
says what else is wrong there in the same form as for a scenario.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.core.parameters import Settings
from sim.scenario.messages import Problems, show
from sim.scenario.node import Node, Place, plain
from sim.scenario.node import Path as Keys
from sim.scenario.validation import dotted, refuse_unknown, settings
from sim.scenario.yaml_source import parse, read_text, shown


def tree_of(path: Path, problems: Problems) -> Node | None:
    """The settings that a file holds; None where it holds none, or is not YAML.

    Raises:
        UserError: the file cannot be read.
    """
    node = parse(read_text(path), shown(path), problems)
    return node if node is not None and node.is_mapping else None


@dataclass(frozen=True)
class Part:
    """A part of a file: what is written there, the keys that lead to it, and the problems of the whole file."""

    node: Node
    path: Keys
    problems: Problems

    @property
    def place(self) -> Place:
        return self.node.place

    @property
    def is_mapping(self) -> bool:
        return self.node.is_mapping

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return self.node.value is None

    @property
    def name(self) -> str:
        """`levers.regime.floating_pay.floating_share`."""
        return dotted(self.path)

    def child(self, name: str) -> "Part | None":
        """The part under a key; None where there is none."""
        node = self.node.child(name)
        return None if node is None else Part(node, (*self.path, name), self.problems)

    def with_node(self, node: Node) -> "Part":
        """The same part, written otherwise."""
        return Part(node, self.path, self.problems)

    def wrong(self, text: str, at: str | None = None, unread: bool = False) -> None:
        """Note what is wrong here, or with the value under the key `at` if it is there."""
        node = (self.node.child(at) if at else None) or self.node
        self.problems.add(node.place, text, unread)

    def wrong_key(self, text: str) -> None:
        """Note what is wrong with the key."""
        self.problems.add(self.node.key_place, text)

    def is_not(self, what: str) -> None:
        """Note that what is written is not what should stand here."""
        self.wrong(f"{self.name} = {show(plain(self.node))} is not {what}")

    def settings[Kind: Settings](self, kind: type[Kind]) -> Kind | None:
        """Its settings as declared; None where something is wrong with them."""
        return settings(kind, self.node, self.path, self.problems)

    def own[Kind: Settings](self, kind: type[Kind], others: Collection[str]) -> Kind | None:
        """Its settings as declared, beside those of the keys in `others`, which are read elsewhere."""
        refuse_unknown(self.node, (*kind.model_fields, *others), self.path, self.problems)
        own = {name: node for name, node in self.node.value.items() if name in kind.model_fields}
        return self.with_node(self.node.with_value(own)).settings(kind)

    def entries(self, name: str, shape: str) -> Iterator["Part"]:
        """The parts under the keys of a part that has any number of them; none where nothing is said.

        Args:
            shape: what should be written there, for the message.
        """
        said = self.child(name)
        if said is None or said.is_empty:
            return
        if not said.is_mapping:
            said.is_not(shape)
            return
        for key, node in said.node.value.items():
            yield Part(node, (*said.path, key), self.problems)
