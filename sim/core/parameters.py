"""A parameter is a value with its unit, bounds, source and reason in one place.

Every number that a scenario can change is declared once, with `param`, on the frozen `Settings` class it belongs
to. The scenario loader, `sim describe`, the JSON Schema and the report's list of assumptions all read it there.
"""

from collections.abc import Iterator
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


Complaint = tuple[str, str]
"""(setting, what is wrong with it)."""
ROUNDING = 1e-6
"""How far a sum of shares may be from 1."""


class Settings(BaseModel):
    """Frozen, typed settings; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, allow_inf_nan=False)

    def complaints(self) -> Iterator[Complaint]:
        """What no single value can say: everything wrong among these settings, those of objects inside apart."""
        yield from ()

    def sum_to_one(self, *shares: str) -> Iterator[Complaint]:
        """A complaint unless these settings add up to 1."""
        total = self._total(shares)
        if abs(total - 1) > ROUNDING:
            yield shares[-1], f"{' + '.join(shares)} = {total:.6g}; together they must be 1"

    def sum_to_at_most_one(self, *shares: str) -> Iterator[Complaint]:
        """A complaint if these settings add up to more than 1."""
        total = self._total(shares)
        if total > 1 + ROUNDING:
            yield shares[-1], f"{' + '.join(shares)} = {total:.6g}; together they may not exceed 1"

    def divide_one(self, shares: str) -> Iterator[Complaint]:
        """Complaints unless the list of shares adds up to 1 and none is below 0."""
        values = getattr(self, shares)
        if abs(sum(values) - 1) > ROUNDING:
            yield shares, f"the shares sum to {sum(values):.6g}; together they must be 1"
        if any(share < 0 for share in values):
            yield shares, "a share is below 0"

    def _total(self, names: tuple[str, ...]) -> float:
        return float(sum(getattr(self, name) for name in names))


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
