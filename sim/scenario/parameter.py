"""One parameter of a scenario, found by its dotted key: its bounds, its choices, whether it is whole."""

from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from sim.core.parameters import Settings
from sim.scenario.messages import bounds_of, unit_of
from sim.scenario.schema import Scenario


@dataclass(frozen=True)
class Parameter:
    """What a key may be.

    Attributes:
        value: what it is at the end of the scenario.
        low, high: its own bounds; None where there is none.
        open_low, open_high: whether the bound itself is not allowed.
        choices: the values of a choice or a switch, else empty.
        whole: whether it is a whole number.
        numeric: whether it is a number at all.
        unit: its unit; "" for none.
    """

    value: Any
    low: float | None
    high: float | None
    open_low: bool
    open_high: bool
    choices: tuple[Any, ...]
    whole: bool
    numeric: bool
    unit: str


def parameter(scenario: Scenario, key: str) -> Parameter | None:
    """The parameter that `key` names in what is in force at the end; None where there is none."""
    found = field_at(scenario, key)
    return None if found is None else _described(*found)


def field_at(scenario: Scenario, key: str) -> tuple[FieldInfo, Any] | None:
    """The declaration and the value at a dotted key, in force at the end; None where there is no parameter."""
    last = scenario.timeline[-1] if scenario.timeline else scenario
    names = key.split(".")
    here: Any = scenario if names[0] in ("world", "calendar", "horizon") else last
    info: FieldInfo | None = None
    for name in names:
        if isinstance(here, dict) and name in here:
            here, info = here[name], None
        elif isinstance(here, Settings) and name in type(here).model_fields:
            here, info = getattr(here, name), type(here).model_fields[name]
        else:
            return None
    return None if info is None or isinstance(here, Settings) else (info, here)


def _described(info: FieldInfo, value: Any) -> Parameter:
    bounds = bounds_of(info)
    low, high = (bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt")))
    annotation = info.annotation
    choices: tuple[Any, ...] = (False, True) if annotation is bool else ()
    if get_origin(annotation) is Literal:
        choices = get_args(annotation)
    numeric = annotation in (int, float)
    unit = unit_of(info)
    is_whole = annotation is int
    return Parameter(value, low, high, "gt" in bounds, "lt" in bounds, choices, is_whole, numeric, unit)
