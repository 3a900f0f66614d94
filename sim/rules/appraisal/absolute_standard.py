"""Fixed standards for every grade: nobody is ranked against anybody."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from sim.core.arrays import Codes, Floats
from sim.core.orders import tail_quantile
from sim.core.parameters import Complaint, param
from sim.people.view import View
from sim.response.standing import Contest, CutDensity
from sim.rules.appraisal.four_grades import StandardAppraisal
from sim.settings.terms import Grade


class AbsoluteStandard(StandardAppraisal):
    """Every grade has its standard, the excellent one too (a counterfactual to ranking)."""

    kind: Literal["absolute_standard"] = "absolute_standard"
    excellent_share: float = param(
        0.20,
        unit="share at founding",
        source="assumption",
        cite="P17",
        ge=0,
        le=0.5,
        doc="About the share that the standard would find excellent at founding.",
    )

    def complaints(self) -> Iterator[Complaint]:
        yield from self.sum_to_at_most_one("excellent_share", "basic_share", "incompetent_share")

    def _excellent_cut(self, view: View) -> float:
        standard = view.standard
        return standard.mean - standard.sd * tail_quantile(self.excellent_share) - self.leniency

    def distances(self, view: View) -> dict[str, Floats]:
        score = np.where(view.appraised, view.staff.annual_score, np.nan)
        return super().distances(view) | {"excellent": score - self._excellent_cut(view)}

    def grade(self, view: View) -> Codes:
        score = view.staff.annual_score
        grade = np.where(score >= self._excellent_cut(view), Grade.EXCELLENT, Grade.COMPETENT)
        return self.below_standard(view, grade)

    def cut_density(self, view: View, year: Contest) -> CutDensity:
        failing, basic = self.cuts(view)
        return CutDensity(
            year.density_at(failing),
            year.density_at(basic),
            year.density_at(self._excellent_cut(view)),
            year.chance_below(failing),
            top_is_rank=False,
        )
