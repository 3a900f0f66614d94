"""The parts of a scenario, each read from its tree."""

from collections.abc import Collection
from typing import Any

from sim.core.parameters import Settings
from sim.rules.regime import Regime
from sim.scenario.header import Header, Horizon
from sim.scenario.messages import Problems
from sim.scenario.node import Node, leaves, plain
from sim.scenario.node import Path as Keys
from sim.scenario.past import Origin
from sim.scenario.patch import EMPTY
from sim.scenario.phases import Change, Entry
from sim.scenario.roster.into_scenario import checked_roster
from sim.scenario.stages import Placed, Stage
from sim.scenario.timeline import Layers
from sim.scenario.validation import refuse_unknown, regime, settings
from sim.settings.behaviour import Behaviour
from sim.settings.place import Structure, World

PARTS: dict[str, type[Settings]] = {"world": World, "structure": Structure, "behaviour": Behaviour}
HEADER = tuple(Header.model_fields)
TOP = (*HEADER, *PARTS, "regime")
"""The keys of a scenario, `extends` and `timeline` apart."""


def read_founding(
    layers: Layers, problems: Problems, wanted: Collection[str] = TOP, rules: Regime | None = None
) -> dict[str, Any]:
    """The wanted parts of what is founded, by name; None for a part that is wrong.

    Args:
        rules: the rules in slots that the tree does not name; None for those of null kind.
    """
    base = layers.base
    refuse_unknown(base, (*TOP, "extends", "timeline"), (), problems)
    fields = _header(base, problems) if any(name in wanted for name in HEADER) else {}
    fields |= _settings(base, [name for name in PARTS if name in wanted], problems)
    if "world" in wanted:
        fields["world"] = checked_roster(fields["world"], base, layers.roster, problems)
    if "regime" in wanted:
        fields["regime"] = regime(base.child("regime") or EMPTY, problems, rules)
    return fields


def read_change(
    tree: Node, problems: Problems, wanted: Collection[str] = TOP, rules: Regime | None = None
) -> dict[str, Any]:
    """The wanted parts of what a timeline may change, by name; None for a part that is wrong."""
    fields = {"regime": regime(tree.child("regime") or EMPTY, problems, rules)} if "regime" in wanted else {}
    names = [name for name in ("behaviour", "structure") if name in wanted]
    return {**fields, **_settings(tree, names, problems)}


def change_of(stage: Stage, problems: Problems) -> Change | None:
    """The change that a stage makes; None where something is wrong with it."""
    fields = read_change(stage.tree, problems)
    entries = [_entry(placed, problems) for placed in stage.placed]
    if None in fields.values() or None in entries or None in stage.regimes:
        return None
    return Change.model_construct(
        quarter=stage.quarter,
        touched=stage.touched,
        entries=tuple(entries),
        regimes=stage.regimes,
        numbers=stage.numbers,
        **fields,
    )


def _entry(placed: Placed, problems: Problems) -> Entry | None:
    """What is said for some places; None where it is wrong, or where there was nothing before."""
    now = regime(placed.tree.child("regime") or EMPTY, problems)
    before = next(iter(placed.before), None)
    if now is None or before is None:
        return None
    return Entry.model_construct(
        where=placed.where,
        touched=placed.touched,
        patch=plain(placed.patch),
        regime=now,
        before=before,
        differing=placed.differing,
        inside=placed.inside,
    )


def _header(base: Node, problems: Problems) -> dict[str, Any]:
    """The checked values of how a scenario is named and run."""
    own = {key: child for key, child in base.value.items() if key in HEADER}
    header = settings(Header, base.with_value(own), (), problems)
    return {name: getattr(header, name) for name in HEADER} if header else {}


def _settings(tree: Node, names: Collection[str], problems: Problems) -> dict[str, Settings | None]:
    return {name: settings(PARTS[name], tree.child(name) or EMPTY, (name,), problems) for name in names}


def quarters_of(base: Node) -> int:
    """The horizon, as far as it can be told: another error may stand beside it."""
    horizon = base.child("horizon") or EMPTY
    said = horizon.child("quarters")
    return said.value if said and isinstance(said.value, int) else Horizon().quarters


def origins_of(tree: Node) -> dict[Keys, Origin]:
    """Where every value of a tree was set."""
    return {path: Origin(str(leaf.place), leaf.source, leaf.note) for path, leaf in leaves(tree)}
