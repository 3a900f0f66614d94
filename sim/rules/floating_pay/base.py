"""What a floating pay rule answers: how large the funds are and how they are shared."""

from typing import ClassVar, NamedTuple

import numpy as np

from sim.core.arrays import Floats
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.base import Rule


class Coefficients(NamedTuple):
    """Everybody's coefficient in each of the three parts; 1 is normal pay."""

    quarterly: Floats
    grade: Floats
    annual: Floats


class FloatingPayRule(Rule):
    """浮动薪酬制."""

    slot: ClassVar[str] = "floating_pay"
    kind: str

    @property
    def share_in_force(self) -> float:
        """Share of normal pay that floats."""
        return 0.0

    @property
    def bound_by_fund(self) -> bool:
        """Whether the parts together may not exceed the organisations' funds."""
        return True

    @property
    def pays_colleagues(self) -> bool:
        """Whether the floating pay that people in the reservoir forfeit goes to their colleagues."""
        return False

    def fund_factors(self, growth: Floats, normal: Floats) -> Floats:
        """What multiplies every organisation's fund, shape (replications, organisations), the area level last.

        Args:
            growth: last quarter's growth of the new cities, shape (replications, new cities).
            normal: the funds before, shape (replications, organisations).
        """
        return np.ones_like(normal)

    def prize(self, standing: Standing) -> Floats:
        """What meeting this year's target is worth to everybody, in mean annual pay."""
        return np.zeros(standing.pay.size)

    def parts(self, view: View, fund: Floats) -> Coefficients:
        """Pay of the quarter by part, shape of the staff.

        Args:
            view: the quarter.
            fund: the fund of each organisation for this quarter, shape (organisations,).
        """
        nothing = np.zeros(view.staff.size)
        return Coefficients(nothing, nothing, nothing)
