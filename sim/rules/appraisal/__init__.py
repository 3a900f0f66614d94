"""绩效考核制 Performance appraisal: which grade does an annual score earn?"""

from sim.rules.appraisal.absolute_standard import AbsoluteStandard
from sim.rules.appraisal.base import AppraisalRule
from sim.rules.appraisal.forced_distribution import ForcedDistribution
from sim.rules.appraisal.four_grades import FourGrades
from sim.rules.appraisal.grade_list import GradeList
from sim.rules.appraisal.none import NoAppraisal

__all__ = [
    "AbsoluteStandard",
    "AppraisalRule",
    "ForcedDistribution",
    "FourGrades",
    "GradeList",
    "NoAppraisal",
]
