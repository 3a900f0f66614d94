"""A table of named columns that can grow and be thinned without losing the order of its rows."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]


class Table:
    """Named one-dimensional columns of equal length, stored with room to spare.

    `table["name"]` is a view of the rows in use; writing through it writes the table. Views taken before
    `append` or `keep` are stale afterwards.
    """

    def __init__(self, dtypes: Mapping[str, str], defaults: Mapping[str, object], size: int = 0) -> None:
        self.size = size
        self.layout = 0
        """Changes whenever rows are added or moved."""
        self._dtypes = dict(dtypes)
        self._defaults = dict(defaults)
        self._store = {name: self._fresh(name, size) for name in dtypes}
        self._views: dict[str, Column] = {}

    @property
    def names(self) -> list[str]:
        return list(self._store)

    def __getitem__(self, name: str) -> Column:
        view = self._views.get(name)
        if view is None:
            view = self._views[name] = self._store[name][: self.size]
        return view

    def __setitem__(self, name: str, values: object) -> None:
        self[name][:] = values

    def __contains__(self, name: str) -> bool:
        return name in self._store

    def add_column(self, name: str, dtype: str, default: object) -> None:
        """Add a column, `default` in every row; an existing one is left as it is."""
        if name not in self._store:
            self._dtypes[name], self._defaults[name] = dtype, default
            self._store[name] = self._fresh(name, self._capacity())

    def drop_column(self, name: str) -> None:
        for part in (self._store, self._dtypes, self._defaults, self._views):
            part.pop(name, None)

    def append(self, rows: Mapping[str, object], count: int) -> slice:
        """Add `count` rows at the end; columns not named take their default. Returns the new rows."""
        new = slice(self.size, self.size + count)
        if new.stop > self._capacity():
            self._reserve(new.stop + new.stop // 8)
        self.size = new.stop
        self.layout += 1
        self._views.clear()
        for name, column in self._store.items():
            column[new] = rows.get(name, self._defaults[name])
        return new

    def keep(self, mask: NDArray[np.bool_]) -> None:
        """Drop the rows outside `mask`; the others keep their order."""
        rows = np.flatnonzero(mask)
        for column in self._store.values():
            column[: rows.size] = column[rows]
        self.size = rows.size
        self.layout += 1
        self._views.clear()

    def take(self, mask: NDArray[np.bool_], names: Iterable[str] | None = None) -> dict[str, Column]:
        """Copies of the rows in `mask`, by column."""
        return {name: self[name][mask] for name in (self.names if names is None else names)}

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_views": {}}

    def _capacity(self) -> int:
        return max((column.size for column in self._store.values()), default=0)

    def _fresh(self, name: str, size: int) -> Column:
        return np.full(size, self._defaults[name], dtype=self._dtypes[name])

    def _reserve(self, capacity: int) -> None:
        for name, column in self._store.items():
            grown = self._fresh(name, capacity)
            grown[: self.size] = column[: self.size]
            self._store[name] = grown
