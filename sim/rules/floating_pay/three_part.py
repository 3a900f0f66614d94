"""Quarterly, by grade, and annual: the three parts of floating pay."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from sim.core.groups import count_by, mean_by, rank_within, ratio, sum_by
from sim.core.parameters import param
from sim.rules.base import Worth, own_worth
from sim.rules.floating_pay.base import Coefficients, FloatingPayRule, Floats
from sim.world.standing import Standing
from sim.world.terms import Grade
from sim.world.view import View


class ThreePartPay(FloatingPayRule):
    """Key work sets a quarterly part, the grade a yearly one, met targets another (seed: 构建…运用框架).

    Each organisation has a fund, shared over its departments by normal pay and inside by normal pay × coefficient.
    """

    kind: Literal["three_part"] = "three_part"
    floating_share: float = param(
        0.40,
        unit="share of normal pay",
        source="assumption",
        ge=0,
        le=0.6,
        doc="Pay that floats; Xixian's share was not found.",
    )
    quarterly_part: float = param(
        0.4, unit="share", source="assumption", ge=0, le=1, doc="By the quarter's key work."
    )
    grade_part: float = param(0.3, unit="share", source="assumption", ge=0, le=1, doc="By last year's grade.")
    annual_part: float = param(
        0.3, unit="share", source="assumption", ge=0, le=1, doc="By last year's target."
    )
    rank_weight: float = param(
        0.5,
        unit="share",
        source="assumption",
        ge=0,
        le=1,
        doc="Weight of the rank in the quarterly coefficient; the rest is absolute.",
    )
    score_slope: float = param(
        0.2,
        unit="coefficient per SD",
        source="assumption",
        ge=0,
        le=1,
        doc="Slope of the absolute part on the score.",
    )
    grade_multipliers: tuple[float, float, float, float] = param(
        (1.2, 1.0, 0.5, 0.0),
        unit="coefficient",
        source="data",
        cite="P20",
        doc="For excellent, competent, basically competent and incompetent.",
    )
    growth_link: float = param(
        0.5,
        unit="share of the fund per unit of growth rate",
        source="assumption",
        ge=0,
        le=1,
        doc="How far funds follow a new city's growth above the mean.",
    )
    pot: Literal["zero_sum", "open"] = param(
        "zero_sum",
        unit="choice",
        source="assumption",
        doc="zero_sum: coefficients share a fund; open: they set the pay.",
    )
    forfeited: Literal["budget", "colleagues"] = param(
        "budget",
        unit="choice",
        source="assumption",
        doc="Where the floating pay of people in the reservoir goes.",
    )
    cap: float = param(
        2.0,
        unit="ratio to normal pay",
        source="data",
        cite="P13",
        ge=1,
        le=10,
        doc="Pay above this returns to the budget.",
    )

    @property
    def share_in_force(self) -> float:
        return self.floating_share

    @property
    def bound_by_fund(self) -> bool:
        return self.pot == "zero_sum"

    @property
    def pays_colleagues(self) -> bool:
        return self.forfeited == "colleagues"

    def fund_factor(self, growth: Floats) -> Floats:
        deviation = growth - growth.mean(axis=1, keepdims=True)
        return np.maximum(0.0, 1 + self.growth_link * deviation)

    def parts(self, view: View, fund: Floats) -> Coefficients:
        coefficients = self.coefficients(view)
        shares = (self.quarterly_part, self.grade_part, self.annual_part)
        share = (self._open_share if self.pot == "open" else self._zero_sum_share)(view, fund)
        paid = [part * share(each) for part, each in zip(shares, coefficients, strict=True)]
        room = (self.cap - 1 + self.floating_share) * view.staff.normal_pay / view.quarters_per_year
        total = paid[0] + paid[1] + paid[2]
        kept = np.minimum(1.0, ratio(room, total, 1.0))
        return Coefficients(paid[0] * kept, paid[1] * kept, paid[2] * kept)

    def coefficients(self, view: View) -> Coefficients:
        """What each person's results are worth in each part."""
        return Coefficients(self._quarterly(view), self._by_grade(view), self._annual(view))

    def _quarterly(self, view: View) -> Floats:
        staff, ranked, group = view.staff, view.ranked, view.ranking_group
        size = view.size_of_group(ranked)
        place = (rank_within(group, staff.score, ranked, staff.stream) + 0.5) / np.maximum(size, 1)
        mean = mean_by(staff.score, group, view.groups, ranked)[group]
        absolute = np.clip(1 + self.score_slope * (staff.score - mean), 0.0, 2.0)
        coefficient = self.rank_weight * 2 * place + (1 - self.rank_weight) * absolute
        return np.where(ranked, np.maximum(0.0, coefficient), 1.0)

    def _by_grade(self, view: View) -> Floats:
        by_grade = np.array([1.0, *reversed(self.grade_multipliers)])
        return np.asarray(by_grade[view.staff.grade - Grade.UNGRADED])

    def _annual(self, view: View) -> Floats:
        staff = view.staff
        held = staff.at_work & (staff.target_met >= 0)
        met = mean_by((staff.target_met == 1).astype(float), staff.organisation, view.organisations, held)
        share = met[staff.organisation]
        paid = 0.5 + 0.5 * ratio((staff.target_met == 1).astype(float), share)
        return np.where(held & (share > 0), paid, 1.0)

    def _zero_sum_share(self, view: View, fund: Floats) -> Callable[[Floats], Floats]:
        """The fund goes to departments by normal pay, inside them by normal pay × coefficient."""
        staff, at_work, departments = view.staff, view.staff.at_work, view.departments
        department = np.where(at_work, staff.department, 0).astype(np.intp)
        normal = sum_by(staff.normal_pay, department, departments.size, at_work)
        of_organisation = np.bincount(departments.organisation, weights=normal, minlength=view.organisations)
        department_fund = fund[departments.organisation] * ratio(
            normal, of_organisation[departments.organisation]
        )
        own_fund = np.where(at_work, department_fund.take(department), 0.0)

        def share(coefficient: Floats) -> Floats:
            weight = np.where(at_work, staff.normal_pay * coefficient, 0.0)
            total = np.bincount(department, weights=weight, minlength=departments.size)
            even = total <= 0
            weight = np.where(even.take(department), staff.normal_pay, weight)
            whole = np.where(even, np.maximum(normal, 1e-300), total)
            return np.asarray(own_fund * (weight / whole.take(department)))

        return share

    def _open_share(self, view: View, fund: Floats) -> Callable[[Floats], Floats]:
        """Everybody's normal floating pay times the coefficient, scaled by the organisation's fund."""
        staff, at_work = view.staff, view.staff.at_work
        normal = sum_by(staff.normal_pay, staff.organisation, view.organisations, at_work)
        factor = ratio(fund, normal)[staff.organisation]
        return lambda coefficient: np.where(at_work, staff.normal_pay * coefficient * factor, 0.0)

    def worth(self, standing: Standing) -> Worth:
        floating = self.floating_share * standing.pay
        quarterly = floating * self.quarterly_part * self._quarterly_slope(standing)
        grade, by_rank = (
            floating * self.grade_part * standing.stakes.discount * slope
            for slope in self._grade_slopes(standing)
        )
        annual = self.prize(standing) * standing.year.density_at(standing.view.staff.target)
        return own_worth(quarterly + grade + annual, quarterly + by_rank)

    def _quarterly_slope(self, standing: Standing) -> Floats:
        """How the quarterly coefficient rises with the own score: a place gained, and distance from the mean."""
        quarter = standing.quarter
        contested = quarter.member & (quarter.size > 1)
        others = 1 - 1 / np.maximum(quarter.size, 1)
        slope = self.rank_weight * 2 * quarter.passing() + (1 - self.rank_weight) * self.score_slope
        return np.where(contested, slope * others, 0.0)

    def _grade_slopes(self, standing: Standing) -> tuple[Floats, Floats]:
        """How the grade's coefficient rises with the own score: in all, and at those boundaries that are ranks."""
        excellent, competent, basic, failed = self.grade_multipliers
        cuts = standing.cuts
        top = (excellent - competent) * cuts.excellent
        bottom = (competent - basic) * cuts.competent + (basic - failed) * cuts.basically_competent
        return top + bottom, top * cuts.top_is_rank + bottom * cuts.bottom_is_rank

    def prize(self, standing: Standing) -> Floats:
        """Half the normal annual part hangs on the target, more where few meet it; the ratchet takes its share."""
        if not standing.has_targets:
            return np.zeros(standing.pay.size)
        view, staff = standing.view, standing.view.staff
        held = staff.at_work & (staff.target_met >= 0)
        count = count_by(staff.organisation, view.organisations, held)
        met = count_by(staff.organisation, view.organisations, held & (staff.target_met == 1))
        share = np.maximum(ratio(met.astype(float), count, 1.0), 0.05)[staff.organisation]
        part = self.floating_share * standing.pay * self.annual_part * standing.stakes.discount
        return np.asarray(part * 0.5 / share * standing.ratchet)
