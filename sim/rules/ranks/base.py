"""What a ranks rule answers: who may be promoted, in which order, and whether anybody is demoted."""

from typing import ClassVar

import numpy as np

from sim.core.arrays import Floats, Mask
from sim.core.parameters import param
from sim.people.view import View
from sim.rules.base import Rule
from sim.settings.terms import Grade


class RanksRule(Rule):
    """定职级."""

    slot: ClassVar[str] = "ranks"
    kind: str

    @property
    def demotes(self) -> bool:
        """Whether demotion exists; where it does not, the reservoir takes its place."""
        return False

    @property
    def kept_for_outsiders(self) -> float:
        """Share of the open posts above the lowest level for which nobody is promoted."""
        return 0.0

    def eligible(self, view: View) -> Mask:
        """Who may be promoted this quarter, shape of the staff."""
        return np.zeros(view.staff.size, dtype=bool)

    def order(self, view: View) -> Floats:
        """The higher, the earlier promoted, shape of the staff."""
        return np.zeros(view.staff.size)


class ClimbedRanks(RanksRule):
    """Ranks that are climbed one at a time, after enough years with a competent grade."""

    kind: str
    years_in_rank: float = param(
        2.0, unit="years", source="data", cite="P17", ge=0, le=20, doc="Least time in a rank before the next."
    )
    excellent_credit_years: float = param(
        0.5,
        unit="years",
        source="law",
        cite="P6",
        ge=0,
        le=2,
        doc="Time in rank credited for an excellent grade.",
    )
    demotion: bool = param(True, unit="yes or no", source="law", cite="P5", doc="Whether a rank can be lost.")

    outside_share: float = param(
        0.0,
        unit="share",
        source="assumption",
        ge=0,
        le=1,
        doc="Open posts above the lowest level that are filled from outside although somebody could be promoted.",
    )

    @property
    def demotes(self) -> bool:
        return self.demotion

    @property
    def kept_for_outsiders(self) -> float:
        return self.outside_share

    def eligible(self, view: View) -> Mask:
        staff = view.staff
        credit = self.excellent_credit_years * staff.excellent_in_rank
        years = staff.quarters_in_rank / view.quarters_per_year + credit
        below_top = staff.rank < view.highest_rank
        return np.asarray(
            staff.at_work & below_top & (years >= self.years_in_rank) & (staff.grade >= Grade.COMPETENT)
        )
