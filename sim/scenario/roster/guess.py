"""`sim roster guess`: a mapping is proposed for a table, from the usual names of columns and of what stands in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.scenario.messages import Problems
from sim.scenario.node import plain
from sim.scenario.roster.columns import COLUMNS
from sim.scenario.roster.mapping import UNDECIDED, as_yaml
from sim.scenario.roster.source import Reading, read_table
from sim.scenario.roster.values import bare, folded, is_total, word
from sim.scenario.yaml_source import parse, read_text, shown

USUAL = Path(__file__).with_name("usual.yaml")
MOST_WORDS = 60
"""A column with more different values than this is not one of words."""


@cache
def usual() -> dict[str, Any]:
    """What columns are usually called, and what usually stands in them; see usual.yaml."""
    tree = parse(read_text(USUAL), USUAL.name, Problems())
    return dict(plain(tree)) if tree is not None else {}


@dataclass(frozen=True)
class Foreign:
    """A table of another form: its names, and the values under each."""

    names: list[str]
    rows: list[list[str]]

    def values(self, name: str) -> list[str]:
        """Different values of a column, in the order of the lines; none where there is no such column."""
        place = self.names.index(name) if name else len(self.names)
        found = dict.fromkeys(bare(row[place]) for row in self.rows if place < len(row))
        return [value for value in found if value]

    def first(self, names: Iterable[str]) -> str:
        """The column with the first of the names and something in it; "" if there is none."""
        by_form = {word(name): name for name in self.names if name and self.values(name)}
        return next((by_form[word(name)] for name in names if word(name) in by_form), "")

    def column(self, target: str) -> str:
        """The column that a roster's column is usually taken from."""
        return self.first(usual()["columns"].get(target, ()))


def guess(file: Path) -> str:
    """A mapping file for a table, with a comment wherever somebody must decide.

    Raises:
        UserError: the file cannot be read, or nothing in it looks like the names of columns.
    """
    listed = [*usual()["columns"].values(), usual()["posts"], usual()["leave_out"]["columns"]]
    known = {word(name) for names in listed for name in names}
    table = read_table(file, Reading(), known)
    at, count = table.fullest(known)
    if count < 2:
        raise UserError(f"{shown(file)}: no line holds two usual names of columns; write the mapping by hand")
    names = [bare(value) for value in table.rows[at][1] or ()]
    below = [row for _, row in table.rows[at + 1 :] if row]
    posts = [row for row in below if not is_total(next(one for one in row if bare(one)))]
    proposal = dict(_proposal(Foreign(names, posts)))
    used = _columns_used(proposal)
    head = [
        f"How {table.name} becomes a roster: a proposal. Check every line; decide wherever there is a {UNDECIDED}.",
        f"Then: sim roster convert {file.name} --map mapping.yaml",
        *(f"The table is read so: {how}" for how in table.how),
        f"Not used: {', '.join(name for name in names if name and name not in used) or 'nothing'}",
    ]
    return as_yaml(proposal, head)


def _proposal(found: Foreign) -> Iterator[tuple[str, Any]]:
    if any(_has_days(found, found.column(target)) for target in ("age_years", "service_years")):
        yield "table", {"as_of": UNDECIDED}
    said = {column.name: _said(found, column.name) for column in COLUMNS}
    yield "columns", {name: one for name, one in said.items() if one is not None}
    if posts := found.first(usual()["posts"]):
        yield "posts", {"column": posts, "rounded": "half_up"}
    for key in ("leave_out", "vacant"):
        names, words = usual()[key]["columns"], usual()[key]["words"]
        marked = {
            name: hits
            for name in found.names
            if word(name) in names and (hits := [one for one in found.values(name) if folded(one) in words])
        }
        if marked:
            yield key, marked


def _has_days(found: Foreign, name: str) -> bool:
    return any(
        sum(mark in value for mark in "-/.年") and not _is_number(value) for value in found.values(name)
    )


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "", 1).isdigit()


def _said(found: Foreign, target: str) -> Any:
    """What a mapping says of a roster's column."""
    name = found.column(target)
    if target == "department_kind":
        return _kinds(found)
    if target == "organisation":
        # every organisation must be one of the place's: the table's names are kept, or all stand at the area level
        return name if 1 < len(found.values(name)) <= MOST_WORDS else {"always": "area_level"}
    if not name:
        return WITHOUT.get(target)
    if target in usual()["words"]:
        meant = _by_word(usual()["words"][target])
        words = {value: meant.get(folded(value), UNDECIDED) for value in found.values(name)[:MOST_WORDS]}
        return {"column": name, "words": words}
    is_monthly = target == "annual_pay" and word(name) in map(word, usual()["monthly"])
    return {"column": name, "times": 12} if is_monthly else name


WITHOUT = {"id": {"numbered": "e"}, "status": {"always": "established"}, "rank": {"always": UNDECIDED}}
"""What is proposed for columns that the table does not have."""


def _by_word(words: dict[str, list[str]]) -> dict[str, str | int]:
    """A roster's word by each word that usually means it; ranks are numbers."""
    return {each: int(own) if own.isdigit() else own for own, listed in words.items() for each in listed}


def _kinds(found: Foreign) -> Any:
    """The kind of each department, by words in its name."""
    name, kinds = found.column("department"), _by_word(usual()["kinds"])
    values = found.values(name)
    if not values or len(values) > MOST_WORDS:
        return {"always": "administrative"}
    words = {
        value: next((kind for part, kind in kinds.items() if part in folded(value)), "administrative")
        for value in values
    }
    return {"column": name, "words": words}


def _columns_used(proposal: dict[str, Any]) -> set[str]:
    said = [*proposal["columns"].values(), proposal.get("posts", {})]
    named = {one if isinstance(one, str) else one.get("column", "") for one in said}
    return named | set(proposal.get("leave_out", {})) | set(proposal.get("vacant", {}))
