"""From a targets file to checked targets: places are kept, everything wrong is told at once, before anything runs."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.core.parameters import SOURCES
from sim.core.shipped import TARGETS, file_named, strays
from sim.core.text import nearest_word
from sim.lab.designs.targets import Aim, Free, Header, Moved, Target, Targets, Window
from sim.scenario.document import Part, tree_of
from sim.scenario.loader import load
from sim.scenario.messages import Problems, show
from sim.scenario.node import NOWHERE, Node, Place, plain
from sim.scenario.parameter import Parameter, number_of
from sim.scenario.schema import Scenario
from sim.scenario.sourced import from_python, source_word
from sim.scenario.yaml_source import shown

LAST_QUARTERS = 8
SCENARIOS = ("scenario", "baseline")


def read_targets(
    given: str | Path | Mapping[str, Any],
    outcomes: Collection[str],
    seed: int | None = None,
    allow: Collection[str | Path] = (),
) -> Targets:
    """A targets file, or a mapping of the same form, checked.

    Args:
        given: the path; or a mapping, in which `scenario` and `baseline` may also be scenarios.
        outcomes: the outcomes that there are.
        seed: instead of the file's.
        allow: as of `load`.

    Raises:
        UserError: everything that is wrong, one line each.
    """
    problems = Problems()
    targets, ready, folder = _opened(given, problems)
    header = targets.own(Header, (*SCENARIOS, "free", "targets"))
    scenario, baseline = (ready.get(name) or _scenario(targets, name, folder, allow) for name in SCENARIOS)
    if scenario is None and targets.child("scenario") is None:
        targets.wrong("scenario is missing: name the scenario file whose numbers may move")
    free = _free(targets, scenario)
    horizon = min((one.horizon.quarters for one in (scenario, baseline) if one), default=400)
    window = _window(targets, header.window if header else None, horizon)
    has_baseline = "baseline" in ready or targets.child("baseline") is not None
    aims = _aims(targets, _Known(set(outcomes), horizon, window, has_baseline))
    problems.stop()
    if header is None or scenario is None:
        raise UserError("the targets could not be read")
    chosen = header.seed if seed is None else seed
    same = {
        "replications": header.replications,
        "seed": scenario.seed if chosen is None else chosen,
    }
    sides = [one.with_(**same) if one else None for one in (scenario, baseline)]
    return _loadable(Targets(header.name, sides[0] or scenario, sides[1], tuple(free), tuple(aims)), targets)


def _opened(given: Any, problems: Problems) -> tuple[Part, dict[str, Scenario], Path]:
    """What is written, the scenarios that Python handed over, and the folder that file names are relative to.

    Raises:
        UserError: it is no targets file.
    """
    if isinstance(given, Mapping):
        ready = {name: given[name] for name in SCENARIOS if isinstance(given.get(name), Scenario)}
        place = Place("targets")
        items = {
            str(key): _from_python(value, place, problems) for key, value in given.items() if key not in ready
        }
        return Part(Node(items, place, place), (), problems), ready, Path()
    if not isinstance(given, (str, Path)):
        raise UserError(f"targets are a path or a mapping, not {type(given).__name__}")
    path = file_named(given, kinds=(TARGETS,))
    tree = tree_of(path, problems)
    if tree is None:
        problems.stop()
        raise UserError(f"{shown(path)}: is not a targets file: it holds scenario, free and targets")
    return Part(tree, (), problems), {}, path.parent


def _from_python(value: Any, place: Place, problems: Problems) -> Node:
    """As a file would be read: settings in a list are no `{value, source}`."""
    if isinstance(value, (list, tuple)):
        return Node([_from_python(item, place, problems) for item in value], place, place)
    if isinstance(value, Mapping) and "outcome" in value:
        items = {str(key): from_python(item, place, problems) for key, item in value.items()}
        return Node(items, place, place)
    return from_python(str(value) if isinstance(value, Path) else value, place, problems)


def _scenario(targets: Part, name: str, folder: Path, allow: Collection[str | Path]) -> Scenario | None:
    """The scenario that a file name leads to; its own errors are told as they are."""
    said = targets.child(name)
    if said is None:
        return None
    file = said.node.value
    if not isinstance(file, str) or not file:
        said.is_not("the name of a scenario file")
        return None
    path = file_named(file, folder)
    outside = strays(path, folder, allow)
    if outside and said.place.line:
        said.wrong(f"{name}: {file} {outside}")
        return None
    try:
        return load(path, allow=[*allow, path])
    except UserError as error:
        there = path.is_file()
        for line in str(error).splitlines():
            said.problems.add(NOWHERE if there else said.place, line if there else f"{name}: {line}")
        return None


def _free(targets: Part, scenario: Scenario | None) -> list[Moved]:
    said = targets.child("free")
    if said is None or not said.is_mapping or not said.node.value:
        text = "free is empty: name at least one number that may move, as key: {low: 0, high: 1}"
        targets.wrong(text, at="free")
        return []
    moved = (_moved(one, scenario) for one in targets.entries("free", ""))
    return [one for one in moved if one is not None]


def _moved(said: Part, scenario: Scenario | None) -> Moved | None:
    """One number with its range."""
    key = said.path[-1]
    if said.is_empty:
        said = said.with_node(said.node.with_value({}))
    limits = said.settings(Free) if said.is_mapping else None
    if not said.is_mapping:
        text = f"{said.name} = {show(plain(said.node))} is not a range; write {{low: 0, high: 1}}"
        said.wrong(text)
    number = number_of(scenario, key) if scenario else None
    if isinstance(number, str):
        said.wrong_key(f"free: {number}")
    if limits is None or number is None or isinstance(number, str):
        return None
    low, high = _ends(limits, number)
    trouble = _wrong_range(low, high, limits.log, number)
    if trouble:
        said.wrong(f"{said.name}: {trouble}")
        return None
    return Moved(key, low, high, limits.log, number.whole, number.value, number.unit)


def _ends(limits: Free, number: Parameter) -> tuple[float, float]:
    """The range, infinite where there is no bound; a millionth of it inside of an own bound that is excluded."""
    low = next((end for end in (limits.low, number.low) if end is not None), -math.inf)
    high = next((end for end in (limits.high, number.high) if end is not None), math.inf)
    inside = 1.0 if number.whole else (high - low) * 1e-6
    if limits.low is None and number.low_open:
        low += inside
    if limits.high is None and number.high_open:
        high -= inside
    return low, high


def _wrong_range(low: float, high: float, log: bool, number: Parameter) -> str:
    """What is wrong with a range; "" if nothing is."""
    ends = (("low", low), ("high", high))
    for name, value in ends:
        if not math.isfinite(value):
            return f"the setting has no bound of its own, so {name} must be given"
        if not number.holds(value):
            unit = f" {number.unit}" if number.unit else ""
            kind = "whole numbers, " if number.whole else ""
            return f"{name} = {show(value)} is not allowed ({kind}{number.allowed or 'any'}{unit})"
    if low >= high:
        return f"low = {show(low)} is not below high = {show(high)}"
    return f"log needs a low above 0, not {show(low)}" if log and low <= 0 else ""


@dataclass(frozen=True)
class _Known:
    """What a target is checked against."""

    outcomes: set[str]
    horizon: int
    window: Window
    has_baseline: bool


def _aims(targets: Part, known: _Known) -> list[Aim]:
    said = targets.child("targets")
    if said is None or not isinstance(said.node.value, list) or not said.node.value:
        text = "targets is empty: list at least one, as {outcome: ..., value: ..., error: ...}"
        targets.wrong(text, at="targets")
        return []
    aims: dict[tuple[Any, ...], Aim] = {}
    for node in said.node.value:
        aim = _aim(said.with_node(node), known)
        if aim is not None:
            key = (aim.outcome, aim.of, aim.window)
            if key in aims:
                said.with_node(node).wrong(f"targets: {aim.outcome} of {aim.of} is given twice")
            aims[key] = aim
    return list(aims.values())


def _aim(said: Part, known: _Known) -> Aim | None:
    """One target, if it is right."""
    if not said.is_mapping:
        said.wrong(f"targets: {show(plain(said.node))} is not {{outcome: ..., value: ..., error: ...}}")
        return None
    missing = [name for name in ("outcome", "value", "error") if said.child(name) is None]
    for name in missing:
        said.wrong(f"targets: a target lacks {name}")
    target = said.settings(Target)
    if target is None:
        return None
    _check_words(target, said, known)
    window = _window(said, target.window, known.horizon, known.window)
    if missing:
        return None
    if target.value is None or target.error is None:
        said.wrong("targets: value and error must be numbers")
        return None
    error = said.node.child("error")
    error_source = error.source if error else ""
    return Aim(
        target.outcome,
        target.value,
        target.error,
        target.of,
        window,
        target.source,
        error_source,
        target.note,
    )


def _check_words(target: Target, said: Part, known: _Known) -> None:
    """Outcome, baseline and source."""
    if target.outcome not in known.outcomes and said.child("outcome") is not None:
        close = nearest_word(target.outcome, known.outcomes)
        hint = f"; did you mean {close}?" if close else "; sim describe --outcomes lists them, with units"
        said.wrong(f"targets.outcome = {show(target.outcome)} is not an outcome{hint}", at="outcome")
    if target.of != "scenario" and not known.has_baseline:
        text = f"targets.of = {show(target.of)}, but there is no baseline: name one (baseline: file.yaml)"
        said.wrong(text, at="of")
    if target.source and source_word(target.source) not in SOURCES:
        words = ", ".join(SOURCES)
        said.wrong(f'source "{target.source}" must begin with one of {words} (as in "data P8")', at="source")


def _window(said: Part, window: Window | None, horizon: int, default: Window | None = None) -> Window:
    """The window of a file or target, if it lies within the horizon; else the default, or the last eight quarters."""
    usual = default or (max(1, horizon - LAST_QUARTERS + 1), horizon)
    if window is None:
        return usual
    if 0 <= window[0] <= window[1] <= horizon:
        return window
    text = f"window = {show(list(window))} must be two quarters in order, at most {horizon} (the horizon)"
    said.wrong(text, at="window")
    return usual


def _loadable(targets: Targets, said: Part) -> Targets:
    """The same targets, if every number may be set and both scenarios can be run as they start.

    Raises:
        UserError: a number that cannot be set at either end of its range.
    """
    for one in targets.free:
        sides = [targets.scenario, *([targets.baseline] if targets.baseline and one.is_shared else [])]
        for side in sides:
            troubles = [_trouble(side, one, end) for end in (one.low, one.high)]
            if all(troubles):
                text = f"free.{one.key} in {side.name}: {troubles[0].splitlines()[0]}"
                said.problems.add(said.node.value["free"].value[one.key].key_place, text)
    said.problems.stop()
    return targets


def _trouble(scenario: Scenario, one: Moved, value: float) -> str:
    try:
        scenario.with_(**{one.key: int(value) if one.whole else value})
    except UserError as error:
        return str(error)
    return ""
