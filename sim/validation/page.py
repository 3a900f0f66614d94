"""How a validation is told: a line a check on a terminal, and the page VALIDATION.md with its figures."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.lab.reports.grid import Grid
from sim.lab.reports.template import Report
from sim.validation.case import ERRORS, EXACT, FOLDER, Case, Check, Validation
from sim.validation.directions import FALSE_ALARMS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BATTERY = FOLDER / "battery.txt"
"""What dieharder printed."""
HEADER = (
    "quantity",
    "expected",
    "obtained",
    "standard error",
    "errors off",
    "allowed",
    "verdict",
    "certainty",
)
WIDTHS = (4, 80, 10, 10, 9, 7, 9, 8)


def heading() -> str:
    """The line above the checks."""
    names = ("case", "quantity", "expected", "obtained", "error", "errors", "allowed", "verdict")
    return _aligned(names)


def line(check: Check) -> str:
    """One check on a terminal."""
    return _aligned(_cells(check))


def _cells(check: Check) -> tuple[str, ...]:
    if check.sign:
        return _direction_cells(check)
    off = "" if math.isnan(check.errors_off) or not check.gated else f"{check.errors_off:+.1f}"
    error = f"{check.error:.5f}" if check.error else ""
    expected = f"{'≤ ' if check.limit else ''}{check.expected:.5g}"
    obtained = f"{check.obtained:.5g}"
    return check.case, check.quantity, expected, obtained, error, off, check.allowed, check.verdict


def _direction_cells(check: Check) -> tuple[str, ...]:
    """The error is half of the interval that decides; `errors` is the effect in standard errors."""
    within = f" {check.gate:g}" if check.sign == "nothing" else ""
    half = (check.high - check.low) / 2
    off = f"{check.obtained / check.error:+.1f}" if check.error > 0 else ""
    half_width = f"±{half:.2g}" if check.sign != "same" else ""
    return (
        check.case,
        check.quantity,
        check.sign + within,
        f"{check.obtained:.4g}",
        half_width,
        off,
        check.allowed,
        check.verdict,
    )


def _aligned(cells: tuple[str, ...]) -> str:
    parts = [
        cell.ljust(width) if place in (0, 1, 7) else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    ]
    return " ".join(parts).rstrip()


def as_text(found: Validation) -> str:
    """What a validation says in the end."""
    gated = [check for check in found.checks if check.gated]
    failed = [check for check in gated if not check.passed]
    passed = f"{len(gated) - len(failed)} of {len(gated)} checks passed"
    reported = len(found.checks) - len(gated)
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
class CaseView:
    """What the page says of a case: see `validation.md.j2`."""

    name: str
    title: str
    source: str
    verdict: str
    signs: str
    checks: Grid
    reasons: Sequence[str]


@dataclass(frozen=True)
class Battery:
    """What the last statistical battery said of the draws; `weak` names the tests that were weak."""

    passed: int
    weak: Sequence[str]
    failed: int
    total: int


@dataclass(frozen=True)
class View:
    """What the page says.

    Attributes:
        verdict: how many checks passed.
        errors: standard errors that a difference may have.
        exact: difference in per cent that is allowed where nothing is drawn.
        cases: one after the other.
        battery: None where none was run.
    """

    verdict: str
    errors: str
    exact: str
    cases: Sequence[CaseView]
    battery: Battery | None


def page(found: Validation) -> Report:
    """One page: what is reproduced, how it is judged, what it does not mean."""
    cases = [
        _case(case, [check for check in found.checks if check.case == case.name]) for case in found.cases
    ]
    view = View(as_text(found), f"{ERRORS:.0f}", f"{100 * EXACT:g}", cases, _battery())
    return Report("validation", view, lambda name: _figure(found, name))


def _figure(found: Validation, name: str) -> "Figure":
    """matplotlib is loaded only when a figure is drawn."""
    from sim.validation.figures import figure

    return figure(found.checks, name)


def _case(case: Case, checks: list[Check]) -> CaseView:
    rows = [[*_cells(check)[1:], check.certainty] for check in checks]
    reasons = list(dict.fromkeys(check.reason for check in checks if check.reason))
    verdict = as_text(Validation((), tuple(checks)))
    return CaseView(
        case.name, case.title, case.source, verdict, signs_judged(checks), Grid(HEADER, rows), reasons
    )


def _battery() -> Battery | None:
    if not BATTERY.is_file():
        return None
    lines = [line.rstrip() for line in BATTERY.read_text(encoding="utf-8").splitlines()]
    ends = {word: [line for line in lines if line.endswith(word)] for word in ("PASSED", "WEAK", "FAILED")}
    weak = [line.split("|")[0].strip() for line in ends["WEAK"]]
    return Battery(len(ends["PASSED"]), weak, len(ends["FAILED"]), sum(map(len, ends.values())))
