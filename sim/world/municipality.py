"""The outside: units the new area is ranked among, and the new cities' growth.

A few series a replication, keyed like people's luck. They do not react to anybody.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Draws, streams
from sim.world.place import Growth, Municipality

Floats = NDArray[np.float64]
Streams = NDArray[np.uint64]


def ar1(previous: Floats | None, persistence: float, innovation: Floats) -> Floats:
    """One step of an AR(1) with unit variance; stationary from the first step."""
    if previous is None:
        return innovation
    return np.asarray(persistence * previous + np.sqrt(1 - persistence**2) * innovation)


class Peers:
    """Outside units' values of every department's indicator and of growth, all of unit variance.

    `indicators` has shape (departments, units − 1), `growth` (replications, units − 1).
    """

    def __init__(
        self, terms: Municipality, department_stream: Streams, replications: NDArray[np.int64]
    ) -> None:
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

    def step_growth(self, draws: Draws, quarter: int) -> Floats:
        innovation = draws.normal("peer_growth", quarter, self._growth_stream)
        self.growth = ar1(self.growth, self.terms.persistence, innovation)
        return self.growth


def growth_rates(terms: Growth, extra_output: Floats, shock: Floats) -> Floats:
    """Yearly growth of each new city: a base, what its economic departments deliver beyond founders' work, and luck."""
    return terms.base + terms.output_effect * extra_output + terms.shock_sd * shock


def municipal_rank(own: Floats, peers: Floats) -> NDArray[np.int64]:
    """Rank among the peers, 1 for the highest; `own` (replications, k), `peers` (replications, units − 1)."""
    return 1 + (peers[:, None, :] > own[:, :, None]).sum(axis=2)
