"""Open posts: rank belongs to the person."""

from typing import Literal

import numpy as np

from sim.core.arrays import Integers, Mask
from sim.people.staff import Posts, Staff
from sim.rules.posts.base import PostsRule
from sim.settings.ranks import USUAL_RANKS, Ranks


class OpenRanks(PostsRule):
    """Rank belongs to the person: only managers' posts need a vacancy."""

    kind: str

    def level_of_posts(self, posts: Posts) -> Integers:
        return np.where(posts.manager, 2, 1)

    def level_of_people(self, staff: Staff) -> Integers:
        return np.where(staff.manager, 2, 1)

    def rank_taken(
        self, post_rank: Integers, manager_post: Mask, old_rank: Integers, ranks: Ranks = USUAL_RANKS
    ) -> Integers:
        as_manager = np.maximum(old_rank, ranks.first_manager)
        as_staff = np.clip(old_rank, 1, ranks.staff)
        return np.where(manager_post, as_manager, as_staff)


class OpenPosts(OpenRanks):
    """Rank belongs to the person (职务与职级并行): only managers' posts need a vacancy (null kind)."""

    kind: Literal["open"] = "open"
