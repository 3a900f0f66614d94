"""The language of evaluation files: a pilot, what its evaluator sees, and by which estimators it is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from sim.core.parameters import Settings, param
from sim.lab.designs.study_file import MOST_REPLICATIONS

Quarters = tuple[int, ...]


class Header(Settings):
    """How an evaluation is named, what is tried out, and how often."""

    name: str = param(
        "evaluation",
        unit="name",
        source="design",
        pattern=r"^[^\W_][\w-]{0,79}$",
        doc="one word of letters, digits, _ and -, of at most 80 characters.",
    )
    question: str = param("", unit="text", source="design", doc="What the report answers first.")
    scenario: str = param("", unit="file", source="design", doc="Its timeline is the reform.")
    seed: int = param(1, unit="integer", source="design", ge=0, lt=2**63, doc="Seeds everything.")
    replications: int = param(
        200, unit="pilots", source="design", ge=2, le=MOST_REPLICATIONS, doc="Pilots of each kind."
    )
    estimators: tuple[str, ...] = param((), unit="estimators", source="design", doc="By default all.")


class Assignment(Settings):
    """Which places are reformed, and when."""

    choose: Literal["drawn", "given", "all"] = param(
        "drawn",
        unit="choice",
        source="design",
        doc="drawn: so many new cities by lot; given: those of `places`; all: every one, one start after another.",
    )
    places: tuple[str, ...] = param((), unit="new cities", source="design", doc="Those that are given.")
    treated: tuple[Annotated[float, Field(gt=0)], ...] = param(
        (2.0,),
        unit="new cities",
        source="design",
        min_length=1,
        doc="How many are drawn, or, below 1, which share of them; several are compared.",
    )
    draws: int = param(
        10,
        unit="draws",
        source="design",
        ge=1,
        le=MOST_REPLICATIONS,
        doc="Draws of places, among which the pilots are divided.",
    )
    after: Quarters = param(
        (),
        unit="quarters",
        source="design",
        doc="The reform comes when these close, place by place in turn; by default when the scenario's does.",
    )


def number_of(treated: float, count: int) -> int:
    """How many of `count` new cities are treated; a share of them, below 1, is rounded to whole ones, at least one."""
    return int(treated) if treated >= 1 else max(1, round(treated * count))


class Seen(Settings):
    """What the evaluator sees."""

    reported: tuple[str, ...] = param(
        ("reported_score",), unit="outcomes", source="design", doc="What is reported to the evaluator."
    )
    true: tuple[str, ...] = param(
        ("output_per_post",), unit="outcomes", source="design", doc="What only the simulation knows."
    )
    judge: str = param(
        "output_per_post",
        unit="outcome",
        source="design",
        doc="What the reform is for: a success that is claimed while this falls is a wrong conclusion.",
    )
    first: int = param(1, unit="quarters", source="design", ge=1, doc="The first quarter that is seen.")
    lengths: Quarters = param(
        (),
        unit="quarters",
        source="design",
        doc="Quarters seen after the first start; by default to the end.",
    )
    every: Literal["quarter", "year"] = param(
        "quarter", unit="choice", source="design", doc="Whether single quarters are seen, or means of years."
    )

    @property
    def outcomes(self) -> list[str]:
        """All that are looked at, the judge among them."""
        return list(dict.fromkeys([*self.reported, *self.true, self.judge]))


@dataclass(frozen=True)
class Pilots:
    """What pilots are made and how they are looked at, with nothing left to defaults.

    Attributes:
        assignment, data: as read, with starts and lengths.
        estimators: names.
        draw: pilots that share a draw of places.
        seed: of the draws of places.
    """

    assignment: Assignment
    data: Seen
    estimators: tuple[str, ...]
    draw: int
    seed: int

    def written(self) -> dict[str, Any]:
        """As JSON would hold it."""
        parts = {"assignment": self.assignment, "data": self.data}
        dumped = {name: one.model_dump(mode="json") for name, one in parts.items()}
        return {**dumped, "estimators": list(self.estimators), "draw": self.draw, "seed": self.seed}

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """What `written` wrote."""
        return cls(
            Assignment.model_validate(given["assignment"]),
            Seen.model_validate(given["data"]),
            tuple(given["estimators"]),
            given["draw"],
            given["seed"],
        )
