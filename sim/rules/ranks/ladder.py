"""A ladder of ranks climbed by merit or by seniority."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from sim.core.arrays import Floats
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.base import Worth, own_worth, worthless
from sim.rules.contests import Equals, Prize
from sim.rules.ranks.base import ClimbedRanks


class RankLadder(ClimbedRanks):
    """One rank at a time, after enough years with a competent grade; the best or the longest serving first."""

    kind: Literal["ladder"] = "ladder"
    promotion: Literal["merit", "seniority", "reverse_merit", "lottery"] = param(
        "seniority",
        unit="choice",
        source="assumption",
        cite="P39",
        doc="Order among the eligible: last annual score, time in rank, last annual score from below, or by lot.",
    )

    def order(self, view: View) -> Floats:
        staff = view.staff
        if self.promotion == "lottery":
            return view.draws.uniform("promotion_lot", view.quarter, staff.stream)
        if self.promotion == "seniority":
            return np.asarray(staff.quarters_in_rank, dtype=np.float64)
        return np.asarray(staff.annual_score if self.promotion == "merit" else -staff.annual_score)

    def worth(self, standing: Standing) -> Worth:
        """Merit: the chance of the next opening; seniority: the time an excellent grade saves; else nothing.

        Nobody is taken to work badly on purpose for a promotion that goes to the worst.
        """
        if self.promotion in ("reverse_merit", "lottery"):
            return worthless(standing.pay.size)
        if self.promotion == "seniority":
            step = standing.stakes.discount * self.excellent_credit_years * standing.pay_step
            marginal = step * standing.cuts.excellent
        else:
            marginal = self._merit_worth(standing)
        return own_worth(marginal, marginal)

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
