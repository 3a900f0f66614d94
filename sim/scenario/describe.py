"""What a scenario says, parameter by parameter: value, unit, bounds, default, source, where it was set."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from sim.core.parameters import Settings, default_of
from sim.rules.base import REGISTRY, Rule
from sim.rules.faults import is_own
from sim.scenario.header import Header
from sim.scenario.messages import bounds_of, show_bounds
from sim.scenario.node import Path
from sim.scenario.own_rules import about
from sim.scenario.phases import Change, Entry
from sim.scenario.roster.into_scenario import about_roster
from sim.scenario.roster.remarks import unknown_of
from sim.scenario.schema import Scenario
from sim.scenario.sourced import citation, source_word

PARTS = (*Header.model_fields, "world", "structure", "regime", "behaviour")
UNSOURCED = "assumption"


@dataclass(frozen=True)
class Row:
    """One parameter in force.

    Attributes:
        path: `regime.floating_pay.floating_share`.
        bounds: "0 to 0.6", or the choices, or "".
        source: one of `SOURCES`; a value that a file changes without saying why is an assumption.
        set_by: file, line and column; "" for a default.
        since: first quarter it is in force; 0 from the founding.
        where: the places in which it is, as a timeline says; "" for everywhere.
    """

    path: str
    value: Any
    unit: str
    bounds: str
    default: Any
    source: str
    citation: str
    doc: str
    set_by: str
    since: int
    where: str = ""

    @property
    def is_kind(self) -> bool:
        return self.unit == "kind"


def rows(scenario: Scenario) -> list[Row]:
    """Every parameter in force at some time: those of the founding, then those that change, and where."""
    described = [row for part in PARTS for row in _rows_at(scenario, scenario, (part,), 0)]
    for stage, change in enumerate(scenario.timeline, start=1):
        for entry in change.entries or (change,):
            where = entry.where.words() if isinstance(entry, Entry) and entry.where else ""
            for path in entry.touched:
                root = entry if path[0] == "regime" else change
                described += [replace(row, where=where) for row in _rows_at(scenario, root, path, stage)]
    return described


def last_regime(scenario: Scenario) -> list[Row]:
    """The regime after the last change, whole."""
    last = scenario.timeline[-1] if scenario.timeline else scenario
    return list(_rows(scenario, last.regime, ("regime",), len(scenario.timeline)))


def assumptions(scenario: Scenario) -> list[dict[str, Any]]:
    """The assumed parameters in force at any time, each value once.

    Returns:
        mappings with path, value, unit, source, citation, doc, and since (the first quarter in force).
    """
    kept = ("path", "value", "unit", "source", "citation", "doc", "since")
    kept_rows: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows(scenario):
        if row.source == UNSOURCED and not row.is_kind:
            kept_rows.setdefault((row.path, repr(row.value)), {name: getattr(row, name) for name in kept})
    return [*kept_rows.values(), *unknown_of(scenario.world.model_dump())]


def source_counts(scenario: Scenario) -> dict[str, int]:
    """How many parameter values in force at any time rest on which kind of source."""
    distinct = {(row.path, repr(row.value)): row.source for row in rows(scenario) if not row.is_kind}
    return dict(Counter(distinct.values()).most_common())


def kind_rows(slot: str) -> dict[str, tuple[str, list[Row]]]:
    """What a slot (or "trigger") can be: for each kind its one-line description and its parameters."""
    nowhere = Scenario()
    return {
        name: (
            _of_kind(kind),
            [row for field in _own(kind) for row in _default_rows(nowhere, kind, *field)],
        )
        for name, kind in sorted(REGISTRY[slot].items())
    }


def _default_rows(nowhere: Scenario, kind: type[Rule], name: str, value: Any) -> Iterator[Row]:
    if isinstance(value, Settings):
        yield from _rows(nowhere, value, (name,), 0)
    else:
        yield _row(nowhere, kind, name, value, (name,), 0)


def first_line(kind: type[Settings]) -> str:
    """What a class says of itself in one line."""
    return (kind.__doc__ or "").strip().split("\n")[0]


def _of_kind(kind: type[Settings]) -> str:
    """The same of a kind of rule; of a user's own also what it lacks."""
    said = first_line(kind)
    return f"{said} It is {about(kind)}." if issubclass(kind, Rule) and is_own(kind) else said


def _own(kind: type[Rule]) -> Iterator[tuple[str, Any]]:
    """Name and default of a kind's parameters."""
    return ((name, default_of(info)) for name, info in kind.model_fields.items() if name != "kind")


def _rows_at(scenario: Scenario, root: Scenario | Change | Entry, path: Path, stage: int) -> Iterator[Row]:
    """The rows at a path below the scenario or a change: those of settings, or that of one value."""
    parent: Any = root
    for name in path[:-1]:
        parent = getattr(parent, name)
    value = getattr(parent, path[-1])
    if isinstance(value, Settings):
        yield from _rows(scenario, value, path, stage)
    else:
        yield _row(scenario, type(parent), path[-1], value, path, stage)


def _rows(scenario: Scenario, value: Settings, path: Path, stage: int) -> Iterator[Row]:
    for name in type(value).model_fields:
        inner, deeper = getattr(value, name), (*path, name)
        if isinstance(inner, Settings):
            yield from _rows(scenario, inner, deeper, stage)
        elif isinstance(inner, dict) and inner and all(isinstance(item, Settings) for item in inner.values()):
            for key, item in inner.items():
                yield from _rows(scenario, item, (*deeper, key), stage)
        else:
            yield _row(scenario, type(value), name, inner, deeper, stage)


def _row(scenario: Scenario, kind: type[Settings], name: str, value: Any, path: Path, stage: int) -> Row:
    info = kind.model_fields[name]
    extra: dict[str, Any] = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    default = default_of(info)
    origin = scenario.origin(path, stage)
    source, cited = extra.get("source", UNSOURCED), extra.get("cite", "")
    if origin and origin.source:
        source, cited = source_word(origin.source), citation(origin.source)
    elif value != default and source != "design":
        source, cited = UNSOURCED, ""
    is_kind = name == "kind" and issubclass(kind, Rule)
    return Row(
        path=".".join(path),
        value=about_roster(value) if extra.get("unit") == "file" else value,
        unit="kind" if is_kind else extra.get("unit", ""),
        bounds="" if is_kind else bounds_in_words(info),
        default=default,
        source="design" if is_kind else source,
        citation=cited,
        doc=(_of_kind(kind) if is_kind else info.description or "") + _note(origin.note if origin else ""),
        set_by=origin.place if origin else "",
        since=scenario.timeline[stage - 1].quarter + 1 if stage else 0,
    )


def _note(note: str) -> str:
    return f" ({note})" if note else ""


def bounds_in_words(info: FieldInfo) -> str:
    """`0 to 0.6`, or the choices of a word or of a list of words."""
    annotation: Any = info.annotation
    if get_origin(annotation) is tuple:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is Literal:
        return " or ".join(str(word) for word in get_args(annotation))
    return show_bounds(bounds_of(info))
