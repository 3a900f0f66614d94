"""A table of named columns that can grow and be thinned without losing the order of its rows."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from sim.core.arrays import Column, Mask


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
        self._show()

    @property
    def names(self) -> list[str]:
        return list(self._store)

    def __getitem__(self, name: str) -> Column:
        return self._views[name]

    def __setitem__(self, name: str, values: object) -> None:
        self[name][:] = values

    def __contains__(self, name: str) -> bool:
        return name in self._store

    def add_column(self, name: str, dtype: str, default: object) -> None:
        """Add a column, `default` in every row; an existing one is left as it is."""
        if name not in self._store:
            self._dtypes[name], self._defaults[name] = dtype, default
            self._store[name] = self._fresh(name, self._capacity())
            self._show()

    def drop_column(self, name: str) -> None:
        for part in (self._store, self._dtypes, self._defaults):
            part.pop(name, None)
        self._show()

    def append(self, rows: Mapping[str, object], count: int) -> slice:
        """Add `count` rows at the end; columns not named take their default. Returns the new rows."""
        new = slice(self.size, self.size + count)
        if new.stop > self._capacity():
            self._reserve(new.stop + new.stop // 8)
        self.size = new.stop
        self._moved()
        for name, column in self._store.items():
            column[new] = rows.get(name, self._defaults[name])
        return new

    def keep(self, mask: Mask) -> None:
        """Drop the rows outside `mask`; the others keep their order."""
        rows = np.flatnonzero(mask)
        for column in self._store.values():
            column[: rows.size] = column[rows]
        self.size = rows.size
        self._moved()

    def take(self, mask: Mask, names: Iterable[str] | None = None) -> dict[str, Column]:
        """Copies of the rows in `mask`, by column."""
        return {name: self[name][mask] for name in (self.names if names is None else names)}

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_views": {}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._show()

    def _moved(self) -> None:
        self.layout += 1
        self._show()

    def _show(self) -> None:
        """Look at the rows in use."""
        self._views = {name: column[: self.size] for name, column in self._store.items()}

    def _capacity(self) -> int:
        return max((column.size for column in self._store.values()), default=0)

    def _fresh(self, name: str, size: int) -> Column:
        return np.full(size, self._defaults[name], dtype=self._dtypes[name])

    def _reserve(self, capacity: int) -> None:
        for name, column in self._store.items():
            grown = self._fresh(name, capacity)
            grown[: self.size] = column[: self.size]
            self._store[name] = grown
