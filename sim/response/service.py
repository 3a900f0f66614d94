"""Matters and how they are served: queues of economic and service matters a new city, of social matters an area.

Arrays have shape (replications, new cities), those of social matters (replications,). ODD.md §7.17.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.special import stdtrit

from sim.core.arrays import Floats, Streams
from sim.core.draws import Draws
from sim.settings.powers import Powers

KINDS = ("economic", "service", "social")


@dataclass
class Queue:
    """One kind of matter.

    Attributes:
        reference: capacity at the founding, from which arrivals are reckoned.
        stream: keys of its luck.
        work: what the last quarter brought, in mean output.
        backlog, turnaround (quarters), quality (ability SD), user_cost: as of the last quarter served.
        pressure: backlog over capacity.
    """

    reference: Floats
    stream: Streams
    work: Floats = field(init=False)
    backlog: Floats = field(init=False)
    pressure: Floats = field(init=False)
    turnaround: Floats = field(init=False)
    quality: Floats = field(init=False)
    user_cost: Floats = field(init=False)

    def __post_init__(self) -> None:
        for name in ("work", "backlog", "pressure", "turnaround", "quality", "user_cost"):
            setattr(self, name, np.zeros_like(self.reference))

    def serve(self, capacity: Floats, work: Floats) -> None:
        """A quarter's matters join the backlog, and as many as there is capacity for are decided."""
        self.work = work
        self.backlog = np.maximum(0.0, self.backlog + work - capacity)
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
class Loads:
    """Work per person at work, of what people of usual output can do.

    Attributes:
        new_cities: of the economic departments, shape (replications, new cities).
        social: of all social departments, shape (replications,).
        area_level: of the area level's economic departments, shape (replications,).
    """

    new_cities: Floats
    social: Floats
    area_level: Floats


@dataclass
class Service:
    """All queues of the replications in the tables, and how far the handing over of social affairs has come.

    `own_work` is what the area level's economic departments have to do besides deciding what is escalated, and
    `of_agencies` each new city's part of what the agencies do.
    """

    economic: Queue
    service: Queue
    social: Queue
    transferred: Floats
    own_work: Floats
    of_agencies: Floats
    loads: Loads
    before: list[Floats] = field(default_factory=list)
    """Mean quality of each quarter before the first change."""
    since: int = 0
    """Quarters since."""
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

    def judge(self, reformed: bool, false_alarm: float, wander: float) -> None:
        """Whether users are served no worse than before the first change (办事体验不降), their luck allowed for.

        The limit is what quarters like those before fall below with the chance `false_alarm`; it moves away with every
        quarter since, because quality wanders with who comes and goes (`wander`).
        """
        quality = self.mean_quality
        if not reformed:
            self.before.append(quality)
            return
        self.since += 1
        if len(self.before) > 1:
            before, many = np.array(self.before), len(self.before)
            allowed = float(stdtrit(many - 1, 1 - false_alarm)) * np.sqrt(1 + 1 / many + wander * self.since)
            limit = before.mean(axis=0) - allowed * before.std(axis=0, ddof=1)
            self.kept = (quality >= limit).astype(float)
