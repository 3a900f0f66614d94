"""The unit beside the number: a column `unit` for every table with a column `outcome`."""

from typing import TYPE_CHECKING

from sim.outcomes.outcomes import unit_of

if TYPE_CHECKING:
    import pandas

SHARE_OF_POINTS = "share of the points"
SHARE_OF_VARIANCE = "share of the variance between points"


def with_units(frame: "pandas.DataFrame", unit: str = "") -> "pandas.DataFrame":
    """The table with the unit of its numbers after `outcome`: that of the outcome, or `unit` for all rows."""
    table = frame.copy()
    units = [unit or unit_of(str(name)) for name in frame["outcome"]]
    table.insert(list(table.columns).index("outcome") + 1, "unit", units)
    return table
