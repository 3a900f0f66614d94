"""`sim new`: a commented file to start a scenario from."""

import json
import os
import re
from pathlib import Path

from sim.core.errors import UserError
from sim.core.shipped import file_named
from sim.scenario.describe import Row, last_regime
from sim.scenario.editor import FILE
from sim.scenario.loader import load
from sim.scenario.messages import show
from sim.scenario.schema import Scenario
from sim.scenario.yaml_source import shown

USUAL_QUARTER = 8


def write_starter(name: str, baseline: Path, folder: Path | None) -> str:
    """Write `name`.yaml and say what to do with it.

    Raises:
        UserError: the baseline is wrong, the name cannot be one, the file exists or cannot be written.
    """
    scenario, said, baseline = load(baseline, {"name": name}), baseline, file_named(baseline)
    target = (folder or said.parent) / f"{name}.yaml"
    by_name = baseline != said and file_named(baseline.name, target.parent).samefile(baseline)
    extends = baseline.name if by_name else _relative(baseline, target.parent)
    text = starter(scenario, extends, _schema_line(baseline, target.parent))
    if target.exists():
        raise UserError(f"{shown(target)} is there already; choose another name or folder")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UserError(f"{shown(target)} cannot be written: {error.strerror}") from None
    allowing = "" if by_name else _outside(baseline, target)
    return f"wrote {shown(target)}; edit it, then: sim check {shown(target)}{allowing}"


def _outside(baseline: Path, target: Path) -> str:
    """Files outside the scenario's folder must be allowed by name."""
    if baseline.resolve().is_relative_to(target.parent.resolve()):
        return ""
    return f" --allow {shown(baseline)} (its baseline lies outside its own folder)"


def _relative(file: Path, folder: Path) -> str:
    return Path(os.path.relpath(file, folder)).as_posix()


def _schema_line(baseline: Path, folder: Path) -> str:
    schema = baseline.parent / FILE
    return f"# yaml-language-server: $schema={_relative(schema, folder)}\n" if schema.is_file() else ""


def starter(scenario: Scenario, extends: str, first_line: str = "") -> str:
    """The text of a scenario that changes nothing yet, with everything it could change in comments."""
    last = scenario.changes[-1] if scenario.changes else min(USUAL_QUARTER, scenario.horizon.quarters - 1)
    question = f"What changes, compared with {Path(extends).stem}?"
    return f"""{first_line}# Write here what this scenario is, how it differs from its baseline, and why.
name: {_text(scenario.name)}
question: {_text(question)} # the report answers this first
extends: {_text(extends)}

# A change takes effect when its quarter closes. Take away the # before what you change; leave the rest.
# A number may carry its source: {{value: 0.2, source: data P8, note: why}}. A trigger set to null is removed.
# `sim describe --kinds` lists what each part of the regime can be; another kind replaces the part.
timeline:
  - quarter: {last}
    set:
{_commented(scenario)}"""


def _text(words: str) -> str:
    """A text as YAML, in quotes: `123` and `true` would not be texts."""
    return json.dumps(words, ensure_ascii=False)


def _commented(scenario: Scenario) -> str:
    """The regime in force at the end, a comment a setting."""
    return "".join(f"      # {row.path}: {_value(row)}\n" for row in last_regime(scenario))


def _value(row: Row) -> str:
    facts = ", ".join(fact for fact in (row.unit, row.bounds, row.source) if fact)
    value = re.sub(r'^"([\w-]*)"$', r"\1", show(row.value))
    return value if row.is_kind else f"{value} # {facts}"
