"""Text and tables for a terminal: wrapped, aligned, without marks."""

from collections.abc import Sequence

from sim.lab.language.wording import columns_of, unmarked, wrapped
from sim.lab.reports.definitions import definitions
from sim.lab.reports.grid import Grid

WIDTH = 100


def lines(text: str, indent: str = "") -> str:
    """A text without its marks, no line wider than a terminal; all lines but the first are indented."""
    return f"\n{indent}".join(wrapped(unmarked(text), WIDTH - len(indent)))


def columns(grid: Grid) -> str:
    """A table with its columns aligned, words to the left and numbers to the right."""
    rows = [grid.header, *grid.rows]
    widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_aligned(row, widths, grid.texts) for row in rows)


def defined(grid: Grid) -> str:
    """The same, and below it what the units are that it is told in."""
    units = [lines(unit, "  ") for unit in definitions(grid)]
    return "\n".join([columns(grid), "", *units] if units else [columns(grid)])


def padded(text: str, width: int) -> str:
    """Filled up with blanks to so many columns, on the left where `width` is negative."""
    blanks = " " * max(0, abs(width) - columns_of(text))
    return text + blanks if width > 0 else blanks + text


def _aligned(row: Sequence[str], widths: Sequence[int], texts: int) -> str:
    cells = [
        padded(cell, width if place < texts else -width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return ("  " + "  ".join(cells)).rstrip()
