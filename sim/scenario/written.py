"""A scenario written out as JSON would hold it, defaults included, whole or in parts."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sim.scenario.timeline import CHANGEABLE

if TYPE_CHECKING:
    from sim.scenario.phases import Change, Entry
    from sim.scenario.schema import Scenario

Tree = dict[str, Any]


def written_out(scenario: "Scenario", parts: Mapping[str, Any] | None = None) -> Tree:
    """The founding and, under `timeline`, what each change sets, for the parts that it touches.

    Args:
        parts: the fields that are wanted, as pydantic's `include`; by default all.
    """
    wanted = dict.fromkeys(type(scenario).model_fields, True) if parts is None else dict(parts)
    wanted.pop("timeline", None)
    later = {name: part for name, part in wanted.items() if name in CHANGEABLE}
    written = before = scenario.model_dump(mode="json", include=wanted)
    written["timeline"] = []
    for change in scenario.timeline:
        after = change.model_dump(mode="json", include=later)
        if change.entries:
            written["timeline"] += [_entry(change, entry, after) for entry in change.entries]
        else:
            patch = _patch(change.touched, before, after)
            written["timeline"].append({"quarter": change.quarter, "set": patch})
        before = after
    return written


def _entry(change: "Change", entry: "Entry", after: Tree) -> Tree:
    """What is set for some places; a slot that was not the same in all of them stays as it is said."""
    now = after | {"regime": entry.regime.model_dump(mode="json")}
    before = {"regime": entry.before.model_dump(mode="json")}
    alike = [path for path in entry.touched if path[0] != "regime" or path[1] not in entry.differing]
    patch = _patch(alike, before, now)
    for _, slot in (path for path in entry.touched if path not in alike):
        patch.setdefault("regime", {})[slot] = entry.patch["regime"][slot]
    where = (
        {} if entry.where is None else {"where": entry.where.model_dump(mode="json", exclude_defaults=True)}
    )
    return {"quarter": change.quarter, **where, "set": patch}


def _patch(touched: Iterable[tuple[str, ...]], before: Tree, after: Tree) -> Tree:
    """The touched parts after a change, as far as they are wanted; a trigger that it removes is null."""
    patch: Tree = {}
    for path in touched:
        here, there = patch, after
        if path[0] not in there or (len(path) > 1 and path[1] not in there[path[0]]):
            continue
        for name in path[:-1]:
            here, there = here.setdefault(name, {}), there[name]
        here[path[-1]] = there[path[-1]]
    adjustment = patch.get("regime", {}).get("adjustment", {})
    if "triggers" in adjustment:
        old = before["regime"]["adjustment"]
        names = old.get("triggers", {}) if adjustment["kind"] == old["kind"] else ()
        removed = {name: None for name in names if name not in adjustment["triggers"]}
        patch["regime"]["adjustment"] = adjustment | {"triggers": removed | adjustment["triggers"]}
    return patch
