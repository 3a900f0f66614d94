"""What a scenario is: a place, a structure, a regime and its changes, people's behaviour, how to run it."""

from typing import Any, Self

from pydantic import PrivateAttr, SerializeAsAny

from sim.rules.regime import Regime
from sim.scenario.change import changed
from sim.scenario.header import Header
from sim.scenario.node import Path
from sim.scenario.past import Origin, Past
from sim.scenario.phases import Change, Phase
from sim.scenario.written import written_out
from sim.settings.behaviour import Behaviour
from sim.settings.place import Structure, World


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
        return Phase.of(now)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """What is in force from the founding on, and after each change."""
        stages: tuple[Scenario | Change, ...] = (self, *self.timeline)
        return tuple(map(Phase.of, stages))

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """All regimes that are ever in force anywhere."""
        return tuple(regime for phase in self.phases for regime in phase.regimes)

    @property
    def is_placed(self) -> bool:
        """Whether an entry of the timeline says where."""
        return any(change.entries for change in self.timeline)

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
        return any(regime.adjustment.chosen_by != "rule" for regime in self.regimes)

    def by_rule(self) -> "Scenario":
        """The same scenario with those flagged whom the triggers hit."""
        changes = tuple(
            change.model_copy(
                update={
                    "regime": change.regime.by_rule(),
                    "regimes": tuple(regime.by_rule() for regime in change.regimes),
                }
            )
            for change in self.timeline
        )
        return self.model_copy(update={"regime": self.regime.by_rule(), "timeline": changes})

    def origin(self, path: Path, stage: int = 0) -> Origin | None:
        """Where `path` was set, at the founding (stage 0) or by a later change; None for a default."""
        return self._origins[stage].get(path) if stage < len(self._origins) else None

    @property
    def origins(self) -> tuple[dict[Path, Origin], ...]:
        """Where values were set, at the founding and by each change; empty where nothing is known."""
        return self._origins

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

    def with_(self, **overrides: Any) -> Self:
        """The scenario with some settings changed, checked again: `scenario.with_(seed=2)`.

        Raises:
            UserError: as `load`.
        """
        return changed(self, overrides)

    def resolved(self) -> dict[str, Any]:
        """Everything written out, defaults included, as JSON would hold it; `load` takes it back.

        A change writes out the parts it touches; a trigger that it removes is null there.
        """
        return written_out(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.resolved() == other.resolved()

    __hash__ = None  # type: ignore[assignment]
