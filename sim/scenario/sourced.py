"""A number with its source beside it, and trees that come from Python instead of a file."""

from collections.abc import Mapping
from typing import Any

from sim.core.parameters import SOURCES
from sim.scenario.messages import Problems
from sim.scenario.node import Node, Place, plain

LARGEST_NUMBER = 10**300
PARTS = {"value", "source", "note"}


def unwrapped(node: Node, problems: Problems) -> Node:
    """`{value, source, note}` becomes its value, with the source and the note beside it."""
    parts = node.value
    if not isinstance(parts, dict) or "value" not in parts:
        return node
    if len(parts) > 1 and not {"source", "note"} & set(parts):
        return node
    for name in parts.keys() - PARTS:
        text = f"only source and note may stand beside value, not {name} (quote a comma)"
        problems.add(parts[name].key_place, text)
    words = {name: str(plain(parts[name])) for name in ("source", "note") if name in parts}
    source = words.get("source", "")
    if "source" in parts and source_word(source) not in SOURCES:
        known = ", ".join(SOURCES)
        text = f'source "{source}" must begin with one of {known} (as in "data P8")'
        problems.add(parts["source"].place, text)
    return Node(parts["value"].value, parts["value"].place, node.key_place, source, words.get("note", ""))


def source_word(source: str) -> str:
    """`data` of "data P8"."""
    return source.split(" ")[0].rstrip(",;:")


def citation(source: str) -> str:
    """`P8` of "data P8"."""
    return source.removeprefix(source.split(" ")[0]).strip()


def text_of(text: str, place: Place, problems: Problems) -> str | None:
    """The text, or None and a problem if it holds what no file and no name of a file can hold."""
    if "\0" in text:
        problems.add(place, f"{ascii(text)[:60]} holds a zero character, which no text may", unread=True)
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        problems.add(place, f"{ascii(text)[:60]} holds half of a character (a surrogate)", unread=True)
        return None
    return text


def from_python(value: Any, place: Place, problems: Problems) -> Node:
    """A tree from ordinary Python values; numpy's scalars become Python's, trees stay as they are."""
    if isinstance(value, Node):
        return value
    if isinstance(value, str):
        return Node(text_of(value, place, problems), place, place)
    if isinstance(value, Mapping):
        items = {
            str(key): from_python(item, place, problems)
            for key, item in value.items()
            if text_of(str(key), place, problems) is not None
        }
        return unwrapped(Node(items, place, place), problems)
    if isinstance(value, (list, tuple)):
        return Node([from_python(item, place, problems) for item in value], place, place)
    if hasattr(value, "item") and not isinstance(value, (str, bytes)):
        value = value.item()
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        problems.add(place, "is too large a number", unread=True)
        value = None
    if value is not None and not isinstance(value, (bool, int, float, str)):
        problems.add(place, f"{type(value).__name__} is not a value that a scenario can hold", unread=True)
        value = None
    return Node(value, place, place)
