"""What a scenario is: a place, a structure, a regime and its changes, people's behaviour, how to run it."""

from dataclasses import dataclass
from typing import Any, Literal, Self

from pydantic import PrivateAttr, SerializeAsAny

from sim.core.parameters import Settings, param
from sim.rules.regime import Regime
from sim.scenario.node import Path
from sim.scenario.past import Past
from sim.settings.behaviour import Behaviour
from sim.settings.place import Structure, World


class Horizon(Settings):
    """How long, and from when."""

    quarters: int = param(
        40, unit="quarters", source="design", ge=1, le=400, doc="Quarters after the founding (quarter 0)."
    )
    start: str = param(
        "2020Q1",
        unit="year and quarter",
        source="design",
        pattern=r"^\d{4}Q\d{1,2}$",
        doc="as in 2020Q1, what quarter 1 is called; after eight quarters it is 2022Q1.",
    )


class Calendar(Settings):
    """How the year is cut."""

    quarters_per_year: int = param(
        4, unit="quarters", source="design", ge=1, le=12, doc="Quarters after which a year closes."
    )


class Header(Settings):
    """How a scenario is named and run."""

    name: str = param(
        "scenario",
        unit="name",
        source="design",
        pattern=r"^[^\W_][\w-]{0,79}$",
        doc="letters, digits, _ and -, beginning with a letter or digit.",
    )
    question: str = param("", unit="text", source="design", doc="What the report answers first.")
    horizon: Horizon = Horizon()
    calendar: Calendar = Calendar()
    seed: int = param(1, unit="integer", source="design", ge=0, lt=2**63, doc="Seeds everything.")
    replications: int = param(
        100, unit="replications", source="design", ge=1, le=100_000, doc="New areas side by side."
    )
    hold: tuple[Literal["effort", "gaming", "workforce"], ...] = param(
        (),
        unit="choice",
        source="design",
        doc="What stays as it was at the first change, or after hold_after.",
    )
    hold_after: int = param(
        0,
        unit="quarter",
        source="design",
        ge=0,
        le=400,
        doc="Quarter after whose close `hold` begins; 0: the first change of the timeline.",
    )
    record: tuple[Literal["departments", "events", "staff"], ...] = param(
        ("departments", "events"), unit="choice", source="design", doc="Tables kept besides the usual three."
    )
    staff_every: int = param(
        1,
        unit="quarters",
        source="design",
        ge=1,
        le=400,
        doc="With record: [staff], quarters from one record of everybody to the next, the founding the first.",
    )


class Change(Settings):
    """What is in force once `quarter` has closed.

    Attributes:
        touched: what the timeline names: slots as ("regime", "posts") and settings of behaviour and structure as
            ("behaviour", "effort", "response").
    """

    quarter: int
    touched: tuple[tuple[str, ...], ...]
    structure: Structure
    regime: SerializeAsAny[Regime]
    behaviour: Behaviour


@dataclass(frozen=True)
class Phase:
    """What is in force while a quarter is worked."""

    structure: Structure
    regime: Regime
    behaviour: Behaviour


@dataclass(frozen=True)
class Origin:
    """Where a value was set, and what its author says it rests on."""

    place: str
    source: str = ""
    note: str = ""


class Scenario(Header):
    """A checked, frozen scenario; make one with `load`.

    Attributes:
        structure, regime, behaviour: what is in force from the founding until the first change.
        timeline: the changes, by quarter.
    """

    world: World = World()
    structure: Structure = Structure()
    regime: SerializeAsAny[Regime] = Regime()
    behaviour: Behaviour = Behaviour()
    timeline: tuple[Change, ...] = ()
    _origins: tuple[dict[Path, Origin], ...] = PrivateAttr(default=())
    _past: Past = PrivateAttr(default=Past())

    def at(self, quarter: int) -> Phase:
        """What is in force while `quarter` is worked: a change after quarter q counts from q + 1 on."""
        now: Scenario | Change = self
        for change in self.timeline:
            if change.quarter < quarter:
                now = change
        return Phase(now.structure, now.regime, now.behaviour)

    @property
    def changes(self) -> tuple[int, ...]:
        """The quarters after whose close something changes."""
        return tuple(change.quarter for change in self.timeline)

    @property
    def held_after(self) -> int | None:
        """The quarter after whose close `hold` begins; None without one: nothing is ever held."""
        return self.hold_after or next(iter(self.changes), None)

    @property
    def selects_otherwise(self) -> bool:
        """Whether at some time others than those whom the triggers hit are flagged, as many as these."""
        regimes = (self.regime, *(change.regime for change in self.timeline))
        return any(regime.adjustment.chosen_by != "rule" for regime in regimes)

    def by_rule(self) -> "Scenario":
        """The same scenario with those flagged whom the triggers hit."""
        changes = tuple(
            change.model_copy(update={"regime": change.regime.by_rule()}) for change in self.timeline
        )
        return self.model_copy(update={"regime": self.regime.by_rule(), "timeline": changes})

    def origin(self, path: Path, stage: int = 0) -> Origin | None:
        """Where `path` was set, at the founding (stage 0) or by a later change; None for a default."""
        return self._origins[stage].get(path) if stage < len(self._origins) else None

    def with_origins(self, origins: tuple[dict[Path, Origin], ...]) -> Self:
        """The same scenario, knowing where its values were set."""
        copied = self.model_copy()
        copied._origins = origins
        return copied

    @property
    def past(self) -> Past:
        """The file it comes from, what that extends, and what was changed from it."""
        return self._past

    def with_past(self, past: Past) -> Self:
        """The same scenario, coming from elsewhere."""
        copied = self.model_copy()
        copied._past = past
        return copied

    def with_(self, **overrides: Any) -> "Scenario":
        """The scenario with some settings changed, checked again: `scenario.with_(seed=2)`.

        Raises:
            UserError: as `load`.
        """
        from sim.scenario.loader import load

        return load(self, set=overrides)

    def resolved(self) -> dict[str, Any]:
        """Everything written out, defaults included, as JSON would hold it; `load` takes it back.

        A change writes out the parts it touches; a trigger that it removes is null there.
        """
        written = self.model_dump(mode="json", exclude={"timeline"})
        before = written
        written["timeline"] = []
        for change in self.timeline:
            after = change.model_dump(mode="json", include={"structure", "regime", "behaviour"})
            written["timeline"].append({"quarter": change.quarter, "set": _patch(change, before, after)})
            before = after
        return written

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.resolved() == other.resolved()

    __hash__ = None  # type: ignore[assignment]


def _patch(change: Change, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The touched parts after a change."""
    patch: dict[str, Any] = {}
    for path in change.touched:
        here, there = patch, after
        for name in path[:-1]:
            here, there = here.setdefault(name, {}), there[name]
        here[path[-1]] = there[path[-1]]
    adjustment = patch.get("regime", {}).get("adjustment", {})
    old = before["regime"]["adjustment"]
    if "triggers" in adjustment and adjustment["kind"] == old["kind"]:
        removed = {name: None for name in old.get("triggers", {}) if name not in adjustment["triggers"]}
        patch["regime"]["adjustment"] = adjustment | {"triggers": removed | adjustment["triggers"]}
    return patch
