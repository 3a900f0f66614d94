"""The columns of a roster: what each means and may hold, for whoever writes one and for whoever checks it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sim.world.roster import GRADES, KINDS, STATUSES
from sim.world.terms import LEADER_RANK

YOUNGEST, START_OF_WORK = 18.0, 16.0


@dataclass(frozen=True)
class Column:
    """A column of a roster.

    Attributes:
        required: whether the column must be there.
        choices: the words it may hold; none: any text or a number.
        least, most: bounds of a number, in `unit`; the text columns have none.
    """

    name: str
    meaning: str
    required: bool = True
    choices: tuple[str, ...] = ()
    unit: str = ""
    least: float = -math.inf
    most: float = math.inf

    @property
    def is_number(self) -> bool:
        return bool(self.unit)

    @property
    def allowed(self) -> str:
        """What a value must be, in words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        return f"a number ({self.unit})" if self.is_number else self.meaning


RANKS = tuple(str(rank) for rank in range(1, LEADER_RANK + 1))
COLUMNS = (
    Column("id", "any code, different in every line; no name and nothing that tells who it is"),
    Column("organisation", "one of world.new_cities, or area_level"),
    Column("department", "its name within the organisation; empty for rank 6"),
    Column("department_kind", "the same in all lines of a department; empty for rank 6", choices=KINDS),
    Column(
        "rank",
        "of the post: 1-3 staff, 4 deputy, 5 head of a department, 6 leader above departments",
        choices=RANKS,
    ),
    Column(
        "status", "empty means that the post is vacant; then nothing of a person may follow", choices=STATUSES
    ),
    Column("age_years", "18 to below world.people.retirement_age", unit="years", least=YOUNGEST),
    Column("service_years", "in the administration, at most age less 16", unit="years", least=0),
    Column("years_in_department", "at most service_years", unit="years", least=0),
    Column("years_in_rank", "at most service_years", unit="years", least=0),
    Column("grade_last", "of the last annual appraisal; may be empty", required=False, choices=tuple(GRADES)),
    Column(
        "annual_pay", "in any currency; kept, not used by the simulation; may be empty", False, (), "money", 0
    ),
    Column(
        "indicator_holder",
        "answers for the municipal indicator; at most one a department",
        False,
        ("yes", "no"),
    ),
)
KNOWN = {column.name: column for column in COLUMNS}


def described() -> Iterator[str]:
    """One line a column: its name, what it holds, whether it may be left out."""
    for column in COLUMNS:
        unit = f" [{column.unit}]" if column.unit else ""
        words = f" ({', '.join(column.choices)})" if column.choices else ""
        optional = "" if column.required else " - the column may be left out"
        yield f"{column.name}{unit}{words}: {column.meaning}{optional}"
