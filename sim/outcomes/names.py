"""What numbers in tables stand for: names of organisations, and of a roster's people and departments."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Column, Counts, Integers
from sim.people.groups import Groups
from sim.people.roster import roster_of
from sim.settings.place import World
from sim.settings.terms import AREA_LEVEL, NOBODY, OCCUPANTS

if TYPE_CHECKING:
    import pandas

DEPARTMENT_COLUMNS = ("department", "department_left", "department_entered")
"""Columns of tables that hold numbers of departments."""


@dataclass(frozen=True)
class Names:
    """Names by number.

    Attributes:
        organisations: the new cities and the area level.
        departments: of a roster; empty without one.
        people: ids of a roster by post, "" for a post that was vacant; empty without one.
        groups: of people, in alphabetical order; empty where there are none.
    """

    organisations: tuple[str, ...]
    departments: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def unused(self) -> tuple[str, ...]:
        """Columns that say nothing here: those of a roster or of groups where there are none."""
        return (() if self.people else ("roster_pay",)) + (() if self.groups else ("group",))

    @classmethod
    def of(cls, world: World) -> "Names":
        """The names of a place."""
        organisations, roster = (*world.new_cities, AREA_LEVEL), roster_of(world)
        groups = Groups(world.people).names
        if roster is None:
            return cls(organisations, groups=groups)
        departments = tuple(name for _, _, name in roster.departments)
        people = tuple(one.id if one.held else "" for one in roster.entries)
        return cls(organisations, departments, people, groups)

    def organisation(self, numbers: Integers) -> "pandas.Categorical[str]":
        """Names of organisations."""
        import pandas

        return pandas.Categorical.from_codes(numbers.astype(np.int64), categories=list(self.organisations))  # type: ignore[call-overload, no-any-return]

    def group(self, numbers: Integers) -> "pandas.Categorical[str]":
        """Names of groups."""
        import pandas

        return pandas.Categorical.from_codes(numbers.astype(np.int64), categories=list(self.groups))  # type: ignore[call-overload, no-any-return]

    def of_roster(self, columns: Mapping[str, Column]) -> dict[str, "pandas.Categorical[str]"]:
        """`roster_id` beside `person`, missing for whoever came later, and `department_name` beside `department`.

        So, too, `department_left_name` and `department_entered_name` where somebody moves.
        """
        found = {}
        if self.people and "person" in columns:
            post, occupant = np.divmod(columns["person"].astype(np.int64), OCCUPANTS)
            found["roster_id"] = _named(np.where(occupant == 0, post, NOBODY), self.people)
        for column in DEPARTMENT_COLUMNS if self.departments else ():
            if column in columns:
                numbers = np.nan_to_num(columns[column], nan=NOBODY).astype(np.int64)
                found[f"{column}_name"] = _named(numbers, self.departments)
        return found


def _named(numbers: Counts, names: tuple[str, ...]) -> "pandas.Categorical[str]":
    """Names by number; missing for -1 and for an empty name. Several numbers may have one name."""
    import pandas

    kinds = sorted(set(names) - {""})
    code = {name: place for place, name in enumerate(kinds)}
    codes = np.array([code.get(name, NOBODY) for name in names] + [NOBODY])
    inside = np.where((numbers >= 0) & (numbers < len(names)), numbers, len(names))
    return pandas.Categorical.from_codes(codes[inside], categories=kinds)  # type: ignore[call-overload, no-any-return]
