"""Fixed posts: rank belongs to the post."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Integers, Mask
from sim.people.staff import Posts, Staff
from sim.rules.posts.base import PostsRule
from sim.settings.ranks import USUAL_RANKS, Ranks
from sim.settings.terms import MOST_RANKS


class RankedPosts(PostsRule):
    """Rank and pay belong to the post: whoever wants to rise needs a vacant higher post."""

    kind: str
    rank_follows_person: ClassVar[bool] = False
    highest_level: ClassVar[int] = MOST_RANKS

    def level_of_posts(self, posts: Posts) -> Integers:
        return np.asarray(posts.rank)

    def level_of_people(self, staff: Staff) -> Integers:
        return np.asarray(staff.rank)

    def rank_taken(
        self, post_rank: Integers, manager_post: Mask, old_rank: Integers, ranks: Ranks = USUAL_RANKS
    ) -> Integers:
        return post_rank


class FixedPosts(RankedPosts):
    """Rank and pay belong to the post: whoever wants to rise needs a vacant higher post (seed: 定岗位)."""

    kind: Literal["fixed"] = "fixed"
