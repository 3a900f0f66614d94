"""全员聘用制 Contract appointment for all: on what terms does one stay?"""

from sim.rules.appointment.base import AppointmentRule
from sim.rules.appointment.contract import Contract
from sim.rules.appointment.established import Established

__all__ = ["AppointmentRule", "Contract", "Established"]
