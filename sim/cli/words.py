"""What no word of a command line may hold, whatever the command: told before anything else happens."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import UserError

LONGEST_NAME, LONGEST_PATH = 255, 4096
"""Bytes of a file's name and of a whole path that common file systems take."""


def check_words(given: Mapping[str, Any]) -> None:
    """Refuse words that are no text, and paths that no file system takes.

    Raises:
        UserError: one line for each.
    """
    wrong = [
        f"{name} = {ascii(str(word))[:60]}: {trouble}"
        for name, value in given.items()
        for word in _words(value)
        if (trouble := _trouble(word))
    ]
    if wrong:
        raise UserError("\n".join(wrong))


def _words(value: Any) -> Iterator[str | Path]:
    for one in value if isinstance(value, (list, tuple)) else [value]:
        if isinstance(one, (str, Path)):
            yield one


def _trouble(word: str | Path) -> str:
    """What is wrong with a word; "" if nothing is."""
    text = str(word)
    if "\0" in text:
        return "holds a zero character"
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        return "holds half of a character, or bytes that are no text in UTF-8"
    if isinstance(word, str):
        return ""
    if size > LONGEST_PATH:
        return f"a path of {size:,} bytes; file systems take {LONGEST_PATH:,}"
    longest = max((len(part.encode()) for part in word.parts), default=0)
    return f"a name of {longest:,} bytes; file systems take {LONGEST_NAME}" if longest > LONGEST_NAME else ""
