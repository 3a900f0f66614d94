"""No appraisal."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Codes
from sim.people.view import View
from sim.response.standing import Contest, CutDensity
from sim.rules.appraisal.base import AppraisalRule
from sim.settings.terms import Grade


class NoAppraisal(AppraisalRule):
    """Nobody is ranked and everybody counts as competent (null kind)."""

    kind: Literal["none"] = "none"
    ranks_people: ClassVar[bool] = False

    def grade(self, view: View) -> Codes:
        return np.full(view.staff.size, Grade.COMPETENT, dtype=np.int8)

    def cut_density(self, view: View, year: Contest) -> CutDensity:
        nothing = np.zeros(view.staff.size)
        return CutDensity(nothing, nothing, nothing, nothing)
