"""Probation (留岗察看): who is flagged stays on the post for a while, and is then judged by a standard of its own."""

from typing import Literal

import numpy as np
from scipy.special import ndtr

from sim.core.arrays import Floats, Mask
from sim.core.orders import normal_density
from sim.core.parameters import Settings, param
from sim.people.view import View
from sim.response.standing import Standing
from sim.settings.terms import Sanction


class Probation(Settings):
    """Terms of probation, for triggers that it follows; all of them assumed."""

    quarters: int = param(
        2,
        unit="quarters",
        source="assumption",
        ge=1,
        le=8,
        doc="How long it lasts, from the quarter after the flag.",
    )
    standard: float = param(
        -0.5,
        unit="ability SD",
        source="assumption",
        ge=-10,
        le=10,
        doc="Mean score of its quarters from which one passes, above the mean ability of those hired. The chance of "
        "failing is feared as it is at last quarter's effort, for normal errors.",
    )
    failed: Sanction = param(
        "exit",
        unit="choice",
        source="assumption",
        doc="What follows for whoever fails: exit, reservoir, demotion (else the reservoir) or re-posting.",
    )
    passed: Literal["clear", "keep"] = param(
        "clear",
        unit="choice",
        source="assumption",
        doc="Strikes of whoever passes: cleared, or kept, so that the next hit flags again.",
    )

    def pass_mark(self, view: View) -> float:
        """The mean score from which one passes."""
        return view.standard.mean + self.standard

    def chance_of_failing(self, standing: Standing) -> Floats:
        """What everybody believes of a probation that begins next quarter, working as in the last one."""
        belief = np.asarray(standing.view.staff.belief_variance)
        noise = standing.quarter.own_sd**2 - belief
        gap = self.pass_mark(standing.view) - standing.own
        return _chance_below(gap, np.sqrt(belief + noise / self.quarters))

    def fear(self, standing: Standing, loss: Floats | float) -> Floats:
        """Marginal reward of passing, for whoever is on probation: the mean of its quarters is what counts."""
        staff, year = standing.view.staff, standing.view.quarters_per_year
        done = np.maximum(staff.probation_quarters, 0)
        left = np.maximum(self.quarters - done, 1)
        whole = done + left
        expected = (staff.probation_sum + left * standing.own) / whole
        belief = np.asarray(staff.belief_variance)
        noise = standing.quarter.own_sd**2 - belief
        sd = np.sqrt(belief * (left / whole) ** 2 + noise * left / whole**2)
        safe = np.where(sd > 0, sd, 1.0)
        density = normal_density((self.pass_mark(standing.view) - expected) / safe) / safe
        concerned = on_probation(standing.view) & (sd > 0)
        return np.where(concerned, year / whole * density * loss, 0.0)


def on_probation(view: View) -> Mask:
    """Whoever is at work and on probation."""
    return np.asarray(view.staff.at_work & (view.staff.probation_quarters >= 0))


def _chance_below(gap: Floats, sd: Floats) -> Floats:
    """Chance that a normal error of this SD stays below the gap."""
    return np.where(sd > 0, ndtr(gap / np.where(sd > 0, sd, 1.0)), gap > 0)
