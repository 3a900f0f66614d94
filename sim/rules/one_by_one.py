"""Rules written one employee at a time: slow and readable, for trying an idea without thinking in columns.

Subclass one of these, give it a `kind`, answer one question about one `Employee` (a Mesa agent: read any column of the
staff table as an attribute), and name the kind in a scenario. See CONTRIBUTING.md for a worked example.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Codes, Column, Floats, Mask
from sim.people.agents import only_to_read
from sim.people.view import View
from sim.response.standing import Contest, CutDensity, Standing
from sim.rules.adjustment.trigger import Trigger
from sim.rules.appraisal.base import AuditedAppraisal
from sim.rules.floating_pay.three_part import ThreePartPay
from sim.rules.ranks.ladder import RankLadder
from sim.settings.terms import Grade

if TYPE_CHECKING:
    from sim.people.agents import Employee


def ask(view: View, among: Mask, question: Callable[["Employee"], Any], otherwise: Any) -> Column:
    """The answers about everybody in `among`, `otherwise` for the rest, shape of the staff."""
    answers = np.full(view.staff.size, otherwise)
    with only_to_read():
        for row in np.flatnonzero(among):
            answers[row] = question(view.employee(int(row)))
    return answers


class PersonalTrigger(Trigger):
    """A trigger that looks at one employee at a time. Nobody is believed to fear it unless `risk` says so.

    It looks at everybody appraised, at the year's close; if it is `quarterly`, at everybody ranked, every quarter.
    """

    def is_hit(self, employee: "Employee") -> bool:
        """Whether this employee is hit this period: this year, or this quarter."""
        raise NotImplementedError

    def eligible(self, view: View) -> Mask:
        return self.assessed(view)

    def hit(self, view: View) -> Mask:
        return ask(view, self.eligible(view), self.is_hit, False)

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        nothing = np.zeros(standing.pay.size)
        return nothing, nothing


class PersonalAppraisal(AuditedAppraisal):
    """An appraisal that grades one employee at a time."""

    def grade_of(self, employee: "Employee") -> Grade:
        """The annual grade of this employee."""
        raise NotImplementedError

    def grade(self, view: View) -> Codes:
        return ask(view, view.appraised, self.grade_of, int(Grade.UNGRADED)).astype(np.int8)

    def cut_density(self, view: View, year: Contest) -> CutDensity:
        nothing = np.zeros(view.staff.size)
        return CutDensity(nothing, nothing, nothing, nothing)


class PersonalPromotion(RankLadder):
    """A ladder on which one employee at a time is given a priority."""

    def priority_of(self, employee: "Employee") -> float:
        """The higher, the earlier promoted."""
        raise NotImplementedError

    def order(self, view: View) -> Floats:
        return ask(view, self.eligible(view), self.priority_of, 0.0)


class PersonalBonus(ThreePartPay):
    """Three-part pay whose quarterly coefficient is set for one employee at a time."""

    def coefficient_of(self, employee: "Employee") -> float:
        """The quarterly coefficient; 1 is normal pay."""
        raise NotImplementedError

    def _quarterly(self, view: View) -> Floats:
        return np.asarray(np.maximum(0.0, ask(view, view.ranked, self.coefficient_of, 1.0)))
