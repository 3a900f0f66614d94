"""Four grades: an absolute standard below, a capped top."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from sim.core.arrays import Codes, Floats, Integers, Mask
from sim.core.groups import distance_to_boundary, rank_within
from sim.core.orders import tail_quantile
from sim.core.parameters import Complaint, param
from sim.people.view import View
from sim.response.standing import Contest, CutDensity
from sim.rules.appraisal.base import AuditedAppraisal, quota
from sim.settings.terms import Grade


class StandardAppraisal(AuditedAppraisal):
    """An absolute standard below which one is basically competent or incompetent."""

    kind: str
    basic_share: float = param(
        0.005,
        unit="share at founding",
        source="assumption",
        cite="P17",
        ge=0,
        le=0.3,
        doc="About the share that the standard would put at basically competent at founding.",
    )
    incompetent_share: float = param(
        0.001,
        unit="share at founding",
        source="assumption",
        cite="P17",
        ge=0,
        le=0.3,
        doc="About the share it would fail at founding; failing is extremely rare in practice.",
    )
    leniency: float = param(
        0.0,
        unit="ability SD",
        source="assumption",
        cite="P25",
        ge=-1,
        le=1,
        doc="By how much raters lower the standard.",
    )

    def cuts(self, view: View) -> tuple[float, float]:
        """Scores below which one is incompetent, and below which basically competent."""
        standard = view.standard
        failing = standard.mean + standard.sd * tail_quantile(self.incompetent_share) - self.leniency
        either = standard.mean + standard.sd * tail_quantile(self.incompetent_share + self.basic_share)
        return failing, either - self.leniency

    def distances(self, view: View) -> dict[str, Floats]:
        score = np.where(view.appraised, view.staff.annual_score, np.nan)
        failing, basic = self.cuts(view)
        return {"basically_competent": score - failing, "competent": score - basic}

    def below_standard(self, view: View, grade: Integers) -> Codes:
        """Codes of the appraised, lowered where the score is below a standard."""
        score = view.staff.annual_score
        failing, basic = self.cuts(view)
        grade = np.where(score < basic, Grade.BASICALLY_COMPETENT, grade)
        grade = np.where(score < failing, Grade.INCOMPETENT, grade)
        return np.where(view.appraised, grade, Grade.UNGRADED).astype(np.int8)


class FourGrades(StandardAppraisal):
    """优秀, 称职, 基本称职, 不称职: the best up to a cap are excellent, the failing grades are absolute (law: P5)."""

    kind: Literal["four_grades"] = "four_grades"
    excellent_cap: float = param(
        0.20,
        unit="share",
        source="assumption",
        cite="P17",
        ge=0,
        le=0.5,
        doc="Most that may be excellent in a ranking group.",
    )

    def complaints(self) -> Iterator[Complaint]:
        yield from self.sum_to_at_most_one("excellent_cap", "basic_share", "incompetent_share")

    def grade(self, view: View) -> Codes:
        return self.below_standard(view, np.where(self._top(view), Grade.EXCELLENT, Grade.COMPETENT))

    def distances(self, view: View) -> dict[str, Floats]:
        score, below = np.asarray(view.staff.annual_score), ~self._top(view)
        excellent = distance_to_boundary(view.ranking_group, score, view.appraised, below)
        return super().distances(view) | {"excellent": excellent}

    def _top(self, view: View) -> Mask:
        """The best of each ranking group, as many as may be excellent."""
        staff, appraised = view.staff, view.appraised
        rank = rank_within(view.ranking_group, staff.annual_score, appraised, staff.stream)
        size = view.size_of_group(appraised)
        return np.asarray(rank >= size - quota(self.excellent_cap, size))

    def cut_density(self, view: View, year: Contest) -> CutDensity:
        failing, basic = self.cuts(view)
        excellent, _ = year.crossing(year.size - quota(self.excellent_cap, year.size))
        return CutDensity(
            year.density_at(failing), year.density_at(basic), excellent, year.chance_below(failing)
        )
