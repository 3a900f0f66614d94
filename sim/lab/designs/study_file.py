"""The language of study files: what may stand in one, and every mistake of it with its line and column."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from sim.core.errors import UserError
from sim.core.parameters import Settings, param
from sim.core.shipped import SCENARIO, STUDY, TARGETS, file_named, strays
from sim.core.text import did_you_mean
from sim.lab.designs.named import baseline_of, check_headlines, check_outcomes
from sim.lab.designs.variants import variant_of
from sim.scenario.messages import Problems, show
from sim.scenario.node import Node, Place, plain
from sim.scenario.schema import Scenario
from sim.scenario.sourced import from_python
from sim.scenario.validation import refuse_unknown, settings
from sim.scenario.yaml_source import parse, read_text, shown

ANY = (SCENARIO, STUDY, TARGETS)
EMPTY = Node({})
PLACED = re.compile(r"(?P<source>.+?):(?P<line>\d+):(?P<column>\d+): (?P<text>.*)")
OWN = ("set", "variants", "levers", "uncertainties", "replications", "design")
MOST_REPLICATIONS = 100_000
MOST_SCENARIOS = 100
"""Of one study: each is read and checked before anything runs."""
NO_SCENARIOS = (
    "scenarios is missing: list at least one scenario file, as in [civil_service.yaml, four_systems.yaml]"
)
Size = Annotated[float, Field(gt=0)]
"""How large or how wide, in the unit of an outcome."""


class Header(Settings):
    """How a study is named, and what it compares."""

    name: str = param(
        "study",
        unit="name",
        source="design",
        pattern=r"^[^\W_][\w-]{0,79}$",
        doc="one word of letters, digits, _ and -, of at most 80 characters.",
    )
    question: str = param("", unit="text", source="design", doc="What the report answers first.")
    scenarios: tuple[str, ...] = param(
        (), unit="files", source="design", min_length=1, max_length=MOST_SCENARIOS, doc="Scenario files."
    )
    baseline: str = param("", unit="name", source="design", doc="Of the scenarios; by default the first.")
    seed: int = param(1, unit="integer", source="design", ge=0, lt=2**63, doc="Seeds everything.")
    window: tuple[int, int] | None = param(
        None, unit="quarters", source="design", doc="First and last quarter; by default the last eight."
    )
    outcomes: tuple[str, ...] = param((), unit="outcomes", source="design", doc="By default all.")
    smallest_effects: dict[str, Size] = param(
        {}, unit="as the outcome", source="design", doc="Smallest effect of interest, by outcome."
    )
    headlines: tuple[str, ...] = param(
        (),
        unit="headlines",
        source="design",
        doc="Conclusions to be questioned, as four_systems:output_per_post>0; sim robust asks how far they stand.",
    )


class Sequential(Settings):
    """Replications are added until the paired intervals are narrow enough."""

    half_widths: dict[str, Size] = param(
        {}, unit="as the outcome", source="design", doc="Half width of the 95 % interval, by outcome."
    )
    least: int = param(
        10, unit="replications", source="design", ge=2, le=10_000, doc="Before the first look."
    )
    step: int = param(10, unit="replications", source="design", ge=1, le=10_000, doc="Between two looks.")
    most: int = param(
        200, unit="replications", source="design", ge=2, le=MOST_REPLICATIONS, doc="Then it ends."
    )


class Fixed(Settings):
    """The same number of replications at every point."""

    replications: int = param(20, unit="replications", source="design", ge=1, le=MOST_REPLICATIONS, doc=".")


class Range(Settings):
    """Over what a factor is varied; by default the parameter's own bounds."""

    low: float | None = param(None, unit="as the parameter", source="design", doc="Least value.")
    high: float | None = param(None, unit="as the parameter", source="design", doc="Greatest value.")
    times: float | None = param(
        None,
        unit="ratio",
        source="design",
        gt=1,
        le=1000,
        doc="From the scenario's value over this to the value times this, on a log scale, within the bounds.",
    )
    scale: Literal["linear", "log"] = param("linear", unit="choice", source="design", doc="Of the range.")
    values: tuple[Any, ...] = param((), unit="as the parameter", source="design", doc="Instead of a range.")
    only: tuple[str, ...] = param((), unit="scenarios", source="design", doc="Which scenarios it concerns.")


class Grid(Settings):
    """Every combination of values."""

    kind: Literal["grid"] = "grid"
    steps: int = param(
        5, unit="values", source="design", ge=2, le=1000, doc="Values that a range is cut into."
    )


class Listed(Settings):
    """Points written out."""

    kind: Literal["list"] = "list"
    points: tuple[dict[str, Any], ...] = param(
        (), unit="points", source="design", min_length=1, doc="Each with a value for every factor."
    )


class LatinHypercube(Settings):
    """Points that fill the space: each factor's range is cut into as many parts as there are points."""

    kind: Literal["latin_hypercube"] = "latin_hypercube"
    points: int = param(64, unit="points", source="design", ge=2, le=1_000_000, doc="How many.")
    seed: int = param(1, unit="integer", source="design", ge=0, lt=2**32, doc="Seeds the points.")


class Sobol(Settings):
    """Saltelli's extension of Sobol's sequence, for first-order and total indices."""

    kind: Literal["sobol"] = "sobol"
    base: int = param(
        64,
        unit="points",
        source="design",
        ge=2,
        le=2**20,
        doc="Base sample, a power of 2; times factors + 2.",
    )
    second_order: bool = param(
        False, unit="switch", source="design", doc="Interactions too: factors × 2 + 2."
    )
    seed: int = param(1, unit="integer", source="design", ge=0, lt=2**32, doc="Seeds the points.")


class Morris(Settings):
    """Trajectories that move one factor at a time, for screening."""

    kind: Literal["morris"] = "morris"
    trajectories: int = param(
        10, unit="trajectories", source="design", ge=2, le=100_000, doc="Each of factors + 1 points."
    )
    levels: int = param(4, unit="levels", source="design", ge=2, le=100, doc="Of each factor; even.")
    seed: int = param(1, unit="integer", source="design", ge=0, lt=2**32, doc="Seeds the points.")


class Factorial(Settings):
    """All combinations of the two ends of every factor."""

    kind: Literal["factorial"] = "factorial"


class Coalitions(Settings):
    """Every combination of the regime's eight parts, each from the regime or from the baseline."""

    kind: Literal["coalitions"] = "coalitions"


Design = Grid | Listed | LatinHypercube | Sobol | Morris | Factorial | Coalitions
DESIGNS: dict[str, type[Design]] = {
    str(kind.model_fields["kind"].default): kind
    for kind in (Grid, Listed, LatinHypercube, Sobol, Morris, Factorial, Coalitions)
}


@dataclass(frozen=True)
class Asked:
    """A factor as the file asks for it."""

    key: str
    role: str
    range: Range
    node: Node


@dataclass(frozen=True)
class StudyFile:
    """A study as written; `scenarios` are loaded, with the study's seed and common settings."""

    header: Header
    scenarios: tuple[Scenario, ...]
    baseline: str | None
    asked: tuple[Asked, ...]
    design: Design
    replications: Fixed | Sequential
    node: Node


def is_study(path: str | Path) -> bool:
    """Whether a file asks for a study: it has `design`.

    Raises:
        UserError: the file cannot be read, or is not YAML.
    """
    problems = Problems()
    file = file_named(path, kinds=ANY)
    node = parse(read_text(file), shown(file), problems)
    if node is None or not node.is_mapping:
        problems.stop()
        return False
    return "design" in node.value


OTHER_FILES = {
    "targets": ("a targets file", "sim calibrate reads it"),
    "statements": ("a file of directions", "sim validate V10 --directions FILE tries it"),
}
"""What a file is that is neither a scenario nor a study, by the key that shows it."""


def other_file(path: str | Path, instead: str = ", not a scenario") -> str:
    """What a file that could be read is, and which command reads it, if it is neither scenario nor study; else ""."""
    file = file_named(path, kinds=ANY)
    node = parse(read_text(file), shown(file), Problems())
    held = node.value if node is not None and node.is_mapping else {}
    return next(
        (f"{what}{instead}: {reader}" for key, (what, reader) in OTHER_FILES.items() if key in held), ""
    )


def read_study(
    given: str | Path | Mapping[str, Any], problems: Problems, allow: Collection[str | Path] | None = ()
) -> StudyFile | None:
    """The study that a file asks for; None where its header is wrong. What is wrong elsewhere is noted and replaced.

    Args:
        given: the path of a study file, the name of a shipped one, or a mapping of the same form (its scenarios
            are relative to the working folder).
        problems: notes every mistake.
        allow: scenario files that may be read although they lie outside the study's folder; a mapping may name any.

    Raises:
        UserError: the file cannot be read at all.
    """
    if isinstance(given, Mapping):
        return _read(from_python(given, Place("study"), problems), Path(), problems, None)
    path = file_named(given, kinds=(STUDY,))
    node = parse(read_text(path), shown(path), problems)
    if node is None or not node.is_mapping:
        problems.stop()
        raise UserError(f"{shown(path)} is not a study: it holds no settings (key: value)")
    return _read(node, path.parent, problems, allow)


def _read(
    node: Node, folder: Path, problems: Problems, allow: Collection[str | Path] | None
) -> StudyFile | None:
    refuse_unknown(node, (*Header.model_fields, *OWN), (), problems)
    own = {key: child for key, child in node.value.items() if key in Header.model_fields}
    _check_window(node, problems)
    header = settings(Header, node.with_value(own), (), problems)
    design, replications = _design(node, problems), _replications(node, problems)
    asked = [*_factors(node, "lever", problems), *_factors(node, "uncertainty", problems)]
    if "scenarios" not in node.value:
        problems.add(node.place, NO_SCENARIOS)
    if header is None or not header.scenarios:
        return None
    scenarios = _scenarios(header, node, folder, problems, allow)
    is_whole = len(scenarios) == len(header.scenarios)
    if is_whole:
        scenarios += _variants(node, scenarios, problems)
    names = [one.name for one in scenarios]
    baseline = baseline_of(header, names, node, problems)
    check_outcomes(header, replications, node, problems)
    if is_whole:
        check_headlines(header, [name for name in names if name != baseline], node, problems)
    return StudyFile(
        header, tuple(scenarios), baseline, tuple(asked), design or Grid(), replications or Fixed(), node
    )


def _check_window(node: Node, problems: Problems) -> None:
    """Note a window that is not two quarters; whether the horizon holds them is asked once it is known."""
    said = node.child("window")
    if said is None or said.value is None:
        return
    if not isinstance(said.value, list) or len(said.value) != 2:
        text = f"window = {show(plain(said))}: write the first and the last quarter, as in [9, 16]"
        problems.add(said.place, text, unread=True)


def _design(node: Node, problems: Problems) -> Any:
    said = node.child("design")
    if said is None or not said.is_mapping:
        place = said.place if said else node.place
        problems.add(place, f"design: write design: {{kind: ...}}; kinds are {', '.join(DESIGNS)}")
        return None
    kind = plain(said.value["kind"]) if "kind" in said.value else None
    if not isinstance(kind, str) or kind not in DESIGNS:
        at = said.child("kind") or said
        problems.add(at.place, f"design.kind = {show(kind)} is unknown{did_you_mean(str(kind), DESIGNS)}")
        return None
    return settings(DESIGNS[kind], said, ("design",), problems)


def _replications(node: Node, problems: Problems) -> Fixed | Sequential | None:
    said = node.child("replications")
    if said is None:
        return Fixed()
    if said.is_mapping:
        rule = settings(Sequential, said, ("replications",), problems)
        if rule is not None and not rule.half_widths:
            problems.add(said.place, "replications.half_widths: name at least one outcome and how narrow")
        if rule is not None and rule.least > rule.most:
            text = f"replications.least = {rule.least} is above most = {rule.most}"
            problems.add((said.child("least") or said).place, text)
        return rule
    return settings(Fixed, node.with_value({"replications": said}), (), problems)


def _factors(node: Node, role: str, problems: Problems) -> list[Asked]:
    name = {"lever": "levers", "uncertainty": "uncertainties"}[role]
    said = node.child(name)
    if said is None or said.value is None:
        return []
    if not said.is_mapping:
        problems.add(
            said.place, f"{name} = {show(plain(said))} is not keys with ranges (key: {{low:, high:}})"
        )
        return []
    found = []
    for key, child in said.value.items():
        given = _range(child, f"{name}.{key}", problems)
        if given is not None:
            found.append(Asked(key, role, given, child))
    return found


def _range(node: Node, path: str, problems: Problems) -> Range | None:
    if node.value is None:
        return Range()
    if isinstance(node.value, list):
        node = node.with_value({"values": Node(node.value, node.place, node.key_place)})
    if not node.is_mapping:
        text = f"{path} = {show(plain(node))} is neither a range {{low:, high:}} nor a list of values"
        problems.add(node.place, text)
        return None
    trouble = _contradiction(plain(node))
    if trouble:
        problems.add(node.place, f"{path}: {trouble}")
        return None
    return settings(Range, node, tuple(path.split(".")), problems)


def _contradiction(said: dict[str, Any]) -> str:
    """What cannot stand together in a range, or is said twice; "" if nothing."""
    given = [name for name in ("low", "high", "times", "scale", "values") if name in said]
    beside = [name for name in given if name != "values"]
    if "values" in given and beside:
        return f"values and {' and '.join(beside)} exclude each other: list values, or give a range"
    if "times" in given and said.get("scale") == "log":  # which it is anyway
        given.remove("scale")
    if "times" in given and len(given) > 1:
        return f"times and {' and '.join(name for name in given if name != 'times')} exclude each other"
    values = said.get("values", [None])
    if values == []:
        return (
            "the list of values is empty: list at least two, or leave it out for the parameter's own bounds"
        )
    twice = (
        [one for number, one in enumerate(values) if one in values[:number]]
        if isinstance(values, list)
        else []
    )
    return f"{show(twice[0])} is listed twice" if twice else ""


def _scenarios(
    header: Header, node: Node, folder: Path, problems: Problems, allow: Collection[str | Path] | None
) -> list[Scenario]:
    """The scenario files, each with the study's seed and common settings."""
    from sim.scenario.loader import load

    common = node.child("set") or EMPTY
    if common.value is not None and not common.is_mapping:
        problems.add(common.place, f"set = {show(plain(common))} is not settings (key: value)")
    given = dict(common.value) if common.is_mapping else {}
    given |= {"seed": header.seed, "record": []}
    found, said = [], node.value["scenarios"]
    named = [file_named(file, folder) for file in header.scenarios]
    for number, file in enumerate(named):
        place = said.value[number].place
        outside = strays(file, folder, allow) if allow is not None else ""
        if outside:
            problems.add(place, f"scenarios: {header.scenarios[number]} {outside}")
            continue
        try:
            found.append(load(file, given, allow=named))
        except UserError as error:
            for line in str(error).splitlines():
                problems.add(*_told_at(line, node, place))
    names = [one.name for one in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.add(said.place, f"scenarios: two are named {name}; give them different names")
    return found


def _variants(node: Node, scenarios: list[Scenario], problems: Problems) -> list[Scenario]:
    """The last scenario at other settings, by name."""
    said = node.child("variants") or EMPTY
    if said.value is not None and not said.is_mapping:
        problems.add(
            said.place, f"variants = {show(plain(said))} is not names with settings (name: {{key: value}})"
        )
    found: list[Scenario] = []
    for name, child in (said.value if said.is_mapping else {}).items():
        try:
            found.append(variant_of([*found, *scenarios], name, child.value))
        except UserError as error:
            for line in str(error).splitlines():
                place, text = _told_at(line, node, child.key_place)
                problems.add(place, f"variants.{name}: {text}")
    return found


def _told_at(line: str, node: Node, place: Place) -> tuple[Place, str]:
    """Where a line about a scenario belongs: to the place in this file that it names, or to the scenario's."""
    found = PLACED.match(line)
    if found is None or found["source"] != node.place.source:
        return place, line
    return Place(found["source"], int(found["line"]), int(found["column"])), found["text"]
