"""What changes when and where: the entries of a timeline, and the regimes and behaviours that follow one another."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sim.core.text import did_you_mean
from sim.scenario.messages import Problems, show
from sim.scenario.node import NOWHERE, Node, Path, Place, mapping, nearest, plain
from sim.scenario.patch import EMPTY, expanded, insert, merge, pieces, touches
from sim.scenario.where import Where, read_where

if TYPE_CHECKING:
    from sim.scenario.roster.source import RosterSource

CHANGEABLE = ("structure", "regime", "behaviour")
"""What a timeline may change."""
CHANGEABLE_SOMEWHERE = ("regime",)
"""What it may change in some places only."""
KEYS = ("quarter", "set", "where")


@dataclass(frozen=True)
class Entry:
    """A patch that takes effect when `quarter` closes, in the places of `where`; everywhere where that is None."""

    quarter: int
    patch: Node
    place: Place
    where: Where | None = None
    said: Node | None = None
    """What is written of `where`."""


@dataclass(frozen=True)
class Layers:
    """A scenario before it is checked: the founding tree, and the entries in the order of their quarters.

    Attributes:
        roster: the roster file that the founding tree names, read; None where it names none.
    """

    base: Node
    entries: tuple[Entry, ...] = ()
    roster: "RosterSource | None" = None


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
    """Two entries of one file for one quarter and the same places are more likely a slip than a wish."""
    first: dict[tuple[int, str], Entry] = {}
    for entry in entries:
        key = (entry.quarter, entry.where.words() if entry.where else "")
        if first.setdefault(key, entry) is not entry:
            at = first[key].place.line
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
        if name not in KEYS:
            text = f"timeline.{name} is unknown{did_you_mean(name, KEYS)}"
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
    said = node.child("where")
    changes = _read_patch(patch, CHANGEABLE if said is None else CHANGEABLE_SOMEWHERE, problems)
    return Entry(quarter.value, changes, quarter.place, read_where(said, problems), said)


def _read_patch(node: Node, changeable: tuple[str, ...], problems: Problems) -> Node:
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
        elif name not in changeable:
            text = f"timeline.set.{name}: it is one for the whole area; an entry with `where` changes the regime only"
            problems.add(child.key_place, text)
    return patch.with_value({name: patch.value[name] for name in patch.value if name in changeable})


def overridden(layers: Layers, override: Node, problems: Problems) -> Layers:
    """Overrides, each laid on the last entry that touches the same slot or setting, else on the founding.

    An override speaks of the policy, and the policy is what the last entry says. Where that is said of some places
    only, every entry that says the same of other places is the same policy.
    """
    entries, base = list(layers.entries), mapping({})
    patches = [mapping({}) for _ in entries]
    for path, node in pieces(override):
        at = _policy(entries, path)
        for root in [patches[number] for number in at] or [base]:
            insert(root, path, node, problems)
    added = [
        replace(entry, patch=patch, place=NOWHERE)
        for entry, patch in zip(entries, patches, strict=True)
        if patch.value
    ]
    return Layers(merge(layers.base, base, problems), in_order((*entries, *added)))


def _policy(entries: list[Entry], path: Path) -> list[int]:
    """Which entries an override of a slot or setting is laid on."""
    at = [number for number, entry in enumerate(entries) if touches(entry.patch, path)]
    if not at or entries[at[-1]].where is None:
        return at[-1:]
    meant = plain(nearest(entries[at[-1]].patch, path))
    return [n for n in at if entries[n].where and plain(nearest(entries[n].patch, path)) == meant]


def in_order(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """By quarter; within a quarter as they were laid."""
    return tuple(sorted(entries, key=lambda entry: entry.quarter))
