"""What is meant by a value of a roster: numbers as people write them, days, yes and no.

What may mean two things is refused.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

YES = frozenset({"yes", "true", "y", "1", "x", "是", "有", "√", "✓", "✔"})
NO = frozenset({"no", "false", "n", "0", "否", "无"})
TOTALS = frozenset(
    {"total", "totals", "grand total", "subtotal", "sum", "合计", "总计", "小计", "共计", "summe", "gesamt"}
)
_MONEY = re.compile(r"^[¥￥$€£]\s*|\s*(?:元|[¥￥$€£])$")
_GROUPED = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_ONE_MARK = re.compile(r"[+-]?(\d+)([.,])(\d+)")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.年])(\d{1,2})(?:(?:[-/.月])(\d{1,2})日?|月)?(?:[T ][\d:.]+)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_RUN_ON = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"(?:19|20)\d\d")
CACHED = 1 << 16
"""Values of a large roster repeat themselves."""
FIRST_YEAR, LAST_YEAR = 1900, 2200


class UnclearError(Exception):
    """What a value means is not plain; the text says why.

    Attributes:
        key: the setting of `world.roster` that would make it plain; "" where none would.
    """

    def __init__(self, text: str, key: str = "") -> None:
        super().__init__(text)
        self.key = key


@dataclass(frozen=True)
class Habits:
    """How a file writes numbers and days.

    Attributes:
        decimal: "." or ","; "" where it cannot be told.
        dates: year_first, day_first or month_first; "" where it cannot be told.
        as_of: the day on which ages and times are counted; None if nobody said.
        answers: where the user says what could not be told, with a gap for the key.
    """

    decimal: str = ""
    dates: str = ""
    as_of: date | None = None
    answers: str = "world.roster: {file: staff.csv, ...}"

    def cure(self, key: str) -> str:
        """How to say what could not be told."""
        return self.answers.replace("...", key)


@lru_cache(maxsize=CACHED)
def bare(text: str) -> str:
    """A text without what cannot be seen around it."""
    found = text.strip()
    while found and not found.isascii() and (_is_unseen(found[0]) or _is_unseen(found[-1])):
        found = found[_is_unseen(found[0]) :].removesuffix(found[-1] if _is_unseen(found[-1]) else "").strip()
    return found


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf"


@lru_cache(maxsize=CACHED)
def folded(text: str) -> str:
    """What texts share that differ in Unicode form, case, width or space only."""
    seen = "".join(letter for letter in text if not _is_unseen(letter))
    cased = unicodedata.normalize("NFKC", seen).casefold()
    return " ".join(unicodedata.normalize("NFKC", cased).split())


@lru_cache(maxsize=CACHED)
def word(text: str) -> str:
    """A text as one of a roster's words: `Basically  Competent` is basically_competent."""
    return folded(text).replace(" ", "_").replace("-", "_")


def switch(text: str) -> str:
    """`yes` or `no` for the many ways of writing them; any other text as it is."""
    found = folded(text)
    return "yes" if found in YES else "no" if found in NO else text


def is_total(text: str) -> bool:
    """Whether a text heads a line of totals."""
    return folded(text).rstrip(":：. ") in TOTALS


def simple(text: str) -> str:
    """A number without its currency, signs of its grouping by spaces, and full-width digits."""
    found = unicodedata.normalize("NFKC", bare(text)).replace("\u2212", "-")
    return _GROUPED.sub("", _MONEY.sub("", found))


def decimal_marks(texts: Iterable[str], grouped: bool) -> set[str]:
    """The decimal marks that the numbers of a column cannot do without.

    Args:
        texts: values as written.
        grouped: whether thousands may be marked in this column; where they may, three digits after a mark tell nothing.
    """
    found = set()
    for text in texts:
        if text.isdigit():
            continue
        number = simple(text)
        match = _ONE_MARK.fullmatch(number)
        if match and not (grouped and _may_group(match)):
            found.add(match[2])
        elif "," in number and "." in number:
            found.add(max(".,", key=number.rfind))
    return found


def _may_group(match: re.Match[str]) -> bool:
    """Whether the mark may part thousands."""
    return len(match[3]) == 3 and len(match[1]) <= 3 and match[1] != "0"


@lru_cache(maxsize=CACHED)
def number(text: str, decimal: str, grouped: bool) -> float | None:
    """A number; None for anything else.

    Args:
        text: as written.
        decimal: "." or ",", "" where it is not known.
        grouped: whether thousands may be marked.

    Raises:
        UnclearError: the mark in it may part thousands or decimals.
    """
    plain = simple(text)
    match = _ONE_MARK.fullmatch(plain)
    if match and not (grouped and _may_group(match)):
        plain = plain.replace(match[2], ".")
    elif match and not decimal:
        meant = f"{plain.replace(match[2], '')} or {plain.replace(match[2], '.')}"
        raise UnclearError(f"may be {meant}", "decimal: point (or comma)")
    else:
        plain = _ungrouped(plain, decimal)
    found = float(plain) if _PLAIN.fullmatch(plain) else math.inf
    return found if math.isfinite(found) else None


def _ungrouped(text: str, decimal: str) -> str:
    """A number whose thousands are marked, without the marks; the last of two kinds of mark is the decimal one."""
    marks = {one for one in text if one in ".,"}
    if len(marks) == 2:
        decimal = max(".,", key=text.rfind)
    elif text.count(min(marks, default=".")) > 1:
        decimal = ({".", ","} - marks).pop()
    if not marks or not decimal:
        return text
    thousands = "." if decimal == "," else ","
    whole, mark, rest = text.partition(decimal)
    groups = whole.lstrip("+-").split(thousands)
    good = len(groups) == 1 or (0 < len(groups[0]) <= 3 and all(len(one) == 3 for one in groups[1:]))
    return whole.replace(thousands, "") + mark.replace(",", ".") + rest if good else text


@lru_cache(maxsize=CACHED)
def read_number(text: str) -> float | None:
    """The number in a text that `shown_number` wrote; None for any other text."""
    found = float(text) if _PLAIN.fullmatch(text) else math.inf
    return found if math.isfinite(found) else None


def shown_number(value: float) -> str:
    """A number as a roster holds it: `5` for 5.0, no power of ten."""
    return str(int(value)) if value == int(value) else f"{value:.10f}".rstrip("0")


def day_orders(texts: Iterable[str]) -> set[str]:
    """Which order of day and month the days of a file cannot do without."""
    found = set()
    for text in texts:
        match = _YEAR_LAST.fullmatch(simple(text))
        if match and match[2] != ".":
            first, second = int(match[1]), int(match[3])
            found |= (
                {"day_first"} if first > 12 >= second else {"month_first"} if second > 12 >= first else set()
            )
    return found


def day(text: str, dates: str) -> date | None:
    """A day; the first of the month where only the month is given; None for anything else.

    Raises:
        UnclearError: day and month may be the other way round, there is no such day, or it is a year alone.
    """
    written = simple(text)
    if _YEAR.fullmatch(written):
        raise UnclearError("is a year; write a day or a month, as in 1980-05, or the number of years")
    parts = _parts(written, dates)
    if parts is None or not FIRST_YEAR <= parts[0] <= LAST_YEAR:
        return None
    try:
        return date(*parts)
    except ValueError:
        raise UnclearError("is no day of the calendar") from None


def _parts(text: str, dates: str) -> tuple[int, int, int] | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4] or 1)
    if match := _RUN_ON.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    order = dates
    if match[2] == "." or first == second or first > 12:
        order = "day_first"
    elif second > 12:
        order = "month_first"
    if order not in ("day_first", "month_first"):
        raise UnclearError(
            f"may be day {first} of month {second} or the other way round",
            "dates: day_first (or month_first)",
        )
    return (year, second, first) if order == "day_first" else (year, first, second)


def years_since(day: date, now: date) -> float:
    """Whole months from a day to another, in years; below 0 if it is later."""
    months = (now.year - day.year) * 12 + now.month - day.month - (now.day < day.day)
    return round(months / 12, 4)


def translated(text: str, words: Mapping[str, str | int | float | bool]) -> str | None:
    """What the user says a word means; None where they say nothing of it."""
    for key in (text, bare(text)):
        if key in words:
            return scalar_text(words[key])
    by_form = {folded(key): value for key, value in words.items()}
    found = by_form.get(folded(text))
    return None if found is None else scalar_text(found)


def scalar_text(value: str | int | float | bool) -> str:
    """What a setting says in a roster's words."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
