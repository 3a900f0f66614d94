"""定岗位 Fix the post: does rank belong to the post or to the person?"""

from sim.rules.posts.base import PostsRule
from sim.rules.posts.dynamic import DynamicPosts
from sim.rules.posts.fixed import FixedPosts
from sim.rules.posts.open import OpenPosts
from sim.rules.posts.ranked_postings import RankedPostings

__all__ = ["DynamicPosts", "FixedPosts", "OpenPosts", "PostsRule", "RankedPostings"]
