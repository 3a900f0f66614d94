"""The three triggers that the seed names for staff."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Floats, Mask
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.adjustment.trigger import Trigger
from sim.rules.contests import Equals
from sim.settings.terms import Follows, Grade

FOLLOWS = "What follows: exit, reservoir, demotion (else the reservoir) or re-posting."


class LastInDepartment(Trigger):
    """Last in the department's annual appraisal several years running (seed: 连续两年在部门年度考核中排名末位)."""

    kind: Literal["last_in_department"] = "last_in_department"
    takes_turns: ClassVar[bool] = True
    in_a_row: int = param(2, unit="years", source="seed", ge=1, le=4, doc="Annual appraisals running.")
    consecutive: bool = param(
        True,
        unit="yes or no",
        source="seed",
        cite="P22",
        doc="Whether the years must follow one another; no: a second time counts whenever it comes.",
    )
    smallest_department: int = param(
        2, unit="people", source="assumption", ge=2, le=60, doc="Departments ranking fewer people are spared."
    )
    follows: Follows = param("reservoir", unit="choice", source="seed", doc=FOLLOWS)

    def eligible(self, view: View) -> Mask:
        return np.asarray(view.appraised & ~view.staff.manager)

    def concerns(self, view: View) -> Mask:
        return np.asarray(view.staff.at_work & ~view.staff.manager)

    def hit(self, view: View) -> Mask:
        among = self.eligible(view)
        return np.asarray(self.lowest(view, among) & (view.size_of_group(among) >= self.smallest_department))

    @property
    def starts_afresh(self) -> bool:
        return self.consecutive

    def contenders(self, among: Equals) -> tuple[int, int]:
        return among.department, 1

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        year = standing.year
        at_risk = year.member & ~standing.view.staff.manager & (year.size >= self.smallest_department)
        density, chance = year.crossing(np.where(at_risk, 1, 0))
        return density, chance


class IncompetentGrade(Trigger):
    """The annual grade is incompetent (seed: 年度考核不称职; law: P5)."""

    kind: Literal["incompetent_grade"] = "incompetent_grade"
    in_a_row: int = param(1, unit="years", source="seed", cite="P5", ge=1, le=4, doc="Annual grades running.")
    consecutive: bool = param(
        True,
        unit="yes or no",
        source="seed",
        cite="P22",
        doc="Whether the years must follow one another; no: a second time counts whenever it comes.",
    )
    follows: Follows = param("reservoir", unit="choice", source="seed", doc=FOLLOWS)

    def eligible(self, view: View) -> Mask:
        return view.appraised

    def hit(self, view: View) -> Mask:
        return np.asarray(view.appraised & (view.staff.grade == Grade.INCOMPETENT))

    @property
    def starts_afresh(self) -> bool:
        return self.consecutive

    def is_relative(self, standing: Standing) -> bool:
        return standing.cuts.bottom_is_rank

    def contenders(self, among: Equals) -> tuple[int, int]:
        return among.department, among.regime.appraisal.failed_by_rank(among.department)

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        return standing.cuts.basically_competent, standing.cuts.failing_chance


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


def reach_of(own_share: float, view: View) -> Floats:
    """How far one SD of own score moves what is `own_share` one's own and for the rest the department's mean."""
    return np.asarray(own_share + (1 - own_share) / view.people_of_department)
