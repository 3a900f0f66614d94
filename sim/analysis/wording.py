"""Numbers in words: enough digits to be useful, and never more certainty than the interval allows."""

import math
from typing import Any

MINUS = "\N{MINUS SIGN}"
INCLUDES_ZERO = "the interval includes 0"
PERCENT_UNITS = frozenset(
    {
        "mean output",
        "mean annual pay",
        "mean annual pay per mean output",
        "people",
        "posts",
        "share",
    }
)
"""Units with a natural zero, for which a change in per cent means something."""


def number(value: float, digits: int = 3) -> str:
    """`0.0213`, `1,360`, `−1.2`; `n/a` for a missing one."""
    if value is None or not math.isfinite(value):
        return "n/a"
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    decimals = max(0, min(digits - 1 - size, 5))
    text = f"{abs(value):,.{decimals}f}"
    return text if not float(text.replace(",", "")) or value > 0 else MINUS + text


def signed(value: float, digits: int = 3) -> str:
    """As `number`, with `+` before positive ones."""
    text = number(value, digits)
    return f"+{text}" if value > 0 and text[:1].isdigit() and text.strip("0.,") else text


def together(*values: float, digits: int = 3) -> list[str]:
    """Signed numbers of one quantity with the same number of decimals, set by the largest of them."""
    sizes = [abs(value) for value in values if math.isfinite(value) and value != 0]
    if not sizes:
        return [number(value) for value in values]
    decimals = max(0, min(digits - 1 - math.floor(math.log10(max(sizes))), 5))
    return [_fixed(value, decimals) for value in values]


def _fixed(value: float, decimals: int) -> str:
    if not math.isfinite(value):
        return "n/a"
    text = f"{abs(value):,.{decimals}f}"
    sign = "" if not text.strip("0.,") else "+" if value > 0 else MINUS
    return sign + text


def percent(share: float) -> str:
    """`+2.6 %`; `n/a` for a missing one."""
    return f"{signed(share * 100, 2)} %" if math.isfinite(share) else "n/a"


def span(low: float, high: float, signs: bool = True) -> str:
    """`+0.018 to +0.024`; words where there is no interval."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "no interval"
    first, second = together(low, high)
    return f"{first} to {second}" if signs else f"{first.lstrip('+')} to {second.lstrip('+')}"


def holds_zero(low: float, high: float) -> bool:
    """Whether the sign is uncertain: the interval includes 0, or there is none."""
    return not (low > 0 or high < 0)


def never_moves(difference: float, low: float, high: float) -> bool:
    """Whether every replication differs by exactly nothing."""
    return difference == 0 and low == 0 and high == 0


def plain(name: str) -> str:
    """A scenario's or slot's name as text: `four systems`."""
    return name.replace("_", " ")


def quarter_name(manifest: dict[str, Any], quarter: int) -> str:
    """`2029Q4`, from the scenario's start; "" without one."""
    scenario = manifest.get("scenario", {})
    start = str(scenario.get("horizon", {}).get("start", ""))
    year = int(scenario.get("calendar", {}).get("quarters_per_year", 4))
    first_year, _, first_quarter = start.partition("Q")
    if not (first_year.isdigit() and first_quarter.isdigit()):
        return ""
    total = int(first_year) * year + int(first_quarter) - 1 + quarter - 1
    return f"{total // year}Q{total % year + 1}"


def window_name(manifest: dict[str, Any], window: tuple[int, int]) -> str:
    """`quarters 33–40 (2028Q1–2029Q4)`."""
    first, last = window
    names = [quarter_name(manifest, quarter) for quarter in window]
    calendar = f" ({names[0]}–{names[1]})" if all(names) else ""
    return f"quarters {first}–{last}{calendar}"


def listed(words: list[str]) -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def counted(count: int, noun: str, many: str = "") -> str:
    """`1 replication`, `20 replications`."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"
