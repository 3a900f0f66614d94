"""A table as somebody wrote it: rows of text, and where every value stands, whatever kind of file it comes from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.scenario.node import Place


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
