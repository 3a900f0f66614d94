"""What the adjustment slot answers: which triggers are in force, and what fear of them makes worthwhile."""

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Counts, Floats, Integers
from sim.response.standing import Standing
from sim.rules.adjustment.probation import Probation
from sim.rules.adjustment.reservoir import Reservoir
from sim.rules.adjustment.trigger import Trigger
from sim.rules.base import Rule, Worth, worthless
from sim.settings.behaviour import Stakes
from sim.settings.terms import Follows


class AdjustmentRule(Rule):
    """末位调整制."""

    slot: ClassVar[str] = "adjustment"
    kind: str

    @property
    def listed(self) -> Mapping[str, Trigger]:
        """The triggers in force, by name, the severest first."""
        return {}

    @property
    def chosen_by(self) -> str:
        """Who names the flagged: rule; lottery, so that nobody can do anything about it; pooled, by a fair ranking."""
        return "rule"

    def by_rule(self) -> "AdjustmentRule":
        """The same rule with those flagged whom the triggers hit."""
        return self

    @property
    def acted_on_share(self) -> float:
        """Chance that a flagged person is acted on."""
        return 1.0

    @property
    def terms(self) -> Reservoir:
        """Terms of the reservoir."""
        return Reservoir()

    @property
    def probation_terms(self) -> Probation:
        """Terms of probation."""
        return Probation()

    @property
    def has_probation(self) -> bool:
        """Whether a probation follows any trigger in force."""
        return any(trigger.follows == "probation" for trigger in self.listed.values())

    def loss(self, follows: Follows, standing: Standing) -> Floats | float:
        """What a flag is worth avoiding, in mean annual pay, for everybody or one by one."""
        return 0.0

    def cost_of_flags(
        self,
        named: Mapping[str, Floats],
        people: Counts,
        stakes: Stakes,
        floating: float,
        quarters_per_year: int,
    ) -> Floats:
        """What flags cost an average person a year, as outsiders see it, in mean annual pay; one an area.

        Args:
            named: how many each trigger flagged in the year before the last close, -1 before the first one.
            people: at work, one an area.
            floating: share of pay that floats.
        """
        return np.zeros(people.size)

    def fear(self, standing: Standing, strikes: dict[str, Integers]) -> Worth:
        """What the triggers together make worthwhile, given everybody's strikes by trigger."""
        return worthless(standing.pay.size)


class NoAdjustment(AdjustmentRule):
    """Nobody is flagged (null kind)."""

    kind: Literal["none"] = "none"
