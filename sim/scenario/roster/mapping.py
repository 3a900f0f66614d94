"""How a table of another form becomes a roster: a mapping file, and what it says of each column.

table: {separator: semicolon, decimal: comma, as_of: 2024-12-31}
columns:
  id: Staff number                                      # the column of the table
  organisation: {always: area_level}                    # the same for everybody
  department: Cost centre
  department_kind: {column: Cost centre, words: {Budget: economic}, otherwise: administrative}
  rank: {column: Grade, words: {Clerk: 1, Head: 5}}
  status: {column: Contract, words: {permanent: established, fixed term: contract}}
  annual_pay: {column: Gross pay, times: 12}
leave_out: {Left: ["yes"]}                              # lines that are nobody's
vacant: {Name: [Vacant]}                                # posts that nobody holds
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML

from sim.core.errors import UserError
from sim.core.parameters import Settings, param
from sim.core.text import did_you_mean
from sim.scenario.document import Part, tree_of
from sim.scenario.messages import Problems, show
from sim.scenario.node import Node, Place, plain
from sim.scenario.patch import EMPTY
from sim.scenario.roster.columns import KNOWN
from sim.scenario.roster.source import Reading
from sim.scenario.roster.values import word
from sim.scenario.yaml_source import shown

Scalar = str | int | float | bool
UNDECIDED = "?"
"""What a guess writes where somebody must decide."""


class Taken(Settings):
    """Where a column of the roster comes from."""

    column: str = param("", unit="name", source="design", doc="Of the table.")
    always: Scalar = param("", unit="value", source="design", doc="The same in every line.")
    numbered: str = param("", unit="text", source="design", doc="Ids e1, e2, ... where the table has none.")
    words: dict[str, Scalar] = param(
        {}, unit="words", source="design", doc="The table's words in a roster's."
    )
    otherwise: Scalar = param("", unit="value", source="design", doc="For words that are not listed.")
    times: float = param(
        1.0, unit="factor", source="design", gt=0, doc="annual_pay only: 12 for monthly pay."
    )


class Posts(Settings):
    """A table with a line for several posts alike."""

    column: str = param("", unit="name", source="design", doc="The number of posts.")
    rounded: Literal["ask", "half_up", "up", "down"] = param(
        "ask", unit="choice", source="design", doc="What becomes of a fraction of a post."
    )


class Others(Settings):
    """What a mapping says besides its columns."""

    table: Reading = Reading()
    posts: Posts = Posts()
    leave_out: dict[str, list[Scalar]] = param(
        {}, unit="words by column", source="design", doc="Lines that are not taken."
    )
    vacant: dict[str, list[Scalar]] = param(
        {}, unit="words by column", source="design", doc="Lines of posts that nobody holds."
    )


@dataclass(frozen=True)
class Mapping:
    """A checked mapping.

    Attributes:
        taken: by column of the roster.
        others: the rest.
        places: where each column of the table is named.
        tree: as it was written.
    """

    taken: dict[str, Taken]
    others: Others
    places: dict[str, Place]
    tree: dict[str, object]

    @property
    def names(self) -> set[str]:
        """Names of the table's columns, in the form of `word`."""
        return {word(name) for name in self.places}


def as_yaml(tree: dict[str, Any], comments: Iterable[str]) -> str:
    """A mapping file, with a comment a line above it."""
    yaml, text = YAML(), io.StringIO()
    yaml.allow_unicode = True
    yaml.dump(tree, text)
    return "".join(f"# {' '.join(line.split())}\n" for line in comments) + text.getvalue()


def read_mapping(path: Path) -> Mapping:
    """A mapping file.

    Raises:
        UserError: everything that is wrong with it.
    """
    problems = Problems()
    tree = tree_of(path, problems)
    if tree is None:
        problems.add(Place(shown(path)), "is no mapping; `sim roster guess FILE` proposes one")
        raise UserError(str(problems))
    whole = Part(tree, (), problems)
    others = whole.own(Others, ("columns",)) or Others()
    columns = whole.child("columns") or Part(EMPTY, ("columns",), problems)
    if not columns.is_mapping or not columns.node.value:
        columns.wrong("columns is missing: it says where each column comes from")
    parts = list(whole.entries("columns", "")) if columns.is_mapping else []
    taken = {part.path[-1]: one for part in parts if (one := _taken(part)) is not None}
    problems.stop()
    return Mapping(taken, others, _places(tree, columns.node), dict(plain(tree)))


def _taken(part: Part) -> Taken | None:
    """Where one column of the roster comes from."""
    name = part.path[-1]
    if name not in KNOWN:
        part.wrong_key(f"columns.{name} is no column of a roster{did_you_mean(name, KNOWN)}")
        return None
    said = part if part.is_mapping else part.with_node(part.node.with_value({"column": part.node}))
    taken = said.settings(Taken)
    if taken is None:
        return None
    troubles = list(_troubles(name, taken))
    for trouble in troubles:
        said.wrong(f"columns.{name}{trouble}")
    return None if troubles else taken


def _troubles(name: str, taken: Taken) -> Iterator[str]:
    """What does not go together in a column."""
    if sum(getattr(taken, way) != "" for way in ("column", "always", "numbered")) != 1:
        yield ": give one of column, always and numbered"
    if taken.numbered and name != "id":
        yield ".numbered: only ids are numbers"
    if taken.times != 1 and name != "annual_pay":
        yield ".times: only annual_pay is multiplied"
    undecided = [show(word) for word, meant in taken.words.items() if meant == UNDECIDED]
    if undecided or UNDECIDED in (taken.always, taken.otherwise):
        what = ", ".join(undecided) or "always or otherwise"
        yield f": decide what stands for {what}; ? stands for nothing"


def _places(tree: Node, columns: Node) -> dict[str, Place]:
    """Where the columns of the table are named."""
    found = {}
    for node in columns.value.values() if columns.is_mapping else ():
        said = node.child("column") if node.is_mapping else node
        if said is not None:
            found[str(said.value)] = said.place
    for name in ("leave_out", "vacant"):
        part = tree.child(name) or EMPTY
        found |= {key: node.key_place for key, node in part.value.items()}
    posts = (tree.child("posts") or EMPTY).child("column")
    return found | ({str(posts.value): posts.place} if posts is not None else {})
