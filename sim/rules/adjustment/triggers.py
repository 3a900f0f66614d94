"""The triggers the seed names, and the managers' rules."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.groups import rank_within
from sim.core.parameters import param
from sim.rules.adjustment.trigger import Floats, Mask, Trigger
from sim.world.standing import Standing
from sim.world.terms import Follows, Grade
from sim.world.view import View

FOLLOWS = "What follows: exit, reservoir, demotion (else the reservoir) or re-posting."


class LastInDepartment(Trigger):
    """Last in the department's annual appraisal several years running (seed: 连续两年在部门年度考核中排名末位)."""

    kind: Literal["last_in_department"] = "last_in_department"
    in_a_row: int = param(2, unit="years", source="seed", ge=1, le=4, doc="Annual appraisals running.")
    smallest_department: int = param(
        2, unit="people", source="assumption", ge=2, le=60, doc="Departments ranking fewer people are spared."
    )
    follows: Follows = param("reservoir", unit="choice", source="seed", doc=FOLLOWS)

    def eligible(self, view: View) -> Mask:
        return np.asarray(view.appraised & ~view.staff.manager)

    def hit(self, view: View) -> Mask:
        among = self.eligible(view)
        last = rank_within(view.ranking_group, view.staff.annual_score, among, view.staff.stream) == 0
        return np.asarray(last & (view.size_of_group(among) >= self.smallest_department))

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        year = standing.year
        at_risk = year.member & ~standing.view.staff.manager & (year.size >= self.smallest_department)
        density, chance = year.crossing(np.where(at_risk, 1, 0))
        return density, chance


class IncompetentGrade(Trigger):
    """The annual grade is incompetent (seed: 年度考核不称职; law: P5)."""

    kind: Literal["incompetent_grade"] = "incompetent_grade"
    relative: ClassVar[bool] = False
    in_a_row: int = param(1, unit="years", source="seed", cite="P5", ge=1, le=4, doc="Annual grades running.")
    follows: Follows = param("reservoir", unit="choice", source="seed", doc=FOLLOWS)

    def eligible(self, view: View) -> Mask:
        return view.appraised

    def hit(self, view: View) -> Mask:
        return np.asarray(view.appraised & (view.staff.grade == Grade.INCOMPETENT))

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        return standing.cuts.basically_competent, standing.cuts.failing_chance


class LastInMunicipality(Trigger):
    """The own task indicator is last in the municipality for several quarters (seed: 连续三个季度在全市排名末位)."""

    kind: Literal["last_in_municipality"] = "last_in_municipality"
    quarterly: ClassVar[bool] = True
    relative: ClassVar[bool] = False
    in_a_row: int = param(3, unit="quarters", source="seed", ge=1, le=4, doc="Quarters running.")
    follows: Follows = param("reservoir", unit="choice", source="seed", doc=FOLLOWS)

    def eligible(self, view: View) -> Mask:
        staff = view.staff
        return np.asarray(staff.at_work & view.posts.indicator[staff.post])

    def hit(self, view: View) -> Mask:
        return np.asarray(self.eligible(view) & view.departments.last_in_municipality[view.staff.department])

    def peers(self, view: View) -> Mask:
        """A lottery draws among the department's staff: luck of the post, not of the person."""
        return np.asarray(view.staff.at_work & ~view.staff.manager)

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        """One SD of own score moves the department's indicator by 1/n; a year holds several chances."""
        view, indicator = standing.view, standing.indicator
        holder = self.eligible(view)
        units = np.where(holder, view.municipal_units, 0)
        density, chance = indicator.crossing(np.where(holder, 1, 0), size=units)
        people = np.bincount(view.staff.department[view.staff.at_work], minlength=view.departments.size)
        own_part = 1 / np.maximum(people[view.staff.department], 1)
        return density * own_part * view.quarters_per_year, chance


class ManagersRule(Trigger):
    """A bottom share of the managers of the whole area by annual score."""

    slot: ClassVar[str] = "trigger"
    share: float

    def eligible(self, view: View) -> Mask:
        return np.asarray(view.appraised & view.staff.manager)

    def hit(self, view: View) -> Mask:
        among = self.eligible(view)
        staff = view.staff
        area = view.area
        rank = rank_within(area, staff.annual_score, among, staff.stream)
        size = np.bincount(area[among], minlength=view.replications.size)[area]
        return np.asarray(among & (rank < np.floor(self.share * size)))

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
    """A manager's task indicators rank towards the back (seed: 主要任务指标排名靠后)."""

    kind: Literal["managers_at_the_back"] = "managers_at_the_back"
    share: float = param(
        0.05, unit="share", source="assumption", ge=0.01, le=0.5, doc="What counts as the back."
    )
    in_a_row: int = param(1, unit="years", source="seed", ge=1, le=4, doc="Annual rankings running.")
    follows: Follows = param("reposting", unit="choice", source="seed", doc=FOLLOWS)


class BottomManagers(ManagersRule):
    """A manager is among the bottom tenth several years running (seed: 连续两年排名后10%)."""

    kind: Literal["bottom_managers"] = "bottom_managers"
    share: float = param(
        0.10, unit="share", source="seed", ge=0.01, le=0.5, doc="Bottom share of all managers."
    )
    in_a_row: int = param(2, unit="years", source="seed", ge=1, le=4, doc="Annual rankings running.")
    follows: Follows = param("demotion", unit="choice", source="seed", doc=FOLLOWS)
