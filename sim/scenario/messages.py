"""Messages a user can act on: the place, the path, the value, what is allowed, and the nearest valid word."""

from dataclasses import dataclass, field
from typing import Any

from pydantic.fields import FieldInfo

from sim.core.errors import UserError
from sim.scenario.node import Place

LONGEST_LIST = 50
EXPECTED = {
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "settings (key: value)",
    "model_type": "settings (key: value)",
    "finite_number": "a finite number",
}


@dataclass
class Problems:
    """Everything wrong with a scenario, each said once."""

    found: dict[tuple[Place, str], None] = field(default_factory=dict)
    unread: set[Place] = field(default_factory=set)

    def add(self, place: Place, text: str, unread: bool = False) -> None:
        """Note a problem; `unread` if there is no value to say anything else about."""
        if place not in self.unread:
            self.found.setdefault((place, text))
        if unread:
            self.unread.add(place)

    def __bool__(self) -> bool:
        return bool(self.found)

    def __str__(self) -> str:
        """One line a problem, in the order of the file."""
        ordered = sorted(self.found, key=lambda item: (item[0].source, item[0].line, item[0].column))
        lines = [f"{place}: {text}" if str(place) else text for place, text in ordered]
        if len(lines) > LONGEST_LIST:
            lines = [*lines[:LONGEST_LIST], f"... and {len(lines) - LONGEST_LIST} more errors"]
        return "\n".join(lines)

    def stop(self) -> None:
        """Raise all of them, if there are any.

        Raises:
            UserError: one line a problem.
        """
        if self:
            raise UserError(str(self))


def show(value: Any) -> str:
    """A value as a scenario file would write it, shortened."""
    if isinstance(value, dict):
        return "settings" if value else "{}"
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    if isinstance(value, (list, tuple)):
        text = "[" + ", ".join(show(item) for item in value) + "]"
    else:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def unit_of(info: FieldInfo | None) -> str:
    """The unit a parameter was declared with."""
    extra = info.json_schema_extra if info else None
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


def bounds_of(info: FieldInfo | None) -> dict[str, float]:
    """`ge`, `gt`, `le`, `lt` of a parameter, as far as it has them."""
    bounds: dict[str, float] = {}
    for constraint in info.metadata if info else ():
        for name in ("ge", "gt", "le", "lt"):
            if getattr(constraint, name, None) is not None:
                bounds[name] = getattr(constraint, name)
    return bounds


def show_bounds(bounds: dict[str, float]) -> str:
    """`0 to 0.6`, `above 0 and below 1`, `at least 1`; "" without bounds."""
    if "ge" in bounds and "le" in bounds:
        return f"{bounds['ge']} to {bounds['le']}"
    words = {"gt": "above", "ge": "at least", "lt": "below", "le": "at most"}
    return " and ".join(f"{word} {bounds[name]}" for name, word in words.items() if name in bounds)


def explain(error: Any, path: str, info: FieldInfo | None) -> str:
    """One pydantic error in the words of a scenario's author."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    unit = unit_of(info)
    in_unit = f" ({unit})" if unit else ""
    stated = f"{path} = {show(value)}"
    if kind in ("less_than_equal", "less_than"):
        limit = "above the largest allowed value" if kind == "less_than_equal" else "not below"
        return f"{stated} is {limit} {next(iter(context.values()))}{in_unit}"
    if kind in ("greater_than_equal", "greater_than"):
        limit = "below the smallest allowed value" if kind == "greater_than_equal" else "not above"
        return f"{stated} is {limit} {next(iter(context.values()))}{in_unit}"
    if kind == "literal_error":
        return f"{stated} is not one of its choices: {context['expected'].replace(chr(39), '')}"
    if kind in EXPECTED:
        allowed = "; ".join(part for part in (unit, show_bounds(bounds_of(info))) if part)
        return f"{stated} is not {EXPECTED[kind]}" + (f" ({allowed})" if allowed else "")
    if kind == "string_pattern_mismatch":
        return f"{stated} is not a {unit}: {info.description if info else ''}"
    return f"{stated}: {_length(error) or error['msg'].removeprefix('Value error, ')}"


def _length(error: Any) -> str:
    context = error.get("ctx", {})
    if error["type"] == "too_long":
        return f"the list is too long; at most {context['max_length']} values"
    if error["type"] == "too_short":
        return f"the list is too short; at least {context['min_length']} values"
    return "a value is missing" if error["type"] == "missing" else ""
