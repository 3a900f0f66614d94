"""How a validation is told: a line a check on a terminal, and the page VALIDATION.md with its figures."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.lab.reports.grid import Grid
from sim.lab.reports.template import Report
from sim.validation.case import ERRORS, EXACT, FOLDER, Check, Validation
from sim.validation.directions import FALSE_ALARMS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BATTERY = FOLDER / "battery.txt"
"""What dieharder printed."""
HEADER = (
    *("quantity", "expected", "obtained", "standard error"),
    *("errors off", "allowed", "verdict", "certainty"),
)
WIDTHS = {
    "case": -4,
    "quantity": -80,
    "expected": 10,
    "obtained": 10,
    "error": 9,
    "errors": 7,
    "allowed": 9,
    "verdict": -8,
}
"""Columns on a terminal; words stand on the left."""


def heading() -> str:
    """The line above the checks."""
    return _aligned(tuple(WIDTHS))


def line(check: Check) -> str:
    """One check on a terminal."""
    return _aligned(_cells(check))


def _cells(check: Check) -> tuple[str, ...]:
    """As `WIDTHS`. Of a direction the error is half of the interval that decides, `errors` the effect in errors."""
    obtained = f"{check.obtained:.{4 if check.sign else 5}g}"
    if check.sign:
        expected = check.sign + (f" {check.gate:g}" if check.sign == "nothing" else "")
        error = f"±{(check.high - check.low) / 2:.2g}" if check.sign != "same" else ""
        off = f"{check.obtained / check.error:+.1f}" if check.error > 0 else ""
    else:
        expected = f"{'≤ ' if check.limit else ''}{check.expected:.5g}"
        error = f"{check.error:.5f}" if check.error else ""
        off = "" if math.isnan(check.errors_off) or not check.gated else f"{check.errors_off:+.1f}"
    return check.case, check.quantity, expected, obtained, error, off, check.allowed, check.verdict


def _aligned(cells: tuple[str, ...]) -> str:
    padded = zip(cells, WIDTHS.values(), strict=True)
    return " ".join(f"{cell:{'<' if width < 0 else '>'}{abs(width)}}" for cell, width in padded).rstrip()


def as_text(checks: Sequence[Check]) -> str:
    """How many of the checks passed."""
    gated = [check for check in checks if check.gated]
    passed = f"{sum(check.passed for check in gated)} of {len(gated)} checks passed"
    reported = len(checks) - len(gated)
    return f"{passed}, {reported} reported" if reported else passed


def signs_judged(checks: Iterable[Check]) -> str:
    """How directions are judged; "" where there is none."""
    drawn = [check for check in checks if check.sign and check.sign != "same"]
    if not drawn:
        return ""
    return (
        f"Of each direction the mean of paired differences is told, ± half of its interval. All {len(drawn)} intervals "
        f"hold together with {1 - FALSE_ALARMS:.0%}: a direction is confirmed where its interval leaves no other sign, "
        f"refuted where it leaves only others. So at most one set in {1 / FALSE_ALARMS:.0f} refutes anything true or "
        f"confirms anything false; what is undecided fails too."
    )


def write_page(folder: Path, found: Validation) -> Path:
    """Write VALIDATION.md and its figures into a folder.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    document = page(found)
    for name in document.draw(folder / "figures"):
        (folder / "figures" / f"{name}.svg").unlink()
    path = folder / "VALIDATION.md"
    path.write_text(document.markdown(), encoding="utf-8")
    return path


@dataclass(frozen=True)
class View:
    """What the page says.

    Attributes:
        verdict: how many checks passed.
        errors: standard errors that a difference may have.
        exact: difference in per cent that is allowed where nothing is drawn.
        cases: one after the other: its case, verdict, signs (how directions are judged), checks (a table), reasons.
        battery: how many tests of the draws passed and failed of the total, and the names of the weak ones; None
            where none was run.
    """

    verdict: str
    errors: str
    exact: str
    cases: Sequence[Mapping[str, Any]]
    battery: Mapping[str, Any] | None


def page(found: Validation) -> Report:
    """One page: what is reproduced, how it is judged, what it does not mean."""

    def figure(name: str) -> "Figure":
        from sim.validation import figures  # matplotlib is loaded only when a figure is drawn

        return figures.figure(found.checks, name)

    cases = []
    for case in found.cases:
        checks = [check for check in found.checks if check.case == case.name]
        rows = [[*_cells(check)[1:], check.certainty] for check in checks]
        reasons = dict.fromkeys(check.reason for check in checks if check.reason)
        told = {"verdict": as_text(checks), "signs": signs_judged(checks), "reasons": list(reasons)}
        cases.append({"case": case, "checks": Grid(HEADER, rows), **told})
    view = View(as_text(found.checks), f"{ERRORS:.0f}", f"{100 * EXACT:g}", cases, _battery())
    return Report("validation", vars(view), figure)


def _battery() -> Mapping[str, Any] | None:
    """What the last statistical battery said of the draws."""
    if not BATTERY.is_file():
        return None
    lines = [line.rstrip() for line in BATTERY.read_text(encoding="utf-8").splitlines()]
    ends = {word: [line for line in lines if line.endswith(word)] for word in ("PASSED", "WEAK", "FAILED")}
    counts = {word.lower(): len(tests) for word, tests in ends.items()}
    weak = [line.split("|")[0].strip() for line in ends["WEAK"]]
    return {**counts, "weak": weak, "total": sum(counts.values())}
