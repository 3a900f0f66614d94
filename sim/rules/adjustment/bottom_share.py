"""Triggers that hit a bottom share: the managers' rules of the seed, and a rule of other zones."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Floats, Mask
from sim.core.groups import count_within, distance_to_boundary, in_lowest_share, mean_within, ratio
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.adjustment.trigger import FOLLOWS, ClockedTrigger, reach_of
from sim.rules.contests import Equals
from sim.settings.terms import Follows


class ManagersRule(ClockedTrigger):
    """A bottom share of the managers of the whole area by score."""

    slot: ClassVar[str] = "trigger"
    share: float

    def eligible(self, view: View) -> Mask:
        return np.asarray(self.assessed(view) & view.staff.manager)

    def concerns(self, view: View) -> Mask:
        return np.asarray(view.staff.at_work & view.staff.manager)

    def value(self, view: View) -> Floats:
        """What managers are ranked by."""
        return self.score(view)

    def hit(self, view: View) -> Mask:
        areas, among = view.replications.size, self.eligible(view)
        return in_lowest_share(self.share, view.area, areas, self.value(view), among, view.staff.stream)

    def distance(self, view: View) -> Floats:
        return distance_to_boundary(view.area, self.value(view), self.eligible(view), self.hit(view))

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        """Ranked in the whole area, by what is known of every manager's value."""
        view, scores = standing.view, self.contest(standing)
        member = scores.member & view.staff.manager
        contest = scores.in_area(view, member, *self.expected(standing))
        places = np.floor(self.share * contest.size).astype(np.int64)
        density, chance = contest.crossing(places)
        return self.of_a_year((density * self.reach(standing), chance), standing)

    def expected(self, standing: Standing) -> tuple[Floats, Floats]:
        """Mean and variance of what managers are ranked by, as people know it before all scores are in."""
        scores = self.contest(standing)
        return np.asarray(scores.own - scores.shift), scores.own_sd**2


class ManagersAtTheBack(ManagersRule):
    """The main task indicators of a manager rank towards the back (seed: 主要任务指标排名靠后)."""

    kind: Literal["managers_at_the_back"] = "managers_at_the_back"
    share: float = param(
        0.05,
        unit="share",
        source="assumption",
        ge=0.01,
        le=0.5,
        doc="What counts as the back; the seed gives no threshold.",
    )
    own_share: float = param(
        0.5,
        unit="share",
        source="assumption",
        ge=0,
        le=1,
        doc="Part of a manager's main task indicators that is the own score; the rest is the department's mean score.",
    )
    in_a_row: int = param(1, unit="periods", source="seed", ge=1, le=4, doc="Rankings running.")
    follows: Follows = param("reposting", unit="choice", source="seed", doc=FOLLOWS)

    def value(self, view: View) -> Floats:
        score = self.score(view)
        mean = mean_within(score, view.own_department, view.departments.size, self.assessed(view))
        return np.asarray(self.own_share * score + (1 - self.own_share) * mean)

    def expected(self, standing: Standing) -> tuple[Floats, Floats]:
        own, variance = super().expected(standing)
        member, departments = self.contest(standing).member, standing.view.departments.size
        place = standing.view.own_department
        people = count_within(place, departments, member)
        shared, rest = 1 - self.own_share, mean_within(variance, place, departments, member)
        mean = self.own_share * own + shared * mean_within(own, place, departments, member)
        alone = self.own_share**2 * variance + shared**2 * ratio(rest, people)
        return mean, alone + 2 * self.own_share * shared * ratio(variance, people)

    def reach(self, standing: Standing) -> Floats:
        return reach_of(self.own_share, standing.view)

    def team_share(self, standing: Standing) -> Floats:
        return np.asarray(1 - self.own_share / self.reach(standing))


class BottomManagers(ManagersRule):
    """A manager is among the bottom tenth several years running (seed: 连续两年排名后10%)."""

    kind: Literal["bottom_managers"] = "bottom_managers"
    share: float = param(
        0.10, unit="share", source="seed", ge=0.01, le=0.5, doc="Bottom share of all managers."
    )
    in_a_row: int = param(2, unit="periods", source="seed", ge=1, le=4, doc="Rankings running.")
    follows: Follows = param("demotion", unit="choice", source="seed", doc=FOLLOWS)


class BottomOfOrganisation(ClockedTrigger):
    """A bottom share of the staff of each organisation, as in other zones (data: P11 removes 2-5 % a year)."""

    kind: Literal["bottom_of_organisation"] = "bottom_of_organisation"
    share: float = param(0.035, unit="share", source="data", cite="P11", ge=0.001, le=0.5, doc="Share hit.")
    in_a_row: int = param(1, unit="periods", source="data", cite="P11", ge=1, le=4, doc="Rankings running.")
    follows: Follows = param("exit", unit="choice", source="data", cite="P11", doc=FOLLOWS)

    def concerns(self, view: View) -> Mask:
        return np.asarray(view.staff.at_work & ~view.staff.manager)

    def eligible(self, view: View) -> Mask:
        return np.asarray(self.assessed(view) & ~view.staff.manager)

    def hit(self, view: View) -> Mask:
        staff, among = view.staff, self.eligible(view)
        score = self.score(view)
        return in_lowest_share(self.share, staff.organisation, view.organisations, score, among, staff.stream)

    def distance(self, view: View) -> Floats:
        return distance_to_boundary(
            np.asarray(view.staff.organisation), self.score(view), self.eligible(view), self.hit(view)
        )

    def contenders(self, among: Equals) -> tuple[int, int]:
        return among.new_city, int(self.share * among.new_city)

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        """Ranked in the organisation, whose other departments are believed to be like the own one."""
        contest, staff = self.contest(standing), standing.view.staff
        at_risk = contest.member & ~staff.manager
        people = count_within(staff.organisation, standing.view.organisations, at_risk)
        size = np.where(at_risk, people, 0)
        places = np.floor(self.share * size).astype(np.int64)
        return self.of_a_year(contest.crossing(places, size=size), standing)
