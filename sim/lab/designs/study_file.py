"""The language of study files: what may stand in one."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from sim.core.parameters import Settings, param
from sim.scenario.node import Node
from sim.scenario.schema import Scenario

MOST_REPLICATIONS = 100_000
MOST_SCENARIOS = 100
"""Of one study: each is read and checked before anything runs."""
Size = Annotated[float, Field(gt=0)]
"""How large or how wide, in the unit of an outcome."""


class Header(Settings):
    """How a study is named, and what it compares."""

    name: str = param(
        "study",
        unit="name",
        source="design",
        pattern=r"^[^\W_][\w-]{0,79}$",
        doc="one word of letters, digits, _ and -, of at most 80 characters.",
    )
    question: str = param("", unit="text", source="design", doc="What the report answers first.")
    scenarios: tuple[str, ...] = param(
        (), unit="files", source="design", min_length=1, max_length=MOST_SCENARIOS, doc="Scenario files."
    )
    baseline: str = param("", unit="name", source="design", doc="Of the scenarios; by default the first.")
    seed: int = param(1, unit="integer", source="design", ge=0, lt=2**63, doc="Seeds everything.")
    window: tuple[int, int] | None = param(
        None, unit="quarters", source="design", doc="First and last quarter; by default the last eight."
    )
    outcomes: tuple[str, ...] = param((), unit="outcomes", source="design", doc="By default all.")
    smallest_effects: dict[str, Size] = param(
        {}, unit="as the outcome", source="design", doc="Smallest effect of interest, by outcome."
    )
    headlines: tuple[str, ...] = param(
        (),
        unit="headlines",
        source="design",
        doc="Conclusions to be questioned, as four_systems:output_per_post>0; sim robust asks how far they stand.",
    )


class Sequential(Settings):
    """Replications are added until the paired intervals are narrow enough."""

    half_widths: dict[str, Size] = param(
        {}, unit="as the outcome", source="design", doc="Half width of the 95 % interval, by outcome."
    )
    least: int = param(
        10, unit="replications", source="design", ge=2, le=10_000, doc="Before the first look."
    )
    step: int = param(10, unit="replications", source="design", ge=1, le=10_000, doc="Between two looks.")
    most: int = param(
        200, unit="replications", source="design", ge=2, le=MOST_REPLICATIONS, doc="Then it ends."
    )


class Fixed(Settings):
    """The same number of replications at every point."""

    replications: int = param(20, unit="replications", source="design", ge=1, le=MOST_REPLICATIONS, doc=".")


class Range(Settings):
    """Over what a factor is varied; by default the parameter's own bounds."""

    low: float | None = param(None, unit="as the parameter", source="design", doc="Least value.")
    high: float | None = param(None, unit="as the parameter", source="design", doc="Greatest value.")
    times: float | None = param(
        None,
        unit="ratio",
        source="design",
        gt=1,
        le=1000,
        doc="From the scenario's value over this to the value times this, on a log scale, within the bounds.",
    )
    scale: Literal["linear", "log"] = param("linear", unit="choice", source="design", doc="Of the range.")
    values: tuple[Any, ...] = param((), unit="as the parameter", source="design", doc="Instead of a range.")
    only: tuple[str, ...] = param((), unit="scenarios", source="design", doc="Which scenarios it concerns.")


class Grid(Settings):
    """Every combination of values."""

    kind: Literal["grid"] = "grid"
    steps: int = param(
        5, unit="values", source="design", ge=2, le=1000, doc="Values that a range is cut into."
    )


class Listed(Settings):
    """Points written out."""

    kind: Literal["list"] = "list"
    points: tuple[dict[str, Any], ...] = param(
        (), unit="points", source="design", min_length=1, doc="Each with a value for every factor."
    )


class LatinHypercube(Settings):
    """Points that fill the space: each factor's range is cut into as many parts as there are points."""

    kind: Literal["latin_hypercube"] = "latin_hypercube"
    points: int = param(64, unit="points", source="design", ge=2, le=1_000_000, doc="How many.")
    seed: int = param(1, unit="integer", source="design", ge=0, lt=2**32, doc="Seeds the points.")


class Sobol(Settings):
    """Saltelli's extension of Sobol's sequence, for first-order and total indices."""

    kind: Literal["sobol"] = "sobol"
    base: int = param(
        64,
        unit="points",
        source="design",
        ge=2,
        le=2**20,
        doc="Base sample, a power of 2; times factors + 2.",
    )
    second_order: bool = param(
        False, unit="switch", source="design", doc="Interactions too: factors × 2 + 2."
    )
    seed: int = param(1, unit="integer", source="design", ge=0, lt=2**32, doc="Seeds the points.")


class Morris(Settings):
    """Trajectories that move one factor at a time, for screening."""

    kind: Literal["morris"] = "morris"
    trajectories: int = param(
        10, unit="trajectories", source="design", ge=2, le=100_000, doc="Each of factors + 1 points."
    )
    levels: int = param(4, unit="levels", source="design", ge=2, le=100, doc="Of each factor; even.")
    seed: int = param(1, unit="integer", source="design", ge=0, lt=2**32, doc="Seeds the points.")


class Factorial(Settings):
    """All combinations of the two ends of every factor."""

    kind: Literal["factorial"] = "factorial"


class Coalitions(Settings):
    """Every combination of the regime's eight parts, each from the regime or from the baseline."""

    kind: Literal["coalitions"] = "coalitions"


Design = Grid | Listed | LatinHypercube | Sobol | Morris | Factorial | Coalitions
DESIGNS: dict[str, type[Design]] = {
    str(kind.model_fields["kind"].default): kind
    for kind in (Grid, Listed, LatinHypercube, Sobol, Morris, Factorial, Coalitions)
}


@dataclass(frozen=True)
class Variation:
    """A factor as the file asks for it."""

    key: str
    role: str
    range: Range
    node: Node


@dataclass(frozen=True)
class StudyFile:
    """A study as written; `scenarios` are loaded, with the study's seed and common settings."""

    header: Header
    scenarios: tuple[Scenario, ...]
    baseline: str | None
    variations: tuple[Variation, ...]
    design: Design
    replications: Fixed | Sequential
    node: Node
