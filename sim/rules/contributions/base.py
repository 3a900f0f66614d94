"""What a contributions rule answers: next year's targets, and what meeting this year's costs next year."""

from typing import ClassVar

import numpy as np

from sim.core.arrays import Floats
from sim.people.view import View
from sim.rules.base import Rule


class ContributionsRule(Rule):
    """定贡献. Its face towards behaviour is the ratchet, which discounts the reward others pay for a met target."""

    slot: ClassVar[str] = "contributions"
    kind: str
    sets_targets: ClassVar[bool] = False

    @property
    def punishes_own_report(self) -> bool:
        """Whether a better own report raises the own next target."""
        return False

    def next_targets(self, view: View) -> Floats:
        """Targets for the coming year, shape of the staff."""
        return np.array(view.staff.target)

    def ratchet_factor(self, view: View, discount: float) -> Floats:
        """What is left of a reward for the report once its effect on later targets is reckoned with."""
        return np.ones(view.staff.size)
