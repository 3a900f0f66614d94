"""A roster: the posts and people an area is founded from, in place of an invented population.

The text is comma-separated, one line a post. What is read here was written by `sim.scenario.roster`, checked.
"""

import csv
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Counts, Floats, Integers, Mask, NamedColumns
from sim.settings.terms import (
    FIRST_MANAGER_RANK,
    HIGHEST_MANAGER_RANK,
    LEADER_RANK,
    NOBODY,
    OCCUPANTS,
    Grade,
    Kind,
)

if TYPE_CHECKING:
    from sim.people.staff import Departments, Posts
    from sim.settings.place import World


STATUSES = ("established", "contract")
KINDS = tuple(kind.name.lower() for kind in Kind if kind != Kind.OPERATOR)
"""Kinds of departments that a roster may name."""
GRADES = {grade.name.lower(): int(grade) for grade in Grade if grade != Grade.UNGRADED}
YEARS = ("age_years", "service_years", "years_in_department", "years_in_rank")
START_OF_WORK = 16.0
"""Nobody enters the administration before this age, in years."""
UNKNOWN = -2
"""A grade that nobody knows."""
NEVER_GRADED = "none"


def written_rows(text: str) -> Iterator[list[str]]:
    """The names of the columns and the values of every post; comments stand above the names only."""
    lines = iter(text.split("\n"))
    for line in lines:
        if line.strip() and not line.startswith("#"):
            yield from csv.reader([line])
            break
    yield from (row for row in csv.reader(lines) if row)


@dataclass(frozen=True, slots=True)
class Entry:
    """One post of a roster and who holds it.

    Attributes:
        status: "" where the post is vacant.
        years: as `YEARS`; NaN where nobody knows, 0 for a vacant post.
        grade: `UNKNOWN` where nobody knows.
        pay: a year's, in the roster's money; NaN where nobody knows, 0 for a vacant post.
        weight: of the post in full-time posts.
        group: name; "" where nobody knows.
    """

    id: str
    organisation: int
    department: tuple[int, int, str]
    rank: int
    status: str
    years: tuple[float, ...]
    grade: int
    pay: float
    indicator: bool
    weight: float = 1.0
    group: str = ""

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
    def departments_by_organisation(self) -> Counts:
        """How many departments each organisation has: shape (organisations,)."""
        own = np.array([organisation for organisation, _, _ in self.departments], dtype=np.int64)
        return np.bincount(own, minlength=self.organisations)

    @property
    def kinds(self) -> list[Kind]:
        """What each department's tasks are."""
        return [Kind(kind) for _, kind, _ in self.departments]

    @property
    def sizes(self) -> Counts:
        """Posts of each department."""
        return np.bincount(self._department_numbers, minlength=len(self.departments))

    @cached_property
    def _department_numbers(self) -> Counts:
        number = {department: place for place, department in enumerate(self.departments)}
        return np.array(
            [number[entry.department] for entry in self.entries if not entry.leads], dtype=np.int64
        )

    def department_posts(self, departments: "Departments", mine: Counts) -> NamedColumns:
        """NamedColumns of the departments' posts of one replication.

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
    def _ranks(self) -> Counts:
        return np.array([entry.rank for entry in self.entries], dtype=np.int64)

    @cached_property
    def _indicators(self) -> Mask:
        """Whoever the roster names, else the highest post below the managers, else the head."""
        first: dict[tuple[int, int, str], tuple[bool, bool, int]] = {}
        for place, entry in enumerate(self.entries[: self._department_numbers.size]):
            claim = (not entry.indicator, entry.rank >= FIRST_MANAGER_RANK, place)
            first[entry.department] = min(claim, first.get(entry.department, claim))
        chosen = np.zeros(self._department_numbers.size, dtype=bool)
        chosen[[place for _, _, place in first.values()]] = True
        return chosen

    def leader_posts(self, replication: int, place: int) -> NamedColumns:
        """NamedColumns of the leaders' posts of the `place`-th replication of the tables."""
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

    def years(self, number: Integers) -> Floats:
        """Times of the founders of the posts `number`, shape (posts, 4) as `YEARS`; NaN where nobody knows."""
        return np.asarray(self._years[number])

    def grades(self, number: Integers) -> Counts:
        """Last grades of the founders of the posts `number`; `UNKNOWN` where nobody knows."""
        return np.asarray(self._grades[number])

    def contracts(self, number: Integers) -> Mask:
        """Which founders of the posts `number` are on a contract."""
        return np.asarray(self._contracts[number])

    def pay(self, number: Integers) -> Floats:
        """Yearly pay of the founders of the posts `number`, in the roster's money; NaN where nobody knows."""
        return np.asarray(self._pay[number])

    def groups(self, number: Integers, names: tuple[str, ...], drawn: Counts) -> Counts:
        """Groups of the founders of the posts `number`, as places in `names`; as `drawn` where nobody knows."""
        said = [self.entries[post].group for post in number.tolist()]
        return np.array([names.index(one) if one else own for one, own in zip(said, drawn, strict=True)])

    @cached_property
    def _pay(self) -> Floats:
        return np.array([entry.pay for entry in self.entries], dtype=np.float64)

    @cached_property
    def _years(self) -> Floats:
        """Shape (posts, 4), as `YEARS`; zeros for vacant posts."""
        return np.array([entry.years for entry in self.entries], dtype=np.float64)

    @cached_property
    def _grades(self) -> Counts:
        return np.array([entry.grade for entry in self.entries], dtype=np.int64)

    @cached_property
    def _contracts(self) -> Mask:
        return np.array([entry.status == "contract" for entry in self.entries], dtype=bool)

    def people(self) -> dict[str, int]:
        """The person number that every id of the roster has in a simulation (vacant posts apart)."""
        return {entry.id: place * OCCUPANTS for place, entry in enumerate(self.entries) if entry.held}

    @cached_property
    def unknown(self) -> dict[str, int]:
        """Of how many people each column says nothing, for the columns where there are any."""
        held = [entry for entry in self.entries if entry.held]
        missing = np.isnan(np.array([entry.years for entry in held]).reshape(-1, len(YEARS))).sum(axis=0)
        found = {name: int(count) for name, count in zip(YEARS, missing, strict=True)}
        found["grade_last"] = sum(entry.grade == UNKNOWN for entry in held)
        found["annual_pay"] = sum(math.isnan(entry.pay) for entry in held)
        if any(entry.group for entry in held):
            found["group"] = sum(not entry.group for entry in held)
        return {name: count for name, count in found.items() if count}

    @property
    def part_time(self) -> list[float]:
        """Weights of the people who work part-time."""
        return [entry.weight for entry in self.entries if entry.held and entry.weight < 1]

    @property
    def heads(self) -> list[int]:
        """How many posts of a head each department has, in the order of the departments."""
        posts = Counter(entry.department for entry in self.entries if entry.rank == HIGHEST_MANAGER_RANK)
        return [posts[department] for department in self.departments]


def roster_of(world: "World") -> Roster | None:
    """The roster a world is founded from; None where the population is invented."""
    return read_roster(world.roster, world.new_cities)


def read_roster(text: str, new_cities: tuple[str, ...]) -> Roster | None:
    """The roster in a checked text; None where there is none."""
    return _read(text, new_cities) if text else None


@lru_cache(maxsize=8)
def _read(text: str, new_cities: tuple[str, ...]) -> Roster:
    rows = written_rows(text)
    names = next(rows)
    number = {name: place for place, name in enumerate(new_cities)}
    departments: dict[tuple[int, int, str], tuple[int, int, str]] = {}
    found = [_entry(dict(zip(names, row, strict=True)), number, departments) for row in rows]
    found.sort(key=lambda entry: (entry.leads, *entry.department, -entry.rank, entry.id))
    return Roster(len(new_cities) + 1, tuple(found))


def _entry(
    row: dict[str, str], number: dict[str, int], departments: dict[tuple[int, int, str], tuple[int, int, str]]
) -> Entry:
    organisation = number.get(row["organisation"], len(number))
    rank, status = int(row["rank"]), row["status"]
    kind = NOBODY if rank == LEADER_RANK else KINDS.index(row["department_kind"])
    department = (organisation, kind, row["department"])
    unknown = math.nan if status else 0.0
    return Entry(
        id=row["id"],
        organisation=organisation,
        department=departments.setdefault(department, department),
        rank=rank,
        status=status,
        years=tuple(float(row[name]) if row[name] else unknown for name in YEARS),
        grade=_grade(row.get("grade_last", ""), drawn=bool(status) and rank != LEADER_RANK),
        pay=float(row.get("annual_pay") or unknown),
        indicator=row.get("indicator_holder", "") == "yes",
        weight=float(row.get("weight") or 1),
        group=row.get("group", ""),
    )


def _grade(text: str, drawn: bool) -> int:
    """The last grade; one that nobody knows is drawn, but that leaders have none is no gap."""
    return GRADES.get(text, UNKNOWN if drawn and not text else int(Grade.UNGRADED))
