"""What an appraisal rule answers: grades, and how near everybody believes to be to the grades' boundaries."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.core.groups import count_by
from sim.rules.base import Rule
from sim.world.standing import Contest, CutDensity
from sim.world.view import View

Floats = NDArray[np.float64]
Integers = NDArray[np.integer]
Grades = NDArray[np.int8]


class AppraisalRule(Rule):
    """绩效考核制. Staff are graded among the staff of their department, managers among those of their organisation."""

    slot: ClassVar[str] = "appraisal"
    kind: str
    ranks_people: ClassVar[bool] = True

    def grade(self, view: View) -> Grades:
        """Grade of everybody in `view.appraised`; -1 for the others."""
        raise NotImplementedError

    def cut_density(self, view: View, year: Contest) -> CutDensity:
        """Density of the own annual score at each boundary between grades, per SD of own score."""
        raise NotImplementedError


def quota(share: float, size: Integers) -> Integers:
    """Whole people in a share of a group, halves rounded up."""
    return np.floor(share * size + 0.5).astype(np.int64)


def group_sizes(view: View) -> Integers:
    """How many are appraised in each ranking group, shape (groups,)."""
    return count_by(view.ranking_group, view.groups, view.appraised)
