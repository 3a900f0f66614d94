"""Fixed-term contracts for everybody up to middle management."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Counts, Floats, Mask
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.appointment.base import AppointmentRule
from sim.rules.base import Worth, own_worth
from sim.settings.terms import Grade


class Contract(AppointmentRule):
    """Everybody but the leaders serves a term; whoever ends it with too low a grade is not renewed (seed: 全员聘用)."""

    kind: Literal["contract"] = "contract"
    by_contract: ClassVar[bool] = True
    term_years: int = param(
        3, unit="years", source="data", cite="P12", ge=1, le=10, doc="Length of a contract."
    )
    renewal_grade: int = param(
        2,
        unit="grade",
        source="assumption",
        ge=0,
        le=3,
        doc="Least last grade for renewal: 2 is competent, 0 renews everybody.",
    )
    staggered: bool = param(
        True,
        unit="yes or no",
        source="design",
        doc="First contracts of the converted run 1 to term_years years by lot, so that not all end at once.",
    )
    conversion: Literal["everybody", "choice", "competition"] = param(
        "everybody",
        unit="choice",
        source="design",
        cite="P12",
        doc="Who is taken over: everybody, whoever chooses to (seed: 自愿放弃身份), or whoever wins the post again.",
    )
    kept_share: float = param(
        0.95, unit="share", source="assumption", cite="P12", ge=0, le=1, doc="Who wins a competition."
    )
    severance_months: float = param(
        1.0, unit="months a service year", source="law", cite="P7", ge=0, le=3, doc="Severance of art. 47."
    )
    challenge_share: float = param(
        0.3,
        unit="share",
        source="assumption",
        cite="P8",
        ge=0,
        le=1,
        doc="Dismissals straight from a flag that are found unlawful: last is not yet incompetent (Guiding Case 18).",
    )
    unlawful_factor: float = param(
        2.0,
        unit="ratio",
        source="law",
        cite="P7",
        ge=1,
        le=10,
        doc="Severance is multiplied by it then, art. 87.",
    )

    @property
    def conversion_kind(self) -> str:
        return self.conversion

    @property
    def share_kept(self) -> float:
        return self.kept_share

    def contract_end(self, quarter: int, quarters_per_year: int) -> int:
        """Terms end with a year: the first year's close at least `term_years` after `quarter`."""
        years = -(-quarter // quarters_per_year) + self.term_years
        return years * quarters_per_year

    def first_end(self, quarter: int, view: View) -> Counts:
        size = view.staff.size
        if not self.staggered:
            return np.full(size, self.contract_end(quarter, view.quarters_per_year))
        luck = view.draws.uniform("first_term", view.quarter, view.staff.stream)
        years = -(-quarter // view.quarters_per_year) + 1 + np.floor(luck * self.term_years).astype(np.int64)
        return np.asarray(years * view.quarters_per_year)

    def ends(self, view: View) -> Mask:
        staff = view.staff
        return np.asarray(staff.employed & staff.contract & (staff.contract_end == view.quarter))

    def renewed(self, view: View) -> Mask:
        grade = view.staff.grade
        return np.asarray((grade == Grade.UNGRADED) | (grade >= self.renewal_grade))

    def severance(self, view: View) -> Floats:
        staff = view.staff
        years = staff.service_quarters / view.quarters_per_year
        return np.where(staff.contract, self.severance_months / 12 * years * staff.normal_pay, 0.0)

    def unlawful(self, view: View) -> Mask:
        luck = view.draws.uniform("court", view.quarter, view.staff.stream)
        return np.asarray(view.staff.contract & (luck < self.challenge_share))

    @property
    def price_of_unlawful(self) -> float:
        return self.unlawful_factor

    def worth(self, standing: Standing) -> Worth:
        """In the year the contract ends, the grade decides on the job."""
        view, cuts = standing.view, standing.cuts
        boundary = {
            0: np.zeros(view.staff.size),
            1: cuts.basically_competent,
            2: cuts.competent,
            3: cuts.excellent,
        }[self.renewal_grade]
        closing = view.quarter + view.quarters_left - 1
        at_stake = view.staff.contract & (view.staff.contract_end == closing)
        marginal = (standing.stakes.dismissal + standing.stakes.status) * np.where(at_stake, boundary, 0.0)
        is_rank = cuts.top_is_rank if self.renewal_grade == Grade.EXCELLENT else cuts.bottom_is_rank
        return own_worth(marginal, marginal * is_rank)
