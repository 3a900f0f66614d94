"""`load`: from a file, a mapping or a scenario to a checked scenario, or to all its errors at once."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.core.shipped import file_named
from sim.scenario.build import build
from sim.scenario.extends import Chain, layered
from sim.scenario.messages import Problems
from sim.scenario.node import Node, Place, mapping
from sim.scenario.overrides import changed_by
from sim.scenario.past import Past
from sim.scenario.patch import expanded
from sim.scenario.roster.into_scenario import roster_settings, with_roster
from sim.scenario.roster.source import RosterFile
from sim.scenario.schema import Scenario
from sim.scenario.sourced import from_python
from sim.scenario.timeline import Layers, overridden
from sim.scenario.unbuild import layers_of
from sim.scenario.validation import settings

Given = str | Path | Mapping[str, Any] | Scenario


def load(
    given: Given,
    set: Mapping[str, Any] | None = None,
    *,
    allow: Collection[str | Path] = (),
) -> Scenario:
    """A scenario from a file, from a mapping of the same form, or from another scenario.

    Args:
        given: path of a YAML file, or the name of a shipped scenario; a mapping (its `extends` is relative to the
            working folder); a scenario.
        set: overrides, `{"regime.floating_pay.floating_share": 0.2}` or nested. An override of a slot or of a
            behaviour setting that the timeline changes goes into the last entry that changes it: it speaks of
            the policy, not of the years before. All others go into the founding scenario.
        allow: files that may be extended although they lie outside the folder of `given`.

    Raises:
        UserError: one line for every problem, with file, line, column, path, value and what is allowed.
    """
    problems = Problems()
    allowed = tuple(Path(path) for path in allow)
    files, past = _layers(given, allowed, problems)
    override = _override(set, problems) if set else None
    layers = _completed(files, override, allowed, problems)
    scenario = build(layers, problems) if layers is not None else None
    problems.stop()
    if scenario is None:
        raise UserError("the scenario could not be read")
    if override is not None and files is not None:
        past = replace(past, changed=changed_by(override, files, scenario, past.changed))
    return scenario.with_past(past)


def layered_files(
    given: Given, set: Mapping[str, Any] | None, allow: Collection[str | Path], problems: Problems
) -> Layers | None:
    """What `load` is given, read and laid on one another, but not checked; None where it cannot be read."""
    allowed = tuple(Path(path) for path in allow)
    layers, _ = _layers(given, allowed, problems)
    return _completed(layers, _override(set, problems) if set else None, allowed, problems)


def _completed(
    layers: Layers | None, override: Node | None, allowed: tuple[Path, ...], problems: Problems
) -> Layers | None:
    """With the overrides on top, and the roster read."""
    if layers is not None and override is not None:
        layers = overridden(layers, override, problems)
    said = roster_settings(layers) if layers is not None else None
    if layers is None or said is None:
        return layers
    told = settings(RosterFile, said, ("world", "roster"), problems)
    return with_roster(layers, said, told, allowed, problems)


def _override(given: Mapping[str, Any], problems: Problems) -> Node:
    """What `set` says, as one tree."""
    items = {str(key): from_python(value, Place(f"set {key}"), problems) for key, value in given.items()}
    tree = expanded(mapping(items), problems)
    for key in ("timeline", "extends"):
        if key in tree.value:
            text = f"{key} cannot be set from outside; write a scenario file"
            problems.add(tree.value.pop(key).key_place, text)
    return tree


def _layers(given: Given, allow: tuple[Path, ...], problems: Problems) -> tuple[Layers | None, Past]:
    """What was laid on what, and where it comes from."""
    if isinstance(given, Scenario):
        return layers_of(given), given.past
    if not isinstance(given, (str, Path, Mapping)):
        kind = f"{type(given).__module__}.{type(given).__qualname__}".removeprefix("builtins.")
        raise UserError(f"a scenario is a path, a mapping or a Scenario, not {kind}")
    chain = Chain(allow, problems)
    if isinstance(given, Mapping):
        items = {str(key): from_python(value, Place("scenario"), problems) for key, value in given.items()}
        files = chain.below(mapping(items, Place("scenario")), Path(), None)
    else:
        files = chain.files(file_named(given))
    name = "scenario" if isinstance(given, Mapping) else Path(given).stem
    file = "" if isinstance(given, Mapping) else str(file_named(given).resolve())
    past = Past(file, frozenset(map(str, chain.laid)) - {file})
    return None if chain.broken else layered(files, name, problems), past
