"""Where the table of a roster begins, and the lines that are no posts: titles, totals, repeated headers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from sim.scenario.roster.columns import KNOWN
from sim.scenario.roster.table import Table, named_in
from sim.scenario.roster.values import bare, is_total, word

ENOUGH = 3
"""Known columns that make a line the line of names."""
SEARCHED = 200


@dataclass(frozen=True)
class Header:
    """The line of names.

    Attributes:
        place: its number among the rows of the table.
        line: its number in the file.
        names: of its columns, "" for a column without one.
        titles: numbers of the lines above it that are neither blank nor comments.
    """

    place: int
    line: int
    names: list[str]
    titles: list[int]


def header_of(table: Table) -> Header | None:
    """The first line that names enough columns, else the first that is no comment; None where there is none."""
    others = (place for place, (_, row) in enumerate(table.rows) if not _is_comment(row))
    written = list(islice(others, SEARCHED))
    if not written:
        return None
    place = next((one for one in written if named_in(table.rows[one][1], KNOWN) >= ENOUGH), written[0])
    line, row = table.rows[place]
    names = [word(value) for value in row or ()]
    while names and not names[-1]:
        names.pop()
    return Header(place, line, names, [table.rows[one][0] for one in written if one < place])


def _is_comment(row: Sequence[str] | None) -> bool:
    first = next((bare(value) for value in row or () if bare(value)), "")
    return first.startswith("#")


def no_post(row: list[str], header: Header) -> str:
    """What a line is that is no post: a total, or the names again; "" for a post."""
    names = header.names
    if word(row[0]) == names[0] and [word(value) for value in row[: len(names)]] == names:
        return "the names of the columns again"
    rank = names.index("rank") if "rank" in names else -1
    if 0 <= rank < len(row) and bare(row[rank]):
        return ""
    first = next((value for value in row if bare(value)), "")
    return "a total" if is_total(first) else ""
