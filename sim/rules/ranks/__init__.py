"""定职级 Fix the rank: who rises, after how long, and can one fall?"""

from sim.rules.ranks.base import RanksRule
from sim.rules.ranks.flat import FlatRanks
from sim.rules.ranks.ladder import RankLadder
from sim.rules.ranks.reputation import ReputationRanks

__all__ = ["FlatRanks", "RankLadder", "RanksRule", "ReputationRanks"]
