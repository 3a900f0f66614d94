"""A roster: the posts and people an area is founded from, in place of an invented population.

The text is comma-separated, one line a post. What is read here has been checked by `sim.scenario.roster`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.world.terms import FIRST_MANAGER_RANK, LEADER_RANK, NOBODY, OCCUPANTS, Grade, Kind

if TYPE_CHECKING:
    from sim.world.place import World
    from sim.world.staff import Departments, Posts

Integers = NDArray[np.int64]
Columns = dict[str, NDArray[Any]]

STATUSES = ("established", "contract")
KINDS = tuple(kind.name.lower() for kind in Kind)
GRADES = {grade.name.lower(): int(grade) for grade in Grade if grade != Grade.UNGRADED}
YEARS = ("age_years", "service_years", "years_in_department", "years_in_rank")
_CELL = re.compile(r'(?:\s*"((?:[^"]|"")*)"\s*|([^,"]*))(,|$)')


def cells(line: str) -> list[tuple[int, str]] | None:
    """The values of a line with the column (from 1) each starts at; None where a quotation mark is not closed."""
    found: list[tuple[int, str]] = []
    end, more = 0, True
    while more:
        match = _CELL.match(line, end)
        if match is None:
            return None
        quoted, bare, comma = match.groups()
        value = quoted.replace('""', '"') if bare is None else bare
        start = match.start(1) if bare is None else match.start(2) + len(bare) - len(bare.lstrip()) + 1
        found.append((start, value.strip()))
        end, more = match.end(), comma == ","
    return found


def written_lines(text: str) -> Iterator[tuple[int, str]]:
    """Number (from 1) and text of every line that is neither a comment nor empty, as spreadsheets write them."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip(" \t,") and not line.lstrip(' \t"').startswith("#"):
            yield number, line


@dataclass(frozen=True)
class Entry:
    """One post of a roster and who holds it. Times are in years; `status` is "" where the post is vacant."""

    id: str
    organisation: int
    department: tuple[int, int, str]
    rank: int
    status: str
    years: tuple[float, ...]
    grade: int
    indicator: bool

    @property
    def leads(self) -> bool:
        return self.rank == LEADER_RANK

    @property
    def held(self) -> bool:
        return self.status != ""


@dataclass(frozen=True)
class Roster:
    """The posts of one new area: those of departments by organisation, kind, name, rank and id, then leaders'.

    The order of the lines does not matter, for the order of the posts decides whose luck is whose.

    Attributes:
        organisations: new cities and the area level.
        entries: all posts in order.
    """

    organisations: int
    entries: tuple[Entry, ...]

    @cached_property
    def departments(self) -> list[tuple[int, int, str]]:
        """Organisation, kind and name of every department, in order."""
        return sorted({entry.department for entry in self.entries if not entry.leads})

    @property
    def departments_by_organisation(self) -> Integers:
        """How many departments each organisation has: shape (organisations,)."""
        own = np.array([organisation for organisation, _, _ in self.departments], dtype=np.int64)
        return np.bincount(own, minlength=self.organisations)

    @property
    def kinds(self) -> list[Kind]:
        """What each department's tasks are."""
        return [Kind(kind) for _, kind, _ in self.departments]

    @property
    def sizes(self) -> Integers:
        """Posts of each department."""
        return np.bincount(self._department_numbers, minlength=len(self.departments))

    @cached_property
    def _department_numbers(self) -> Integers:
        number = {department: place for place, department in enumerate(self.departments)}
        return np.array(
            [number[entry.department] for entry in self.entries if not entry.leads], dtype=np.int64
        )

    def department_posts(self, departments: "Departments", mine: Integers) -> Columns:
        """Columns of the departments' posts of one replication.

        Args:
            departments: all departments.
            mine: rows of this replication's departments.
        """
        department = mine[self._department_numbers]
        rank = self._ranks[: department.size]
        return {
            "replication": departments.replication[department],
            "organisation": departments.organisation[department],
            "department": department,
            "rank": rank,
            "manager": rank >= FIRST_MANAGER_RANK,
            "indicator": self._indicators,
        }

    @cached_property
    def _ranks(self) -> Integers:
        return np.array([entry.rank for entry in self.entries], dtype=np.int64)

    @cached_property
    def _indicators(self) -> NDArray[np.bool_]:
        """Whoever the roster names, else the highest post below the managers, else the head."""
        first: dict[tuple[int, int, str], tuple[bool, bool, int]] = {}
        for place, entry in enumerate(self.entries[: self._department_numbers.size]):
            claim = (not entry.indicator, entry.rank >= FIRST_MANAGER_RANK, place)
            first[entry.department] = min(claim, first.get(entry.department, claim))
        chosen = np.zeros(self._department_numbers.size, dtype=bool)
        chosen[[place for _, _, place in first.values()]] = True
        return chosen

    def leader_posts(self, replication: int, place: int) -> Columns:
        """Columns of the leaders' posts of the `place`-th replication of the tables."""
        own = np.array([entry.organisation for entry in self.entries if entry.leads], dtype=np.int64)
        return {
            "replication": np.full(own.size, replication),
            "organisation": own + place * self.organisations,
            "rank": np.full(own.size, LEADER_RANK),
            "leader": np.ones(own.size, dtype=bool),
        }

    def occupy(self, posts: "Posts") -> None:
        """Posts without anybody are vacant from the founding on, and nobody has held them."""
        held = np.array([entry.held for entry in self.entries], dtype=bool)[posts.number]
        posts["occupants"] = held.astype(np.int64)
        posts["vacant_since"] = np.where(held, NOBODY, 0)

    def lives(self, number: NDArray[np.integer], quarters_per_year: int) -> Columns:
        """What the roster knows of the founders of the posts `number`; times are cut to whole quarters."""
        whole = np.floor(self._years[number] * quarters_per_year).astype(np.int64)
        age, service, in_department, in_rank = whole.T
        grade = self._grades[number]
        return {
            "age_quarters": age,
            "service_quarters": service,
            "quarters_in_department": in_department,
            "quarters_in_post": np.minimum(in_department, in_rank),
            "quarters_in_rank": in_rank,
            "grade": grade,
            "excellent_in_rank": (grade == Grade.EXCELLENT) & (in_rank >= quarters_per_year),
            "contract": self._contracts[number],
        }

    @cached_property
    def _years(self) -> NDArray[np.float64]:
        """Shape (posts, 4), as `YEARS`; zeros for vacant posts."""
        return np.array([entry.years for entry in self.entries], dtype=np.float64)

    @cached_property
    def _grades(self) -> Integers:
        return np.array([entry.grade for entry in self.entries], dtype=np.int64)

    @cached_property
    def _contracts(self) -> NDArray[np.bool_]:
        return np.array([entry.status == "contract" for entry in self.entries], dtype=bool)

    def people(self) -> dict[str, int]:
        """The person number that every id of the roster has in a simulation (vacant posts apart)."""
        return {entry.id: place * OCCUPANTS for place, entry in enumerate(self.entries) if entry.held}


def roster_of(world: "World") -> Roster | None:
    """The roster a world is founded from; None where the population is invented."""
    return _read(world.roster, world.new_cities) if world.roster else None


@lru_cache(maxsize=8)
def _read(text: str, new_cities: tuple[str, ...]) -> Roster:
    lines = [[value for _, value in cells(line) or ()] for _, line in written_lines(text)]
    names, rows = lines[0], lines[1:]
    number = {name: place for place, name in enumerate(new_cities)}
    found = [_entry(dict(zip(names, row, strict=True)), number) for row in rows]
    found.sort(key=lambda entry: (entry.leads, *entry.department, -entry.rank, entry.id))
    return Roster(len(new_cities) + 1, tuple(found))


def _entry(row: dict[str, str], number: dict[str, int]) -> Entry:
    organisation = number.get(row["organisation"], len(number))
    rank = int(row["rank"])
    kind = NOBODY if rank == LEADER_RANK else KINDS.index(row["department_kind"])
    return Entry(
        id=row["id"],
        organisation=organisation,
        department=(organisation, kind, row["department"]),
        rank=rank,
        status=row["status"],
        years=tuple(float(row[name] or 0) for name in YEARS),
        grade=GRADES.get(row.get("grade_last", ""), int(Grade.UNGRADED)),
        indicator=row.get("indicator_holder", "") == "yes",
    )
