"""Where a scenario comes from: its file, what that extends, what was changed from it, where each value was set."""

from dataclasses import dataclass
from typing import Any, NamedTuple


class Changed(NamedTuple):
    """A setting that is not what the scenario's file says; `old` is None where the file's kind has no such setting."""

    path: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Origin:
    """Where a value was set, and what its author says it rests on."""

    place: str
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Past:
    """Where a scenario comes from.

    Attributes:
        file: the file it was read from, with its whole path; "" where it comes from no file.
        extends: the files it extends, directly or not; of a variant, what it is a variant of as well.
        changed: what was changed from the file.
    """

    file: str = ""
    extends: frozenset[str] = frozenset()
    changed: tuple[Changed, ...] = ()
