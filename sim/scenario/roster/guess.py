"""`sim roster guess`: a mapping is proposed for a table, from the usual names of columns and of what stands in them."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.scenario.roster.columns import COLUMNS
from sim.scenario.roster.mapping import UNDECIDED
from sim.scenario.roster.source import Reading, read_table
from sim.scenario.roster.table import Table
from sim.scenario.roster.usual import (
    EXACT,
    KIND_WORDS,
    LEAVERS,
    MONTHLY,
    POSTS,
    USUAL,
    VACANT,
    WORDS,
)
from sim.scenario.roster.values import bare, folded, is_total
from sim.scenario.yaml_source import shown

MOST_WORDS = 60
"""A column with more different values than this is not one of words."""
SEARCHED = 50


@dataclass(frozen=True)
class Foreign:
    """A table of another form: its names, and the values under each."""

    table: Table
    names: list[str]
    rows: list[list[str]]

    def values(self, name: str) -> list[str]:
        """Different values of a column, in the order of the lines."""
        place = self.names.index(name)
        found = dict.fromkeys(bare(row[place]) for row in self.rows if place < len(row))
        return [value for value in found if value]


def usual_names(rows: Iterable[list[str]]) -> int:
    """How many usual names of columns one of the rows holds at most."""
    return max((_usual(row) for row in rows), default=0)


def _usual(row: list[str] | None) -> int:
    return len({folded(value) for value in row or ()} & EXACT)


def guess(file: Path) -> str:
    """A mapping file for a table, with a comment wherever somebody must decide.

    Raises:
        UserError: the file cannot be read, or nothing in it looks like the names of columns.
    """
    table = read_table(file, Reading(), usual_names)
    found = _foreign(table)
    if found is None:
        raise UserError(f"{shown(file)}: no line holds two usual names of columns; write the mapping by hand")
    proposal = dict(_proposal(found))
    used = _columns_used(proposal)
    head = [
        f"How {table.name} becomes a roster: a proposal. Check every line; decide wherever there is a {UNDECIDED}.",
        f"Then: sim roster convert {file.name} --map mapping.yaml",
        *(f"The table is read so: {how}" for how in table.how),
        f"Not used: {', '.join(name for name in found.names if name and name not in used) or 'nothing'}",
    ]
    return "".join(f"# {line}\n" for line in head) + _yaml(proposal)


def _foreign(table: Table) -> Foreign | None:
    """The row with most usual names, and what is below it."""
    seen = [(_usual(row), -place) for place, (_, row) in enumerate(table.rows[:SEARCHED])]
    if not seen or max(seen)[0] < 2:
        return None
    at = -max(seen)[1]
    names = [bare(value) for value in table.rows[at][1] or ()]
    below = [row for _, row in table.rows[at + 1 :] if row]
    return Foreign(
        table, names, [row for row in below if not is_total(next(one for one in row if bare(one)))]
    )


def _proposal(found: Foreign) -> Iterator[tuple[str, Any]]:
    day = [
        name
        for target in ("age_years", "service_years")
        if (name := _column(found, target)) and _has_days(found, name)
    ]
    if day:
        yield "table", {"as_of": UNDECIDED}
    columns = {}
    for column in COLUMNS:
        said = _said(found, column.name)
        if said is not None:
            columns[column.name] = said
    yield "columns", columns
    posts = _named(found, POSTS)
    if posts:
        yield "posts", {"column": posts, "rounded": "half_up"}
    for key, names, words in (("leave_out", *LEAVERS), ("vacant", *VACANT)):
        marked = {
            name: hits
            for name in found.names
            if folded(name) in names and (hits := [one for one in found.values(name) if folded(one) in words])
        }
        if marked:
            yield key, marked


def _named(found: Foreign, usual: Iterable[str]) -> str:
    """The column of the table with the first of the usual names and something in it; "" if there is none."""
    by_form = {folded(name): name for name in found.names if name and found.values(name)}
    return next((by_form[name] for name in usual if name in by_form), "")


def _column(found: Foreign, target: str) -> str:
    return _named(found, USUAL.get(target, ()))


def _has_days(found: Foreign, name: str) -> bool:
    return any(
        sum(mark in value for mark in "-/.年") and not _is_number(value) for value in found.values(name)
    )


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "", 1).isdigit()


def _said(found: Foreign, target: str) -> Any:
    """What a mapping says of a roster's column."""
    name = _column(found, target)
    if target == "department_kind":
        return _kinds(found)
    if target == "id" and not name:
        return {"numbered": "e"}
    if target == "organisation":
        return _organisation(found, name)
    if target == "status" and not name:
        return {"always": "established"}
    if target == "rank" and not name:
        return {"always": UNDECIDED}
    if not name:
        return None
    if target in WORDS:
        return {"column": name, "words": _words(found, name, WORDS[target])}
    if target == "annual_pay" and folded(name) in MONTHLY:
        return {"column": name, "times": 12}
    return name


def _organisation(found: Foreign, name: str) -> Any:
    """Every organisation must be one of the place's: the table's names are kept, or all stand at the area level."""
    values = found.values(name) if name else []
    return name if 1 < len(values) <= MOST_WORDS else {"always": "area_level"}


def _words(found: Foreign, name: str, usual: dict[str, Any]) -> dict[str, Any]:
    values = found.values(name)[:MOST_WORDS]
    return {value: usual.get(folded(value), UNDECIDED) for value in values}


def _kinds(found: Foreign) -> Any:
    """The kind of each department, by words in its name."""
    name = _column(found, "department")
    values = found.values(name) if name else []
    if not values or len(values) > MOST_WORDS:
        return {"always": "administrative"}
    return {"column": name, "words": {value: _kind(value) for value in values}}


def _kind(department: str) -> str:
    form = folded(department)
    return next((kind for word, kind in KIND_WORDS if word in form), "administrative")


def _columns_used(proposal: dict[str, Any]) -> set[str]:
    said = [*proposal["columns"].values(), proposal.get("posts", {})]
    named = {one if isinstance(one, str) else one.get("column", "") for one in said}
    return named | set(proposal.get("leave_out", {})) | set(proposal.get("vacant", {}))


def _yaml(proposal: dict[str, Any]) -> str:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.allow_unicode = True
    text = io.StringIO()
    yaml.dump(proposal, text)
    return text.getvalue()
