"""A targets file: which numbers of a scenario may move, and what they should bring about.

    name: weak_enforcement
    scenario: ../jinan_high_tech.yaml    # relative to the file
    baseline: ../civil_service.yaml      # optional
    replications: 8
    free:
      regime.adjustment.enforcement: {low: 0.01, high: 0.6}
    targets:
      - {outcome: flagged, value: 6, error: 1, source: data P10}

Values and errors are in the outcome's unit, as in every table: flows of people per 100 people employed and year.
"""

from dataclasses import dataclass
from typing import Literal

from sim.core.parameters import Settings, param
from sim.scenario.schema import Scenario

Window = tuple[int, int]


class Header(Settings):
    """How a calibration is named and run."""

    name: str = param(
        "targets",
        unit="name",
        source="design",
        pattern=r"^[^\W_][\w-]{0,79}$",
        doc="letters, digits, _ and -, beginning with a letter or digit.",
    )
    replications: int = param(
        8, unit="replications", source="design", ge=2, le=10_000, doc="Of each run; the same in every trial."
    )
    seed: int | None = param(
        None, unit="integer", source="design", ge=0, lt=2**63, doc="By default the scenario's."
    )
    window: tuple[int, int] | None = param(
        None, unit="quarters", source="design", doc="First and last quarter; by default the last eight."
    )


class Target(Settings):
    """One number that the simulation should bring about."""

    outcome: str = param("", unit="outcome", source="design", doc="Name of an outcome.")
    value: float | None = param(None, unit="that of the outcome", source="design", doc="What it should be.")
    error: float | None = param(
        None, unit="that of the outcome", source="design", gt=0, doc="Standard deviation of the value."
    )
    of: Literal["scenario", "baseline", "difference"] = param(
        "scenario",
        unit="choice",
        source="design",
        doc="Whose; difference: the scenario's less the baseline's.",
    )
    window: tuple[int, int] | None = param(
        None, unit="quarters", source="design", doc="First and last quarter; by default that of the file."
    )
    source: str = param("", unit="text", source="design", doc="What the value rests on, as in data P10.")
    note: str = param("", unit="text", source="design", doc="Why this number.")


class Free(Settings):
    """The range within which a number may move."""

    low: float | None = param(None, unit="that of the setting", source="design", doc="By default its bound.")
    high: float | None = param(None, unit="that of the setting", source="design", doc="By default its bound.")
    log: bool = param(False, unit="switch", source="design", doc="Whether to search on a logarithmic scale.")


@dataclass(frozen=True)
class Moved:
    """A number that is moved: its key, its range, its value in the scenario as it is."""

    key: str
    low: float
    high: float
    log: bool
    whole: bool
    start: float
    unit: str

    @property
    def is_shared(self) -> bool:
        """Whether the baseline is moved too: everything but the policy is."""
        return not self.key.startswith("regime.")


@dataclass(frozen=True)
class Aim:
    """A checked target; `error_source` is "" where the error is assumed."""

    outcome: str
    value: float
    error: float
    of: str
    window: Window
    source: str
    error_source: str
    note: str


@dataclass(frozen=True)
class Targets:
    """A checked targets file."""

    name: str
    scenario: Scenario
    baseline: Scenario | None
    free: tuple[Moved, ...]
    aims: tuple[Aim, ...]
