"""`sim roster convert`: a table of another form becomes a roster, checked as one; the mapping used is written too."""

import csv
import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sim.core.errors import UserError
from sim.core.files import new_text
from sim.core.text import did_you_mean
from sim.people.roster import YEARS
from sim.scenario.messages import Problems, show
from sim.scenario.node import Place
from sim.scenario.roster.columns import COLUMNS
from sim.scenario.roster.lines import RosterLines
from sim.scenario.roster.mapping import Mapping, Scalar, as_yaml, read_mapping
from sim.scenario.roster.row_checks import Area
from sim.scenario.roster.source import RosterFile, RosterSource, read_table
from sim.scenario.roster.table import Table
from sim.scenario.roster.values import (
    bare,
    folded,
    is_total,
    number,
    scalar_text,
    shown_number,
    translated,
)
from sim.scenario.yaml_source import shown

ANY_AGE = 200.0
"""A table is converted for any place; whether people are too old is asked when a scenario names the roster."""
MOST_LISTED = 20


@dataclass
class Conversion:
    """A table on its way.

    Attributes:
        table: as it came.
        header: number of the row of names among its rows; its names.
        notes: what was done with its lines.
    """

    table: Table
    mapping: Mapping
    header: int = 0
    at: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)

    def lines(self) -> RosterLines:
        """The roster's lines, checked, every mistake placed in the table.

        Raises:
            UserError: everything that is wrong with the table or the mapping.
        """
        self._find_columns()
        self.problems.stop()
        names = [column.name for column in COLUMNS if column.name in self.mapping.taken]
        names += [column.name for column in COLUMNS if column.required and column.name not in names]
        rows = [(self.table.rows[self.header][0], list(names)), *self._rows(names)]
        reading = RosterFile(**self.mapping.others.table.model_dump())
        source = RosterSource(self._as_roster(names, rows), reading, {}, "table: {...}")
        lines = RosterLines(source, Area((), ANY_AGE)).read()
        for place, text in sorted(lines.found, key=lambda one: (one[0].line, one[0].column))[:MOST_LISTED]:
            self.problems.add(place, text)
        self.problems.stop()
        self._multiply(lines)
        return lines

    def _find_columns(self) -> None:
        """The row that names most of the columns, and where each of them is."""
        if not self.table.rows:
            self.problems.add(Place(self.table.source), "is empty")
            return
        self.header, _ = self.table.fullest(self.mapping.names)
        row = self.table.rows[self.header][1] or []
        there = {folded(name): place for place, name in enumerate(row)}
        for name, place in self.mapping.places.items():
            if folded(name) in there:
                self.at[name] = there[folded(name)]
            else:
                known = [bare(one) for one in row if bare(one)]
                self.problems.add(
                    place, f"{self.table.name} has no column {show(name)}{did_you_mean(name, known)}"
                )

    def _as_roster(self, names: list[str], rows: list[tuple[int, list[str]]]) -> Table:
        """The table in a roster's columns; places are those of the table."""
        of = {name: self.mapping.taken[name].column for name in names if name in self.mapping.taken}

        def locate(row: int, column: int) -> Place:
            return self.table.locate(row, self.at.get(of.get(names[column], ""), 0))

        return Table(self.table.source, rows, locate, self.table.how, self.table.name, self.table.separator)

    def _rows(self, names: list[str]) -> Iterator[tuple[int, list[str]]]:
        """A roster's line for every post."""
        left_out, count = 0, 0
        for line, row in self.table.rows[self.header + 1 :]:
            if row is None:
                self.problems.add(
                    self.table.locate(line, 0), "a quotation mark is not closed, or stands within a value"
                )
            elif is_total(next(value for value in row if bare(value))):
                self.notes.append(f"passed over: line {line}, a total")
            elif self._is_among(row, self.mapping.others.leave_out):
                left_out += 1
            else:
                for part, several in self._posts(line, row):
                    count += 1
                    yield line, [self._value(name, row, count, part if several else 0) for name in names]
        if left_out:
            self.notes.append(f"lines left out: {left_out}")

    def _cell(self, row: list[str], name: str) -> str:
        place = self.at.get(name, len(row))
        return row[place] if place < len(row) else ""

    def _is_among(self, row: list[str], listed: dict[str, list[Scalar]]) -> bool:
        return any(
            folded(self._cell(row, name)) in {folded(scalar_text(word)) for word in words}
            for name, words in listed.items()
        )

    def _posts(self, line: int, row: list[str]) -> Iterator[tuple[int, bool]]:
        """The number of each post that a line stands for, and whether there are several."""
        posts = self.mapping.others.posts
        if not posts.column:
            yield 1, False
            return
        written, place = self._cell(row, posts.column), self.table.locate(line, self.at.get(posts.column, 0))
        found = number(written, {"comma": ","}.get(self.mapping.others.table.decimal, "."), False)
        if found is None or found < 0:
            self.problems.add(place, f"{posts.column} = {show(bare(written))} is not a number of posts")
        elif found != int(found) and posts.rounded == "ask":
            cure = "posts: {rounded: half_up} (or up, or down)"
            self.problems.add(
                place, f"{posts.column} = {bare(written)} is no whole number; say what becomes of it: {cure}"
            )
        else:
            whole = {"up": math.ceil, "down": math.floor}.get(
                posts.rounded, lambda one: math.floor(one + 0.5)
            )(found)
            yield from ((part, whole > 1) for part in range(1, whole + 1))

    def _value(self, name: str, row: list[str], count: int, part: int) -> str:
        """What a roster's column holds for a post."""
        taken = self.mapping.taken.get(name)
        if taken is None or (name in OF_PERSON and self._is_among(row, self.mapping.others.vacant)):
            return ""
        if taken.numbered:
            return f"{taken.numbered}{count}"
        if not taken.column:
            return scalar_text(taken.always)
        written = self._cell(row, taken.column)
        meant = translated(written, taken.words) if taken.words else None
        if meant is None and taken.otherwise != "":
            meant = scalar_text(taken.otherwise)
        found = bare(written) if meant is None else meant
        return f"{found}-{part}" if name == "id" and part else found

    def _multiply(self, lines: RosterLines) -> None:
        taken = self.mapping.taken.get("annual_pay")
        if taken is None or taken.times == 1:
            return
        place = lines.names.index("annual_pay")
        for _, values in lines.rows:
            if values[place]:
                values[place] = shown_number(float(values[place]) * taken.times)


OF_PERSON = ("status", *YEARS, "grade_last", "annual_pay", "weight")
"""Columns that a vacant post leaves empty."""


def convert(file: Path, mapping_file: Path, out: Path) -> tuple[Path, list[str]]:
    """Write the roster that a table becomes, and beside it the mapping that was used.

    Returns:
        where the mapping was written, and what is to be told.

    Raises:
        UserError: everything that is wrong, or a file that is there already.
    """
    mapping = read_mapping(mapping_file)
    table = read_table(file, mapping.others.table, mapping.names)
    work = Conversion(table, mapping)
    lines = work.lines()
    used = out.with_name(f"{out.stem}.mapping.yaml")
    for path in (out, used):
        if path.exists():
            raise UserError(f"{shown(path)} is there already; choose another name")
    notes = [*table.how, *work.notes, *lines.notes]
    with new_text(out) as opened:
        opened.write(f"# Converted from {table.name} as {used.name} says.\n")
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerows([lines.names, *(values for _, values in lines.rows)])
    with new_text(used) as opened:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        opened.write(as_yaml(mapping.tree, [f"Used on {file.name}, sha256 {content}.", *notes]))
    held = sum(bool(values[lines.names.index("status")]) for _, values in lines.rows)
    size = f"{held} people, {len(lines.rows) - held} vacant, {len(lines.departments)} departments"
    return used, [size, *notes]
