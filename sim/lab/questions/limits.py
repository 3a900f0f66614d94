"""How long a query may take, and how much memory it and its answer may need."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from sim.core.errors import UserError

if TYPE_CHECKING:
    import pandas
    from duckdb import DuckDBPyConnection

SECONDS, GIGABYTES = 60.0, 2.0
MOST_SECONDS, LEAST_GIGABYTES, MOST_GIGABYTES = 1e6, 0.05, 1e5
VECTORS = 100
"""Thousands of rows (2,048 in each vector) of the answer that are fetched at a time."""
AGAIN = 0.2
"""Seconds after which a query that heard nothing of its end is told once more."""


class Limits(NamedTuple):
    """What a query may take."""

    seconds: float
    gigabytes: float

    @property
    def slow(self) -> UserError:
        """The message on a query that takes too long."""
        return UserError(
            f"the query took longer than {self.seconds:g} s: ask for less, or allow more (--seconds)"
        )

    @property
    def large(self) -> UserError:
        """The message on a query that needs too much memory."""
        return UserError(
            f"the query or its answer needs more than {self.gigabytes:g} GB of memory: ask for less (where, limit, "
            "group by), or allow more (--gigabytes)"
        )


def limits_of(seconds: float, gigabytes: float) -> Limits:
    """Checked limits.

    Raises:
        UserError: one is no number within bounds.
    """
    bounds = {
        "seconds": (seconds, 0.0, MOST_SECONDS),
        "gigabytes": (gigabytes, LEAST_GIGABYTES, MOST_GIGABYTES),
    }
    for name, (value, low, high) in bounds.items():
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not (low <= value <= high and value > 0 and math.isfinite(value)):
            raise UserError(
                f"{name} = {str(value)[:40]}: must be above {low:g} and at most {high:g}"
                if low == 0
                else f"{name} = {str(value)[:40]}: must be from {low:g} to {high:g}"
            )
    return Limits(float(seconds), float(gigabytes))


def answer(connection: "DuckDBPyConnection", sql: str, limits: Limits) -> "pandas.DataFrame":
    """The answer to a statement, fetched piece by piece.

    Raises:
        UserError: it takes longer or needs more than the limits allow.
    """
    import duckdb
    import pandas

    parts, size, deadline = list["pandas.DataFrame"](), 0.0, time.monotonic() + limits.seconds
    try:
        with _interrupted_after(connection, limits.seconds):
            connection.execute(sql)
            while not parts or len(parts[-1]):
                parts.append(connection.fetch_df_chunk(VECTORS))
                size += float(parts[-1].memory_usage(index=False, deep=True).sum())
                if size > limits.gigabytes * 1e9:
                    raise limits.large
                if time.monotonic() > deadline:
                    raise limits.slow
    except duckdb.InterruptException:
        raise limits.slow from None
    except (duckdb.OutOfMemoryException, MemoryError):
        raise limits.large from None
    filled = [part for part in parts if len(part)] or parts[:1]
    return filled[0] if len(filled) == 1 else pandas.concat(filled, ignore_index=True)


@contextmanager
def _interrupted_after(connection: "DuckDBPyConnection", seconds: float) -> Iterator[None]:
    """Interrupt whatever the connection does once the time is over, again and again until the block is left."""
    import duckdb

    is_done = threading.Event()

    def watch() -> None:
        wait = seconds
        while not is_done.wait(wait):
            with suppress(duckdb.Error):
                connection.interrupt()
            wait = AGAIN

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_done.set()
        watcher.join()
