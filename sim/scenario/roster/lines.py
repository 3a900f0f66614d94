"""The lines of a roster, value by value and together: what they mean, and everything that is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sim.core.text import did_you_mean, message
from sim.people.roster import KINDS
from sim.scenario.messages import show
from sim.scenario.node import Place
from sim.scenario.roster.columns import COLUMNS, KNOWN
from sim.scenario.roster.header import Header, header_of, no_post
from sim.scenario.roster.meaning import Meaning, habits_of
from sim.scenario.roster.names import Names, Written
from sim.scenario.roster.row_checks import Area, Fit, Row, complaints
from sim.scenario.roster.source import RosterSource
from sim.scenario.roster.values import Habits, UnclearError, bare, folded

Problem = tuple[Place, str]
MOST_HINTS = 25
"""Mistakes for which the nearest right word is looked for; far fewer are shown."""
_OF_PLACE = ("organisation", "parent", "department")


@dataclass
class Department:
    """What is known of a department after some of its lines."""

    line: int
    kind: str
    staffed: bool = False
    holder: int = 0


@dataclass
class RosterLines:
    """All lines of a roster and all problems with them.

    Attributes:
        departments: of the lines that could be read, by organisation and name.
        rows: number and values of every post, in the order of `names`.
        notes: what was done with the file, to be told.
    """

    source: RosterSource
    area: Area
    found: list[Problem] = field(default_factory=list)
    departments: dict[tuple[str, str], Department] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    header_line: int = 0

    def read(self) -> "RosterLines":
        """Read and check every line."""
        header = header_of(self.source.table)
        if header is None:
            place = Place(self.source.table.source)
            self.found.append((place, "is empty; `sim roster template` writes the columns it needs"))
            return self
        self.header_line, self.names = header.line, self._names(header)
        if not self.names:
            return self
        self._places = {name: place for place, name in enumerate(header.names) if name in KNOWN}
        if header.titles:
            above = ", ".join(map(str, header.titles))
            self.notes.append(f"passed over above the names of the columns: line {above}")
        self._read_rows(header)
        if not any(department.staffed for department in self.departments.values()):
            last = self.source.table.rows[-1][0]
            if not self.found or last == header.line:
                self._add(last, 0, "nobody works here: no line has a person of rank 1 to 5")
        return self

    @property
    def department_names(self) -> frozenset[str]:
        """`organisation/department` of all lines that could be read."""
        return frozenset(map("/".join, self.departments))

    def _read_rows(self, header: Header) -> None:
        table, reading = self.source.table, self.source.reading
        marks = {"point": ".", "comma": ",", "detect": ""}
        dates = reading.dates.removeprefix("detect")
        habits = Habits(marks[reading.decimal], dates, reading.day, self.source.asks)
        columns = {place: KNOWN[name] for name, place in self._places.items()}
        habits = habits_of(table, columns, header.place + 1, habits)
        if habits.decimal == ",":
            self.notes.append("numbers have decimal commas")
        self._meaning = Meaning(habits, reading.words)
        self._fit = Fit(self.area, self.source, habits)
        written = list(self._written(header))
        self._department_names = self._names_of_departments(written)
        self._ids: dict[str, int] = {}
        for line, values in written:
            row = self._row(line, values)
            self._check(row)
            self.rows.append((line, [row.values.get(name, "") for name in self.names]))
        self._check_departments()

    def _add(self, line: int, column: int, text: str) -> None:
        self.found.append((self.source.table.locate(line, column), text))

    def _say(self, row: Row, name: str, text: str) -> None:
        self._add(row.line, self._places.get(name, 0), text)

    # ---- the line of names, and lines that are no posts

    def _names(self, header: Header) -> list[str]:
        """The names of the columns; empty where they cannot be told."""
        row = dict(self.source.table.rows)[header.line]
        if row is None:
            self._add(header.line, 0, "a quotation mark is not closed")
            return []
        if len(row) == 1 and "，" in row[0]:
            text = "is separated by full-width commas; separate values by commas, semicolons or tabs"
            self._add(header.line, 0, text)
            return []
        for place, name in enumerate(header.names):
            if name and name in header.names[:place]:
                self._add(header.line, place, f"column {show(name)} is there twice")
            elif name and name not in KNOWN:
                text = f"column {show(name)} is unknown{did_you_mean(name, KNOWN)}"
                self._add(header.line, place, text)
        needed = [column.name for column in COLUMNS if column.required]
        if self.source.kinds:
            needed.remove("department_kind")
        missing = [name for name in needed if name not in header.names]
        if missing:
            text = f"columns are missing: {', '.join(missing)}"
            guide = "; `sim roster guess` proposes how a table of another form becomes a roster"
            self._add(header.line, 0, text + (guide if len(missing) > 2 else ""))
        if not set(header.names) & set(KNOWN):
            return []
        kind = ["department_kind"] if self.source.kinds and "department_kind" not in header.names else []
        return [*header.names, *kind]

    def _written(self, header: Header) -> Iterator[tuple[int, list[str]]]:
        """Number and values of every line below the names that is a post."""
        count = len(header.names)
        for line, row in self.source.table.rows[header.place + 1 :]:
            if row is None:
                self._add(line, 0, "a quotation mark is not closed, or stands within a value")
                continue
            if what := no_post(row, header):
                self.notes.append(f"passed over: line {line}, {what}")
            elif self._fits(line, row, count):
                yield line, row[:count]

    def _fits(self, line: int, row: list[str], count: int) -> bool:
        filled = [bare(value) for value in row if bare(value)]
        has_more = any(bare(value) for value in row[count:])
        if len(filled) == 1 and count > 2:
            text = "is a note, not a post: delete the line; comments may stand above the names of the columns only"
        elif len(row) < count or has_more:
            text = f"has {len(row)} values, the first line names {count} columns"
            mark = {",": "comma", ";": "semicolon", "\t": "tab"}.get(self.source.table.separator, "")
            text += f"; a value with a {mark} in it needs quotation marks" if mark else ""
        else:
            return True
        self._add(line, 0, text)
        return False

    # ---- names of departments

    def _place_written(self, values: list[str]) -> Written:
        """Organisation, unit above and department of a line, as written."""
        organisation, parent, name = (
            values[self._places[one]] if one in self._places else "" for one in _OF_PLACE
        )
        return self._organisation(organisation), parent, name

    def _organisation(self, written: str) -> str:
        """The organisation meant: that of the area of the same form, if the user says that forms do not matter."""
        name = bare(written)
        if self.source.reading.similar_names == "one" and name not in self.area.organisations:
            alike = [one for one in self.area.organisations if folded(one) == folded(name)]
            return alike[0] if len(alike) == 1 else name
        return name

    def _names_of_departments(self, written: list[tuple[int, list[str]]]) -> Names:
        first = dict[Written, int]()
        for line, values in written:
            first.setdefault(self._place_written(values), line)
        names = Names(first, self.source.reading.similar_names)
        cure = self._meaning.habits.cure("similar_names: one")
        for line, text in names.questions(cure):
            self._add(line, self._places.get("department", 0), text)
        if names.taken_as_one:
            self.notes.append(
                message("spellings of department names taken as another's: {count}", count=names.taken_as_one)
            )
        return names

    # ---- one line

    def _row(self, line: int, values: list[str]) -> Row:
        row = Row(line, {}, {})
        for name, place in self._places.items():
            row.written[name] = bare(values[place])
            try:
                row.values[name] = self._meaning.of(KNOWN[name], values[place])
            except UnclearError as doubt:
                self._say(row, name, str(doubt))
                row.values[name] = ""
        where = self._place_written(values)
        row.values["organisation"], row.values["parent"] = where[0], ""
        if row.values.get("department"):
            row.values["department"] = self._department_names.chosen[where]
        self._add_kind(row)
        return row

    def _add_kind(self, row: Row) -> None:
        """The department's kind, from the file of kinds."""
        kinds, name = self.source.kinds, row.values.get("department", "")
        if not kinds or not name or row.leads:
            return
        found = kinds.get("/".join(row.department)) or kinds.get(name)
        said = row.values.get("department_kind", "")
        if found is None and not said:
            text = f"department {show(name)} is not in the file of kinds; add a line `{name}: {' | '.join(KINDS)}`"
            self._say(row, "department", text)
        elif found is not None and said and said != found[0]:
            self._say(row, "department_kind", f"department_kind = {said}, but {found[0]} in {found[1]}")
        elif found is not None:
            row.values["department_kind"] = found[0]

    def _check(self, row: Row) -> None:
        for name, text in complaints(row, self._fit):
            self._say(row, name, text)
        if self._fit.hints and len(self.found) > MOST_HINTS:
            self._fit = replace(self._fit, hints=False)
        self._check_id(row)
        if not row.leads and row.values.get("department"):
            self._note_department(row)

    # ---- several lines

    def _check_id(self, row: Row) -> None:
        own = row.values.get("id")
        if own and self._ids.setdefault(own, row.line) != row.line:
            self._say(row, "id", f"id = {show(own)} is there twice (first in line {self._ids[own]})")

    def _note_department(self, row: Row) -> None:
        """Add a line to what is known of its department, and compare them."""
        kind = row.values.get("department_kind", "")
        known = self.departments.setdefault(row.department, Department(row.line, kind))
        known.staffed = known.staffed or not row.vacant
        name = show("/".join(row.department))
        if kind in KINDS and known.kind in KINDS and kind != known.kind:
            text = f"department_kind = {kind}, but department {name} is {known.kind} in line {known.line}"
            self._say(row, "department_kind", text)
        if row.values.get("indicator_holder") == "yes":
            if known.holder:
                text = f"department {name} has another indicator holder in line {known.holder}"
                self._say(row, "indicator_holder", text)
            known.holder = known.holder or row.line

    def _check_departments(self) -> None:
        for department, known in self.departments.items():
            if not known.staffed:
                name = show("/".join(department))
                text = f"nobody staffs department {name}: all its posts are vacant"
                self._add(known.line, self._places.get("department", 0), text)
