"""A log of what happened, kept as blocks of columns and joined once at the end."""

from collections.abc import Mapping

import numpy as np

from sim.core.arrays import Column, NamedColumns


class EventLog:
    """Blocks of rows in the order in which they happened. `open` holds those of the current quarter."""

    def __init__(self, kept: bool = True) -> None:
        self.kept = kept
        self.open: list[tuple[str, NamedColumns]] = []
        self.blocks: list[tuple[str, int, NamedColumns]] = []

    def record(self, event: str, columns: Mapping[str, Column]) -> None:
        """Add a copy of one block (rows of the table it comes from will move); an empty one is not stored."""
        block = {name: np.array(column) for name, column in columns.items()}
        if next(iter(block.values())).size:
            self.open.append((event, block))

    def close(self, quarter: int, recorded: bool = True) -> None:
        """End the quarter: its blocks move to the archive, if one is kept and the quarter is `recorded`."""
        if self.kept and recorded:
            self.blocks.extend((event, quarter, block) for event, block in self.open)
        self.open = []

    def of(self, event: str, column: str) -> Column:
        """One column of the current quarter's rows of one kind of event."""
        parts = [block[column] for name, block in self.open if name == event]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
