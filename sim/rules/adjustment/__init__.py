"""末位调整制 Last-place adjustment: who is flagged, and what follows?"""

from sim.rules.adjustment.assumed import FailedVote, LostCompetition, RefusedReposting
from sim.rules.adjustment.base import AdjustmentRule, NoAdjustment, TriggerList
from sim.rules.adjustment.bottom_shares import BottomManagers, BottomOfOrganisation, ManagersAtTheBack
from sim.rules.adjustment.reservoir import Reservoir
from sim.rules.adjustment.standards import CompetenceTest
from sim.rules.adjustment.trigger import Count, Trigger
from sim.rules.adjustment.triggers import IncompetentGrade, LastInDepartment, LastInMunicipality

__all__ = [
    "AdjustmentRule",
    "BottomManagers",
    "BottomOfOrganisation",
    "CompetenceTest",
    "Count",
    "FailedVote",
    "IncompetentGrade",
    "LastInDepartment",
    "LastInMunicipality",
    "LostCompetition",
    "ManagersAtTheBack",
    "NoAdjustment",
    "RefusedReposting",
    "Reservoir",
    "Trigger",
    "TriggerList",
]
