"""What an array holds: each kind has one name, which is defined here and nowhere else.

The shapes are said where arrays go in and come out.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""Real numbers."""
Integers = NDArray[np.integer]
"""Whole numbers of any width: numbers of groups, ranks, codes."""
Counts = NDArray[np.int64]
"""Whole numbers that are added up and multiplied."""
Codes = NDArray[np.int8]
"""Small whole numbers that stand for something, such as grades."""
Mask = NDArray[np.bool_]
"""Which rows."""
Rows = NDArray[np.intp]
"""Numbers of rows."""
Streams = NDArray[np.uint64]
"""Keys of luck."""
Column = NDArray[Any]
"""A column of any kind."""
NamedColumns = dict[str, Column]
"""Columns of equal length, by name."""


def read_only[Kind: Column](array: Kind) -> Kind:
    """A look at an array through which nothing can be written."""
    look = array.view()
    look.flags.writeable = False
    return look
