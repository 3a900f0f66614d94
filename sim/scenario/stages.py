"""What is in force after each quarter that has entries, and where: regimes side by side, and who comes under which."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from sim.rules.base import SLOTS
from sim.rules.regime import Regime
from sim.scenario.messages import Problems
from sim.scenario.node import Node, Path, Place, plain
from sim.scenario.patch import EMPTY, merge, pieces
from sim.scenario.timeline import Entry, Layers
from sim.scenario.validation import regime
from sim.scenario.where import Cell, Where, check_names, everywhere
from sim.settings.place import World
from sim.settings.terms import AREA_LEVEL


@dataclass(frozen=True)
class Placed:
    """Entries of one quarter for the same places.

    Attributes:
        place: where the first is written.
        where: the places; None for everywhere.
        touched: the parts that they name.
        patch: what they set.
        tree: what is then in force there; of several regimes there, the first.
        before: the regimes that were in force there.
        inside: for each regime in force before this entry, by its number, which one takes its place there; a new
            number is one more than the last. Empty where all of them change in place.
    """

    place: Place
    where: Where | None
    touched: tuple[Path, ...]
    patch: Node
    tree: Node
    before: tuple[Regime | None, ...]
    inside: tuple[int, ...] = ()

    @property
    def differing(self) -> tuple[str, ...]:
        """Slots of the regime that were not the same everywhere there."""
        known = [one for one in self.before if one is not None]
        return tuple(
            slot for slot in SLOTS if any(getattr(one, slot) != getattr(known[0], slot) for one in known)
        )


@dataclass(frozen=True)
class Stage:
    """The tree in force after the entries of one quarter, and the parts of it that they name.

    Attributes:
        tree: of several regimes, that of the last entry.
        placed: the entries by places; empty while one regime is in force everywhere.
        regimes: all in force, each once; None where one is wrong. Empty likewise.
        numbers: which of them each number of the entries' `inside` stands for.
    """

    quarter: int
    tree: Node
    touched: tuple[Path, ...]
    place: Place
    placed: tuple[Placed, ...] = ()
    regimes: tuple[Regime | None, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """Places under one regime: its tree, and where it may be found. Places of a drawn share may be anywhere in them."""

    tree: Node
    cells: frozenset[Cell]


def stages(layers: Layers, problems: Problems) -> list[Stage]:
    """What is in force after each quarter that has entries, in order."""
    organisations = (*cities_of(layers.base), AREA_LEVEL)
    parts = [Part(layers.base, everywhere(organisations))]
    reached: list[Stage] = []
    is_placed = False
    for quarter in sorted({entry.quarter for entry in layers.entries}):
        together = [entry for entry in layers.entries if entry.quarter == quarter]
        is_placed = is_placed or any(entry.where for entry in together)
        if is_placed:
            stage, parts = _divided(together, parts, organisations, problems)
        else:
            stage, parts = _whole(together, parts, problems)
        reached.append(stage)
    return reached


def cities_of(base: Node) -> tuple[str, ...]:
    """The new cities, as far as they can be told: another error may stand beside them."""
    world = base.child("world")
    said = plain(listed) if world and (listed := world.child("new_cities")) else None
    if isinstance(said, list) and all(isinstance(name, str) for name in said):
        return tuple(said)
    return World().new_cities


def _whole(entries: list[Entry], parts: list[Part], problems: Problems) -> tuple[Stage, list[Part]]:
    """One regime takes the place of one."""
    tree = parts[0].tree
    for entry in entries:
        tree = merge(tree, entry.patch, problems)
    stage = Stage(entries[0].quarter, tree, _touched(entries), entries[0].place)
    return stage, [replace(parts[0], tree=tree)]


def _touched(entries: Iterable[Entry]) -> tuple[Path, ...]:
    """Slots of the regime, and single settings of behaviour and structure."""
    return tuple(sorted({path for entry in entries for path, _ in pieces(entry.patch)}))


def _divided(
    entries: list[Entry], parts: list[Part], organisations: tuple[str, ...], problems: Problems
) -> tuple[Stage, list[Part]]:
    """Some places come under other regimes; places whose regimes are then equal are under one."""
    for entry in entries:
        if entry.where is not None:
            check_names(entry.where, entry.said, organisations[:-1], problems)
    groups = _by_places(entries)
    _refuse_overlaps(groups, organisations, problems)
    placed: list[Placed] = []
    for group in groups:
        one, parts = _placed(group, parts, organisations, problems)
        placed.append(one)
    read = [_read(part.tree, problems) for part in parts]
    regimes, numbers = _each_once(read, parts)
    kept = [_kept(place, parts, numbers) for place in range(len(regimes))]
    first = entries[0]
    stage = Stage(
        first.quarter, placed[-1].tree, _touched(entries), first.place, tuple(placed), regimes, numbers
    )
    return stage, kept


def _kept(place: int, parts: list[Part], numbers: tuple[int, ...]) -> Part:
    """All places under one of the regimes; a part that no place is left of says nothing of its tree."""
    own = [part for part, number in zip(parts, numbers, strict=True) if part.cells and number == place]
    return Part(own[0].tree, frozenset().union(*(part.cells for part in own)))


def _by_places(entries: list[Entry]) -> list[list[Entry]]:
    """Entries for the same places together, those for everywhere first."""
    groups: dict[Where | None, list[Entry]] = {None: []}
    for entry in entries:
        groups.setdefault(entry.where, []).append(entry)
    return [group for group in groups.values() if group]


def _refuse_overlaps(groups: list[list[Entry]], organisations: tuple[str, ...], problems: Problems) -> None:
    """Of two entries of one quarter for the same regime of the same place nobody could say which one holds."""
    for one, other in combinations([group for group in groups if _sets_regime(group)], 2):
        common = _cells(one[0].where, organisations) & _cells(other[0].where, organisations)
        if common:
            organisation, kind = min(common)
            first = f" and line {one[0].place.line}" if one[0].place.line else ""
            text = (
                f"timeline: two entries for quarter {other[0].quarter} overlap{first}, for instance in "
                f"{organisation} ({kind}); write different places or different quarters"
            )
            problems.add(other[0].place, text)


def _sets_regime(group: list[Entry]) -> bool:
    return any(entry.patch.child("regime") is not None for entry in group)


def _cells(where: Where | None, organisations: tuple[str, ...]) -> frozenset[Cell]:
    return everywhere(organisations) if where is None else where.cells(organisations)


def _placed(
    group: list[Entry], parts: list[Part], organisations: tuple[str, ...], problems: Problems
) -> tuple[Placed, list[Part]]:
    """The entries for some places, and what is where after them."""
    where, touched = group[0].where, _touched(group)
    patch = EMPTY
    for entry in group:
        patch = merge(patch, entry.patch, Problems())
    cells, after, inside = _cells(where, organisations), list(parts), list(range(len(parts)))
    meant = [number for number, part in enumerate(parts) if part.cells & cells]
    for number in meant:
        part, tree = parts[number], parts[number].tree
        for entry in group:
            tree = merge(tree, entry.patch, problems)
        if where is None:
            after[number] = replace(part, tree=tree)
            continue
        inside[number] = len(after)
        after.append(Part(tree, part.cells & cells))
        left = part.cells - cells if where.departments_share == 1 else part.cells
        after[number] = replace(part, cells=left)
    before = tuple(_read(parts[number].tree, Problems()) for number in meant)
    now = after[inside[meant[0]]].tree if meant else parts[0].tree
    return Placed(
        group[0].place, where, touched, patch, now, before, () if where is None else tuple(inside)
    ), after


def _read(tree: Node, problems: Problems) -> Regime | None:
    return regime(tree.child("regime") or EMPTY, problems)


def _each_once(
    read: list[Regime | None], parts: list[Part]
) -> tuple[tuple[Regime | None, ...], tuple[int, ...]]:
    """The regimes in force anywhere, and for each part which of them it is under."""
    regimes: list[Regime | None] = []
    numbers: list[int] = []
    for one, part in zip(read, parts, strict=True):
        if part.cells and one not in regimes:
            regimes.append(one)
        numbers.append(regimes.index(one) if part.cells else 0)
    return tuple(regimes), tuple(numbers)
