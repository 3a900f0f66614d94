"""The staff as a table whose columns read as words: `staff.department`, `staff.on_post`, `staff.ability`."""

from copy import copy
from typing import Any, Self

import numpy as np

from sim.core.arrays import Column, Mask, Rows, read_only
from sim.core.table import Table
from sim.people.columns import DEPARTMENTS, PARKS, POSTS, STAFF, ColumnTerm


class Columns(Table):
    """A table whose columns are attributes."""

    terms: tuple[ColumnTerm, ...] = ()
    _to_read: Any = None

    def __init__(self, size: int = 0) -> None:
        super().__init__(
            {term.name: term.dtype for term in self.terms},
            {term.name: term.default for term in self.terms},
            size,
        )

    def __getattr__(self, name: str) -> Any:
        """Columns are found before this is asked."""
        raise AttributeError(f"{type(self).__name__} has no column {name!r}")

    def __getstate__(self) -> dict[str, object]:
        state = super().__getstate__()
        shown = {*self._views, "_to_read"}
        return {name: value for name, value in state.items() if name not in shown}

    @property
    def to_read(self) -> Self:
        """The same table, of which nothing can be written: what a rule sees of it."""
        if self._to_read is None:
            twin = copy(self)
            twin._views = {name: read_only(column) for name, column in self._views.items()}
            twin.__dict__.update(twin._views)
            self._to_read = twin
        looked_at: Self = self._to_read
        return looked_at

    def _show(self) -> None:
        """Views are kept as attributes, since rules read them thousands of times a quarter."""
        for name in self._views:
            self.__dict__.pop(name, None)
        super()._show()
        self.__dict__.update(self._views)
        self._to_read = None


class Posts(Columns):
    """One row a post, in the order of replications, departments, ranks."""

    terms = POSTS

    @property
    def kept(self) -> Mask:
        """Belongs to a department or is a leader's: has not fallen away."""
        return np.asarray((self.department >= 0) | self.leader)


class Departments(Columns):
    """One row a department, in the order of replications and numbers."""

    terms = DEPARTMENTS


class Parks(Columns):
    """One row a park, in the order of replications and numbers."""

    terms = PARKS


class Staff(Columns):
    """One row a person; leavers stay until the year's close."""

    terms = STAFF

    @property
    def on_post(self) -> Mask:
        """Works: holds a post (leaders included)."""
        return np.asarray(self.post >= 0)

    @property
    def at_work(self) -> Mask:
        """Holds a post and is under the regime (no leader)."""
        return np.asarray(self.on_post & ~self.leader)

    @property
    def worked(self) -> Mask:
        """Was at work this quarter, even if no longer there at its end."""
        return np.asarray(self.worked_in >= 0)

    @property
    def in_reservoir(self) -> Mask:
        return np.asarray(self.reservoir_since >= 0)


class SomeStaff(Staff):
    """Some rows of the staff, to be read: a column is copied when it is first asked for."""

    def __init__(self, whole: Staff, rows: Rows) -> None:
        self._whole, self._rows = whole, rows
        self.size, self.layout = rows.size, whole.layout

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._whole:
            return super().__getattr__(name)
        column = self.__dict__[name] = read_only(self._whole[name].take(self._rows))
        return column

    def __getitem__(self, name: str) -> Column:
        column: Column = getattr(self, name) if name not in self.__dict__ else self.__dict__[name]
        return column

    @property
    def to_read(self) -> Self:
        return self
