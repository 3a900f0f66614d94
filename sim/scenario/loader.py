"""`load`: from a file, a mapping or a scenario to a checked scenario, or to all its errors at once."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.core.shipped import file_named
from sim.scenario.build import build
from sim.scenario.change import changed
from sim.scenario.extends import Chain, layered
from sim.scenario.messages import Problems
from sim.scenario.node import Node, Place, mapping
from sim.scenario.overrides import changed_by, in_files, override_of
from sim.scenario.past import Past
from sim.scenario.roster.into_scenario import with_roster_file
from sim.scenario.schema import Scenario
from sim.scenario.sourced import from_python
from sim.scenario.timeline import Layers, overridden

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
            working folder); a scenario, which is checked already.
        set: overrides, `{"regime.floating_pay.floating_share": 0.2}` or nested. An override of a slot or of a
            behaviour setting that the timeline changes goes into the last entry that changes it: it speaks of
            the policy, not of the years before. All others go into the founding scenario.
        allow: files that may be extended although they lie outside the folder of `given`.

    Raises:
        UserError: one line for every problem, with file, line, column, path, value and what is allowed.
    """
    allowed = tuple(Path(path) for path in allow)
    if isinstance(given, Scenario):
        return changed(given, set, allowed) if set else given
    problems = Problems()
    files, past = _layers(given, allowed, problems)
    override = override_of(set, problems) if set else None
    layers = _completed(files, override, allowed, problems)
    scenario = build(layers, problems) if layers is not None else None
    problems.stop()
    if scenario is None:
        raise UserError("the scenario could not be read")
    if override is not None and files is not None:
        past = replace(past, changed=changed_by(override, in_files(files), scenario, past.changed))
    return scenario.with_past(past)


def layered_files(given: str | Path, allow: Collection[str | Path], problems: Problems) -> Layers | None:
    """What files say, laid on one another, but not checked; None where they cannot be read."""
    allowed = tuple(Path(path) for path in allow)
    layers, _ = _layers(given, allowed, problems)
    return _completed(layers, None, allowed, problems)


def _completed(
    layers: Layers | None, override: Node | None, allowed: tuple[Path, ...], problems: Problems
) -> Layers | None:
    """With the overrides on top, and the roster read."""
    if layers is None:
        return None
    if override is not None:
        layers = overridden(layers, override, problems)
    return with_roster_file(layers, allowed, problems)


def _layers(
    given: str | Path | Mapping[str, Any], allow: tuple[Path, ...], problems: Problems
) -> tuple[Layers | None, Past]:
    """What was laid on what, and where it comes from."""
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
