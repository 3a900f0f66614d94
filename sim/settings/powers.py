"""Who may decide what, and what changing it takes: the powers lists, handing over, reorganising."""

from collections.abc import Iterator

from sim.core.parameters import Complaint, Settings, param


class Powers(Settings):
    """The two lists (权责清单, 政务服务事项清单): how many items there are, and at which level they are decided."""

    economic_items: int = param(
        3454,
        unit="items",
        source="seed",
        ge=1,
        le=100_000,
        doc="3,143 are 91 % of them, so about 3,454 in all.",
    )
    economic_local: int = param(
        3143, unit="items", source="seed", ge=0, le=100_000, doc="Of these the new cities decide."
    )
    service_items: int = param(
        545, unit="items", source="seed", ge=1, le=100_000, doc="469 are 86 % of them, so about 545 in all."
    )
    service_local: int = param(
        469, unit="items", source="seed", ge=0, le=100_000, doc="Likewise, of services."
    )
    social_items: int = param(1812, unit="items", source="seed", ge=1, le=100_000, doc="社会事务类1812项.")
    social_area: int = param(
        1810, unit="items", source="seed", ge=0, le=100_000, doc="Of these the area level exercises."
    )
    social_towns: int = param(
        393,
        unit="items",
        source="seed",
        ge=0,
        le=100_000,
        doc="And the towns; 1,810 + 393 exceed 1,812, so at least 391 are held twice.",
    )
    hop_quarters: float = param(
        0.25, unit="quarters", source="assumption", ge=0, le=2, doc="Time a hand-off to another level takes."
    )
    coordination: float = param(
        0.03,
        unit="hand-offs a matter",
        source="assumption",
        ge=0,
        le=2,
        doc="Side effect of two parallel chains: new cities and towns have to consult each other (共进互促).",
    )
    uniform_items: bool = param(
        True,
        unit="yes or no",
        source="seed",
        doc="Items read alike at all levels (四级四同): no hand-off errors.",
    )
    handoff_error: float = param(
        0.04,
        unit="share a hand-off",
        source="assumption",
        ge=0,
        le=1,
        doc="Matters that come back otherwise.",
    )
    deciding_work: float = param(
        0.2,
        unit="share of a matter's work",
        source="assumption",
        ge=0,
        le=1,
        doc="Work of a matter that lies in deciding it and goes with the power; the rest stays where it arrives.",
    )
    handoff_work: float = param(
        0.01,
        unit="share of a matter's work a hand-off",
        source="assumption",
        ge=0,
        le=1,
        doc="Work that handing a matter on costs besides the time.",
    )
    shirking: float = param(
        0.1,
        unit="quarters",
        source="assumption",
        ge=0,
        le=2,
        doc="Time lost on an item that two levels hold, each waiting for the other.",
    )

    def complaints(self) -> Iterator[Complaint]:
        for part, whole in (
            ("economic_local", "economic_items"),
            ("service_local", "service_items"),
            ("social_area", "social_items"),
            ("social_towns", "social_items"),
        ):
            if getattr(self, part) > getattr(self, whole):
                yield part, f"{getattr(self, part)} is more than {whole} {getattr(self, whole)} (items)"

    @property
    def economic_share(self) -> float:
        """Share of economic items decided in the new cities."""
        return self.economic_local / self.economic_items

    @property
    def service_share(self) -> float:
        """Share of service items decided in the new cities."""
        return self.service_local / self.service_items

    def local_work(self, local_share: float, usual_share: float) -> float:
        """Work that stays with a new city's people, of what does under the usual list with its `usual_share`."""
        return (1 - self.deciding_work * (1 - local_share)) / (1 - self.deciding_work * (1 - usual_share))

    def escalated_work(self, local_share: float, usual_share: float) -> float:
        """Work of deciding what is not decided locally, in the same unit."""
        return self.deciding_work * (1 - local_share) / (1 - self.deciding_work * (1 - usual_share))

    @property
    def towns_share(self) -> float:
        """Share of social items that towns may decide."""
        return self.social_towns / self.social_items

    @property
    def held_twice(self) -> float:
        """Share of social items held by both levels."""
        return max(0, self.social_area + self.social_towns - self.social_items) / self.social_items


class Divestment(Settings):
    """Social affairs leave the new cities one by one, when the receiver is ready (成熟一项、剥离一项、承接一项)."""

    quarters: int = param(
        6, unit="quarters", source="assumption", ge=1, le=40, doc="Least time to hand over all items."
    )
    readiness: float = param(
        1.2,
        unit="quarters of backlog",
        source="assumption",
        ge=0,
        le=20,
        doc="No item is handed over while the receiver's backlog is longer than this.",
    )


class Transition(Settings):
    """What a reorganisation costs at first."""

    loss: float = param(0.10, unit="share of output", source="assumption", ge=0, le=0.5, doc="Output lost.")
    quarters: int = param(2, unit="quarters", source="assumption", ge=0, le=20, doc="For how long.")
