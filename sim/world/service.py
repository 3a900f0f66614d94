"""Matters and how they are served: queues of economic and service matters a new city, of social matters an area.

Arrays have shape (replications, new cities), those of social matters (replications,). ODD.md §7.17.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import Draws
from sim.world.powers import Powers

Floats = NDArray[np.float64]
Streams = NDArray[np.uint64]
KINDS = ("economic", "service", "social")


@dataclass
class Queue:
    """One kind of matter.

    Attributes:
        reference: capacity at the founding, from which arrivals are reckoned.
        stream: keys of its luck.
        backlog, turnaround (quarters), quality (ability SD), user_cost: as of the last quarter served.
        pressure: backlog over capacity.
    """

    reference: Floats
    stream: Streams
    backlog: Floats = field(init=False)
    pressure: Floats = field(init=False)
    turnaround: Floats = field(init=False)
    quality: Floats = field(init=False)
    user_cost: Floats = field(init=False)

    def __post_init__(self) -> None:
        for name in ("backlog", "pressure", "turnaround", "quality", "user_cost"):
            setattr(self, name, np.zeros_like(self.reference))

    def serve(self, capacity: Floats, arrivals: Floats) -> None:
        """A quarter's matters join the backlog, and as many as there is capacity for are decided."""
        self.backlog = np.maximum(0.0, self.backlog + arrivals - capacity)
        self.pressure = np.where(capacity > 0, self.backlog / np.where(capacity > 0, capacity, 1.0), 0.0)


def arrivals(queue: Queue, kind: str, load: float, sd: float, draws: Draws, quarter: int) -> Floats:
    """Matters that come in a quarter, hand-off errors apart."""
    luck = draws.normal(f"demand_{kind}", quarter, queue.stream)
    return np.asarray(load * queue.reference * np.maximum(0.0, 1 + sd * luck))


def hops(powers: Powers, tiers: int, pending: Floats) -> dict[str, Floats | float]:
    """Hand-offs a matter needs on average; `pending` is the share of social items still to be handed over."""
    levels = tiers - 1
    lateral = powers.coordination if tiers == 2 else 0.0
    return {
        "economic": (1 - powers.economic_share) * levels + lateral,
        "service": (1 - powers.service_share) * levels + lateral,
        "social": (1 - powers.towns_share) * levels + pending + lateral,
    }


@dataclass
class Service:
    """All queues of the replications in the tables, and how far the handing over of social affairs has come."""

    economic: Queue
    service: Queue
    social: Queue
    transferred: Floats
    before: list[Floats] = field(default_factory=list)
    """Mean quality of each quarter before the first change."""
    kept: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.kept = np.ones(self.transferred.size)

    @property
    def queues(self) -> dict[str, Queue]:
        return {"economic": self.economic, "service": self.service, "social": self.social}

    @property
    def mean_quality(self) -> Floats:
        """Mean of the three qualities, shape (replications,)."""
        return np.asarray(
            (self.economic.quality.mean(axis=1) + self.service.quality.mean(axis=1) + self.social.quality) / 3
        )
