"""Nothing floats."""

from typing import Literal

from sim.rules.floating_pay.base import FloatingPayRule


class FixedPay(FloatingPayRule):
    """Pay does not depend on results (null kind); the thirteenth month of civil servants is part of it."""

    kind: Literal["fixed"] = "fixed"
