"""The field's words as numbers."""

from enum import IntEnum
from typing import Literal

AREA_LEVEL = "area_level"
"""The organisation above the new cities; always the last organisation."""

NOBODY = -1
"""A department, post or grade that is not there."""

OCCUPANTS = 10_000
"""Person id = post first occupied × OCCUPANTS + how many-th occupant of it (0 founds)."""

FIRST_MANAGER_RANK = 4
HIGHEST_STAFF_RANK = 3
HIGHEST_MANAGER_RANK = 5
LEADER_RANK = 6
"""The usual ranks, and those of a roster; `structure.ranks` may name others."""
MOST_RANKS = 12
RANK_CELLS = MOST_RANKS + 2
"""Room for every rank, 0 for none and one above the highest."""


class Grade(IntEnum):
    """等次 of the annual appraisal."""

    UNGRADED = -1
    INCOMPETENT = 0
    BASICALLY_COMPETENT = 1
    COMPETENT = 2
    EXCELLENT = 3


class Kind(IntEnum):
    """What a department's tasks are."""

    ECONOMIC = 0
    SOCIAL = 1
    ADMINISTRATIVE = 2
    OPERATOR = 3


Sanction = Literal["exit", "reservoir", "demotion", "reposting"]
"""What can be done at once with somebody who is flagged, from the severest to the mildest."""

Follows = Literal["exit", "reservoir", "demotion", "reposting", "probation"]
"""What follows a flag: a sanction, or a probation whose end decides."""

SEVERITY: tuple[Follows, ...] = ("exit", "reservoir", "demotion", "reposting", "probation")
