"""A roster file on its way into a scenario: found, read, checked line by line, and kept as text.

A checked scenario holds the roster itself, so that a stored result can be run again without the file and its hash
is tied to every line. The first line of the text says where it came from.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from sim.core.errors import UserError
from sim.scenario.messages import Problems, nearest_word, show
from sim.scenario.node import Node, Place, nearest
from sim.scenario.roster_lines import Area, RosterLines
from sim.scenario.timeline import Layers
from sim.scenario.yaml_source import shown
from sim.world.place import People, World
from sim.world.roster import roster_of
from sim.world.terms import AREA_LEVEL

LARGEST_FILE = 20_000_000
_HEAD = "# roster "
_ABOUT = re.compile(rf"^{_HEAD}(?P<file>.+?)(?:: \d+ people, \d+ vacant, sha256 \w+)?$")


def with_roster(layers: Layers, allowed: Collection[Path], problems: Problems) -> Layers:
    """The layers with the text of the roster in place of its path.

    Args:
        allowed: files that may be read although they lie outside the folder of the file that names them.
    """
    said = nearest(layers.base, ("world", "roster"))
    world = layers.base.child("world")
    if world is None or world.child("roster") is not said or not isinstance(said.value, str):
        return layers
    if not said.value or "\n" in said.value:
        return layers
    try:
        text = f"{_HEAD}{shown(_path(said, allowed))}\n{_text(_path(said, allowed))}"
    except UserError as error:
        problems.add(said.place, f"world.roster: {error}")
        text = ""
    changed = world.with_value({**world.value, "roster": said.with_value(text)})
    return replace(layers, base=layers.base.with_value({**layers.base.value, "world": changed}))


def _path(said: Node, allowed: Collection[Path]) -> Path:
    """The file meant: beside, or below the folder of, the scenario file that names it; else as the user stands.

    Raises:
        UserError: it lies elsewhere and was not allowed.
    """
    if not said.place.line:
        return Path(said.value)
    folder = Path(said.place.source).parent
    path = folder / str(said.value)
    real = path.resolve()
    if real in {one.resolve() for one in allowed} or real.is_relative_to(folder.resolve()):
        return path
    where = f"lies outside the folder of the file that names it, {shown(folder)}"
    raise UserError(f"{said.value} {where}; if that is meant, name it with --allow {shown(path)}")


def _text(path: Path) -> str:
    name = shown(path)
    try:
        if not path.is_file():
            raise UserError(f"there is no file {name}{_alike(path)}")
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(f"{name} is larger than {LARGEST_FILE:,} bytes, which no roster needs")
        return _decoded(path.read_bytes(), name)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise UserError(f"{name} cannot be read: {said}") from None


def _decoded(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"line {content[: error.start].count(b'\n') + 1}, byte {error.start} is {content[error.start]:#04x}"
        raise UserError(f"{name} is not text in UTF-8 ({place}); save it as CSV UTF-8") from None
    if "\0" in text:
        raise UserError(f"{name} is not text: it holds zero bytes; save it as CSV UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _alike(path: Path) -> str:
    beside = {file.name: file for file in path.parent.glob("*.csv")} if path.parent.is_dir() else {}
    close = nearest_word(path.name, beside)
    return f"; did you mean {shown(beside[close])}?" if close else ""


def checked_roster(world: World | None, base: Node, problems: Problems) -> World | None:
    """The world with its roster checked and its first line written; None where something is wrong with it.

    Args:
        world: the place, None where something else is wrong with it; then only its roster is checked.
        base: the founding tree of the scenario.
    """
    said = nearest(base, ("world", "roster"))
    text = world.roster if world else said.value
    if not isinstance(text, str) or not text:
        if world and world.roster_departments and not problems:
            at = nearest(base, ("world", "roster_departments")).place
            problems.add(at, "world.roster_departments lists departments, but world.roster names no roster")
        return world
    about, own = _headed(text)
    place = Place(about.group("file")) if about else Place("world.roster")
    before = len(problems.found)
    lines = RosterLines(own, place.source, _area(world))
    _note(lines.problems(), place, problems)
    if world:
        _check_list(world, lines.departments, base, problems)
    if world is None or len(problems.found) > before:
        return None
    return world.model_copy(update={"roster": _head(world, own, place) + own})


def _headed(text: str) -> tuple[re.Match[str] | None, str]:
    """What the first line says of the file, and the text without it."""
    first, _, rest = text.partition("\n")
    about = _ABOUT.match(first)
    return about, rest if about else text


def about_roster(text: str) -> str:
    """What the first line of a checked roster says: its file, people, vacant posts and hash."""
    return text.partition("\n")[0].removeprefix(_HEAD)


def _area(world: World | None) -> Area:
    """What the lines must fit; where the world is wrong itself, only what does not depend on it."""
    if world is None:
        return Area((), People().retirement_age)
    listed = tuple(world.roster_departments)
    return Area((*world.new_cities, AREA_LEVEL), world.people.retirement_age, listed)


MOST_LISTED = 20


def _note(found: list[tuple[Place, str]], place: Place, problems: Problems) -> None:
    """The first problems of a roster, and how many there are."""
    ordered = sorted(found, key=lambda one: (one[0].line, one[0].column))
    if len(ordered) > MOST_LISTED:
        rest = len(ordered) - MOST_LISTED
        problems.add(place, f"{len(ordered):,} errors: the first {MOST_LISTED} are listed, {rest:,} are not")
    for at, text in ordered[:MOST_LISTED]:
        problems.add(at, text)


def _check_list(world: World, there: set[str], base: Node, problems: Problems) -> None:
    """Every listed department is there (that no other is, the lines have been asked)."""
    at = nearest(base, ("world", "roster_departments"))
    for number, listed in enumerate(world.roster_departments):
        where = (at.child(number) or at).place
        if world.roster_departments.index(listed) != number:
            problems.add(where, f"world.roster_departments: {show(listed)} is listed twice")
        elif listed not in there:
            problems.add(where, f"world.roster_departments: {show(listed)} has no post in the roster")


def _head(world: World, own: str, place: Place) -> str:
    """The first line: file, size and content, so that a description and a manifest tell what was used."""
    roster = roster_of(world.model_copy(update={"roster": own}))
    entries = roster.entries if roster else ()
    held = sum(entry.held for entry in entries)
    size = f"{held} people, {len(entries) - held} vacant"
    content = hashlib.sha256(own.encode()).hexdigest()
    return f"{_HEAD}{Path(place.source).name}: {size}, sha256 {content}\n"
