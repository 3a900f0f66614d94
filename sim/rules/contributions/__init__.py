"""定贡献 Fix the contribution: what is each person expected to deliver in a year?"""

from sim.rules.contributions.annual_targets import AnnualTargets
from sim.rules.contributions.base import ContributionsRule
from sim.rules.contributions.none import NoTargets

__all__ = ["AnnualTargets", "ContributionsRule", "NoTargets"]
