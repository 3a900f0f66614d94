"""末位调整制 Last-place adjustment: who is flagged, and what follows?"""

from sim.rules.adjustment.assumed import FailedVote, LostCompetition, RefusedReposting
from sim.rules.adjustment.bottom_share import BottomManagers, BottomOfOrganisation, ManagersAtTheBack
from sim.rules.adjustment.competence_test import CompetenceTest
from sim.rules.adjustment.incompetent_grade import IncompetentGrade
from sim.rules.adjustment.last_in_department import LastInDepartment
from sim.rules.adjustment.last_in_municipality import LastInMunicipality
from sim.rules.adjustment.probation import Probation
from sim.rules.adjustment.reservoir import Reservoir
from sim.rules.adjustment.rule import AdjustmentRule, NoAdjustment
from sim.rules.adjustment.trigger import Count, Trigger
from sim.rules.adjustment.trigger_list import TriggerList

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
    "Probation",
    "RefusedReposting",
    "Reservoir",
    "Trigger",
    "TriggerList",
]
