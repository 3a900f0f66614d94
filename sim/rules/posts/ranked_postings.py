"""Posts chosen in the order of results."""

from typing import Literal

import numpy as np

from sim.core.arrays import Rows
from sim.core.groups import pair_up
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
        rows = np.flatnonzero(view.appraised & staff.at_work)
        if (view.quarter // view.quarters_per_year) % self.every_years:
            rows = rows[:0]
        people = rows[np.lexsort((~staff.stream[rows], -staff.annual_score[rows]))]
        held = staff.post[rows]
        offered = held[np.lexsort((posts.number[held], -posts.comfort[held]))]
        kind = view.departments.kind
        left, right = pair_up(
            8 * staff.organisation[people] + 4 * staff.manager[people] + kind[staff.department[people]],
            8 * posts.organisation[offered] + 4 * posts.manager[offered] + kind[posts.department[offered]],
        )
        moves = offered[right] != staff.post[people[left]]
        return people[left][moves], offered[right][moves]

    def worth(self, standing: Standing) -> Worth:
        """The comfort of the post at one's own place: its slope in the own score is 1/(s·√2)."""
        year = standing.year
        contested = year.member & (year.size > 1) & (year.spread > 0)
        slope = 1 / (np.where(contested, year.spread, 1.0) * np.sqrt(2.0))
        prize = self.posting_worth * standing.stakes.discount / self.every_years
        marginal = np.where(contested, prize * slope, 0.0)
        return own_worth(marginal, marginal)
