"""Posts chosen in the order of results."""

from typing import Literal

import numpy as np

from sim.core.arrays import Rows
from sim.core.groups import highest_first, pair_up
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.base import Worth, own_worth
from sim.rules.posts.open import OpenRanks


class RankedPostings(OpenRanks):
    """Whoever did best chooses first where to work (P30: postings of tax officials by rank raised revenue)."""

    kind: Literal["ranked_postings"] = "ranked_postings"
    every_years: int = param(
        1, unit="years", source="literature", cite="P30", ge=1, le=10, doc="Years between two rounds."
    )
    posting_worth: float = param(
        0.05,
        unit="mean annual pay per SD",
        source="assumption",
        cite="P30",
        ge=0,
        le=2,
        doc="What a post one SD more comfortable is worth for a year.",
    )

    def reshuffle(self, view: View) -> tuple[Rows, Rows]:
        """(people, the posts they take): the best choose first among posts of the same tier and kind of work."""
        staff, posts = view.staff, view.posts
        due = (view.quarter // view.quarters_per_year) % self.every_years == 0
        choosing = view.appraised & due
        people = highest_first(choosing, staff.annual_score, ~staff.stream)
        offered = highest_first(view.posts_held(choosing), posts.comfort, posts.number)
        return view.moves(*pair_up(people, view.work_of_people, offered, view.work_of_posts))

    def worth(self, standing: Standing) -> Worth:
        """The comfort of the post at one's own place: its slope in the own score is 1/(s·√2)."""
        year = standing.year
        contested = year.member & (year.size > 1) & (year.spread > 0)
        slope = 1 / (np.where(contested, year.spread, 1.0) * np.sqrt(2.0))
        prize = self.posting_worth * standing.stakes.discount / self.every_years
        marginal = np.where(contested, prize * slope, 0.0)
        return own_worth(marginal, marginal)
