"""From a study file to a study as written, every mistake of it with its line and column."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.core.shipped import ANY, STUDY, file_named, strays
from sim.core.text import did_you_mean
from sim.lab.designs.named import baseline_of, check_headlines, check_outcomes
from sim.lab.designs.study_file import (
    DESIGNS,
    Design,
    Fixed,
    Grid,
    Header,
    Range,
    Sequential,
    StudyFile,
    Variation,
)
from sim.lab.designs.variants import variant_of
from sim.scenario.document import Part, tree_of
from sim.scenario.loader import load
from sim.scenario.messages import Problems, show
from sim.scenario.node import Node, Place, plain
from sim.scenario.schema import Scenario
from sim.scenario.sourced import from_python
from sim.scenario.yaml_source import shown

PLACED = re.compile(r"(?P<source>.+?):(?P<line>\d+):(?P<column>\d+): (?P<text>.*)")
OWN = ("set", "variants", "levers", "uncertainties", "replications", "design")
NO_SCENARIOS = (
    "scenarios is missing: list at least one scenario file, as in [civil_service.yaml, four_systems.yaml]"
)
OTHER_FILES = {
    "assignment": ("an evaluation", "sim evaluate reads it"),
    "targets": ("a targets file", "sim calibrate reads it"),
    "statements": ("a file of directions", "sim validate V10 --directions FILE tries it"),
}
"""What a file is that is neither a scenario nor a study, by the key that shows it."""
STUDIES_ONLY = {"design", "scenarios", "levers", "uncertainties", "headlines", "smallest_effects"}
"""Keys that show a study, also where its `design` was forgotten or misspelt."""
Files = Collection[str | Path] | None
"""Scenario files that may be read although they lie outside the study's folder; None for any."""


def is_study(path: str | Path) -> bool:
    """Whether a file asks for a study: it has `design`, or another key that only studies have.

    Raises:
        UserError: the file cannot be read, or is not YAML.
    """
    problems = Problems()
    node = tree_of(file_named(path, kinds=ANY), problems)
    if node is None:
        problems.stop()
    held = node.value.keys() if node is not None else set()
    return "design" in held or not (STUDIES_ONLY.isdisjoint(held) or held & OTHER_FILES.keys())


def other_file(path: str | Path, instead: str = ", not a scenario") -> str:
    """What a file that could be read is, and which command reads it, if it is neither scenario nor study; else ""."""
    node = tree_of(file_named(path, kinds=ANY), Problems())
    held = node.value if node else {}
    return next(
        (f"{what}{instead}: {reader}" for key, (what, reader) in OTHER_FILES.items() if key in held), ""
    )


def read_study(
    given: str | Path | Mapping[str, Any], problems: Problems, allow: Files = ()
) -> StudyFile | None:
    """The study that a file asks for; None where its header is wrong. What is wrong elsewhere is noted and replaced.

    Args:
        given: the path of a study file, the name of a shipped one, or a mapping of the same form (its scenarios
            are relative to the working folder, and may be any).
        problems: notes every mistake.
        allow: scenario files that may be read although they lie outside the study's folder.

    Raises:
        UserError: the file cannot be read at all.
    """
    if isinstance(given, Mapping):
        tree = from_python(given, Place("study"), problems)
        return _read(Part(tree, (), problems), Path(), None)
    path = file_named(given, kinds=(STUDY,))
    node = tree_of(path, problems)
    if node is None:
        problems.stop()
        raise UserError(f"{shown(path)} is not a study: it holds no settings (key: value)")
    return _read(Part(node, (), problems), path.parent, allow)


def _read(study: Part, folder: Path, allow: Files) -> StudyFile | None:
    node, problems = study.node, study.problems
    _check_window(study)
    header = study.own(Header, OWN)
    design, replications = _design(study), _replications(study)
    variations = (*_factors(study, "levers", "lever"), *_factors(study, "uncertainties", "uncertainty"))
    if study.child("scenarios") is None:
        study.wrong(NO_SCENARIOS)
    if header is None or not header.scenarios:
        return None
    scenarios = _scenarios(header, study, folder, allow)
    is_whole = len(scenarios) == len(header.scenarios)
    if is_whole:
        scenarios += _variants(study, scenarios)
    names = [one.name for one in scenarios]
    baseline = baseline_of(header, names, node, problems)
    check_outcomes(header, replications, node, problems)
    if is_whole:
        check_headlines(header, [name for name in names if name != baseline], node, problems)
    return StudyFile(
        header, tuple(scenarios), baseline, variations, design or Grid(), replications or Fixed(), node
    )


def _check_window(study: Part) -> None:
    """Note a window that is not two quarters; whether the horizon holds them is asked once it is known."""
    said = study.child("window")
    if said is None or said.is_empty:
        return
    if not isinstance(said.node.value, list) or len(said.node.value) != 2:
        text = f"window = {show(plain(said.node))}: write the first and the last quarter, as in [9, 16]"
        said.wrong(text, unread=True)


def _design(study: Part) -> Design | None:
    said = study.child("design")
    if said is None or not said.is_mapping:
        (said or study).wrong(f"design: write design: {{kind: ...}}; kinds are {', '.join(DESIGNS)}")
        return None
    kind = plain(said.node.value["kind"]) if said.child("kind") else None
    if isinstance(kind, str) and kind in DESIGNS:
        return said.settings(DESIGNS[kind])
    said.wrong(f"design.kind = {show(kind)} is unknown{did_you_mean(str(kind), DESIGNS)}", at="kind")
    return None


def _replications(study: Part) -> Fixed | Sequential | None:
    said = study.child("replications")
    if said is None:
        return Fixed()
    if not said.is_mapping:
        return study.with_node(study.node.with_value({"replications": said.node})).settings(Fixed)
    rule = said.settings(Sequential)
    if rule is not None and not rule.half_widths:
        said.wrong("replications.half_widths: name at least one outcome and how narrow")
    if rule is not None and rule.least > rule.most:
        said.wrong(f"replications.least = {rule.least} is above most = {rule.most}", at="least")
    return rule


def _factors(study: Part, name: str, role: str) -> Iterator[Variation]:
    for said in study.entries(name, "keys with ranges (key: {low:, high:})"):
        limits = _range(said)
        if limits is not None:
            yield Variation(said.path[-1], role, limits, said.node)


def _range(said: Part) -> Range | None:
    node = said.node
    if said.is_empty:
        return Range()
    if isinstance(node.value, list):
        node = node.with_value({"values": Node(node.value, node.place, node.key_place)})
    if not node.is_mapping:
        text = f"{said.name} = {show(plain(node))} is neither a range {{low:, high:}} nor a list of values"
        said.wrong(text)
        return None
    trouble = _contradiction(plain(node))
    if trouble:
        said.wrong(f"{said.name}: {trouble}")
        return None
    return said.with_node(node).settings(Range)


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
    values = said.get("values")
    if values == []:
        return (
            "the list of values is empty: list at least two, or leave it out for the parameter's own bounds"
        )
    if not isinstance(values, list):
        return ""
    twice = [value for number, value in enumerate(values) if value in values[:number]]
    return f"{show(twice[0])} is listed twice" if twice else ""


def _scenarios(header: Header, study: Part, folder: Path, allow: Files) -> list[Scenario]:
    """The scenario files, each with the study's seed and common settings."""
    common = {part.path[-1]: part.node for part in study.entries("set", "settings (key: value)")}
    settings = {**common, "seed": header.seed, "record": []}
    scenarios, said = [], study.node.value["scenarios"]
    files = [file_named(file, folder) for file in header.scenarios]
    for number, file in enumerate(files):
        place = said.value[number].place
        outside = strays(file, folder, allow) if allow is not None else ""
        if outside:
            study.problems.add(place, f"scenarios: {header.scenarios[number]} {outside}")
            continue
        try:
            scenarios.append(load(file, settings, allow=files))
        except UserError as error:
            for line in str(error).splitlines():
                study.problems.add(*_told_at(line, study, place))
    names = [one.name for one in scenarios]
    for name in sorted({name for name in names if names.count(name) > 1}):
        study.wrong(f"scenarios: two are named {name}; give them different names", at="scenarios")
    return scenarios


def _variants(study: Part, scenarios: list[Scenario]) -> list[Scenario]:
    """The last scenario at other settings, by name."""
    variants: list[Scenario] = []
    for said in study.entries("variants", "names with settings (name: {key: value})"):
        try:
            variants.append(variant_of([*variants, *scenarios], said.path[-1], said.node.value))
        except UserError as error:
            for line in str(error).splitlines():
                place, text = _told_at(line, study, said.node.key_place)
                study.problems.add(place, f"{said.name}: {text}")
    return variants


def _told_at(line: str, study: Part, place: Place) -> tuple[Place, str]:
    """Where a line about a scenario belongs: to the place in this file that it names, or to the scenario's."""
    placed = PLACED.match(line)
    if placed is None or placed["source"] != study.place.source:
        return place, line
    return Place(placed["source"], int(placed["line"]), int(placed["column"])), placed["text"]
