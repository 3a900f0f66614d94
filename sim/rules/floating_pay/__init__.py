"""浮动薪酬制 Floating pay: which part of pay moves with results, and with which?"""

from sim.rules.floating_pay.base import Coefficients, FloatingPayRule
from sim.rules.floating_pay.fixed import FixedPay
from sim.rules.floating_pay.three_part import ThreePartPay

__all__ = ["Coefficients", "FixedPay", "FloatingPayRule", "ThreePartPay"]
