"""Chunks become the tables of a run, the same whatever the chunks were."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.lab.jobs.simulate import Frames, Simulated
from sim.lab.results.tables import Tables

if TYPE_CHECKING:
    import pandas

EVENT_KEYS = (
    "replication",
    "quarter",
    "event",
    "person",
    "organisation",
    "department",
    "group",
    "roster_id",
    "department_name",
)
FEW_VALUES = ("event", "trigger", "kind", "group")
"""Text columns with few different values; they are stored as categories."""


def assemble(chunks: Sequence[Simulated]) -> Frames:
    """The chunks' tables joined in the order of the replications."""
    first = chunks[0].frames
    return {
        name: _joined([chunk.frames[name] for chunk in chunks], name)
        for name in Tables.FRAMES
        if name in first
    }


def residuals(chunks: Sequence[Simulated]) -> dict[str, float]:
    """The largest residual of every accounting identity."""
    names = dict.fromkeys(name for chunk in chunks for name in chunk.residuals)
    return {name: max(chunk.residuals.get(name, 0.0) for chunk in chunks) for name in names}


def _joined(parts: list["pandas.DataFrame"], name: str) -> "pandas.DataFrame":
    import pandas

    filled = [part for part in parts if len(part)] or parts[:1]
    table = pandas.concat(filled, ignore_index=True)
    if name == "events":
        table = _ordered(table)
    for column in FEW_VALUES:
        if column in table:
            table[column] = _as_category(table[column])
    return table


def _as_category(column: "pandas.Series") -> "pandas.Series":
    """Text as categories in alphabetical order."""
    import pandas

    values = sorted(column.dropna().astype(str).unique())
    return column.astype(pandas.CategoricalDtype(values))


def _ordered(events: "pandas.DataFrame") -> "pandas.DataFrame":
    """Keys first, then the details by name, numbers as floats.

    Which details a chunk's events have depends on what happened in it; the joined table must not.
    """
    keys = [name for name in EVENT_KEYS if name in events]
    details = sorted(name for name in events.columns if name not in EVENT_KEYS)
    table = events[[*keys, *details]].copy()
    numbers = table[details].select_dtypes("number").columns
    return table.astype(dict.fromkeys(numbers, "float64"))
