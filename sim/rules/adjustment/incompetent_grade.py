"""The statutory rule: who is graded incompetent."""

from typing import Literal

import numpy as np

from sim.core.arrays import Floats, Mask
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.adjustment.trigger import FOLLOWS, Trigger
from sim.rules.contests import Equals
from sim.settings.terms import Follows, Grade


class IncompetentGrade(Trigger):
    """The annual grade is incompetent (seed: 年度考核不称职; law: P5)."""

    kind: Literal["incompetent_grade"] = "incompetent_grade"
    in_a_row: int = param(1, unit="years", source="seed", cite="P5", ge=1, le=4, doc="Annual grades running.")
    follows: Follows = param("reservoir", unit="choice", source="seed", doc=FOLLOWS)

    def eligible(self, view: View) -> Mask:
        return view.appraised

    def hit(self, view: View) -> Mask:
        return np.asarray(view.appraised & (view.staff.grade == Grade.INCOMPETENT))

    def is_relative(self, standing: Standing) -> bool:
        return standing.cuts.bottom_is_rank

    def contenders(self, among: Equals) -> tuple[int, int]:
        return among.department, among.regime.appraisal.failed_by_rank(among.department)

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        return standing.cuts.basically_competent, standing.cuts.failing_chance
