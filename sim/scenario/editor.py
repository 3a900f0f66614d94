"""The JSON Schema of scenario files, for editors: what may be written, not whether it fits together."""

from typing import Any

from sim.core.parameters import SOURCES, Settings
from sim.rules.base import REGISTRY, SLOTS, Rule
from sim.scenario.describe import first_line
from sim.scenario.header import Header
from sim.scenario.parts import PARTS
from sim.scenario.roster.source import RosterFile
from sim.scenario.timeline import CHANGEABLE
from sim.scenario.where import Where
from sim.settings.groups import Group
from sim.settings.place import World

Schema = dict[str, Any]
FILE = "scenario.schema.json"


def json_schema() -> Schema:
    """The schema of a scenario file, a patch included; it knows the kinds registered by now."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario of the new area",
        "type": "object",
        "properties": {
            **_properties(Header),
            "extends": {
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
                "description": "The baseline that this file is a patch of; of several, the last is on top.",
            },
            **{name: _object(kind) for name, kind in PARTS.items() if name not in CHANGEABLE},
            **{name: {"$ref": f"#/$defs/{name}"} for name in CHANGEABLE},
            "timeline": {"type": "array", "items": _entry()},
        },
        "additionalProperties": False,
        "$defs": {
            "regime": _closed({slot: _kinds(slot) for slot in SLOTS}),
            "structure": _object(PARTS["structure"]),
            "behaviour": _object(PARTS["behaviour"]),
            "trigger": _kinds("trigger"),
            "sourced": _sourced(),
        },
    }


def _sourced() -> Schema:
    """`{value, source, note}` in place of a bare value."""
    words = "|".join(SOURCES)
    source = {"type": "string", "pattern": f"^({words})\\b", "description": "A kind of source, its citation."}
    return _closed({"value": True, "source": source, "note": {"type": "string"}}) | {"required": ["value"]}


def _entry() -> Schema:
    """An entry of the timeline; its keys may be dotted."""
    parts = {name: {"$ref": f"#/$defs/{name}"} for name in CHANGEABLE}
    dotted = {f"^({'|'.join(CHANGEABLE)})\\.": True}
    patch = _closed(parts) | {"type": ["object", "null"], "patternProperties": dotted}
    where = _object(Where)
    properties = {"quarter": {"type": "integer", "minimum": 0}, "where": where, "set": patch}
    return _closed(properties) | {"required": ["quarter", "set"]}


def _kinds(slot: str) -> Schema:
    """Any kind of a slot; a patch need not repeat which."""
    return {"anyOf": [_object(kind) for _, kind in sorted(REGISTRY[slot].items())]}


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _object(kind: type[Settings]) -> Schema:
    return _closed(_properties(kind)) | {"description": first_line(kind)}


def _properties(kind: type[Settings]) -> Schema:
    """Every field of a class: settings inside it, or a value with or without its source."""
    described = kind.model_json_schema()["properties"]
    properties: Schema = {}
    for name, info in kind.model_fields.items():
        inner = info.annotation
        if isinstance(inner, type) and issubclass(inner, Settings):
            properties[name] = _object(inner)
        elif name == "kind" and issubclass(kind, Rule):
            properties[name] = {"const": info.default}
        elif name == "triggers":
            properties[name] = _triggers(described[name])
        elif described[name].get("unit") == "groups by name":
            properties[name] = {
                "type": "object",
                "additionalProperties": _object(Group),
                "description": described[name].get("description", ""),
            }
        elif described[name].get("unit") == "file" and kind is World:
            properties[name] = _value(described[name], _object(RosterFile))
        else:
            properties[name] = _value(described[name])
    return properties


def _triggers(described: Schema) -> Schema:
    either = {"anyOf": [{"$ref": "#/$defs/trigger"}, {"type": "null"}]}
    return {"type": "object", "additionalProperties": either, "description": described.get("description", "")}


def _value(described: Schema, *others: Schema) -> Schema:
    """A bare value, or one of the `others`, or `{value, source, note}`."""
    about = {name: described[name] for name in ("description", "default") if name in described}
    beside = (*about, "title", "source", "cite", "unit")
    bare = {name: part for name, part in described.items() if name not in beside}
    about["description"] = f"{about.get('description', '')} [{described.get('unit', '')}]"
    return about | {"anyOf": [bare, *others, {"$ref": "#/$defs/sourced"}]}
