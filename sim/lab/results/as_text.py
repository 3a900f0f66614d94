"""Tables as text beside their Parquet, for people, spreadsheets and version control."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas

DIGITS = 10
"""Digits that are written: the last ones of a double differ between machines."""
FORMULA = r"^([=+\-@\t\r])"
"""What begins a cell that spreadsheets run."""
LONGEST = 1_048_575
"""Rows that a spreadsheet holds below its header; longer tables exist as Parquet only."""


def write_csv(path: Path, frame: "pandas.DataFrame") -> None:
    """Write a table as text, a header and a line a row; one that no spreadsheet holds is not written."""
    import pyarrow
    from pyarrow import csv

    if len(frame) > LONGEST:
        return
    numbers = frame.select_dtypes("float")
    rounded = frame.assign(**{str(name): _rounded(numbers[name].to_numpy()) for name in numbers})
    table = pyarrow.Table.from_pandas(rounded, preserve_index=False)
    for place, column in enumerate(table.schema):
        if pyarrow.types.is_nested(column.type):
            texts = pyarrow.array([None if one is None else str(one) for one in table[place].to_pylist()])
            table = table.set_column(place, column.name, texts)
    csv.write_csv(pyarrow.table([_inert(column) for column in table.columns], names=table.column_names), path)


def _inert(column: Any) -> Any:
    """The same text, with an apostrophe before what a spreadsheet would take for a formula."""
    import pyarrow
    from pyarrow import compute

    if pyarrow.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not (pyarrow.types.is_string(column.type) or pyarrow.types.is_large_string(column.type)):
        return column
    return compute.replace_substring_regex(column, FORMULA, r"'\1")


def _rounded(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """The same numbers with as many digits as are written."""
    size = np.abs(values)
    some = np.isfinite(size) & (size > 1e-290)
    power = np.floor(np.log10(np.where(some, size, 1.0)))
    scale = 10.0 ** np.abs(DIGITS - 1 - power)
    with np.errstate(over="ignore"):
        small, large = np.rint(values * scale) / scale, np.rint(values / scale) * scale
    rounded = np.where(power > DIGITS - 1, large, small)
    return np.where(some, rounded, values)
