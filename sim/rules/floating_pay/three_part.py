"""Quarterly, by grade, and annual: the three parts of floating pay."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal

import numpy as np
from scipy.special import ndtr

from sim.core.arrays import Floats
from sim.core.groups import mean_by, rank_within, ratio, sum_by, sum_within
from sim.core.parameters import Complaint, param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.base import Worth, once
from sim.rules.floating_pay.base import Coefficients, FloatingPayRule
from sim.settings.terms import Grade

SURE = 9.0
"""Standard deviations beyond which a normal chance is 1 to the last bit."""


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
    target_multipliers: tuple[float, float] = param(
        (1.5, 0.5), unit="coefficient", source="assumption", doc="For a met target and for a missed one."
    )
    department_slope: float = param(
        0.0,
        unit="coefficient per SD",
        source="assumption",
        ge=0,
        le=1,
        doc="Slope of the department's coefficient (部门系数) on its mean score; personal ones are multiplied by it. "
        "0: departments' results do not reach pay; no size is known.",
    )
    growth_link: float = param(
        0.5,
        unit="share of the fund per unit of growth rate",
        source="assumption",
        ge=0,
        le=5,
        doc="How far all funds follow the growth of the whole area (新区整体经济发展) above growth_reference.",
    )
    growth_reference: float = param(
        0.052,
        unit="rate a year",
        source="data",
        cite="P16",
        ge=-0.2,
        le=0.3,
        doc="Growth at which funds are normal; the default is that of the shipped place at the founding.",
    )
    own_growth_link: float = param(
        0.5,
        unit="share of the fund per unit of growth rate",
        source="assumption",
        ge=0,
        le=5,
        doc="How far a new city's fund follows its growth above the mean of the new cities; their sum stays.",
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
        unit="ratio to comparable civil servants' pay",
        source="data",
        cite="P13",
        ge=1,
        le=10,
        doc="Pay above this returns to the budget; normal pay stands for what comparable civil servants earn.",
    )

    def complaints(self) -> Iterator[Complaint]:
        yield from self.sum_to_one("quarterly_part", "grade_part", "annual_part")
        if any(multiplier < 0 for multiplier in self.grade_multipliers):
            yield "grade_multipliers", "a multiplier is below 0"

    @property
    def share_in_force(self) -> float:
        return self.floating_share

    @property
    def bound_by_fund(self) -> bool:
        return self.pot == "zero_sum"

    @property
    def pays_colleagues(self) -> bool:
        return self.forfeited == "colleagues" and self.pot == "zero_sum"

    def fund_factors(self, growth: Floats, normal: Floats) -> Floats:
        mean = growth.mean(axis=1, keepdims=True)
        of_area = np.maximum(0.0, 1 + self.growth_link * (mean - self.growth_reference))
        own = np.maximum(0.0, 1 + self.own_growth_link * (growth - mean))
        before = normal[:, :-1]
        kept = ratio(before.sum(axis=1), (before * own).sum(axis=1), 1.0)[:, None]
        return np.hstack([of_area * own * kept, of_area])

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
        absolute = np.clip(1 + self.score_slope * (staff.score - view.standard.mean), 0.0, 2.0)
        coefficient = self.rank_weight * 2 * place + (1 - self.rank_weight) * absolute
        return np.where(ranked, np.maximum(0.0, coefficient), 1.0)

    def _by_grade(self, view: View) -> Floats:
        by_grade = np.array([1.0, *reversed(self.grade_multipliers)])
        coefficient = np.asarray(by_grade[view.staff.grade - Grade.UNGRADED])
        if not view.grade_multipliers:
            return coefficient
        of_list, place = np.array(view.grade_multipliers), view.staff.grade_place
        return np.where(place >= 0, of_list[np.clip(place, 0, of_list.size - 1)], coefficient)

    def _annual(self, view: View) -> Floats:
        staff, (met, missed) = view.staff, self.target_multipliers
        held = staff.at_work & (staff.target_met >= 0)
        return np.where(held, np.where(staff.target_met == 1, met, missed), 1.0)

    def _of_departments(self, view: View) -> Floats:
        """Every department's coefficient, by the mean score of its ranked people."""
        departments = view.departments.size
        if self.department_slope == 0:
            return np.ones(departments)
        usual, score = view.standard.mean, np.asarray(view.staff.score)
        mean = mean_by(score, view.own_department, departments, view.ranked, usual)
        return np.clip(1 + self.department_slope * (mean - usual), 0.0, 2.0)

    def _zero_sum_share(self, view: View, fund: Floats) -> Callable[[Floats], Floats]:
        """The fund goes to departments by normal pay × their coefficient, inside them by normal pay × coefficient."""
        staff, at_work, departments = view.staff, view.staff.at_work, view.departments
        normal = sum_by(staff.normal_pay, view.own_department, departments.size, at_work)
        department_fund = fund[departments.organisation] * self._shares_of_departments(view, normal)
        own_fund = np.where(at_work, view.of_department(department_fund), 0.0)

        def share(coefficient: Floats) -> Floats:
            weight = staff.normal_pay * coefficient
            total = sum_by(weight, view.own_department, departments.size, at_work)
            even = total <= 0
            weight = np.where(view.of_department(even), staff.normal_pay, weight)
            return np.asarray(own_fund * ratio(weight, view.of_department(np.where(even, normal, total))))

        return share

    def _shares_of_departments(self, view: View, normal: Floats) -> Floats:
        """Every department's share of its organisation's fund; by normal pay where all coefficients are 0."""
        own, organisations = view.departments.organisation, view.organisations
        weight = normal * self._of_departments(view)
        total, plain = sum_within(weight, own, organisations), sum_within(normal, own, organisations)
        return np.where(total > 0, ratio(weight, total), ratio(normal, plain))

    def _open_share(self, view: View, fund: Floats) -> Callable[[Floats], Floats]:
        """Everybody's normal floating pay times the coefficients, scaled by the organisation's fund."""
        staff, at_work = view.staff, view.staff.at_work
        normal = sum_by(staff.normal_pay, staff.organisation, view.organisations, at_work)
        of_department = view.of_department(self._of_departments(view))
        factor = view.of_organisation(ratio(fund, normal)) * of_department
        return lambda coefficient: np.where(at_work, staff.normal_pay * coefficient * factor, 0.0)

    def worth(self, standing: Standing) -> Worth:
        view, floating, own_gain = standing.view, self._at_stake(standing), self._own_gain(standing)
        by_rank, absolute = self._quarterly_slopes(standing)
        quarterly = floating * self.quarterly_part * self._per_unit(view, self._expected(standing))
        ranked, scored = quarterly * by_rank, quarterly * absolute * own_gain
        by_grade = floating * self.grade_part * standing.stakes.discount
        by_grade = by_grade * own_gain * self._per_unit(view, self._of_grade(standing))
        grade, grade_ranked = (by_grade * slope for slope in self._grade_slopes(standing))
        annual = self.prize(standing) * standing.year.density_at(view.staff.target)
        alone = ranked + scored + grade + annual
        team = self._team_worth(standing, floating)
        return Worth(alone + team, ranked + grade_ranked if self.pot == "open" else alone, team)

    @once
    def _of_grade(self, standing: Standing) -> Floats:
        return self._by_grade(standing.view)

    @once
    def _of_target(self, standing: Standing) -> Floats:
        return self._annual(standing.view)

    @once
    def _at_stake(self, standing: Standing) -> Floats:
        """Floating pay a year as far as own results can move it: not beyond the cap."""
        return np.asarray(
            self.floating_share * standing.pay * standing.fund_factor * self._below_cap(standing)
        )

    @once
    def _expected(self, standing: Standing) -> Floats:
        """Everybody's expected quarterly coefficient."""
        quarter = standing.quarter
        place = ndtr(quarter.z / np.sqrt(2.0))
        absolute = 1 + self.score_slope * (quarter.own - standing.view.standard.mean)
        expected = self.rank_weight * 2 * place + (1 - self.rank_weight) * absolute
        return np.where(quarter.member, expected, 1.0)

    def _below_cap(self, standing: Standing) -> Floats:
        """Believed chance that the quarter's pay stays below the cap."""
        quarter = standing.quarter
        room = ratio(
            np.full(standing.pay.size, self.cap - 1 + self.floating_share),
            self.floating_share * standing.fund_factor,
            np.inf,
        )
        room = room - self.grade_part * self._of_grade(standing)
        room = room - self.annual_part * self._of_target(standing)
        if self.quarterly_part == 0:
            return (room >= 0).astype(float)
        short = room / self.quarterly_part - self._expected(standing)
        slope = self.rank_weight * 2 * quarter.passing + (1 - self.rank_weight) * self.score_slope
        spread = np.where(quarter.member, slope * quarter.own_sd, 0.0)
        if (short >= SURE * spread).all():
            return np.ones(standing.pay.size)
        return np.where(spread > 0, ndtr(ratio(short, spread)), short >= 0)

    @once
    def _own_gain(self, standing: Standing) -> Floats:
        """What of a gain is left where the department's fund is shared by all: what one gains, colleagues lose."""
        if self.pot == "open":
            return np.ones(standing.pay.size)
        return np.asarray(1 - 1 / standing.view.people_of_department)

    def _per_unit(self, view: View, coefficient: Floats) -> Floats:
        """What a unit of a coefficient is worth: the fund is shared by coefficients, so 1 over their mean."""
        if self.pot == "open":
            return np.ones(view.staff.size)
        mean = mean_by(coefficient, view.own_department, view.departments.size, view.staff.at_work)
        return view.of_department(ratio(np.ones(mean.size), mean))

    def _quarterly_slopes(self, standing: Standing) -> tuple[Floats, Floats]:
        """How the quarterly coefficient rises with the own score: by places gained, and against the standard."""
        quarter = standing.quarter
        others = 1 - 1 / np.maximum(quarter.size, 1)
        by_rank = np.where(quarter.size > 1, self.rank_weight * 2 * quarter.passing * others, 0.0)
        absolute = np.where(quarter.member, (1 - self.rank_weight) * self.score_slope, 0.0)
        return np.where(quarter.member, by_rank, 0.0), absolute

    def _grade_slopes(self, standing: Standing) -> tuple[Floats, Floats]:
        """How the grade's coefficient rises with the own score: in all, and at those boundaries that are ranks."""
        cuts, of_list = standing.cuts, standing.view.grade_multipliers
        if of_list:
            rises = [better - worse for worse, better in pairwise(of_list)]
            slopes = [(rise * step, rank) for rise, (step, rank) in zip(rises, cuts.steps, strict=True)]
            nothing = np.zeros(standing.pay.size)
            return sum((one for one, _ in slopes), nothing), sum(
                (one * rank for one, rank in slopes), nothing
            )
        excellent, competent, basic, failed = self.grade_multipliers
        top = (excellent - competent) * cuts.excellent
        bottom = (competent - basic) * cuts.competent + (basic - failed) * cuts.basically_competent
        return top + bottom, top * cuts.top_is_rank + bottom * cuts.bottom_is_rank

    def _team_worth(self, standing: Standing, floating: Floats) -> Floats:
        """What the department's coefficient brings: a colleague's work moves it as much as one's own."""
        if self.department_slope == 0:
            return np.zeros(standing.pay.size)
        view, staff = standing.view, standing.view.staff
        gained = floating * self.department_slope / view.people_of_department
        if self.pot == "zero_sum":
            normal = sum_by(staff.normal_pay, staff.department, view.departments.size, staff.at_work)
            whole = sum_by(staff.normal_pay, staff.organisation, view.organisations, staff.at_work)
            gained = gained * (1 - ratio(view.of_department(normal), view.of_organisation(whole)))
        return np.where(standing.quarter.member, gained, 0.0)

    @once
    def prize(self, standing: Standing) -> Floats:
        """What meeting the year's target brings next year; the ratchet takes its share."""
        met, missed = self.target_multipliers
        if not standing.has_targets:
            return np.zeros(standing.pay.size)
        part = self._at_stake(standing) * self.annual_part * standing.stakes.discount
        own = self._own_gain(standing) * self._per_unit(standing.view, self._of_target(standing))
        return np.asarray(part * own * (met - missed) * standing.ratchet)
