"""A ladder of ranks climbed by merit or by seniority."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from sim.core.arrays import Floats
from sim.core.groups import count_within, rank_within
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.base import Worth, own_worth, worthless
from sim.rules.contests import Equals, Prize
from sim.rules.ranks.base import ClimbedRanks
from sim.settings.terms import RANK_CELLS

EDGE = 1e-6
"""By how much whoever's turn it is goes before the other of two who stand equally far from the middle."""


class RankLadder(ClimbedRanks):
    """One rank at a time, after enough years with a competent grade; the best or the longest serving first."""

    kind: Literal["ladder"] = "ladder"
    promotion: Literal["merit", "seniority", "reverse_merit", "lottery", "mixed", "alternate"] = param(
        "seniority",
        unit="choice",
        source="assumption",
        cite="P39",
        doc="Order among the eligible: last annual score, time in rank, last annual score from below, by lot, a mix "
        "of the places by score and by time, or the best and the worst score in turn.",
    )
    merit_weight: float = param(
        0.5,
        unit="share",
        source="assumption",
        ge=0,
        le=1,
        doc="Weight of the place by score in the mixed order; the rest is the place by time in rank.",
    )

    def order(self, view: View) -> Floats:
        staff = view.staff
        if self.promotion in ("mixed", "alternate"):
            by_score = self._place(view, np.asarray(staff.annual_score))
            if self.promotion == "alternate":
                return np.abs(by_score - 0.5) + np.where(
                    (by_score > 0.5) == self._begins_with_best(view), EDGE, 0.0
                )
            by_time = self._place(view, np.asarray(staff.quarters_in_rank, dtype=np.float64))
            return self.merit_weight * by_score + (1 - self.merit_weight) * by_time
        if self.promotion == "lottery":
            return view.draws.uniform("promotion_lot", view.quarter, staff.stream)
        if self.promotion == "seniority":
            return np.asarray(staff.quarters_in_rank, dtype=np.float64)
        return np.asarray(staff.annual_score if self.promotion == "merit" else -staff.annual_score)

    def _place(self, view: View, value: Floats) -> Floats:
        """Everybody's place among the eligible of the own rank in the department, from 0 to 1; 1/2 for the others."""
        eligible, staff = self.eligible(view), view.staff
        group = np.asarray(staff.department * RANK_CELLS + staff.rank, dtype=np.int64)
        rank = rank_within(group, value, eligible, staff.stream)
        size = count_within(np.maximum(group, 0), int(group.max(initial=0)) + 1, eligible)
        return np.where(eligible, (rank + 0.5) / np.maximum(size, 1), 0.5)

    def _begins_with_best(self, view: View) -> bool:
        """Whose turn is first: the best and the worst take turns from quarter to quarter, and from close to close."""
        year = view.quarters_per_year
        return bool(((view.quarter - 1) // year + view.quarter) % 2 == 0)

    def worth(self, standing: Standing) -> Worth:
        """Merit: the chance of the next opening; seniority: the time an excellent grade saves; mixed: both, by weight.

        In turn: half of merit, since every other opening is for the best; else nothing.
        Nobody is taken to work badly on purpose for a promotion that goes to the worst.
        """
        if self.promotion in ("reverse_merit", "lottery"):
            return worthless(standing.pay.size)
        if self.promotion == "seniority":
            marginal = self._credit_worth(standing)
        elif self.promotion == "mixed":
            by_score, by_time = self._merit_worth(standing), self._credit_worth(standing)
            marginal = self.merit_weight * by_score + (1 - self.merit_weight) * by_time
        else:
            marginal = self._merit_worth(standing) * (0.5 if self.promotion == "alternate" else 1.0)
        return own_worth(marginal, marginal)

    def _credit_worth(self, standing: Standing) -> Floats:
        """The time an excellent grade saves, in pay."""
        step = standing.stakes.discount * self.excellent_credit_years * standing.pay_step
        return np.asarray(step * standing.cuts.excellent)

    def contests(self, among: Equals) -> Iterator[Prize]:
        """By merit the winner of a department's first rank takes the next opening."""
        stakes, shares = among.stakes, among.structure.rank_shares
        if self.promotion != "merit" or len(shares) < 2:
            return
        pay = among.regime.salaries.pay_by_rank(among.quarters_per_year)
        size, above = (round(share * among.department) for share in shares[:2])
        openings = min(1.0, stakes.expected_turnover * above)
        step = float(pay[1] - pay[0]) / float(np.dot(shares, pay[: len(shares)]))
        prize = stakes.discount * stakes.career_years * step * openings
        yield Prize("promotion by merit", size, size - 1, prize)

    def _merit_worth(self, standing: Standing) -> Floats:
        """An expected opening a year, contested by everybody on the same rank in the field of promotion."""
        stakes, year, rivals = standing.stakes, standing.year, standing.rivals_for_promotion()
        prize = stakes.discount * stakes.career_years * standing.pay_step * standing.expected_openings()
        density, _ = year.crossing(rivals - 1, size=rivals)
        below_top = standing.view.staff.rank < standing.view.highest_rank
        return np.where(year.member & below_top, prize * density, 0.0)
