"""What an appraisal rule answers: grades, and how near everybody believes to be to the grades' boundaries."""

from typing import ClassVar

import numpy as np

from sim.core.arrays import Codes, Floats, Integers
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Contest, CutDensity
from sim.rules.base import Rule


class AppraisalRule(Rule):
    """绩效考核制. Staff are graded among the staff of their department, managers among those of their organisation."""

    slot: ClassVar[str] = "appraisal"
    kind: str
    ranks_people: ClassVar[bool] = True

    @property
    def audits(self) -> float:
        """Chance a year and an SD gamed of being caught."""
        return 0.0

    @property
    def failures_forgiven(self) -> float:
        """Share of failed projects that do not count in the score."""
        return 0.0

    def failed_by_rank(self, size: int) -> int:
        """How many of a ranking group are incompetent because of their place in it, whatever their scores."""
        return 0

    @property
    def multipliers_of_list(self) -> tuple[float, ...]:
        """What grades are worth in pay, the worst first, where a list of grades says so; else empty."""
        return ()

    def places(self, view: View) -> Codes:
        """Place of everybody's grade in the list of grades, 0 the worst; -1 for who is not in `view.appraised`."""
        return self.grade(view)

    def counted(self, places: Codes) -> Codes:
        """What the grades at these places count as for all other rules; -1 stays."""
        return places

    def grade(self, view: View) -> Codes:
        """Grade of everybody in `view.appraised`; -1 for the others."""
        raise NotImplementedError

    def distances(self, view: View) -> dict[str, Floats]:
        """How far everybody appraised is above what each grade begins at, in SD of the score, by the grade's name."""
        return {}

    def cut_density(self, view: View, year: Contest) -> CutDensity:
        """Density of the own annual score at each boundary between grades, per SD of own score."""
        raise NotImplementedError


class AuditedAppraisal(AppraisalRule):
    """An appraisal that looks for false reports and forgives honest failures."""

    audit_rate: float = param(
        0.02,
        unit="chance a year and SD gamed",
        source="assumption",
        cite="P34",
        ge=0,
        le=0.5,
        doc="π: chance of being caught; whoever is caught loses what was gamed and is graded incompetent.",
    )
    forgiveness: float = param(
        0.3,
        unit="share",
        source="assumption",
        cite="P4",
        ge=0,
        le=0.8,
        doc="Failed projects that do not count: fault tolerance, one of the province's three mechanisms.",
    )

    @property
    def audits(self) -> float:
        return self.audit_rate

    @property
    def failures_forgiven(self) -> float:
        return self.forgiveness


def quota(share: float, size: Integers) -> Integers:
    """Whole people in a share of a group, halves rounded up."""
    return np.floor(share * size + 0.5).astype(np.int64)
