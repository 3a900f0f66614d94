"""A table of a report, before it is written in Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """A table of text; the first `texts` columns are words, the others numbers.

    `folded` says what to click on to see it, where the page should not show it at once.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1
    folded: str = ""
