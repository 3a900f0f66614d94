"""`sim new`: a commented file to start a scenario from."""

import json
import os
import re
from pathlib import Path
from textwrap import wrap
from typing import Any

from pydantic_core import PydanticUndefined

from sim.core.errors import UserError
from sim.core.shipped import file_named
from sim.rules.base import SLOTS
from sim.scenario.describe import Row, kind_rows, last_regime
from sim.scenario.editor import FILE
from sim.scenario.loader import load
from sim.scenario.messages import show
from sim.scenario.schema import Scenario
from sim.scenario.yaml_source import shown

USUAL_QUARTER = 8
WIDTH = 105


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

# A change takes effect when its quarter closes. A number may carry its source:
# {{value: 0.2, source: data P8, note: why}}. A trigger set to null is removed.
# One #: what is in force; take it away before what you change.
# Two ##: what the line below means. Behind a value: unit, bounds or choices, and what its default rests on.
# Three ###: another kind that the part could be, with its keys. Taken away from the whole block, it replaces the
# part; leave the # before the lines of the kind that is in force. `sim describe --kinds trigger` lists triggers.
timeline:
  - quarter: {last}
    set:
{_commented(scenario)}"""


def _text(words: str) -> str:
    """A text as YAML, in quotes: `123` and `true` would not be texts."""
    return json.dumps(words, ensure_ascii=False)


def _commented(scenario: Scenario) -> str:
    """The regime in force at the end, a comment a setting, and after each part what else it could be."""
    found = last_regime(scenario)
    parts = []
    for slot in SLOTS:
        own = [row for row in found if row.path.startswith(f"regime.{slot}.")]
        parts += [line for row in own for line in _lines(row, "## ", f"# {row.path}")]
        kind = str(own[0].value)
        parts += _other_kinds(slot, f"regime.{slot}", {kind}, f"instead of {kind}")
        if slot == "adjustment" and any(".triggers." in row.path for row in own):
            there = {str(row.value) for row in own if row.is_kind}
            parts += _other_kinds("trigger", "regime.adjustment.triggers.{kind}", there, "one more trigger")
    return "".join(f"      {line}\n" for line in parts)


def _other_kinds(slot: str, place: str, there: set[str], how: str) -> list[str]:
    """A block for every other kind, which can be used as it stands without its marks."""
    lines = []
    for kind, (about, rows) in kind_rows(slot).items():
        if kind in there:
            continue
        lines += [
            f"### {place.format(kind=kind)}: # {how}",
            f"###   kind: {kind}",
            *_wrapped(about, "###   # "),
        ]
        required = [row for row in rows if row.value is not PydanticUndefined]
        lines += [line for row in required for line in _lines(row, "###   # ", f"###   {row.path}")]
    return lines


def _lines(row: Row, mark: str, key: str) -> list[str]:
    """What a setting means, and the setting."""
    return [*_wrapped(row.doc, mark), f"{key}: {_value(row)}"]


def _wrapped(text: str, mark: str) -> list[str]:
    return [mark + line for line in wrap(" ".join(text.split()), WIDTH)]


def _value(row: Row) -> str:
    source = f"{row.source} {row.citation}".strip()
    facts = ", ".join(fact for fact in (row.unit, row.bounds, source) if fact)
    value = re.sub(r'^"([\w-]*)"$', r"\1", _whole(row.value))
    return value if row.is_kind else f"{value} # {facts}"


def _whole(value: Any) -> str:
    """A value as YAML; a list is not shortened, so that it can be used as it stands."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_whole(item) for item in value)}]"
    return _text(value) if isinstance(value, str) else show(value)
