"""A forced distribution: fixed shares at the top and at the bottom."""

from typing import Literal

import numpy as np

from sim.core.arrays import Codes, Column, Floats, Integers
from sim.core.groups import count_by, distance_to_boundary, rank_within
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Contest, CutDensity
from sim.rules.appraisal.base import AuditedAppraisal
from sim.settings.terms import Grade


class ForcedDistribution(AuditedAppraisal):
    """Top, middle and bottom in fixed shares of every ranking group, 20/70/10 in the best-known form (data: P8).

    A share that is not a whole number of people takes its floor in every group; the remainder is drawn.
    """

    kind: Literal["forced_distribution"] = "forced_distribution"
    excellent_share: float = param(
        0.20, unit="share", source="data", cite="P8", ge=0, le=0.5, doc="Graded excellent."
    )
    bottom_share: float = param(
        0.10, unit="share", source="data", cite="P8", ge=0, le=0.5, doc="Graded incompetent."
    )
    smallest_group: int = param(
        3,
        unit="people",
        source="assumption",
        ge=1,
        le=50,
        doc="Smaller ranking groups are spared: all are competent.",
    )

    def _drawn(self, share: float, size: Integers, view: View, decision: str) -> Integers:
        exact = np.where(size >= self.smallest_group, share * size, 0.0)
        whole = np.floor(exact)
        drawn = view.draws.uniform(decision, view.quarter, view.group_stream) < exact - whole
        return np.asarray(whole + drawn).astype(np.int64)

    def failed_by_rank(self, size: int) -> int:
        return max(1, round(self.bottom_share * size))

    def grade(self, view: View) -> Codes:
        staff, appraised = view.staff, view.appraised
        size = count_by(view.ranking_group, view.groups, appraised)
        top = view.of_group(self._drawn(self.excellent_share, size, view, "quota_excellent"))
        bottom = view.of_group(self._drawn(self.bottom_share, size, view, "quota_bottom"))
        rank = rank_within(view.ranking_group, staff.annual_score, appraised, staff.stream)
        grade = np.where(rank >= view.of_group(size) - top, Grade.EXCELLENT, Grade.COMPETENT)
        grade = np.where(rank < bottom, Grade.INCOMPETENT, grade)
        return np.where(appraised, grade, Grade.UNGRADED).astype(np.int8)

    def distances(self, view: View) -> dict[str, Floats]:
        score, grade, group = np.asarray(view.staff.annual_score), self.grade(view), view.ranking_group
        first = {"competent": Grade.COMPETENT, "excellent": Grade.EXCELLENT}
        return {
            name: distance_to_boundary(group, score, view.appraised, grade < least)
            for name, least in first.items()
        }

    def cut_density(self, view: View, year: Contest) -> CutDensity:
        spared = year.size < self.smallest_group
        bottom, chance = _expected_crossing(year, np.where(spared, 0.0, self.bottom_share * year.size))
        top, _ = _expected_crossing(year, year.size - np.where(spared, 0.0, self.excellent_share * year.size))
        return CutDensity(bottom, bottom, top, chance, bottom_is_rank=True)


def _expected_crossing(year: Contest, lowest: Column) -> tuple[Floats, Floats]:
    """Density and chance at a boundary that lies between two whole numbers of people."""
    whole = np.floor(lowest)
    part = lowest - whole
    below, chance_below = year.crossing(whole.astype(np.int64))
    above, chance_above = year.crossing(whole.astype(np.int64) + 1)
    return below * (1 - part) + above * part, chance_below * (1 - part) + chance_above * part
