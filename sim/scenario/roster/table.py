"""A table as somebody wrote it: rows of text, and where every value stands, whatever kind of file it comes from."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sim.scenario.node import Place
from sim.scenario.roster.values import word

SEARCHED = 200
"""Rows among which the names of the columns are looked for."""


@dataclass(frozen=True)
class Table:
    """A table of text.

    Attributes:
        source: the file, as the user would write it.
        rows: number (from 1) and values of every row that is not blank; None for a row whose quotation marks do not
            close. Values are as written, spaces included.
        locate: from the number of a row and of a column (from 0) to the place of the value.
        how: what had to be found out about the file, in words.
        name: of the file, with its sheet.
        separator: the mark between the values of a text; "" for a sheet.
    """

    source: str
    rows: Sequence[tuple[int, list[str] | None]]
    locate: Callable[[int, int], Place]
    how: tuple[str, ...] = ()
    name: str = ""
    separator: str = ""

    def fullest(self, names: Collection[str]) -> tuple[int, int]:
        """The place among the rows of the first that holds most of the names, and how many; 0 for an empty table."""
        counts = [named_in(row, names) for _, row in self.rows[:SEARCHED]]
        most = max(counts, default=0)
        return (counts.index(most) if counts else 0), most


def named_in(row: Sequence[str] | None, names: Collection[str]) -> int:
    """How many of the names, in the form of `word`, a row holds."""
    return len({found for value in row or () if (found := word(value)) in names})
