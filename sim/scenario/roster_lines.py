"""The lines of a roster, value by value and together: everything that is wrong with them."""

import math
import re
from dataclasses import dataclass, field

from sim.scenario.messages import did_you_mean, nearest_word, show
from sim.scenario.node import Place
from sim.scenario.roster_columns import COLUMNS, KNOWN, START_OF_WORK, YOUNGEST, Column
from sim.world.roster import KINDS, STATUSES, YEARS, cells, written_lines
from sim.world.terms import LEADER_RANK

Problem = tuple[Place, str]
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PERSONAL = ("grade_last", "annual_pay")


@dataclass(frozen=True)
class Area:
    """What a roster must fit.

    Attributes:
        organisations: names; empty where they are not known.
        retirement_age: in years.
        departments: `organisation/department`, if they are listed.
    """

    organisations: tuple[str, ...]
    retirement_age: float
    departments: tuple[str, ...] = ()


@dataclass
class Row:
    """One line: its values by column, and where each stands."""

    line: int
    values: dict[str, str]
    starts: dict[str, int]

    @property
    def vacant(self) -> bool:
        return self.values.get("status") == ""

    @property
    def leads(self) -> bool:
        return self.values.get("rank") == str(LEADER_RANK)

    @property
    def department(self) -> tuple[str, str]:
        return self.values.get("organisation", ""), self.values.get("department", "")

    def number(self, name: str) -> float | None:
        """A number that can be read; None for anything else."""
        text = self.values.get(name, "")
        number = float(text) if _NUMBER.fullmatch(text) else math.inf
        return number if math.isfinite(number) else None


@dataclass
class RosterLines:
    """All lines of a roster and all problems with them.

    Attributes:
        departments: `organisation/department` of the lines that could be read.
    """

    text: str
    source: str
    area: Area
    found: list[Problem] = field(default_factory=list)
    departments: set[str] = field(default_factory=set)

    def problems(self) -> list[Problem]:
        """Everything wrong, in no particular order."""
        lines = list(written_lines(self.text))
        if not lines:
            self._add(0, 0, "is empty; `sim roster template` writes the columns it needs")
            return self.found
        names = self._header(*lines[0])
        if not names:
            return self.found
        rows = [row for number, line in lines[1:] if (row := self._row(number, line, names))]
        for row in rows:
            self._check(row)
        self._check_ids(rows)
        self._check_departments(rows)
        if not lines[1:] or (rows and all(row.vacant or row.leads for row in rows)):
            self._add(lines[-1][0], 1, "nobody works here: no line has a person of rank 1 to 5")
        return self.found

    def _add(self, line: int, column: int, text: str) -> None:
        self.found.append((Place(self.source, line, column), text))

    def _say(self, row: Row, name: str, text: str) -> None:
        self._add(row.line, row.starts.get(name, 1), text)

    # ---- the line of names

    def _header(self, number: int, line: str) -> list[str]:
        """The names of the columns; empty where they cannot be told."""
        for mark, word in ((";", "semicolons"), ("\t", "tabs"), ("，", "full-width commas")):
            if mark in line and "," not in line:
                self._add(
                    number, line.index(mark) + 1, f"is separated by {word}; a roster is separated by commas"
                )
                return []
        found = cells(line)
        if found is None:
            self._add(number, 1, "a quotation mark is not closed")
            return []
        names = [name for _, name in found]
        for place, (start, name) in enumerate(found):
            if name in names[:place]:
                self._add(number, start, f"column {show(name)} is there twice")
            elif name not in KNOWN:
                self._add(number, start, f"column {show(name)} is unknown{did_you_mean(name, KNOWN)}")
        missing = [column.name for column in COLUMNS if column.required and column.name not in names]
        if missing:
            self._add(number, 1, f"columns are missing: {', '.join(missing)}")
        return names if set(names) & set(KNOWN) else []

    def _row(self, number: int, line: str, names: list[str]) -> Row | None:
        found = cells(line)
        if found is None:
            self._add(number, 1, "a quotation mark is not closed, or stands within a value")
            return None
        if len(found) != len(names):
            told = f"has {len(found)} values, the first line names {len(names)} columns"
            self._add(number, 1, f"{told}; a value with a comma in it needs quotation marks")
            return None
        values = {name: value for name, (_, value) in zip(names, found, strict=True)}
        return Row(number, values, {name: start for name, (start, _) in zip(names, found, strict=True)})

    # ---- one line

    def _check(self, row: Row) -> None:
        if row.vacant and not self._is_empty(row):
            return
        for name, value in row.values.items():
            if name in KNOWN:
                self._check_value(row, KNOWN[name], value)
        self._check_place(row)
        if not row.vacant:
            self._check_times(row)

    def _is_empty(self, row: Row) -> bool:
        """Whether a vacant post says nothing of a person."""
        given = [name for name in (*YEARS, *_PERSONAL) if row.values.get(name)]
        if given:
            text = f"status is empty, which means a vacant post, but {given[0]} = {row.values[given[0]]} is given"
            self._say(
                row, "status", f"{text}; write {' or '.join(STATUSES)}, or leave what is of a person empty"
            )
        return not given

    def _check_value(self, row: Row, column: Column, value: str) -> None:
        if not value:
            if self._must_be_given(row, column):
                self._say(row, column.name, f"{column.name} is empty; it is {column.allowed}")
        elif column.choices and value not in column.choices:
            close = nearest_word(value, column.choices)
            hint = f"; did you mean {close}?" if close else ""
            self._say(row, column.name, f"{column.name} = {show(value)} is not {column.allowed}{hint}")
        elif column.is_number:
            self._check_number(row, column)

    @staticmethod
    def _must_be_given(row: Row, column: Column) -> bool:
        of_department = column.name in ("department", "department_kind")
        of_person = column.name in YEARS
        free = column.name == "status" or (row.leads and of_department) or (row.vacant and of_person)
        return column.required and not free

    def _check_number(self, row: Row, column: Column) -> None:
        number, written = row.number(column.name), row.values[column.name]
        if number is None:
            self._say(row, column.name, f"{column.name} = {show(written)} is not a number ({column.unit})")
        elif number < column.least:
            least = f"{column.least:g} ({column.unit})"
            self._say(
                row, column.name, f"{column.name} = {written} is below the smallest allowed value {least}"
            )
        elif column.name == "age_years" and number >= self.area.retirement_age:
            limit = f"world.people.retirement_age {self.area.retirement_age:g} (years)"
            self._say(row, column.name, f"age_years = {written} is not below {limit}")

    def _check_place(self, row: Row) -> None:
        organisation, known = row.values.get("organisation", ""), self.area.organisations
        if organisation and known and organisation not in known:
            text = f"organisation = {show(organisation)} is unknown{did_you_mean(organisation, known)}"
            self._say(row, "organisation", text)
        if row.leads:
            self._check_leader(row)
        elif self.area.departments and organisation in known and row.values.get("department"):
            self._check_listed(row)

    def _check_leader(self, row: Row) -> None:
        for name in ("department", "department_kind", "grade_last", "indicator_holder"):
            if row.values.get(name):
                text = f"{name} = {show(row.values[name])}: a leader (rank 6) has none; leave it empty"
                self._say(row, name, text)
        if row.values.get("status") == "contract":
            self._say(row, "status", "status = contract: leaders (rank 6) are established")

    def _check_listed(self, row: Row) -> None:
        name = "/".join(row.department)
        if name not in self.area.departments:
            close = did_you_mean(name, self.area.departments)
            self._say(row, "department", f"department {show(name)} is not in world.roster_departments{close}")

    def _check_times(self, row: Row) -> None:
        age, service = row.number("age_years"), row.number("service_years")
        if age is not None and service is not None and age >= YOUNGEST and service > age - START_OF_WORK:
            most = f"at most {age - START_OF_WORK:g} (years): nobody starts before {START_OF_WORK:g}"
            self._say(
                row, "service_years", f"service_years = {service:g} is more than age {age:g} allows, {most}"
            )
        for name in ("years_in_department", "years_in_rank"):
            part = row.number(name)
            if part is not None and service is not None and part > service:
                self._say(row, name, f"{name} = {part:g} is more than service_years {service:g}")

    # ---- several lines

    def _check_ids(self, rows: list[Row]) -> None:
        first: dict[str, int] = {}
        for row in rows:
            own = row.values.get("id")
            if own and first.setdefault(own, row.line) != row.line:
                self._say(row, "id", f"id = {show(own)} is there twice (first in line {first[own]})")

    def _check_departments(self, rows: list[Row]) -> None:
        for department, own in _by_department(rows).items():
            name, first = "/".join(department), own[0]
            self.departments.add(name)
            if all(row.vacant for row in own):
                self._say(
                    first, "department", f"nobody staffs department {show(name)}: all its posts are vacant"
                )
            holders = [row for row in own if row.values.get("indicator_holder") == "yes"]
            for row in holders[1:]:
                text = f"department {show(name)} has another indicator holder in line {holders[0].line}"
                self._say(row, "indicator_holder", text)
            kind = first.values.get("department_kind")
            for row in own:
                if kind in KINDS and row.values.get("department_kind") in set(KINDS) - {kind}:
                    other = f"department_kind = {row.values['department_kind']}"
                    text = f"{other}, but department {show(name)} is {kind} in line {first.line}"
                    self._say(row, "department_kind", text)


def _by_department(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if not row.leads and row.values.get("department"):
            found.setdefault(row.department, []).append(row)
    return found
