"""A parameter is a value with its unit, bounds, source and reason in one place.

Every number that a scenario can change is declared once, with `param`, on the frozen `Settings` class it belongs
to. The scenario loader, `sim describe`, the JSON Schema and the report's list of assumptions all read it there.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

Source = Literal["seed", "law", "data", "literature", "assumption", "design"]
SOURCES: dict[str, str] = {
    "seed": "stated in the article the project starts from",
    "law": "a statute or regulation",
    "data": "a figure published by an administration",
    "literature": "an estimate from published research, from another setting",
    "assumption": "no source: a prior to be varied",
    "design": "a choice of experimental design, not a claim about the world",
}


class Settings(BaseModel):
    """Frozen, typed settings; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, allow_inf_nan=False)


def param(
    default: Any,
    *,
    unit: str,
    source: Source,
    doc: str,
    cite: str = "",
    **bounds: Any,
) -> Any:
    """Declare one parameter.

    Args:
        default: the value used where a scenario says nothing.
        unit: "share", "quarters", "people", "ability SD", "mean annual pay", ...
        source: where the default comes from, one of `SOURCES`.
        doc: what it is and why it has this value, in one or two sentences.
        cite: keys of SOURCES.md ("P25", "P10; P11").
        bounds: pydantic constraints, `ge`, `le`, `gt`, `lt`.
    """
    extra: dict[str, Any] = {"unit": unit, "source": source, "cite": cite}
    return Field(default=default, description=doc, json_schema_extra=extra, **bounds)


def default_of(info: FieldInfo) -> Any:
    """The value of a parameter where nobody says anything."""
    return info.get_default(call_default_factory=True, validated_data={})
