"""How many ranks (职级) there are, and who stands on them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.core.parameters import Complaint, Settings, param
from sim.settings.terms import HIGHEST_MANAGER_RANK, HIGHEST_STAFF_RANK, MOST_RANKS

if TYPE_CHECKING:
    from sim.settings.place import Structure


class Ranks(Settings):
    """Ranks from the lowest up: those of staff, those of middle managers, and one for leaders above them all."""

    staff: int = param(
        HIGHEST_STAFF_RANK,
        unit="ranks",
        source="assumption",
        ge=1,
        le=MOST_RANKS - 2,
        doc="Ranks of staff posts, from 1 up. rank_shares has a share for each of them.",
    )
    managers: int = param(
        HIGHEST_MANAGER_RANK - HIGHEST_STAFF_RANK,
        unit="ranks",
        source="assumption",
        ge=1,
        le=MOST_RANKS - 2,
        doc="Ranks of middle managers' posts, above those of staff. The head of a department has the highest of them; "
        "leaders have the next one. manager_rank_shares has a share for each but the highest.",
    )

    @property
    def number(self) -> int:
        """How many ranks there are; the highest is the leaders'."""
        return self.staff + self.managers + 1

    @property
    def first_manager(self) -> int:
        """The lowest rank of a middle manager."""
        return self.staff + 1

    @property
    def highest_manager(self) -> int:
        """The rank of the head of a department."""
        return self.staff + self.managers

    @property
    def leader(self) -> int:
        """The rank of leaders above middle level; of posts in departments it may be the highest, too."""
        return self.number

    @property
    def without_post(self) -> tuple[int, ...]:
        """Ranks that can be reached without a post, the highest first: all but the first of staff and of managers."""
        return tuple(rank for rank in range(self.highest_manager, 1, -1) if rank != self.first_manager)

    def complaints(self) -> Iterator[Complaint]:
        if self.number > MOST_RANKS:
            each = f"{self.staff} of staff, {self.managers} of managers and the leaders' make {self.number} ranks"
            yield "managers", f"{each}; at most {MOST_RANKS} are possible"


def shares_of_ranks(structure: "Structure") -> Iterator[Complaint]:
    """Complaints unless every rank has its share, and no more ranks have posts than there are."""
    ranks = structure.ranks
    for name, number, whose in (
        ("rank_shares", ranks.staff, "of staff"),
        ("manager_rank_shares", ranks.managers - 1, "of managers below the highest"),
    ):
        values = getattr(structure, name)
        if len(values) != number:
            yield (
                name,
                f"{len(values)} values for {number} ranks {whose} (structure.ranks); one is needed for each",
            )
        elif number:
            yield from structure.divide_one(name)
    if len(structure.posts_by_rank) > ranks.number:
        yield "posts_by_rank", f"{len(structure.posts_by_rank)} ranks; structure.ranks makes {ranks.number}"


USUAL_RANKS = Ranks()
"""Staff 1–3, managers 4 (deputy) and 5 (head), leaders 6."""
