"""How far the work is: counted here, shown by whoever asked for it."""

from collections.abc import Callable
from typing import NamedTuple

Progress = Callable[[int, int], None]
"""Called with what is done and what is to be done in all."""


class Standing(NamedTuple):
    """How far a study is: runs done, runs wanted as far as is known, runs that failed."""

    done: int
    total: int
    failed: int


StudyProgress = Callable[[Standing], None]


class Meter:
    """Counts replication-quarters and tells whoever wants to know."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.done, self.total, self._tell = 0, total, progress

    def add(self, amount: int) -> None:
        self.done = min(self.done + amount, self.total)
        if self._tell is not None:
            self._tell(self.done, self.total)
