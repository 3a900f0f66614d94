"""Numbers in words: enough digits to be useful, and never more certainty than the interval allows."""

import math
import re
import textwrap
import unicodedata
from collections.abc import Mapping
from typing import Any

from sim.lab.language.language import counted_noun, tr
from sim.outcomes.units import UNITS

MINUS = "\N{MINUS SIGN}"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALLEST = -4
"""Power of ten below which numbers are written with their power."""
UNREFORMED = "unreformed_"
"""How the name of a scenario begins whose timeline was taken away."""
RENAMED = {"true output a post": "true output per post", "true output a person": "true output per person"}
"""Labels that results of version 0.1 hold, and what they are called now."""
NEVER_FIRST = "，。、；：？！）》」】％"
"""Signs that no line begins with."""
PERCENT_UNITS = frozenset(name for name, unit in UNITS.items() if unit.zero)
"""Units with a natural zero, for which a change in per cent means something."""


def number(value: float, digits: int = 3) -> str:
    """`0.0213`, `1,360`, `−1.2`; `n/a` for a missing one."""
    if value is None or not math.isfinite(value):
        return "n/a"
    if value == 0:
        return "0"
    return ("" if value > 0 else MINUS) + _written(abs(value), _size(value), digits)


def signed(value: float, digits: int = 3) -> str:
    """As `number`, with `+` before positive ones."""
    text = number(value, digits)
    return f"+{text}" if value > 0 and text[:1].isdigit() else text


def together(*values: float, digits: int = 3) -> list[str]:
    """Signed numbers of one quantity with the same number of decimals, set by the largest of them."""
    sizes = [_size(value) for value in values if math.isfinite(value) and value != 0]
    if not sizes:
        return [number(value) for value in values]
    return [_alike(value, max(sizes), digits) for value in values]


def _alike(value: float, size: int, digits: int) -> str:
    if not math.isfinite(value):
        return "n/a"
    text = _written(abs(value), size, digits)
    sign = "" if not text.split("×")[0].strip("0.,") else "+" if value > 0 else MINUS
    return sign + text


def _size(value: float) -> int:
    """The power of ten of the first digit."""
    return math.floor(math.log10(abs(value)))


def _written(value: float, size: int, digits: int) -> str:
    """A number without its sign; `1.20×10⁻⁷` where decimals would be zeros only."""
    if size >= SMALLEST:
        return f"{value:,.{max(0, min(digits - 1 - size, 1 - SMALLEST))}f}"
    return f"{value / 10.0**size:.{digits - 1}f}×10{str(size).translate(RAISED)}"


def percent(share: float) -> str:
    """`+2.6 %`; `n/a` for a missing one."""
    return f"{signed(share * 100, 2)} %" if math.isfinite(share) else "n/a"


def span(low: float, high: float, signs: bool = True) -> str:
    """`+0.018 to +0.024`; words where there is no interval."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return tr("no interval")
    first, second = together(low, high)
    if not signs:
        first, second = first.lstrip("+"), second.lstrip("+")
    return tr("{low} to {high}", low=first, high=second)


def holds_zero(low: float, high: float) -> bool:
    """Whether the sign is uncertain: the interval includes 0, or there is none."""
    return not (low > 0 or high < 0)


def never_moves(difference: float, low: float, high: float) -> bool:
    """Whether every replication differs by exactly nothing."""
    return difference == 0 and low == 0 and high == 0


def plain(name: str) -> str:
    """A scenario's or slot's name as text: `four systems`."""
    if name.startswith(UNREFORMED):
        return tr("unreformed {name}", name=plain(name.removeprefix(UNREFORMED)))
    return tr(name.replace("_", " "))


def quarter_name(manifest: Mapping[str, Any], quarter: int) -> str:
    """`2029Q4`, from the scenario's start; "" without one."""
    scenario = manifest.get("scenario", {})
    start = str(scenario.get("horizon", {}).get("start", ""))
    year = int(scenario.get("calendar", {}).get("quarters_per_year", 4))
    first_year, _, first_quarter = start.partition("Q")
    if not (first_year.isdigit() and first_quarter.isdigit()):
        return ""
    total = int(first_year) * year + int(first_quarter) - 1 + quarter - 1
    return f"{total // year}Q{total % year + 1}"


def window_name(manifest: Mapping[str, Any], window: tuple[int, int]) -> str:
    """`quarters 33–40 (2028Q1–2029Q4)`."""
    first, last = window
    names = [quarter_name(manifest, quarter) for quarter in window]
    calendar = with_unit("", f"{names[0]}–{names[1]}") if all(names) else ""
    return tr("quarters {first}–{last}{calendar}", first=first, last=last, calendar=calendar)


def listed(words: list[str]) -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else tr(", ").join(words[:-1]) + tr(" and ") + words[-1]


def counted(count: int, noun: str, many: str = "") -> str:
    """`1 replication`, `20 replications`."""
    return f"{count:,} {counted_noun(count, noun, many or noun + 's')}"


def includes_zero() -> str:
    """Why a sign is not told."""
    return tr("the interval includes 0")


def label_of(term: dict[str, Any], outcome: str) -> str:
    """An outcome's label; its name where none is known."""
    label = str(term.get("label") or plain(outcome))
    return tr(RENAMED.get(label, label))


def unit_of(term: dict[str, Any]) -> str:
    """An outcome's unit."""
    return tr(str(term.get("unit", "")))


def with_unit(label: str, unit: str) -> str:
    """`reported score (ability SD)`; the label alone where there is no unit."""
    return tr("{label} ({unit})", label=label, unit=unit) if unit else label


def sourced(text: str) -> str:
    """`literature P24`, its first word in the language spoken."""
    word, blank, citation = text.partition(" ")
    return tr(word) + blank + citation


def unmarked(text: str) -> str:
    """A report's sentence without its marks."""
    return re.sub(r"\*\*|`", "", text)


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; Chinese characters take two, and lines may break after any of them."""
    if columns_of(text) == len(text):
        return textwrap.wrap(text, width)
    lines, line, used = [], "", 0
    for piece in re.findall(r"[\x21-\x7e\u00a1-\u2fff]+|\s|.", text):
        size = columns_of(piece)
        if used + size > width and line and piece not in NEVER_FIRST:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not lines or not piece.isspace():
            line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() else lines
