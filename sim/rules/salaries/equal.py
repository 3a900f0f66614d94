"""Everybody is paid the same."""

from typing import Literal

import numpy as np

from sim.core.arrays import Floats, Integers
from sim.people.staff import Staff
from sim.rules.salaries.base import SalariesRule


class EqualSalaries(SalariesRule):
    """One salary for all (null kind)."""

    kind: Literal["equal"] = "equal"

    def normal_pay(self, staff: Staff, rank: Integers, quarters_per_year: int) -> Floats:
        return np.ones(staff.size)
