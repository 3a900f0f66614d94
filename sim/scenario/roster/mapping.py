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

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sim.core.errors import UserError
from sim.core.parameters import Settings, param
from sim.core.text import did_you_mean
from sim.scenario.messages import Problems, show
from sim.scenario.node import Node, Place, plain
from sim.scenario.patch import EMPTY
from sim.scenario.roster.columns import KNOWN
from sim.scenario.roster.source import Reading
from sim.scenario.validation import settings
from sim.scenario.yaml_source import parse, read_text, shown

Scalar = str | int | float | bool
UNDECIDED = "?"
"""What a guess writes where somebody must decide."""


class TableReading(Reading):
    """How the table is written, and what its lines leave open."""

    similar_names: Literal["ask", "one", "different"] = param(
        "ask", unit="choice", source="design", doc="As for a roster."
    )
    part_time: Literal["ask", "whole"] = param("ask", unit="choice", source="design", doc="As for a roster.")


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

    table: TableReading = TableReading()
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


def read_mapping(path: Path) -> Mapping:
    """A mapping file.

    Raises:
        UserError: everything that is wrong with it.
    """
    problems = Problems()
    tree = parse(read_text(path), shown(path), problems)
    if tree is None or not tree.is_mapping:
        problems.add(Place(shown(path)), "is no mapping; `sim roster guess FILE` proposes one")
        problems.stop()
        raise UserError(f"{shown(path)} could not be read")
    rest = tree.with_value({name: node for name, node in tree.value.items() if name != "columns"})
    others = settings(Others, rest, (), problems)
    columns = tree.child("columns") or EMPTY
    if not columns.is_mapping or not columns.value:
        problems.add(columns.place or tree.place, "columns is missing: it says where each column comes from")
    taken = _taken(columns, problems) if columns.is_mapping else {}
    problems.stop()
    if others is None:
        raise UserError(f"{shown(path)} could not be read")
    return Mapping(taken, others, _places(tree, columns), dict(plain(tree)))


def _taken(columns: Node, problems: Problems) -> dict[str, Taken]:
    found = {}
    for name, node in columns.value.items():
        if name not in KNOWN:
            problems.add(
                node.key_place, f"columns.{name} is no column of a roster{did_you_mean(name, KNOWN)}"
            )
            continue
        said = node if node.is_mapping else node.with_value({"column": node})
        one = settings(Taken, said, ("columns", name), problems)
        if one is not None and _is_whole(name, one, said, problems):
            found[name] = one
    return found


def _is_whole(name: str, one: Taken, said: Node, problems: Problems) -> bool:
    before, at = len(problems.found), said.place
    ways = [way for way in ("column", "always", "numbered") if getattr(one, way) != ""]
    if len(ways) != 1:
        problems.add(at, f"columns.{name}: give one of column, always and numbered")
    if one.numbered and name != "id":
        problems.add(at, f"columns.{name}.numbered: only ids are numbers")
    if one.times != 1 and name != "annual_pay":
        problems.add(at, f"columns.{name}.times: only annual_pay is multiplied")
    open_ones = [word for word, meant in one.words.items() if meant == UNDECIDED]
    if open_ones or UNDECIDED in (one.always, one.otherwise):
        what = ", ".join(show(word) for word in open_ones) or "always or otherwise"
        problems.add(at, f"columns.{name}: decide what stands for {what}; ? stands for nothing")
    return len(problems.found) == before


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
