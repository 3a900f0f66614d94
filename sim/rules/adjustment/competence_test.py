"""A trigger that looks at what people are able to do, not at how they are ranked."""

from typing import Literal

import numpy as np

from sim.core.arrays import Floats, Mask
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.adjustment.trigger import FOLLOWS, ClockedTrigger
from sim.settings.terms import Follows


class CompetenceTest(ClockedTrigger):
    """Everybody is tested once a period, and whoever is found below a standard fails (assumed; P39 dismisses so)."""

    kind: Literal["competence_test"] = "competence_test"
    standard: float = param(
        -1.5,
        unit="ability SD",
        source="assumption",
        cite="P39",
        ge=-10,
        le=10,
        doc="Ability below which one fails, of the applicants' scale; 4 where competence is 7 give or take 2 (P39).",
    )
    error_sd: float = param(
        0.0, unit="ability SD", source="assumption", ge=0, le=5, doc="How much the test errs, each time anew."
    )
    in_a_row: int = param(1, unit="periods", source="assumption", ge=1, le=4, doc="Tests failed running.")
    follows: Follows = param("exit", unit="choice", source="assumption", cite="P39", doc=FOLLOWS)

    def eligible(self, view: View) -> Mask:
        return np.asarray(view.staff.at_work)

    def hit(self, view: View) -> Mask:
        return np.asarray(self.eligible(view) & (self._measured(view) < self.standard))

    def distance(self, view: View) -> Floats:
        return np.where(self.eligible(view), self._measured(view) - self.standard, np.nan)

    def _measured(self, view: View) -> Floats:
        """What the test says of everybody's ability."""
        luck = view.draws.normal("competence_test", view.quarter, view.staff.stream)
        return np.asarray(view.staff.ability + self.error_sd * luck)

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        """No effort makes anybody abler."""
        nothing = np.zeros(standing.pay.size)
        return nothing, nothing
