"""No targets."""

from typing import Literal

from sim.rules.contributions.base import ContributionsRule


class NoTargets(ContributionsRule):
    """Nobody has a target; whatever rewards a met target pays everybody alike (null kind)."""

    kind: Literal["none"] = "none"
