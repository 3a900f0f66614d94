"""Ranks by reputation: what all scores so far say of a person's ability."""

from typing import Literal

import numpy as np

from sim.core.arrays import Floats
from sim.core.groups import ratio
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.base import Worth, own_worth
from sim.rules.ranks.base import ClimbedRanks


class ReputationRanks(ClimbedRanks):
    """One rank at a time, in the order of what the record says of ability (career concerns, Holmström)."""

    kind: Literal["reputation"] = "reputation"
    worth_a_year: float = param(
        0.05,
        unit="mean annual pay per SD of reputation and year",
        source="assumption",
        ge=0,
        le=5,
        doc="What a better reputation is reckoned to bring in each later year.",
    )

    def order(self, view: View) -> Floats:
        return np.asarray(view.staff.belief, dtype=np.float64)

    def worth(self, standing: Standing) -> Worth:
        """A year's score moves the belief by the gain K, and 1 − K of that is left each year: Σ δ^s·K·(1 − K)^(s−1)."""
        discount, gain = standing.stakes.discount, standing.gain
        lasting = ratio(discount * gain, 1 - discount * (1 - gain))
        marginal = np.where(standing.year.member, self.worth_a_year * lasting, 0.0)
        return own_worth(marginal, np.where(standing.year.size > 1, marginal, 0.0))
