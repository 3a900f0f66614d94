"""What changes when: the entries of a timeline, and the regimes and behaviours that follow one another."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.core.text import did_you_mean
from sim.scenario.messages import Problems, show
from sim.scenario.node import NOWHERE, Node, Path, Place, mapping, plain
from sim.scenario.patch import EMPTY, expanded, insert, merge, pieces, touches

if TYPE_CHECKING:
    from sim.scenario.roster.source import RosterSource

CHANGEABLE = ("structure", "regime", "behaviour")
"""What a timeline may change."""


@dataclass(frozen=True)
class Entry:
    """A patch that takes effect when `quarter` closes."""

    quarter: int
    patch: Node
    place: Place


@dataclass(frozen=True)
class Layers:
    """A scenario before it is checked: the founding tree, and the entries in the order of their quarters.

    Attributes:
        roster: the roster file that the founding tree names, read; None where it names none.
    """

    base: Node
    entries: tuple[Entry, ...] = ()
    roster: "RosterSource | None" = None


@dataclass(frozen=True)
class Stage:
    """The tree in force after the entries of one quarter, and the parts of it that they name."""

    quarter: int
    tree: Node
    touched: tuple[Path, ...]
    place: Place


def read_timeline(node: Node | None, problems: Problems) -> tuple[Entry, ...]:
    """The entries of one file's `timeline`."""
    if node is None:
        return ()
    if not isinstance(node.value, list):
        problems.add(node.place, f"timeline = {show(plain(node))} is not a list of {{quarter, set}}")
        return ()
    read = (_read_entry(item, problems) for item in node.value)
    entries = tuple(entry for entry in read if entry is not None)
    _once_a_quarter(entries, problems)
    return entries


def _once_a_quarter(entries: tuple[Entry, ...], problems: Problems) -> None:
    """Two entries of one file for one quarter are more likely a slip than a wish."""
    first: dict[int, Entry] = {}
    for entry in entries:
        if first.setdefault(entry.quarter, entry) is not entry:
            at = first[entry.quarter].place.line
            where = f" (line {at})" if at else ""
            text = (
                f"timeline: quarter {entry.quarter} has an entry already{where}; write both under one `set`"
            )
            problems.add(entry.place, text)


def _read_entry(node: Node, problems: Problems) -> Entry | None:
    if not node.is_mapping:
        problems.add(
            node.place, f"timeline: {show(plain(node))} is not an entry {{quarter: 8, set: {{...}}}}"
        )
        return None
    for name, child in node.value.items():
        if name not in ("quarter", "set"):
            text = f"timeline.{name} is unknown{did_you_mean(name, ('quarter', 'set'))}"
            problems.add(child.key_place, text)
    quarter, patch = node.child("quarter"), node.child("set")
    if quarter is None or patch is None:
        missing = "quarter" if quarter is None else "set"
        problems.add(node.place, f"timeline: an entry lacks `{missing}`; write {{quarter: 8, set: {{...}}}}")
        return None
    if not isinstance(quarter.value, int) or isinstance(quarter.value, bool):
        text = f"timeline.quarter = {show(plain(quarter))} is not a whole number (quarters)"
        problems.add(quarter.place, text)
        return None
    return Entry(quarter.value, _read_patch(patch, problems), quarter.place)


def _read_patch(node: Node, problems: Problems) -> Node:
    """What an entry sets; nothing yet is fine."""
    if node.value is None:
        return EMPTY
    if not node.is_mapping:
        problems.add(node.place, f"timeline.set = {show(plain(node))} is not settings (key: value)")
        return EMPTY
    patch = expanded(node, problems)
    for name, child in patch.value.items():
        if name not in CHANGEABLE:
            text = f"timeline.set.{name}: a timeline changes structure, regime or behaviour only"
            problems.add(child.key_place, text)
    return patch.with_value({name: patch.value[name] for name in patch.value if name in CHANGEABLE})


def overridden(layers: Layers, override: Node, problems: Problems) -> Layers:
    """Overrides, each laid on the last entry that touches the same slot or setting, else on the founding.

    An override speaks of the policy, and the policy is what the last entry says.
    """
    patches: dict[int | None, Node] = {}
    for path, node in pieces(override):
        at = [entry.quarter for entry in layers.entries if touches(entry.patch, path)]
        root = patches.setdefault(at[-1] if at else None, mapping({}))
        insert(root, path, node, problems)
    base = merge(layers.base, patches.pop(None, EMPTY), problems)
    added = tuple(Entry(quarter, patch, NOWHERE) for quarter, patch in patches.items() if quarter is not None)
    return Layers(base, in_order((*layers.entries, *added)))


def in_order(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """By quarter; within a quarter as they were laid."""
    return tuple(sorted(entries, key=lambda entry: entry.quarter))


def stages(layers: Layers, problems: Problems) -> list[Stage]:
    """What is in force after each quarter that has entries, in order."""
    reached: list[Stage] = []
    tree = layers.base
    for quarter in sorted({entry.quarter for entry in layers.entries}):
        together = [entry for entry in layers.entries if entry.quarter == quarter]
        for entry in together:
            tree = merge(tree, entry.patch, problems)
        reached.append(Stage(quarter, tree, _touched(together), together[0].place))
    return reached


def _touched(entries: list[Entry]) -> tuple[Path, ...]:
    """Slots of the regime, and single settings of behaviour and structure."""
    return tuple(sorted({path for entry in entries for path, _ in pieces(entry.patch)}))
