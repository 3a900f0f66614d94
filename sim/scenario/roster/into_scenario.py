"""A roster file on its way into a scenario: found, read, checked line by line, and kept as text.

A checked scenario holds the roster itself, so that a stored result can be run again without the file and its hash
is tied to every line. The first lines of the text say where it came from and what was done with it; the number of
every other line is that of the file.
"""

import csv
import hashlib
import io
import re
from collections import deque
from collections.abc import Collection, Set
from dataclasses import replace
from pathlib import Path

from sim.people.roster import Roster, roster_of
from sim.scenario.messages import Problems, show
from sim.scenario.node import Node, Place, nearest
from sim.scenario.roster.anonymous import Pseudonyms
from sim.scenario.roster.lines import RosterLines
from sim.scenario.roster.row_checks import Area
from sim.scenario.roster.source import RosterFile, RosterSource, file_source, text_source
from sim.scenario.timeline import Layers
from sim.scenario.validation import settings
from sim.settings.people import People
from sim.settings.place import World
from sim.settings.terms import AREA_LEVEL

_HEAD = "# roster "
_NOTE = "# note: "
HIDDEN = "numbers stand for ids and department names; `sim roster key` says which"
"""The note of an anonymous roster."""
_RIGHT: deque[tuple[str, Area, frozenset[str]]] = deque(maxlen=4)
"""Texts that were found right, with the area and their departments: overrides ask again and again."""
_ABOUT = re.compile(rf"^{_HEAD}(?P<file>.+?)(?:: \d+ people, .*sha256 \w+)?$")


def with_roster_file(layers: Layers, allowed: Collection[Path], problems: Problems) -> Layers:
    """The layers with the table beside them that `world.roster` names, and a word in place of its path.

    Layers that name none are given back as they are.

    Args:
        allowed: files that may be read although they lie outside the folder of the file that names them.
    """
    world = layers.base.child("world")
    said = world.child("roster") if world is not None else None
    if world is None or said is None or not (said.is_mapping or _is_path(said.value)):
        return layers
    if not said.is_mapping:
        said = replace(said, value={"file": said})
    reading = settings(RosterFile, said, ("world", "roster"), problems)
    source = file_source(said, reading, allowed, problems) if reading else None
    text = f"{_HEAD}{source.table.source}" if source else ""
    changed = world.with_value({**world.value, "roster": said.with_value(text)})
    base = layers.base.with_value({**layers.base.value, "world": changed})
    return replace(layers, base=base, roster=source)


def _is_path(value: object) -> bool:
    return isinstance(value, str) and bool(value) and "\n" not in value


def checked_roster(
    world: World | None, base: Node, source: RosterSource | None, problems: Problems
) -> World | None:
    """The world with its roster checked and written out; None where something is wrong with it.

    Args:
        world: the place, None where something else is wrong with it; then only its roster is checked.
        base: the founding tree of the scenario.
        source: the roster, where a file was read; else the world holds its text.
    """
    said = nearest(base, ("world", "roster"))
    text = world.roster if world else said.value
    if not isinstance(text, str) or not text:
        if world and world.roster_departments and not problems:
            at = nearest(base, ("world", "roster_departments")).place
            problems.add(at, "world.roster_departments lists departments, but world.roster names no roster")
        return world
    before, area = len(problems.found), _area(world)
    known = next((there for one, where, there in _RIGHT if where == area and one == text), None)
    lines = None
    if known is None or source or world is None:
        lines = read_lines(source, world) if source else _of_text(text, area)
        _note(lines.found, Place(lines.source.table.source), problems)
        known = lines.department_names
    if world is not None:
        _check_list(world, known, base, problems)
    if world is None or len(problems.found) > before:
        return None
    return _with_text(world, lines) if lines else world


def _of_text(text: str, area: Area) -> RosterLines:
    """A roster given as its text: that of a stored result, or one handed over in Python."""
    about, notes, own = _headed(text)
    lines = RosterLines(text_source(own, about or "world.roster", bool(about)), area)
    return replace(lines, notes=notes).read()


def read_lines(source: RosterSource, world: World | None) -> RosterLines:
    """The lines of a roster file, checked against a place."""
    return RosterLines(source, _area(world)).read()


def _headed(text: str) -> tuple[str, list[str], str]:
    """What the first lines say, if a check wrote them: the file and the notes; and the text without them."""
    first, _, rest = text.partition("\n")
    about = _ABOUT.match(first)
    if about is None:
        return "", [], text
    notes = []
    while rest.startswith(_NOTE):
        note, _, rest = rest.partition("\n")
        notes.append(note.removeprefix(_NOTE))
    return about["file"], notes, rest


def about_roster(text: str) -> str:
    """What the first line of a checked roster says: its file, people, departments and hash."""
    return text.partition("\n")[0].removeprefix(_HEAD)


def notes_of(text: str) -> list[str]:
    """What was done with the file of a checked roster."""
    return _headed(text)[1]


def _area(world: World | None) -> Area:
    """What the lines must fit; where the world is wrong itself, only what does not depend on it."""
    if world is None:
        return Area((), People().retirement_age)
    listed = frozenset(world.roster_departments)
    groups = tuple(world.people.groups)
    return Area((*world.new_cities, AREA_LEVEL), world.people.retirement_age, listed, groups)


MOST_LISTED = 20


def _note(found: list[tuple[Place, str]], place: Place, problems: Problems) -> None:
    """The first problems of a roster, and how many there are."""
    ordered = sorted(found, key=lambda one: (one[0].line, one[0].column))
    if len(ordered) > MOST_LISTED:
        rest = len(ordered) - MOST_LISTED
        problems.add(place, f"{len(ordered):,} errors: the first {MOST_LISTED} are listed, {rest:,} are not")
    for at, text in ordered[:MOST_LISTED]:
        problems.add(at, text)


def _check_list(world: World, there: Set[str], base: Node, problems: Problems) -> None:
    """Every listed department is there (that no other is, the lines have been asked)."""
    at = nearest(base, ("world", "roster_departments"))
    for number, listed in enumerate(world.roster_departments):
        where = (at.child(number) or at).place
        if world.roster_departments.index(listed) != number:
            problems.add(where, f"world.roster_departments: {show(listed)} is listed twice")
        elif listed not in there:
            problems.add(where, f"world.roster_departments: {show(listed)} has no post in the roster")


def _with_text(world: World, lines: RosterLines) -> World:
    """The world with its roster written out."""
    rows, notes, listed = lines.rows, [*lines.source.table.how, *lines.notes], world.roster_departments
    there = lines.department_names
    if lines.source.reading.anonymous:
        hidden = Pseudonyms.of(lines.names, rows)
        rows = [(line, hidden.row(values)) for line, values in rows]
        notes.append(HIDDEN)
        listed, there = tuple(map(hidden.listed, listed)), frozenset(map(hidden.listed, there))
    own = _written(lines.header_line, lines.names, rows)
    roster = roster_of(world.model_copy(update={"roster": own}))
    file, content = Path(lines.source.table.source).name, hashlib.sha256(own.encode()).hexdigest()
    head = f"{_HEAD}{file}: {size_of(roster)}, sha256 {content}"
    text = "\n".join([head, *(f"{_NOTE}{' '.join(note.split())}" for note in notes), own])
    checked = world.model_copy(update={"roster": text, "roster_departments": listed})
    _RIGHT.append((text, _area(checked), there))
    return checked


def _written(header_line: int, names: list[str], rows: list[tuple[int, list[str]]]) -> str:
    """The roster as text; every line has the number it has in the file."""
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n").writerow
    next_line = 1
    for line, values in [(header_line, names), *rows]:
        text.write("\n" * (line - next_line))
        write(values)
        next_line = line + 1
    return text.getvalue()


def size_of(roster: Roster | None) -> str:
    """How many people, vacant posts, departments and organisations were read."""
    if roster is None:
        return ""
    held = sum(entry.held for entry in roster.entries)
    there = len({entry.organisation for entry in roster.entries})
    vacant = len(roster.entries) - held
    return f"{held} people, {vacant} vacant, {len(roster.departments)} departments, {there} organisations"
