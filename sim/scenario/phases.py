"""What follows what: the entries of a timeline as they are checked, and what is in force from each of them on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import SerializeAsAny

from sim.core.parameters import Settings
from sim.rules.regime import Regime
from sim.scenario.where import Where
from sim.settings.behaviour import Behaviour
from sim.settings.place import Structure

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


class Entry(Settings):
    """What a timeline sets for some places once a quarter has closed.

    Attributes:
        where: the places; None for everywhere.
        touched: as of a `Change`.
        patch: what is set, as it is written.
        regime: what is then in force there; where that differs, of one of the places.
        before: what was in force there before, likewise.
        differing: slots of the regime that were not the same in all of these places.
        inside: for each regime in force, by its number, which one takes its place there. Empty for everywhere.
    """

    where: Where | None
    touched: tuple[tuple[str, ...], ...]
    patch: dict[str, Any]
    regime: SerializeAsAny[Regime]
    before: SerializeAsAny[Regime]
    differing: tuple[str, ...] = ()
    inside: tuple[int, ...] = ()


class Change(Settings):
    """What is in force once `quarter` has closed.

    Attributes:
        touched: what the timeline names: slots as ("regime", "posts") and settings of behaviour and structure as
            ("behaviour", "effort", "response").
        regime: of several, what the last entry puts in force.
        entries: the entries by places; empty while one regime is in force everywhere.
        regimes: all in force side by side, each once; empty likewise.
        numbers: which of them each number in the entries' `inside` stands for.
    """

    quarter: int
    touched: tuple[tuple[str, ...], ...]
    structure: Structure
    regime: SerializeAsAny[Regime]
    behaviour: Behaviour
    entries: tuple[Entry, ...] = ()
    regimes: tuple[SerializeAsAny[Regime], ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Phase:
    """What is in force while a quarter is worked.

    Attributes:
        regime: of several, what the last entry of the timeline put in force.
        regimes: all in force side by side, each once.
        begins: the first quarter.
        entries, numbers: how people come under them, as of a `Change`.
    """

    structure: Structure
    regime: Regime
    behaviour: Behaviour
    regimes: tuple[Regime, ...]
    begins: int = 0
    entries: tuple[Entry, ...] = ()
    numbers: tuple[int, ...] = (0,)

    @classmethod
    def of(cls, now: "Scenario | Change") -> "Phase":
        """What is in force from the founding, or from a change on."""
        if not isinstance(now, Change):
            return cls(now.structure, now.regime, now.behaviour, (now.regime,))
        regimes = now.regimes or (now.regime,)
        numbers, begins = now.numbers or (0,), now.quarter + 1
        return cls(now.structure, now.regime, now.behaviour, regimes, begins, now.entries, numbers)
