"""Pay by rank, with or without steps for seniority."""

from typing import Annotated, Literal

import numpy as np
from annotated_types import Gt, Len

from sim.core.arrays import Floats, Integers
from sim.core.parameters import param
from sim.people.staff import Staff
from sim.rules.salaries.base import SalariesRule
from sim.settings.terms import MOST_RANKS

RankPay = Annotated[tuple[Annotated[float, Gt(0)], ...], Len(3, MOST_RANKS)]


class PaidByRank(SalariesRule):
    """Pay that hangs on rank."""

    kind: str
    rank_pay: RankPay

    @property
    def ranks_paid(self) -> int:
        return len(self.rank_pay)


class NationalScale(PaidByRank):
    """Pay by personal rank plus a step for every two years of service; no organ may change it (law: P5)."""

    kind: Literal["national_scale"] = "national_scale"
    rank_pay: RankPay = param(
        (0.80, 0.95, 1.10, 1.35, 1.60, 2.00),
        unit="relative pay by rank",
        source="assumption",
        doc="Relative pay of each rank of structure.ranks, the lowest first, leaders' last.",
    )
    step: float = param(
        0.02, unit="share a step", source="assumption", cite="P5", ge=0, le=0.2, doc="Rise a step."
    )
    step_years: float = param(
        2.0, unit="years", source="law", cite="P5", ge=0.25, le=20, doc="Service that earns a pay step."
    )
    highest_step: int = param(10, unit="steps", source="assumption", ge=0, le=50, doc="Steps end here.")

    def normal_pay(self, staff: Staff, rank: Integers, quarters_per_year: int) -> Floats:
        earned = np.floor(staff.service_quarters / (self.step_years * quarters_per_year))
        steps = np.minimum(earned, self.highest_step)
        return np.asarray(np.asarray(self.rank_pay)[rank - 1] * (1 + self.step * steps))


class PostAndRank(PaidByRank):
    """Pay by the post's rank alone, with wider steps than the national scale (seed: 定薪酬)."""

    kind: Literal["post_and_rank"] = "post_and_rank"
    rank_pay: RankPay = param(
        (0.75, 0.95, 1.15, 1.45, 1.80, 2.00),
        unit="relative pay by rank",
        source="assumption",
        doc="Relative pay of each rank of structure.ranks, the lowest first, leaders' last.",
    )

    def normal_pay(self, staff: Staff, rank: Integers, quarters_per_year: int) -> Floats:
        return np.asarray(self.rank_pay)[rank - 1]
