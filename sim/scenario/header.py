"""How a scenario is named and run: the settings that are no part of the world or of the policy."""

from collections.abc import Iterator
from typing import Literal

from sim.core.parameters import Complaint, Settings, param


class Horizon(Settings):
    """How long, and from when."""

    quarters: int = param(
        40, unit="quarters", source="design", ge=1, le=400, doc="Quarters after the founding (quarter 0)."
    )
    start: str = param(
        "2020Q1",
        unit="year and quarter",
        source="design",
        pattern=r"^\d{4}Q\d{1,2}$",
        doc="as in 2020Q1, what quarter 1 is called; after eight quarters it is 2022Q1.",
    )


class Calendar(Settings):
    """How the year is cut."""

    quarters_per_year: int = param(
        4, unit="quarters", source="design", ge=1, le=12, doc="Quarters after which a year closes."
    )


class Header(Settings):
    """How a scenario is named and run."""

    name: str = param(
        "scenario",
        unit="name",
        source="design",
        pattern=r"^[^\W_][\w-]{0,79}$",
        doc="letters, digits, _ and -, beginning with a letter or digit.",
    )
    question: str = param("", unit="text", source="design", doc="What the report answers first.")
    horizon: Horizon = Horizon()
    calendar: Calendar = Calendar()
    seed: int = param(1, unit="integer", source="design", ge=0, lt=2**63, doc="Seeds everything.")
    replications: int = param(
        100, unit="replications", source="design", ge=1, le=100_000, doc="New areas side by side."
    )
    hold: tuple[Literal["effort", "gaming", "workforce"], ...] = param(
        (),
        unit="choice",
        source="design",
        doc="What stays as it was at the first change, or after hold_after.",
    )
    hold_after: int = param(
        0,
        unit="quarter",
        source="design",
        ge=0,
        le=400,
        doc="Quarter after whose close `hold` begins; 0: the first change of the timeline.",
    )
    record: tuple[Literal["departments", "events", "staff"], ...] = param(
        ("departments", "events"), unit="choice", source="design", doc="Tables kept besides the usual three."
    )
    staff_every: int = param(
        1,
        unit="quarters",
        source="design",
        ge=1,
        le=400,
        doc="With record: [staff], quarters from one record of everybody to the next, the founding the first.",
    )

    def complaints(self) -> Iterator[Complaint]:
        last = self.calendar.quarters_per_year
        if not 1 <= int(self.horizon.start.partition("Q")[2]) <= last:
            yield "horizon.start", f"{self.horizon.start} names a quarter that is not between Q1 and Q{last}"
