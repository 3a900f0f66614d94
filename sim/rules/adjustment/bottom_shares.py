"""Triggers that hit a bottom share: the managers' rules of the seed, and a rule of other zones."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from sim.core.groups import mean_by, rank_within
from sim.core.parameters import param
from sim.rules.adjustment.trigger import Floats, Mask, Trigger
from sim.rules.adjustment.triggers import FOLLOWS, people_of_department
from sim.world.standing import Standing
from sim.world.terms import Follows
from sim.world.view import View


def lowest_share(
    view: View, among: Mask, group: NDArray[np.integer], groups: int, value: Floats, share: float
) -> Mask:
    """Whole people in the lowest `share` of `among` in each group, by `value`."""
    rank = rank_within(group, value, among, view.staff.stream)
    size = np.bincount(group[among], minlength=groups)[group]
    return np.asarray(among & (rank < np.floor(share * size)))


class ManagersRule(Trigger):
    """A bottom share of the managers of the whole area by annual score."""

    slot: ClassVar[str] = "trigger"
    share: float

    def eligible(self, view: View) -> Mask:
        return np.asarray(view.appraised & view.staff.manager)

    def concerns(self, view: View) -> Mask:
        return np.asarray(view.staff.at_work & view.staff.manager)

    def value(self, view: View) -> Floats:
        """What managers are ranked by."""
        return np.asarray(view.staff.annual_score)

    def hit(self, view: View) -> Mask:
        area = view.area
        return lowest_share(
            view, self.eligible(view), area, view.replications.size, self.value(view), self.share
        )

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        """Ranked in the whole area, but believed to be like those of the own organisation."""
        year, staff = standing.year, standing.view.staff
        at_risk = year.member & staff.manager
        area = standing.view.area
        size = np.where(
            at_risk, np.bincount(area[at_risk], minlength=standing.view.replications.size)[area], 0
        )
        return year.crossing(np.floor(self.share * size).astype(np.int64), size=size)


class ManagersAtTheBack(ManagersRule):
    """The task indicators of a manager's department rank towards the back (seed: 主要任务指标排名靠后)."""

    kind: Literal["managers_at_the_back"] = "managers_at_the_back"
    shared: ClassVar[bool] = True
    share: float = param(
        0.05, unit="share", source="assumption", ge=0.01, le=0.5, doc="What counts as the back."
    )
    in_a_row: int = param(1, unit="years", source="seed", ge=1, le=4, doc="Annual rankings running.")
    follows: Follows = param("reposting", unit="choice", source="seed", doc=FOLLOWS)

    def value(self, view: View) -> Floats:
        """The department's task indicators: the mean annual score of everybody appraised in it."""
        staff, departments = view.staff, view.departments.size
        own = np.where(view.appraised, staff.department, 0)
        return mean_by(np.asarray(staff.annual_score), own, departments, view.appraised)[own]

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        """One SD of own score moves the department's mean by 1/n."""
        density, chance = super().risk(standing)
        return density / people_of_department(standing.view), chance

    def reach(self, standing: Standing) -> Floats:
        return 1 / people_of_department(standing.view)


class BottomManagers(ManagersRule):
    """A manager is among the bottom tenth several years running (seed: 连续两年排名后10%)."""

    kind: Literal["bottom_managers"] = "bottom_managers"
    share: float = param(
        0.10, unit="share", source="seed", ge=0.01, le=0.5, doc="Bottom share of all managers."
    )
    in_a_row: int = param(2, unit="years", source="seed", ge=1, le=4, doc="Annual rankings running.")
    follows: Follows = param("demotion", unit="choice", source="seed", doc=FOLLOWS)


class BottomOfOrganisation(Trigger):
    """A bottom share of the staff of each organisation, as in other zones (data: P11 removes 2-5 % a year)."""

    kind: Literal["bottom_of_organisation"] = "bottom_of_organisation"
    share: float = param(0.035, unit="share", source="data", cite="P11", ge=0.001, le=0.5, doc="Share hit.")
    in_a_row: int = param(
        1, unit="years", source="data", cite="P11", ge=1, le=4, doc="Annual rankings running."
    )
    follows: Follows = param("exit", unit="choice", source="data", cite="P11", doc=FOLLOWS)

    def concerns(self, view: View) -> Mask:
        return np.asarray(view.staff.at_work & ~view.staff.manager)

    def eligible(self, view: View) -> Mask:
        return np.asarray(view.appraised & ~view.staff.manager)

    def hit(self, view: View) -> Mask:
        staff, among = view.staff, self.eligible(view)
        score = np.asarray(staff.annual_score)
        return lowest_share(view, among, staff.organisation, view.organisations, score, self.share)

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        """Ranked in the organisation, whose other departments are believed to be like the own one."""
        year, staff = standing.year, standing.view.staff
        at_risk = year.member & ~staff.manager
        count = np.bincount(staff.organisation[at_risk], minlength=standing.view.organisations)
        size = np.where(at_risk, count[staff.organisation], 0)
        return year.crossing(np.floor(self.share * size).astype(np.int64), size=size)
