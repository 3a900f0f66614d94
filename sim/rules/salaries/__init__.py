"""定薪酬 Fix the pay: what is the normal pay of a person on a post?"""

from sim.rules.salaries.base import SalariesRule
from sim.rules.salaries.equal import EqualSalaries
from sim.rules.salaries.scales import NationalScale, PostAndRank

__all__ = ["EqualSalaries", "NationalScale", "PostAndRank", "SalariesRule"]
