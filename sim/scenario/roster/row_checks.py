"""What is wrong with one line of a roster: its values one by one, and those that do not go together."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.core.text import did_you_mean, nearest_word
from sim.people.roster import START_OF_WORK, STATUSES, YEARS
from sim.scenario.messages import show
from sim.scenario.roster.columns import KNOWN, YOUNGEST, Column
from sim.scenario.roster.source import RosterSource
from sim.scenario.roster.values import Habits, folded, read_number
from sim.settings.terms import LEADER_RANK

LONGEST_VALUE = 500
Complaints = Iterator[tuple[str, str]]
"""Columns, and what is wrong with their values."""
_PERSONAL = ("grade_last", "annual_pay", "weight", "group")
_WITH_WORDS = ("status", "grade_last", "rank", "department_kind")


@dataclass(frozen=True)
class Area:
    """What a roster must fit.

    Attributes:
        organisations: names; empty where they are not known.
        retirement_age: in years.
        departments: `organisation/department`, if they are listed.
        groups: names of groups of people.
    """

    organisations: tuple[str, ...]
    retirement_age: float
    departments: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fit:
    """What a line is held against.

    Attributes:
        habits: of the file; they know how to say what is unclear.
        hints: whether the nearest right word is looked for, which takes long where thousands are wrong.
    """

    area: Area
    source: RosterSource
    habits: Habits
    hints: bool = True


@dataclass
class Row:
    """One line: what its values mean by column, and how they are written."""

    line: int
    values: dict[str, str]
    written: dict[str, str]

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
        """A number that could be read; None for anything else."""
        return read_number(self.values.get(name, ""))


def complaints(row: Row, fit: Fit) -> Complaints:
    """Everything wrong with a line, as far as it can be told from it alone."""
    given = [name for name in (*YEARS, *_PERSONAL) if row.values.get(name)] if row.vacant else []
    if given:
        text = (
            f"status is empty, which means a vacant post, but {given[0]} = {row.written[given[0]]} is given"
        )
        yield "status", f"{text}; write {' or '.join(STATUSES)}, or leave what is of a person empty"
        return
    for name, value in row.values.items():
        for text in _of_value(row, KNOWN[name], value, fit):
            yield name, text
    yield from _of_place(row, fit)
    yield from _of_group(row, fit)
    if row.leads:
        yield from _of_leader(row)
    if not row.vacant:
        yield from _of_times(row, fit.area)
        yield from _of_weight(row, fit)


def _of_value(row: Row, column: Column, value: str, fit: Fit) -> Iterator[str]:
    if not value:
        if _must_be_given(row, column, fit):
            yield f"{column.name} is empty; it is {column.allowed}"
    elif len(value) > LONGEST_VALUE:
        yield f"{column.name} is {len(value):,} letters long, at most {LONGEST_VALUE}"
    elif column.choices and value not in column.choices:
        yield _unknown_word(column, value, fit)
    elif column.is_number:
        yield from _of_number(row, column, fit.area)


def _must_be_given(row: Row, column: Column, fit: Fit) -> bool:
    of_department = column.name in ("department", "department_kind")
    by_file = column.name == "department_kind" and bool(fit.source.kinds)
    free = column.name == "status" or column.may_be_unknown or (row.leads and of_department) or by_file
    return column.required and not free


def _unknown_word(column: Column, value: str, fit: Fit) -> str:
    close = nearest_word(value, column.choices) if fit.hints else ""
    hint = f"; did you mean {close}?" if close else ""
    if not close and column.name in _WITH_WORDS:
        key = f"words: {{{column.name}: {{{value}: {column.choices[-1]}}}}}"
        hint = f"; say which of them it is like: {fit.habits.cure(key)}"
    return f"{column.name} = {show(value)} is not {column.allowed}{hint}"


def _of_number(row: Row, column: Column, area: Area) -> Iterator[str]:
    number, stated = row.number(column.name), f"{column.name} = {row.written[column.name]}"
    if number is None:
        yield f"{column.name} = {show(row.written[column.name])} is not a number ({column.unit})"
    elif number < column.least:
        yield f"{stated} is below the smallest allowed value {column.least:g} ({column.unit})"
    elif number > column.most:
        yield f"{stated} is above the largest allowed value {column.most:g} ({column.unit})"
    elif column.name == "age_years" and number >= area.retirement_age:
        yield f"{stated} is not below world.people.retirement_age {area.retirement_age:g} (years)"


def _of_place(row: Row, fit: Fit) -> Complaints:
    organisation, known = row.values.get("organisation", ""), fit.area.organisations
    if organisation and known and organisation not in known:
        close = did_you_mean(organisation, known) if fit.hints else ""
        text = f"organisation = {show(organisation)} is unknown{close}"
        if fit.hints and any(folded(one) == folded(organisation) for one in known):
            text += f" If they are one: {fit.habits.cure('similar_names: one')}"
        yield "organisation", text
    name, listed = "/".join(row.department), fit.area.departments
    in_department = not row.leads and organisation in known and row.department[1]
    if listed and in_department and name not in listed:
        close = did_you_mean(name, listed) if fit.hints else ""
        yield "department", f"department {show(name)} is not in world.roster_departments{close}"


def _of_group(row: Row, fit: Fit) -> Complaints:
    group, known = row.values.get("group", ""), fit.area.groups
    if group and group not in known:
        close = did_you_mean(group, known) if fit.hints and known else ""
        there = f"names {', '.join(known)}" if known else "names no groups"
        yield "group", f"group = {show(group)} is unknown; world.people.groups {there}{close}"


def _of_leader(row: Row) -> Complaints:
    for name in ("department", "department_kind", "grade_last", "indicator_holder"):
        if row.values.get(name):
            yield name, f"{name} = {show(row.values[name])}: a leader (rank 6) has none; leave it empty"
    if row.values.get("status") == "contract":
        yield "status", "status = contract: leaders (rank 6) are established"


def _of_times(row: Row, area: Area) -> Complaints:
    """Service fits into the age, times into the service; where one is unknown, into what there can be at most."""
    age, service = row.number("age_years"), row.number("service_years")
    age_is_known = age is not None and age >= YOUNGEST
    limit = age if age is not None and age_is_known else area.retirement_age
    most = limit - START_OF_WORK
    if service is not None and service > most:
        what = f"age {limit:g}" if age_is_known else f"retirement at {limit:g}"
        why = f"at most {most:g} (years): nobody starts before {START_OF_WORK:g}"
        yield "service_years", f"service_years = {service:g} is more than {what} allows, {why}"
    longest = most if service is None else service
    named = "age less 16 allows," if service is None else "service_years"
    for name in ("years_in_department", "years_in_rank"):
        part = row.number(name)
        if part is not None and part > longest:
            yield name, f"{name} = {part:g} is more than {named} {longest:g}"


def _of_weight(row: Row, fit: Fit) -> Complaints:
    weight = row.number("weight")
    if weight is not None and 0 <= weight < 1 and fit.source.reading.part_time == "ask":
        cure = fit.habits.cure("part_time: whole")
        why = "the simulation knows whole posts only; to count part-time people as whole ones (every report says so)"
        yield "weight", f"weight = {row.written['weight']}: {why}: {cure}"
