"""What a salaries rule answers: normal pay before it is scaled to the wage bill."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Floats, Integers
from sim.core.parameters import param
from sim.people.staff import Staff
from sim.rules.base import Rule
from sim.settings.terms import MOST_RANKS


class SalariesRule(Rule):
    """定薪酬. The model scales what a rule answers: mean pay is 1 at founding, and see `wage_bill`."""

    slot: ClassVar[str] = "salaries"
    kind: str
    wage_bill: Literal["equal", "free"] = param(
        "equal",
        unit="choice",
        source="design",
        doc="equal: a new scale starts with the wage bill of the old one, so that no income effect is mixed in.",
    )

    contract_premium: float = param(
        0.0,
        unit="share of normal pay",
        source="assumption",
        cite="P13",
        ge=0,
        le=1,
        doc="What whoever is on a contract is paid besides; zones of Shandong cap pay at about twice that of civil "
        "servants, a share of 1.",
    )
    premium_within_bill: bool = param(
        False,
        unit="yes or no",
        source="design",
        doc="yes: normal pay falls for all but leaders, so that the premium leaves the wage bill as it was.",
    )

    @property
    def ranks_paid(self) -> int:
        """For how many ranks it names a pay; 0 where pay does not hang on rank."""
        return 0

    def normal_pay(self, staff: Staff, rank: Integers, quarters_per_year: int) -> Floats:
        """Yearly pay at `rank`, before scaling, shape of the staff."""
        raise NotImplementedError

    def pay_by_rank(self, quarters_per_year: int) -> Floats:
        """The same of newcomers on each rank, the lowest first."""
        ranks = self.ranks_paid or MOST_RANKS
        staff = Staff(ranks)
        staff["rank"] = np.arange(1, ranks + 1)
        return self.normal_pay(staff, np.asarray(staff.rank), quarters_per_year)
