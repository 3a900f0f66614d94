"""Last in the municipality: the rule of the seed for whoever answers for an indicator."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Floats, Mask
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.adjustment.trigger import FOLLOWS, Trigger, reach_of
from sim.settings.terms import Follows


class LastInMunicipality(Trigger):
    """The own task indicator is last in the municipality for several quarters (seed: 连续三个季度在全市排名末位)."""

    kind: Literal["last_in_municipality"] = "last_in_municipality"
    quarterly: ClassVar[bool] = True
    ranks_indicators: ClassVar[bool] = True
    in_a_row: int = param(3, unit="quarters", source="seed", ge=1, le=4, doc="Quarters running.")
    follows: Follows = param("reservoir", unit="choice", source="seed", doc=FOLLOWS)

    def eligible(self, view: View) -> Mask:
        return view.answers_for_indicator

    def hit(self, view: View) -> Mask:
        return np.asarray(self.eligible(view) & view.of_department(view.departments.last_in_municipality))

    def concerns(self, view: View) -> Mask:
        return self.eligible(view)

    def peers(self, view: View) -> Mask:
        """A lottery draws among the department's staff: luck of the post, not of the person."""
        return np.asarray(view.staff.at_work & ~view.staff.manager)

    def is_relative(self, standing: Standing) -> bool:
        return False

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        """The holder's own work moves the indicator, the department's by 1/n; a year holds several chances."""
        view, indicator = standing.view, standing.indicator
        holder = self.eligible(view)
        units = np.where(holder, view.municipal_units, 0)
        density, chance = indicator.crossing(np.where(holder, 1, 0), size=units)
        return density * self.reach(standing) * view.quarters_per_year, chance

    def reach(self, standing: Standing) -> Floats:
        return reach_of(standing.view.holder_share, standing.view)

    def team_share(self, standing: Standing) -> Floats:
        return np.asarray(1 - standing.view.holder_share / self.reach(standing))
