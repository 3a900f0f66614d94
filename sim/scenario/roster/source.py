"""`world.roster`: the file meant and how it is written; read into a table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sim.core.errors import UserError
from sim.core.parameters import Settings, param
from sim.core.text import nearest_word
from sim.scenario.messages import Problems
from sim.scenario.node import Node, Place, nearest
from sim.scenario.roster.columns import KNOWN
from sim.scenario.roster.sheet_table import ENDINGS, sheet_table
from sim.scenario.roster.table import Table
from sim.scenario.roster.text_table import decoded, text_table
from sim.scenario.yaml_source import parse, read_text, shown

Words = dict[str, dict[str, str | int | float | bool]]


class Reading(Settings):
    """How a table is written, where the file does not tell, and what its lines leave open."""

    sheet: str = param("", unit="name", source="design", doc="Of a spreadsheet; by default the first.")
    encoding: Literal["detect", "utf-8", "utf-16", "gb18030", "windows-1252"] = param(
        "detect",
        unit="choice",
        source="design",
        doc="Of a text; what is not UTF-8, UTF-16 or Chinese must be told.",
    )
    separator: Literal["detect", "comma", "semicolon", "tab"] = param(
        "detect", unit="choice", source="design", doc="Between the values of a text."
    )
    decimal: Literal["detect", "point", "comma"] = param(
        "detect", unit="choice", source="design", doc="Whether 162.600 is a fraction or a large number."
    )
    dates: Literal["detect", "day_first", "month_first"] = param(
        "detect", unit="choice", source="design", doc="Whether 03/04/1980 is in April or in March."
    )
    as_of: str = param(
        "",
        unit="date",
        source="design",
        pattern=r"^(\d{4}-\d{2}-\d{2})?$",
        doc="2024-12-31: days of birth and entry count up to then.",
    )
    words: Words = param(
        {},
        unit="words by column",
        source="design",
        doc="The file's words in those of a roster: {status: {temporary: contract}}.",
    )
    similar_names: Literal["ask", "one", "different"] = param(
        "ask",
        unit="choice",
        source="design",
        doc="Whether names that differ in case, width, space or Unicode form only are one.",
    )
    part_time: Literal["ask", "whole"] = param(
        "ask",
        unit="choice",
        source="design",
        doc="whole: whoever has a weight below 1 holds a whole post all the same.",
    )

    @property
    def day(self) -> date | None:
        """The day on which ages and times are counted.

        Raises:
            ValueError: there is no such day.
        """
        return date.fromisoformat(self.as_of) if self.as_of else None


class RosterFile(Reading):
    """A roster file."""

    file: str = param(
        "", unit="file", source="design", doc="CSV or spreadsheet, relative to the file that names it."
    )
    kinds: str = param(
        "",
        unit="file",
        source="design",
        doc="YAML with the kind of each department, `finance: economic`, or `east/finance: economic`.",
    )
    anonymous: bool = param(
        False,
        unit="switch",
        source="design",
        doc="Ids and department names stay in the roster's folder; results have numbers.",
    )


@dataclass(frozen=True)
class RosterSource:
    """A roster on its way into a scenario.

    Attributes:
        table: its rows.
        reading: how it is to be read.
        kinds: kind and place in the mapping file by department.
        answers: where the user says what the file leaves open; by default in the scenario.
    """

    table: Table
    reading: RosterFile
    kinds: dict[str, tuple[str, Place]]
    answers: str = ""

    @property
    def asks(self) -> str:
        """As `answers`, with a gap for the key."""
        return self.answers or f"world.roster: {{file: {self.table.name}, ...}}"


CHECKED = RosterFile(similar_names="different", part_time="whole", decimal="point")
"""How the text of a checked roster is read: all its questions have been answered."""


def text_source(text: str, source: str, checked: bool) -> RosterSource:
    """A roster given as its text.

    Args:
        source: what to call it in messages.
        checked: whether it was written by an earlier check.
    """
    reading = CHECKED if checked else RosterFile()
    separator = "comma" if checked else "detect"
    table = text_table(text.replace("\r\n", "\n").replace("\r", "\n"), source, separator, KNOWN, ())
    return RosterSource(table, reading, {})


def file_source(
    said: Node, reading: RosterFile, allowed: Collection[Path], problems: Problems
) -> RosterSource | None:
    """The roster that a scenario names; None where something is wrong with it.

    Args:
        said: the settings of `world.roster` as written.
        reading: the same, checked.
        allowed: files that may be read although they lie outside the folder of the file that names them.
    """
    if not reading.file:
        problems.add(said.place, "world.roster.file is missing: name the roster")
        return None
    at = nearest(said, ("as_of",))
    try:
        _ = reading.day
        at = nearest(said, ("file",))
        table = read_table(_path(at, reading.file, allowed), reading)
    except ValueError:
        problems.add(
            at.place, f"world.roster.as_of = {reading.as_of} is no day of the calendar, as in 2024-12-31"
        )
        return None
    except UserError as error:
        problems.add(at.place, f"world.roster: {error}")
        return None
    kinds = _kinds(nearest(said, ("kinds",)), reading.kinds, allowed, problems) if reading.kinds else {}
    return RosterSource(table, reading, kinds)


def _path(said: Node, file: str, allowed: Collection[Path]) -> Path:
    """The file meant: beside, or below the folder of, the scenario file that names it; else as the user stands.

    Raises:
        UserError: it lies elsewhere and was not allowed.
    """
    if not said.place.line:
        return Path(file)
    folder = Path(said.place.source).parent
    path = folder / file
    try:
        real = path.resolve()
    except (OSError, ValueError) as error:
        raise UserError(f"{file} cannot be read: {error}") from None
    if real in {one.resolve() for one in allowed} or real.is_relative_to(folder.resolve()):
        return path
    where = f"lies outside the folder of the file that names it, {shown(folder)}"
    raise UserError(f"{file} {where}; if that is meant, name it with --allow {shown(path)}")


def read_table(path: Path, reading: Reading, names: Collection[str] = KNOWN) -> Table:
    """The table in a file.

    Args:
        path: of a text or a spreadsheet.
        reading: what the user says of it.
        names: of columns, in the form of `word`, that tell the separator of a text.

    Raises:
        UserError: it is not there, or cannot be read.
    """
    name = shown(path)
    try:
        if not path.is_file():
            raise UserError(f"there is no file {name}{_alike(path)}")
        if path.suffix.lower() in ENDINGS:
            return sheet_table(path, name, reading.sheet)
        if reading.sheet:
            raise UserError(f"{name} is a text and has no sheets; a spreadsheet ends in {', '.join(ENDINGS)}")
        text, how = decoded(path.read_bytes(), name, reading.encoding)
        return text_table(text, name, reading.separator, names, (how,))
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise UserError(f"{name} cannot be read: {said}") from None


def _alike(path: Path) -> str:
    folder = path.parent
    beside = (
        {file.name: file for file in folder.iterdir() if file.suffix.lower() in (".csv", *ENDINGS)}
        if folder.is_dir()
        else {}
    )
    close = nearest_word(path.name, beside)
    return f"; did you mean {shown(beside[close])}?" if close else ""


def _kinds(
    said: Node, file: str, allowed: Collection[Path], problems: Problems
) -> dict[str, tuple[str, Place]]:
    """The kind of each department that a mapping file names, and where."""
    try:
        path = _path(said, file, allowed)
        tree = parse(read_text(path), shown(path), problems)
    except UserError as error:
        problems.add(said.place, f"world.roster.kinds: {error}")
        return {}
    if tree is None or not tree.is_mapping:
        problems.add(said.place, f"world.roster.kinds: {file} holds no lines such as `finance: economic`")
        return {}
    return {name: (str(node.value), node.place) for name, node in tree.value.items()}
