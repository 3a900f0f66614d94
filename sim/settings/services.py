"""The matters people and firms bring, the channels they go through, and who else handles them."""

from collections.abc import Iterator

from sim.core.parameters import ROUNDING, Complaint, Settings, param


class Channel(Settings):
    """One way of handling a matter; by itself the authorised counter (授权窗口即办)."""

    share: float = param(
        0.25,
        unit="share of matters",
        source="assumption",
        ge=0,
        le=1,
        doc="Matters that go this way; the four sum to 1.",
    )
    quarters: float = param(0.0, unit="quarters", source="assumption", ge=0, le=2, doc="Time this way takes.")
    work: float = param(
        1.1, unit="ratio", source="assumption", ge=0, le=3, doc="Work this way takes, of a usual matter's."
    )


class TownChannel(Channel):
    """Handled in the town (下放镇街实施)."""

    quarters: float = param(0.1, unit="quarters", source="assumption", ge=0, le=2, doc="Time this way takes.")
    work: float = param(
        0.9,
        unit="ratio",
        source="assumption",
        ge=0,
        le=3,
        doc="Work left to the departments, of a usual matter's.",
    )


class RepresentativeChannel(Channel):
    """Decided by the department's chief representative at the counter (首席代表入驻)."""

    quarters: float = param(
        0.05, unit="quarters", source="assumption", ge=0, le=2, doc="Time this way takes."
    )


class OnlineChannel(Channel):
    """Handled online from end to end (全程网办)."""

    quarters: float = param(
        0.02, unit="quarters", source="assumption", ge=0, le=2, doc="Time this way takes."
    )
    work: float = param(
        0.9, unit="ratio", source="assumption", ge=0, le=3, doc="Work this way takes, of a usual matter's."
    )


class Channels(Settings):
    """Four ways of handling a matter anywhere in the area (seed: 四批次流程再造, 全区通办)."""

    counter: Channel = Channel()
    towns: TownChannel = TownChannel()
    representative: RepresentativeChannel = RepresentativeChannel()
    online: OnlineChannel = OnlineChannel()

    def complaints(self) -> Iterator[Complaint]:
        total = sum(channel.share for channel in self.each)
        if abs(total - 1) > ROUNDING:
            yield "online", f"the shares of the four channels sum to {total:.6g}; together they must be 1"

    @property
    def each(self) -> tuple[Channel, ...]:
        return self.counter, self.towns, self.representative, self.online

    @property
    def mean_quarters(self) -> float:
        """Time the channels take on average."""
        return sum(channel.share * channel.quarters for channel in self.each)

    @property
    def mean_work(self) -> float:
        """Work they take on average, of a usual matter's; 1 with equal shares."""
        return sum(channel.share * channel.work for channel in self.each)


class Agencies(Settings):
    """Enterprise-run service bodies below the organs: where people who do not convert may go."""

    number: int = param(
        54,
        unit="agencies",
        source="assumption",
        cite="P1",
        ge=0,
        le=1000,
        doc="46 fewer than before (seed); how many there were was not found: 100 is assumed.",
    )
    places_each: int = param(
        3, unit="people", source="assumption", ge=0, le=1000, doc="Free places for people from the organs."
    )
    work_each: float = param(
        0.5,
        unit="mean output",
        source="assumption",
        ge=0,
        le=100,
        doc="Work on matters of the service list that an agency does in a quarter, those placed there apart.",
    )


class Towns(Settings):
    """The towns (镇街): they handle social matters and have no personnel regime here."""

    number: int = param(19, unit="towns", source="seed", ge=0, le=500, doc="直管区19个镇街.")
    capacity: float = param(
        5.0,
        unit="mean output",
        source="assumption",
        ge=0,
        le=1000,
        doc="Work on social matters a town does in a quarter.",
    )


class Demand(Settings):
    """The matters people and firms bring."""

    load: float = param(
        0.90, unit="share of capacity", source="assumption", ge=0, le=3, doc="Matters over founding capacity."
    )
    sd: float = param(0.1, unit="share", source="assumption", ge=0, le=1, doc="Quarterly fluctuation.")
    towns_part: float = param(
        95.0,
        unit="mean output",
        source="assumption",
        ge=0,
        le=10_000,
        doc="Social matters that 19 towns with usual capacity would handle: they come whatever the towns do.",
    )
    agencies_part: float = param(
        27.0,
        unit="mean output",
        source="assumption",
        ge=0,
        le=10_000,
        doc="Matters of the service list that 54 agencies would handle: they come whatever the agencies do.",
    )
    usual_load: float = param(
        0.9,
        unit="ratio",
        source="design",
        ge=0,
        le=3,
        doc="Load per person at work that people are used to, as at the founding; more takes from quality and morale.",
    )
    load_weight: float = param(
        0.3,
        unit="ability SD per unit of load",
        source="assumption",
        ge=0,
        le=10,
        doc="What load above the usual takes from the quality of a service.",
    )
    false_alarm: float = param(
        0.05,
        unit="share of quarters",
        source="design",
        gt=0,
        lt=0.5,
        doc="Quarters in which a reform that changes nothing is found to worsen users' experience.",
    )
    wander: float = param(
        0.08,
        unit="share a quarter",
        source="design",
        ge=0,
        le=1,
        doc="Variance that quality gains every quarter as people come and go, of that of its noise; set so that false "
        "alarms are as often later on.",
    )
    service_part: float = param(
        0.3,
        unit="share",
        source="assumption",
        ge=0,
        le=1,
        doc="Part of the new cities' economic work that is on the service list.",
    )
    delay_weight: float = param(
        0.5,
        unit="ability SD per quarter",
        source="assumption",
        ge=0,
        le=10,
        doc="What a quarter's wait takes from the quality of a service.",
    )
