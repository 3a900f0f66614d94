"""What a ranks rule answers: who may be promoted, in which order, and whether anybody is demoted."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.rules.base import Rule
from sim.world.view import View

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class RanksRule(Rule):
    """定职级."""

    slot: ClassVar[str] = "ranks"
    kind: str

    @property
    def demotes(self) -> bool:
        """Whether demotion exists; where it does not, the reservoir takes its place."""
        return False

    def eligible(self, view: View) -> Mask:
        """Who may be promoted this quarter, shape of the staff."""
        return np.zeros(view.staff.size, dtype=bool)

    def order(self, view: View) -> Floats:
        """The higher, the earlier promoted, shape of the staff."""
        return np.zeros(view.staff.size)
