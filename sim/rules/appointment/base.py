"""What an appointment rule answers: who is on a contract, whose contract ends, and who is not kept."""

from typing import ClassVar

import numpy as np

from sim.core.arrays import Counts, Floats, Mask
from sim.people.view import View
from sim.rules.base import Rule


class AppointmentRule(Rule):
    """全员聘用制."""

    slot: ClassVar[str] = "appointment"
    kind: str
    by_contract: ClassVar[bool] = False

    @property
    def conversion_kind(self) -> str:
        """everybody, choice or competition: who is taken over when it comes into force."""
        return "everybody"

    @property
    def share_kept(self) -> float:
        """Share of people who win the competition for their posts."""
        return 1.0

    def contract_end(self, quarter: int, quarters_per_year: int) -> int:
        """The quarter whose close ends a contract signed at the close of `quarter`; 0 for none."""
        return 0

    def first_end(self, quarter: int, view: View) -> Counts:
        """The quarter whose close ends the contracts of the converted, signed at the close of `quarter`."""
        return np.zeros(view.staff.size, dtype=np.int64)

    def ends(self, view: View) -> Mask:
        """Whose contract ends this quarter."""
        return np.zeros(view.staff.size, dtype=bool)

    def renewed(self, view: View) -> Mask:
        """Among those, who is kept; meaningless for others."""
        return np.ones(view.staff.size, dtype=bool)

    def severance(self, view: View) -> Floats:
        """What each person would be owed on losing the job, in mean annual pay."""
        return np.zeros(view.staff.size)

    def unlawful(self, view: View) -> Mask:
        """Whose dismissal straight from a flag would be found unlawful."""
        return np.zeros(view.staff.size, dtype=bool)

    @property
    def price_of_unlawful(self) -> float:
        """By how much severance is multiplied then."""
        return 1.0
