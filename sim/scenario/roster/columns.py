"""The columns of a roster: what each means and may hold, for whoever writes one and for whoever checks it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sim.people.roster import GRADES, KINDS, NEVER_GRADED, STATUSES
from sim.settings.terms import LEADER_RANK

YOUNGEST = 18.0


@dataclass(frozen=True)
class Column:
    """A column of a roster.

    Attributes:
        required: whether the column must be there.
        may_be_unknown: whether an empty value means that nobody knows, so that it is drawn.
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
    may_be_unknown: bool = False

    @property
    def is_number(self) -> bool:
        return bool(self.unit)

    @property
    def is_text(self) -> bool:
        return not self.choices and not self.unit

    @property
    def allowed(self) -> str:
        """What a value must be, in words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        return f"a number ({self.unit})" if self.is_number else self.meaning


def _time(name: str, meaning: str, least: float = 0) -> Column:
    return Column(name, f"{meaning}; or a day, with as_of", unit="years", least=least, may_be_unknown=True)


RANKS = tuple(str(rank) for rank in range(1, LEADER_RANK + 1))
SWITCH = ("yes", "no")
COLUMNS = (
    Column("id", "any code, different in every line; no name and nothing that tells who it is"),
    Column("organisation", "one of world.new_cities, or area_level"),
    Column("department", "its name within the organisation; empty for rank 6"),
    Column(
        "department_kind",
        "the same in all lines of a department; empty for rank 6, or where a file of kinds names it",
        choices=KINDS,
    ),
    Column(
        "rank",
        "of the post: 1-3 staff, 4 deputy, 5 head of a department, 6 leader above departments",
        choices=RANKS,
    ),
    Column(
        "status", "empty means that the post is vacant; then nothing of a person may follow", choices=STATUSES
    ),
    _time("age_years", "18 to below world.people.retirement_age", YOUNGEST),
    _time("service_years", "in the administration, at most age less 16"),
    _time("years_in_department", "at most service_years"),
    _time("years_in_rank", "at most service_years"),
    Column(
        "grade_last",
        f"of the last annual appraisal; {NEVER_GRADED}: there was no appraisal yet",
        required=False,
        choices=(*GRADES, NEVER_GRADED),
        may_be_unknown=True,
    ),
    Column(
        "annual_pay",
        "in any currency; recorded, and acts on nothing: the scale of the regime pays everybody",
        False,
        (),
        "money",
        0,
        may_be_unknown=True,
    ),
    Column(
        "indicator_holder", "answers for the municipal indicator; at most one a department", False, SWITCH
    ),
    Column("group", "one of world.people.groups; empty: drawn", required=False, may_be_unknown=True),
    Column("weight", "of a part-time post in full-time posts; empty is 1", False, (), "posts", 0, 1),
    Column("parent", "the unit above the department: sections of one name under two units stay two", False),
)
KNOWN = {column.name: column for column in COLUMNS}


def described() -> Iterator[str]:
    """One line a column: its name, what it holds, whether it may be left out."""
    for column in COLUMNS:
        unit = f" [{column.unit}]" if column.unit else ""
        words = f" ({', '.join(column.choices)})" if column.choices else ""
        unknown = "; empty where nobody knows" if column.may_be_unknown else ""
        optional = "" if column.required else " - the column may be left out"
        yield f"{column.name}{unit}{words}: {column.meaning}{unknown}{optional}"
