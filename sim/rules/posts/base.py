"""What a posts rule answers: on which level is a post, on which a person, and which rank does a move bring?"""

from typing import ClassVar

import numpy as np

from sim.core.arrays import Floats, Integers, Mask, Rows
from sim.people.staff import Posts, Staff
from sim.people.view import View
from sim.rules.base import Rule
from sim.settings.ranks import USUAL_RANKS, Ranks


class PostsRule(Rule):
    """定岗位."""

    slot: ClassVar[str] = "posts"
    kind: str
    rank_follows_person: ClassVar[bool] = True
    highest_level: ClassVar[int] = 2
    moves_headcount: ClassVar[bool] = False
    """Whether the authorised headcount follows what a new city is and does."""

    @property
    def moves_organs(self) -> bool:
        """Whether departments merge and split as the headcount moves."""
        return False

    def headcount_change(self, indices: Floats) -> Floats:
        """Relative change of the new cities' authorised headcount, shape (replications, new cities).

        Args:
            indices: population, economy, contribution to the area and quality, shape (4, replications, new cities).
        """
        return np.zeros(indices.shape[1:])

    def reshuffle(self, view: View) -> tuple[Rows, Rows]:
        """(people, the posts they take) at the year's close."""
        nobody = np.zeros(0, dtype=np.intp)
        return nobody, nobody

    def level_of_posts(self, posts: Posts) -> Integers:
        """Level of every post; a vacancy on level L is filled from level L − 1."""
        raise NotImplementedError

    def level_of_people(self, staff: Staff) -> Integers:
        """Level every person is on (or, in the reservoir, was on)."""
        raise NotImplementedError

    def rank_taken(
        self, post_rank: Integers, manager_post: Mask, old_rank: Integers, ranks: Ranks = USUAL_RANKS
    ) -> Integers:
        """Rank after taking a post; `old_rank` is 0 for somebody from outside, `ranks` says which there are."""
        raise NotImplementedError
