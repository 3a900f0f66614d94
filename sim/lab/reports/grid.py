"""A table of a report, before it is written in Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass

Rows = Sequence[Sequence[str]]
"""The rows of a table whose header stands in a template."""


@dataclass(frozen=True)
class Grid:
    """A table of text; the first `texts` columns are words, the others numbers.

    `folded` says what to click on to see it, where the page should not show it at once.
    """

    header: Sequence[str]
    rows: Rows
    texts: int = 1
    folded: str = ""
