"""The JSON Schema of study files, for editors: what may be written, not whether it fits together."""

from typing import Any

from sim.core.parameters import Settings
from sim.lab.designs.study_file import DESIGNS, MOST_REPLICATIONS, Header, Range, Sequential
from sim.outcomes import OUTCOMES
from sim.scenario.describe import first_line

Schema = dict[str, Any]
FILE = "study.schema.json"


def study_schema() -> Schema:
    """The schema of a study file, made of the classes that read it."""
    named = {"type": "array", "items": {"enum": list(OUTCOMES)}}
    properties = _properties(Header)
    properties["outcomes"] |= named
    properties["smallest_effects"] |= _by_outcome()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Study of scenarios",
        "type": "object",
        "properties": {
            **properties,
            "set": {"type": ["object", "null"], "description": "Settings in all scenarios, by key."},
            "variants": {
                "type": ["object", "null"],
                "additionalProperties": {"type": "object", "minProperties": 1},
                "description": "The last scenario at other settings, by name.",
            },
            "levers": _factors("Policy: set in every scenario but the baseline."),
            "uncertainties": _factors("Assumptions: set in all scenarios."),
            "design": {"oneOf": [_design(kind) for kind in DESIGNS]},
            "replications": _replications(),
        },
        "required": ["scenarios", "design"],
        "additionalProperties": False,
        "$defs": {"range": _object(Range) | {"type": ["object", "null"]}},
    }


def _replications() -> Schema:
    fixed = {"type": "integer", "minimum": 1, "maximum": MOST_REPLICATIONS}
    sequential = _object(Sequential) | {"required": ["half_widths"]}
    sequential["properties"]["half_widths"] |= _by_outcome() | {"minProperties": 1}
    return {
        "anyOf": [fixed, sequential],
        "description": "How many at each point: fixed, or as many as it takes.",
    }


def _by_outcome() -> Schema:
    return {"propertyNames": {"enum": list(OUTCOMES)}}


def _factors(about: str) -> Schema:
    """Keys with ranges, or with lists of values."""
    either = {"anyOf": [{"$ref": "#/$defs/range"}, {"type": "array", "minItems": 2}]}
    return {"type": ["object", "null"], "additionalProperties": either, "description": about}


def _design(kind: str) -> Schema:
    schema = _object(DESIGNS[kind]) | {"required": ["kind"]}
    schema["properties"]["kind"] = {"const": kind}
    return schema


def _object(kind: type[Settings]) -> Schema:
    return {
        "type": "object",
        "description": first_line(kind),
        "properties": _properties(kind),
        "additionalProperties": False,
    }


def _properties(kind: type[Settings]) -> Schema:
    """Every field, without what only a reader of the code needs."""
    left_out = ("title", "source", "cite", "unit")
    described = kind.model_json_schema()["properties"]
    return {
        name: {part: value for part, value in field.items() if part not in left_out}
        for name, field in described.items()
    }
