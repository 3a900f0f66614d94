"""Annual targets that grow, are amplified on their way down, and follow the report."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Floats
from sim.core.groups import mean_within
from sim.core.parameters import param
from sim.people.view import View
from sim.rules.contributions.base import ContributionsRule


class AnnualTargets(ContributionsRule):
    """Targets for the annual score: planned growth, amplified a tier, and a ratchet on what was reported."""

    kind: Literal["annual_targets"] = "annual_targets"
    sets_targets: ClassVar[bool] = True
    growth: float = param(
        0.05,
        unit="ability SD a year",
        source="assumption",
        cite="P36",
        ge=-1,
        le=1,
        doc="Planned growth of targets.",
    )
    amplification: float = param(
        1.15,
        unit="ratio a tier",
        source="assumption",
        cite="P36",
        ge=1,
        le=1.4,
        doc="Growth is topped up at each tier.",
    )
    tiers: int = param(
        2, unit="tiers", source="seed", ge=1, le=4, doc="Tiers a target passes: area, new city."
    )
    ratchet_up: float = param(
        0.5,
        unit="share of the gap",
        source="assumption",
        cite="P36",
        ge=0,
        le=1,
        doc="How far targets follow a better report.",
    )
    ratchet_down: float = param(
        0.2,
        unit="share of the gap",
        source="assumption",
        cite="P36",
        ge=0,
        le=1,
        doc="How far they follow a worse one.",
    )
    holder: Literal["person", "department"] = param(
        "person",
        unit="choice",
        source="assumption",
        doc="Whose report moves the target: one's own or the department's.",
    )

    @property
    def punishes_own_report(self) -> bool:
        return self.holder == "person" and self.ratchet_up > 0

    def next_targets(self, view: View) -> Floats:
        staff, appraised = view.staff, view.appraised
        gap = np.where(appraised, staff.annual_score - staff.target, 0.0)
        if self.holder == "department":
            mean_gap = mean_within(gap, view.own_department, view.departments.size, appraised)
            gap = np.where(appraised, mean_gap, 0.0)
        step = np.where(gap > 0, self.ratchet_up, self.ratchet_down) * gap
        planned = self.growth * self.amplification**self.tiers
        return np.asarray(np.where(appraised, staff.target + step + planned, staff.target))

    def ratchet_factor(self, view: View, discount: float) -> Floats:
        """(1 − δ)/(1 − δ + δλ) where the own report is the target's (Weitzman 1980), diluted in a department."""
        lost = (
            discount * self.ratchet_up / (1 - discount + discount * self.ratchet_up) if discount > 0 else 0.0
        )
        if self.holder == "person":
            return np.full(view.staff.size, 1 - lost)
        return np.asarray(1 - lost / view.people_of_department)
