"""末位调整制 Last-place adjustment: who is flagged, and what follows?"""

from sim.rules.adjustment.base import AdjustmentRule, NoAdjustment, TriggerList
from sim.rules.adjustment.reservoir import Reservoir
from sim.rules.adjustment.trigger import Count, Trigger
from sim.rules.adjustment.triggers import (
    BottomManagers,
    IncompetentGrade,
    LastInDepartment,
    LastInMunicipality,
    ManagersAtTheBack,
)

__all__ = [
    "AdjustmentRule",
    "BottomManagers",
    "Count",
    "IncompetentGrade",
    "LastInDepartment",
    "LastInMunicipality",
    "ManagersAtTheBack",
    "NoAdjustment",
    "Reservoir",
    "Trigger",
    "TriggerList",
]
