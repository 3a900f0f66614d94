"""A targets file: which numbers of a scenario may move, and what they should bring about.

    name: weak_enforcement
    scenario: ../jinan_high_tech.yaml    # relative to the file
    baseline: ../civil_service.yaml      # optional
    replications: 8
    free:
      regime.adjustment.enforcement: {low: 0.01, high: 0.6}
    targets:
      - {outcome: flagged, value: 6, error: 1, source: data P10}

Values and errors are in the outcome's unit, as in every table: flows of people per 100 people employed and year.
It is read as a scenario is: places are kept, everything wrong is told at once, before anything runs.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sim.core.errors import UserError
from sim.core.parameters import SOURCES, Settings, param
from sim.core.shipped import TARGETS, file_named, strays
from sim.core.text import did_you_mean, nearest_word
from sim.scenario.loader import load
from sim.scenario.messages import Problems, show
from sim.scenario.node import NOWHERE, Node, Place, plain
from sim.scenario.number import Number, number_of
from sim.scenario.schema import Scenario
from sim.scenario.sourced import from_python, source_word
from sim.scenario.validation import settings
from sim.scenario.yaml_source import parse, read_text, shown

LAST_QUARTERS = 8
OF = ("scenario", "baseline", "difference")
SCENARIOS = ("scenario", "baseline")
Window = tuple[int, int]


class Header(Settings):
    """How a calibration is named and run."""

    name: str = param(
        "targets",
        unit="name",
        source="design",
        pattern=r"^[^\W_][\w-]{0,79}$",
        doc="letters, digits, _ and -, beginning with a letter or digit.",
    )
    replications: int = param(
        8, unit="replications", source="design", ge=2, le=10_000, doc="Of each run; the same in every trial."
    )
    seed: int | None = param(
        None, unit="integer", source="design", ge=0, lt=2**63, doc="By default the scenario's."
    )
    window: tuple[int, int] | None = param(
        None, unit="quarters", source="design", doc="First and last quarter; by default the last eight."
    )


class Target(Settings):
    """One number that the simulation should bring about."""

    outcome: str = param("", unit="outcome", source="design", doc="Name of an outcome.")
    value: float | None = param(None, unit="that of the outcome", source="design", doc="What it should be.")
    error: float | None = param(
        None, unit="that of the outcome", source="design", gt=0, doc="Standard deviation of the value."
    )
    of: Literal["scenario", "baseline", "difference"] = param(
        "scenario",
        unit="choice",
        source="design",
        doc="Whose; difference: the scenario's less the baseline's.",
    )
    window: tuple[int, int] | None = param(
        None, unit="quarters", source="design", doc="First and last quarter; by default that of the file."
    )
    source: str = param("", unit="text", source="design", doc="What the value rests on, as in data P10.")
    note: str = param("", unit="text", source="design", doc="Why this number.")


class Free(Settings):
    """The range within which a number may move."""

    low: float | None = param(None, unit="that of the setting", source="design", doc="By default its bound.")
    high: float | None = param(None, unit="that of the setting", source="design", doc="By default its bound.")
    log: bool = param(False, unit="switch", source="design", doc="Whether to search on a logarithmic scale.")


@dataclass(frozen=True)
class Moved:
    """A number that is moved: its key, its range, its value in the scenario as it is."""

    key: str
    low: float
    high: float
    log: bool
    whole: bool
    start: float
    unit: str

    @property
    def is_shared(self) -> bool:
        """Whether the baseline is moved too: everything but the policy is."""
        return not self.key.startswith("regime.")


@dataclass(frozen=True)
class Aim:
    """A checked target; `error_source` is "" where the error is assumed."""

    outcome: str
    value: float
    error: float
    of: str
    window: Window
    source: str
    error_source: str
    note: str


@dataclass(frozen=True)
class Targets:
    """A checked targets file."""

    name: str
    scenario: Scenario
    baseline: Scenario | None
    free: tuple[Moved, ...]
    aims: tuple[Aim, ...]


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
    tree, ready, folder = _tree(given, problems)
    if tree is None:
        problems.stop()
        raise UserError("the targets could not be read")
    _refuse_unknown(tree, problems)
    own = {name: child for name, child in tree.value.items() if name in Header.model_fields}
    header = settings(Header, tree.with_value(own), (), problems)
    scenario, baseline = (
        ready.get(name) or _scenario(tree.child(name), name, folder, allow, problems) for name in SCENARIOS
    )
    if scenario is None and tree.child("scenario") is None and not ready.get("scenario"):
        problems.add(tree.place, "scenario is missing: name the scenario file whose numbers may move")
    free = _free(tree, scenario, problems)
    horizon = min((one.horizon.quarters for one in (scenario, baseline) if one), default=400)
    has_baseline = "baseline" in tree.value or "baseline" in ready
    window = _window(header.window if header else None, tree.child("window"), horizon, problems)
    checks = _Checks(set(outcomes), horizon, window, has_baseline, problems)
    aims = _aims(tree, checks)
    problems.stop()
    if header is None or scenario is None:
        raise UserError("the targets could not be read")
    chosen = header.seed if seed is None else seed
    same = {
        "replications": header.replications,
        "seed": scenario.seed if chosen is None else chosen,
    }
    sides = [load(one, set=same) if one else None for one in (scenario, baseline)]
    return _loadable(Targets(header.name, sides[0] or scenario, sides[1], tuple(free), tuple(aims)), tree)


def _tree(given: Any, problems: Problems) -> tuple[Node | None, dict[str, Scenario], Path]:
    """The tree, the scenarios that Python handed over, and the folder that file names are relative to."""
    if isinstance(given, Mapping):
        ready = {name: given[name] for name in SCENARIOS if isinstance(given.get(name), Scenario)}
        place = Place("targets")
        items = {
            str(key): _from_python(value, place, problems) for key, value in given.items() if key not in ready
        }
        return Node(items, place, place), ready, Path()
    if not isinstance(given, (str, Path)):
        raise UserError(f"targets are a path or a mapping, not {type(given).__name__}")
    path = file_named(given, kinds=(TARGETS,))
    name = shown(path)
    tree = parse(read_text(path), name, problems)
    if tree is not None and tree.is_mapping:
        return tree, {}, path.parent
    if not problems:
        problems.add(Place(name), "is not a targets file: it holds scenario, free and targets")
    return None, {}, path.parent


def _from_python(value: Any, place: Place, problems: Problems) -> Node:
    """As a file would be read: settings in a list are no `{value, source}`."""
    if isinstance(value, (list, tuple)):
        return Node([_from_python(item, place, problems) for item in value], place, place)
    if isinstance(value, Mapping) and "outcome" in value:
        items = {str(key): from_python(item, place, problems) for key, item in value.items()}
        return Node(items, place, place)
    return from_python(str(value) if isinstance(value, Path) else value, place, problems)


def _refuse_unknown(tree: Node, problems: Problems) -> None:
    known = (*Header.model_fields, *SCENARIOS, "free", "targets")
    for name, child in tree.value.items():
        if name not in known:
            problems.add(child.key_place, f"{name} is not a setting{did_you_mean(name, known)}")


def _scenario(
    said: Node | None, name: str, folder: Path, allow: Collection[str | Path], problems: Problems
) -> Scenario | None:
    """The scenario that a file name leads to; its own errors are told as they are."""
    if said is None:
        return None
    if not isinstance(said.value, str) or not said.value:
        problems.add(said.place, f"{name} = {show(plain(said))} is not the name of a scenario file")
        return None
    path = file_named(said.value, folder)
    outside = strays(path, folder, allow)
    if outside and said.place.line:
        problems.add(said.place, f"{name}: {said.value} {outside}")
        return None
    try:
        return load(path, allow=[*allow, path])
    except UserError as error:
        there = path.is_file()
        for line in str(error).splitlines():
            problems.add(NOWHERE if there else said.place, line if there else f"{name}: {line}")
        return None


def _free(tree: Node, scenario: Scenario | None, problems: Problems) -> list[Moved]:
    said = tree.child("free")
    if said is None or not said.is_mapping or not said.value:
        at = said.place if said else tree.place
        problems.add(at, "free is empty: name at least one number that may move, as key: {low: 0, high: 1}")
        return []
    found = (_moved(key, child, scenario, problems) for key, child in said.value.items())
    return [one for one in found if one is not None]


def _moved(key: str, node: Node, scenario: Scenario | None, problems: Problems) -> Moved | None:
    """One number with its range."""
    said = node.with_value({}) if node.value is None else node
    asked = settings(Free, said, ("free", key), problems) if said.is_mapping else None
    if not said.is_mapping:
        problems.add(
            node.place, f"free.{key} = {show(plain(node))} is not a range; write {{low: 0, high: 1}}"
        )
    number = number_of(scenario, key) if scenario else None
    if isinstance(number, str):
        problems.add(node.key_place, f"free: {number}")
    if asked is None or number is None or isinstance(number, str):
        return None
    low, high = _ends(asked, number)
    wrong = _wrong_range(low, high, asked.log, number)
    if wrong:
        problems.add(node.place, f"free.{key}: {wrong}")
        return None
    return Moved(key, low, high, asked.log, number.whole, number.value, number.unit)


def _ends(asked: Free, number: Number) -> tuple[float, float]:
    """The range; where the number's own bound is used and excluded, a millionth of the range inside of it."""
    low = number.low if asked.low is None else asked.low
    high = number.high if asked.high is None else asked.high
    inside = 1.0 if number.whole else (high - low) * 1e-6
    if asked.low is None and number.low_open:
        low += inside
    if asked.high is None and number.high_open:
        high -= inside
    return low, high


def _wrong_range(low: float, high: float, log: bool, number: Number) -> str:
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
class _Checks:
    """What a target is checked against."""

    outcomes: set[str]
    horizon: int
    window: Window
    has_baseline: bool
    problems: Problems


def _aims(tree: Node, checks: _Checks) -> list[Aim]:
    said = tree.child("targets")
    if said is None or not isinstance(said.value, list) or not said.value:
        at = said.place if said else tree.place
        checks.problems.add(
            at, "targets is empty: list at least one, as {outcome: ..., value: ..., error: ...}"
        )
        return []
    found: dict[tuple[Any, ...], Aim] = {}
    for node in said.value:
        aim = _aim(node, checks)
        if aim is not None:
            key = (aim.outcome, aim.of, aim.window)
            if key in found:
                checks.problems.add(node.place, f"targets: {aim.outcome} of {aim.of} is given twice")
            found[key] = aim
    return list(found.values())


def _aim(node: Node, checks: _Checks) -> Aim | None:
    """One target, if it is right."""
    if not node.is_mapping:
        text = f"targets: {show(plain(node))} is not {{outcome: ..., value: ..., error: ...}}"
        checks.problems.add(node.place, text)
        return None
    missing = [name for name in ("outcome", "value", "error") if node.child(name) is None]
    for name in missing:
        checks.problems.add(node.place, f"targets: a target lacks {name}")
    said = settings(Target, node, ("targets",), checks.problems)
    if said is None:
        return None
    _check_words(said, node, checks)
    window = _window(said.window, node.child("window"), checks.horizon, checks.problems, checks.window)
    if missing:
        return None
    if said.value is None or said.error is None:
        checks.problems.add(node.place, "targets: value and error must be numbers")
        return None
    error = node.child("error")
    return Aim(
        said.outcome,
        said.value,
        said.error,
        said.of,
        window,
        said.source,
        error.source if error else "",
        said.note,
    )


def _check_words(said: Target, node: Node, checks: _Checks) -> None:
    """Outcome, baseline and source."""

    def wrong(name: str, text: str) -> None:
        child = node.child(name)
        checks.problems.add(child.place if child else node.place, text)

    if said.outcome not in checks.outcomes and node.child("outcome") is not None:
        close = nearest_word(said.outcome, checks.outcomes)
        hint = f"; did you mean {close}?" if close else "; sim describe --outcomes lists them, with units"
        wrong("outcome", f"targets.outcome = {show(said.outcome)} is not an outcome{hint}")
    if said.of != "scenario" and not checks.has_baseline:
        wrong("of", f"targets.of = {show(said.of)}, but there is no baseline: name one (baseline: file.yaml)")
    if said.source and source_word(said.source) not in SOURCES:
        known = ", ".join(SOURCES)
        wrong("source", f'source "{said.source}" must begin with one of {known} (as in "data P8")')


def _window(
    asked: Window | None, node: Node | None, horizon: int, problems: Problems, default: Window | None = None
) -> Window:
    """The window asked for, if it lies within the horizon; else the default, or the last eight quarters."""
    usual = default or (max(1, horizon - LAST_QUARTERS + 1), horizon)
    if asked is None:
        return usual
    if 0 <= asked[0] <= asked[1] <= horizon:
        return asked
    place = node.place if node else NOWHERE
    text = f"window = {show(list(asked))} must be two quarters in order, at most {horizon} (the horizon)"
    problems.add(place, text)
    return usual


def _loadable(targets: Targets, tree: Node) -> Targets:
    """The same targets, if every number may be set and both scenarios can be run as they start.

    Raises:
        UserError: a number that cannot be set at either end of its range.
    """
    problems = Problems()
    free = tree.child("free")
    for one in targets.free:
        sides = [targets.scenario, *([targets.baseline] if targets.baseline and one.is_shared else [])]
        for side in sides:
            told = [_trouble(side, one, end) for end in (one.low, one.high)]
            if all(told):
                node = free.child(one.key) if free else None
                text = told[0].splitlines()[0]
                problems.add(node.key_place if node else NOWHERE, f"free.{one.key} in {side.name}: {text}")
    problems.stop()
    return targets


def _trouble(scenario: Scenario, one: Moved, value: float) -> str:
    try:
        load(scenario, set={one.key: int(value) if one.whole else value})
    except UserError as error:
        return str(error)
    return ""
