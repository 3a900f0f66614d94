"""From the values of a file to those of a roster, by the column they stand in."""

from dataclasses import dataclass, field, replace

from sim.scenario.messages import show
from sim.scenario.roster.columns import RANKS, SWITCH, Column
from sim.scenario.roster.table import Table
from sim.scenario.roster.values import (
    FIRST_YEAR,
    Habits,
    UnclearError,
    bare,
    day,
    day_orders,
    decimal_marks,
    number,
    shown_number,
    switch,
    translated,
    word,
    years_since,
)

MONEY = "money"
Words = dict[str, dict[str, str | int | float | bool]]


def habits_of(table: Table, columns: dict[int, Column], first: int, stated: Habits) -> Habits:
    """How the file writes numbers and days: as stated, else as its plain values show, if all show the same.

    Args:
        table: the file.
        columns: its known columns by their places.
        first: number of the first row below the names.
        stated: what the user says.
    """
    marks, orders = set[str](), set[str]()
    for place, column in columns.items():
        if not column.is_number:
            continue
        texts = {row[place] for _, row in table.rows[first:] if row and place < len(row)}
        marks |= decimal_marks(texts, column.unit == MONEY)
        orders |= day_orders(texts) if not stated.dates else set()
    decimal = stated.decimal or (min(marks) if len(marks) == 1 else "")
    return replace(stated, decimal=decimal, dates=stated.dates or (min(orders) if len(orders) == 1 else ""))


@dataclass(frozen=True)
class Meaning:
    """How values are understood.

    Attributes:
        habits: of the file.
        words: what words of the file mean, by column.
    """

    habits: Habits
    words: Words
    known: dict[tuple[str, str], str] = field(default_factory=dict)
    """What was understood before, for the values of a large roster repeat themselves."""

    def of(self, column: Column, written: str) -> str:
        """As `_of`, which is asked once for each value of a column."""
        if column.is_text:
            return self._of(column, written)
        found = self.known.get((column.name, written))
        if found is None:
            found = self.known[column.name, written] = self._of(column, written)
        return found

    def _of(self, column: Column, written: str) -> str:
        """A value as a roster holds it; what no roster holds stays as it is, to be refused in words.

        Raises:
            UnclearError: it may mean several things; the message is whole.
        """
        meant = translated(written, self.words[column.name]) if column.name in self.words else None
        text = bare(written if meant is None else meant)
        if not text or column.is_text:
            return text
        try:
            return self._plain(column, text)
        except UnclearError as doubt:
            cure = f"; say it: {self.habits.cure(doubt.key)}" if doubt.key else ""
            raise UnclearError(f"{column.name} = {show(text)} {doubt}{cure}") from None

    def _plain(self, column: Column, text: str) -> str:
        if column.choices == SWITCH:
            return switch(text)
        if column.choices == RANKS:
            found = number(text, self.habits.decimal, False)
            return text if found is None else shown_number(found)
        if column.choices:
            return word(text) if word(text) in column.choices else text
        grouped = column.unit == MONEY
        found = number(text, self.habits.decimal, grouped)
        if column.unit == "years" and (found is None or found >= FIRST_YEAR):
            found = self._since(text, found)
        return text if found is None else shown_number(found)

    def _since(self, text: str, found: float | None) -> float | None:
        """Years since a day, if the text is one."""
        then, now = day(text, self.habits.dates), self.habits.as_of
        if then is None:
            return found
        if now is None:
            raise UnclearError("is a day, and times are counted from one", "as_of: 2024-12-31")
        if then > now:
            raise UnclearError(f"lies after as_of {now}")
        return years_since(then, now)
