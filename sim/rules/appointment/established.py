"""Tenure."""

from typing import Literal

from sim.rules.appointment.base import AppointmentRule


class Established(AppointmentRule):
    """Established posts (编制): nobody's appointment ends but by statute (null kind)."""

    kind: Literal["established"] = "established"
