"""Nobody changes rank."""

from typing import Literal

from sim.rules.ranks.base import RanksRule


class FlatRanks(RanksRule):
    """No promotion and no demotion: every vacancy is filled from outside (null kind)."""

    kind: Literal["flat"] = "flat"
