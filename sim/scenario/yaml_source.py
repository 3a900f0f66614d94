"""From a file to a tree: YAML 1.2, plain values only, nothing executed, every line and column kept."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.core.shipped import shipped_names
from sim.core.text import nearest_word
from sim.scenario.messages import Problems
from sim.scenario.node import Node, Place
from sim.scenario.sourced import text_of, unwrapped

LARGEST_FILE = 1_000_000
MOST_VALUES = 20_000
MARKS, MOST_MARKS = "\n,[{", 3 * MOST_VALUES
"""What stands between values, and how often at most: more take long to read, only to be refused."""
DEEPEST = 30
LONGEST_NUMBER = 1000
"""Characters; integers of more digits cannot even be printed."""
TEXTS_KEPT = 16
"""Texts whose nodes are kept: scenarios that are compared share baselines."""
_TAG = "tag:yaml.org,2002:"
_TEXT = ("str", "timestamp", "value", "merge")


def shown(path: Path) -> str:
    """A path as the user would write it: relative to where they stand, if it is below."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") and path.is_absolute() else Path(relative).as_posix()


def read_text(path: Path) -> str:
    """The text of a scenario file.

    Raises:
        UserError: missing, a folder, not readable, too large, or not text.
    """
    name = shown(path)
    try:
        if path.is_dir():
            raise UserError(f"{name} is a folder, not a scenario file{_files_in(path)}")
        if not path.exists():
            raise UserError(f"{name}: there is no such scenario file{_alike(path)}")
        return _decoded(path, name)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise UserError(f"{name} cannot be read: {said}") from None


def _decoded(path: Path, name: str) -> str:
    if not path.is_file():
        raise UserError(f"{name} is not an ordinary file")
    if path.stat().st_size > LARGEST_FILE:
        raise UserError(f"{name} is larger than {LARGEST_FILE:,} bytes, which no scenario needs")
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"byte {error.start} is {content[error.start]:#04x}"
        raise UserError(f"{name} is not text in UTF-8 ({byte})") from None
    if "\0" in text:
        raise UserError(f"{name} is not text: it holds zero bytes")
    if sum(map(text.count, MARKS)) > MOST_MARKS:
        raise UserError(f"{name} has more than {MOST_VALUES:,} values, which no scenario needs")
    return text


def _files_in(folder: Path) -> str:
    files = sorted(file.name for file in folder.glob("*.yaml"))[:10]
    return f"; it holds {', '.join(files)}" if files else ""


def _alike(path: Path) -> str:
    """What may have been meant: a file with .yaml, in scenarios/, or with a similar name; a shipped scenario."""
    for guess in (path.with_name(path.name + ".yaml"), Path("scenarios") / path.with_suffix(".yaml").name):
        if guess.is_file():
            return f"; did you mean {shown(guess)}?"
    beside = {file.stem: file for file in path.parent.glob("*.yaml")} if path.parent.is_dir() else {}
    close = nearest_word(path.stem, beside)
    named = nearest_word(path.stem, shipped_names())
    return f"; did you mean {shown(beside[close]) if close else named}?" if close or named else ""


def parse(text: str, source: str, problems: Problems) -> Node | None:
    """The tree of a YAML text; None where it is empty or cannot be read at all."""
    root = _composed(text, source, problems)
    if root is None:
        return None
    return _Reader(source, problems).node(root, 0)


def _composed(text: str, source: str, problems: Problems) -> Any:
    from ruamel.yaml.error import YAMLError

    try:
        return _raw(text)
    except YAMLError as error:
        _add_syntax_error(error, text, source, problems)
    except RecursionError:
        problems.add(Place(source), "is nested too deeply to be a scenario")
    return None


@lru_cache(maxsize=TEXTS_KEPT)
def _raw(text: str) -> Any:
    """Ruamel's nodes, which are read and never changed; most of the time that a small scenario takes to load."""
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).compose(text)


def _add_syntax_error(error: Any, text: str, source: str, problems: Problems) -> None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        said = "; ".join(part for part in (error.context, error.problem) if part)
        problems.add(Place(source, mark.line + 1, mark.column + 1), f"is not YAML: {said}")
        return
    position = getattr(error, "position", 0) or 0
    before = text[:position]
    place = Place(source, before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
    problems.add(place, "is not YAML: a character that text may not hold")


class _Reader:
    """Turns ruamel's nodes into ours, counting them so that aliases cannot explode."""

    def __init__(self, source: str, problems: Problems) -> None:
        self.source, self.problems, self.count = source, problems, 0

    def node(self, raw: Any, depth: int) -> Node:
        place = self._place(raw)
        self.count += 1
        if self.count > MOST_VALUES or depth > DEEPEST:
            what = f"more than {MOST_VALUES:,} values" if depth <= DEEPEST else f"more than {DEEPEST} levels"
            raise UserError(f"{place}: the file has {what}, aliases included, which no scenario needs")
        return Node(self._value(raw, place, depth), place, place)

    def _place(self, raw: Any) -> Place:
        return Place(self.source, raw.start_mark.line + 1, raw.start_mark.column + 1)

    def _value(self, raw: Any, place: Place, depth: int) -> Any:
        tag = str(raw.tag)
        kind = tag.removeprefix(_TAG)
        if not tag.startswith(_TAG) or kind not in (*_TEXT, "int", "float", "bool", "null", "map", "seq"):
            text = f"the tag {tag.replace(_TAG, '!!')} is not allowed; scenarios hold plain values"
            self.problems.add(place, text, unread=True)
            return None
        if kind == "map":
            return self._mapping(raw, depth)
        if kind == "seq":
            return [self.node(item, depth + 1) for item in raw.value]
        return self._scalar(raw.value, kind, place)

    def _scalar(self, text: str, kind: str, place: Place) -> Any:
        if kind in _TEXT:
            return text_of(text, place, self.problems)
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        try:
            return _number(text, kind)
        except ValueError:
            self.problems.add(place, f"{text[:20]}... is not a number that can be read", unread=True)
            return None

    def _mapping(self, raw: Any, depth: int) -> dict[str, Node]:
        items: dict[str, Node] = {}
        for raw_key, raw_value in raw.value:
            key, place = raw_key.value, self._place(raw_key)
            value = self.node(raw_value, depth + 1)
            if not isinstance(key, str):
                self.problems.add(place, "a key must be a word, not a list or settings")
            elif key in items:
                self.problems.add(place, f"{key} is given twice (first in line {items[key].key_place.line})")
            elif text_of(key, place, self.problems) is not None:
                at = place if value.value is None and not raw_value.value else value.place
                items[key] = unwrapped(Node(value.value, at, place), self.problems)
        return items


def _number(text: str, kind: str) -> int | float:
    if len(text) > LONGEST_NUMBER:
        raise ValueError
    digits = text.replace("_", "")
    if kind == "int":
        return int(digits, 0) if digits.lstrip("+-")[:2].lower() in ("0o", "0x", "0b") else int(digits)
    return float(digits.lower().replace(".inf", "inf").replace(".nan", "nan"))
