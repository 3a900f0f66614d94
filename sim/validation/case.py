"""What a validation case is: scenario files in, checks out; and when a check passes."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.core.errors import UserError
from sim.core.shipped import SCENARIOS
from sim.lab.results.tables import Tables

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario

FOLDER = SCENARIOS / "validation"
ERRORS = 4.0
"""Standard errors that a true value may be off by: a correct engine fails such a check once in 16,000."""
EXACT = 1e-4
"""Relative difference allowed where nothing is drawn."""
COLUMNS = (
    *("case", "quantity", "expected", "obtained", "error", "errors_off", "sign", "low", "high"),
    *("allowed", "verdict", "certainty"),
)
"""What a table of checks tells of each."""


class Check(NamedTuple):
    """One number that is known, and what the engine says.

    Attributes:
        case: V1, V3, ...
        quantity: what is measured, with the setting it was measured at.
        expected: the known value.
        obtained: the engine's.
        error: standard error of their difference; 0 where nothing is drawn.
        gate: difference that is allowed whatever the error.
        certainty: A exact, B recomputed by an independent simulation, C published.
        limit: whether `expected` is a limit that must not be exceeded.
        sign: of a statement of direction, what it expects: up, down, nothing (within `gate`), same (to the last bit).
        low, high: the interval that decides such a statement.
        because: why the gate is none of the two usual ones.
    """

    case: str
    quantity: str
    expected: float
    obtained: float
    error: float
    gate: float
    certainty: str
    limit: bool = False
    sign: str = ""
    low: float = math.nan
    high: float = math.nan
    because: str = ""

    @property
    def gated(self) -> bool:
        """Whether a difference fails the case; what is only published as a rough size is reported."""
        return self.certainty != "C"

    @property
    def verdict(self) -> str:
        """passed, FAILED or reported; of a statement of direction confirmed, REFUTED or undecided."""
        if self.sign:
            return verdict_of(self.sign, self.low, self.high, self.gate)
        return ("passed" if self.passed else "FAILED") if self.gated else "reported"

    @property
    def allowed(self) -> str:
        """The difference that passes: told by standard errors, a share of the known value, a limit, an interval."""
        if not self.gated:
            return ""
        if self.sign or self.limit:
            return "a limit" if self.limit else "interval"
        if ERRORS * self.error > self.gate:
            return f"{ERRORS:.0f} errors"
        if self.gate == 0:
            return "none"
        return f"{100 * self.gate / abs(self.expected):.2g} %" if self.expected else f"{self.gate:.2g}"

    @property
    def reason(self) -> str:
        """`2 %: why` where the gate decides and is none of the usual ones, else nothing."""
        return f"{self.allowed}: {self.because}" if self.because and ERRORS * self.error <= self.gate else ""

    @property
    def errors_off(self) -> float:
        """The difference in standard errors; NaN where nothing is drawn, or for a limit."""
        return (self.obtained - self.expected) / self.error if self.error > 0 else math.nan

    @property
    def passed(self) -> bool:
        """Whether the difference is within the gate, or within four standard errors."""
        if not self.gated:
            return True
        if self.sign:
            return self.verdict == "confirmed"
        if self.limit:
            return self.obtained <= self.expected
        return abs(self.obtained - self.expected) <= max(self.gate, ERRORS * self.error)


def verdict_of(sign: str, low: float, high: float, within: float) -> str:
    """confirmed where the interval leaves no other sign, REFUTED where it leaves only others, else undecided."""
    if sign == "same":
        return "confirmed" if low == high == 0 else "REFUTED"
    if sign == "nothing":
        inside, outside = -within <= low and high <= within, low > within or high < -within
    else:
        above, below = low > 0, high < 0
        inside, outside = (above, below) if sign == "up" else (below, above)
    return "confirmed" if inside else "REFUTED" if outside else "undecided"


def exact(case: str, quantity: str, expected: float, obtained: float, certainty: str = "A") -> Check:
    """A check of something that is not drawn."""
    return Check(case, quantity, expected, obtained, 0.0, EXACT * abs(expected), certainty)


def at_most(case: str, quantity: str, limit: float, obtained: float) -> Check:
    """A check of something that must not exceed a limit."""
    return Check(case, quantity, limit, obtained, 0.0, 0.0, "A", limit=True)


def of_mean(
    case: str,
    quantity: str,
    expected: float,
    by_replication: "pandas.Series[Any]",
    *,
    certainty: str = "A",
    expected_error: float = 0.0,
) -> Check:
    """A check of a mean over independent replications.

    Args:
        case: name of the case.
        quantity: what it is.
        expected: the known value.
        by_replication: one value a replication.
        certainty: how the known value is known.
        expected_error: its own standard error, where it was simulated.
    """
    values = by_replication.dropna()
    error = float(values.std(ddof=1)) / math.sqrt(len(values)) if len(values) > 1 else math.inf
    return Check(
        case, quantity, expected, float(values.mean()), math.hypot(error, expected_error), 0.0, certainty
    )


@dataclass(frozen=True)
class Setting:
    """How a case is run: overrides, number of replications and file of directions that the user asks for.

    Attributes:
        quick: whether a case that has a quick subset runs that alone.
    """

    override: Mapping[str, Any] = field(default_factory=dict)
    replications: int | None = None
    quick: bool = False
    directions: Path | None = None

    def scenario(
        self, name: str, changes: Mapping[str, Any] | None = None, folder: Path = FOLDER
    ) -> "Scenario":
        """A validation scenario (or one of another folder) with the case's changes and, on top, the user's.

        Raises:
            UserError: no such file, or a wrong override.
        """
        from sim.scenario.loader import load

        path = folder / f"{name}.yaml"
        if not path.is_file():
            raise UserError(f"{path} is missing: validation needs the scenario files of the repository")
        number = {} if self.replications is None else {"replications": self.replications}
        return load(path, set={**(changes or {}), **self.override, **number})

    def run(self, scenario: "Scenario") -> Tables:
        """The tables of the scenario."""
        from sim.lab.questions.run import run

        return run(scenario)

    def area(self, scenario: "Scenario", quarter: int = 1) -> "pandas.DataFrame":
        """The area's outcomes in a quarter, one row a replication."""
        area = self.run(scenario).area
        return area[area["quarter"] == quarter].set_index("replication")

    def panel(self, scenario: "Scenario") -> "pandas.DataFrame":
        """Everybody in every quarter, of a scenario that records the staff."""
        return panel_of(self.run(scenario))


def panel_of(run: Tables) -> "pandas.DataFrame":
    """Everybody in every quarter, of a run that recorded the staff."""
    assert run.staff_panel is not None  # the scenario records the staff
    return run.staff_panel


@dataclass(frozen=True)
class Case:
    """A known result.

    Attributes:
        name: V1, V3, ...
        title: what is reproduced.
        source: where it is from.
        checks: runs it, and yields its checks.
        quick: whether it is in the quick subset.
    """

    name: str
    title: str
    source: str
    checks: Callable[[Setting], Iterable[Check]]
    quick: bool = True


@dataclass(frozen=True)
class Validation:
    """The checks of some cases."""

    cases: tuple[Case, ...]
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether all checks passed."""
        return all(check.passed for check in self.checks)

    @property
    def table(self) -> "pandas.DataFrame":
        """One row a check; `sign`, `low` and `high` are those of a statement of direction, `allowed` of all others."""
        import pandas

        sources = {case.name: case.source for case in self.cases}
        rows = [{name: getattr(check, name) for name in COLUMNS} for check in self.checks]
        table = pandas.DataFrame(rows, columns=COLUMNS)
        return table.assign(source=table["case"].map(sources))
