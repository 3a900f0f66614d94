"""The outside: units the new area is ranked among, and the new cities' growth.

A few series a replication, keyed like people's luck. They do not react to anybody.
"""

from dataclasses import dataclass

import numpy as np

from sim.core.arrays import Counts, Floats, Streams
from sim.core.draws import Draws, streams
from sim.settings.place import Growth, Municipality


def ar1(previous: Floats | None, persistence: float, innovation: Floats) -> Floats:
    """One step of an AR(1) with unit variance; stationary from the first step."""
    if previous is None:
        return innovation
    return np.asarray(persistence * previous + np.sqrt(1 - persistence**2) * innovation)


class Peers:
    """Outside units' values of every department's indicator and of growth, all of unit variance.

    `indicators` has shape (departments, units − 1), `growth` (replications, units − 1).
    """

    def __init__(self, terms: Municipality, department_stream: Streams, replications: Counts) -> None:
        self.terms = terms
        others = np.arange(terms.units - 1, dtype=np.int64)
        self._indicator_stream = streams(department_stream[:, None].view(np.int64), others[None, :])
        self._growth_stream = streams(replications[:, None], others[None, :] + (1 << 42))
        self.indicators: Floats | None = None
        self.growth: Floats | None = None

    def step_indicators(self, draws: Draws, quarter: int) -> Floats:
        innovation = draws.normal("peer_indicator", quarter, self._indicator_stream)
        self.indicators = ar1(self.indicators, self.terms.persistence, innovation)
        return self.indicators

    def extend(self, draws: Draws, quarter: int, department_stream: Streams) -> bool:
        """Peers for a new department; whether its indicator starts now or with everybody's first step."""
        others = np.arange(self.terms.units - 1, dtype=np.int64)
        new = streams(department_stream[:, None].view(np.int64), others[None, :])
        self._indicator_stream = np.concatenate([self._indicator_stream, new])
        if self.indicators is None:
            return False
        first = draws.normal("peer_indicator", quarter, new)
        self.indicators = np.concatenate([self.indicators, first])
        return True

    def step_growth(self, draws: Draws, quarter: int) -> Floats:
        innovation = draws.normal("peer_growth", quarter, self._growth_stream)
        self.growth = ar1(self.growth, self.terms.persistence, innovation)
        return self.growth


@dataclass(frozen=True)
class Sources:
    """Where a new city's growth comes from, each of shape (replications, new cities) or one number for all.

    Attributes:
        extra_output: output per post of the economic departments beyond a founder's.
        extra_autonomy: share of economic items decided locally, beyond that at the founding.
        delay: quarters an economic matter takes.
        parks: mean result of the parks.
        shock: AR(1) luck of unit variance.
    """

    extra_output: Floats
    extra_autonomy: float
    delay: Floats
    parks: Floats
    shock: Floats


def growth_rates(terms: Growth, of: Sources) -> Floats:
    """Yearly growth of each new city."""
    policy = terms.autonomy_effect * of.extra_autonomy - terms.delay_effect * of.delay
    work = terms.output_effect * of.extra_output + terms.park_effect * of.parks
    return terms.base + terms.platform_effect + work + policy + terms.shock_sd * of.shock


def municipal_rank(own: Floats, peers: Floats) -> Counts:
    """Rank among the peers, 1 for the highest; `own` (replications, k), `peers` (replications, units − 1)."""
    return 1 + (peers[:, None, :] > own[:, :, None]).sum(axis=2)
