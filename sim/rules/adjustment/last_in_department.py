"""Last in the own department: the rule of the seed for staff."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Floats, Mask
from sim.core.groups import distance_to_boundary
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.adjustment.trigger import FOLLOWS, ClockedTrigger
from sim.rules.contests import Equals
from sim.settings.terms import Follows


class LastInDepartment(ClockedTrigger):
    """Last in the department's appraisal several times running (seed: 连续两年在部门年度考核中排名末位)."""

    kind: Literal["last_in_department"] = "last_in_department"
    takes_turns: ClassVar[bool] = True
    in_a_row: int = param(2, unit="periods", source="seed", ge=1, le=4, doc="Appraisals running.")
    smallest_department: int = param(
        2, unit="people", source="assumption", ge=2, le=60, doc="Departments ranking fewer people are spared."
    )
    follows: Follows = param("reservoir", unit="choice", source="seed", doc=FOLLOWS)

    def eligible(self, view: View) -> Mask:
        return np.asarray(self.assessed(view) & ~view.staff.manager)

    def concerns(self, view: View) -> Mask:
        return np.asarray(view.staff.at_work & ~view.staff.manager)

    def hit(self, view: View) -> Mask:
        among = self.eligible(view)
        return np.asarray(self.lowest(view, among) & (view.size_of_group(among) >= self.smallest_department))

    def distance(self, view: View) -> Floats:
        return distance_to_boundary(view.ranking_group, self.score(view), self.eligible(view), self.hit(view))

    def contenders(self, among: Equals) -> tuple[int, int]:
        return among.department, 1

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        contest = self.contest(standing)
        at_risk = contest.member & ~standing.view.staff.manager & (contest.size >= self.smallest_department)
        return self.of_a_year(contest.crossing(np.where(at_risk, 1, 0)), standing)
