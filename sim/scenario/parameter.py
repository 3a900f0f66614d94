"""One parameter of a scenario, found by its dotted key: its value in the policy, its bounds, its choices."""

from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from sim.core.parameters import Settings
from sim.core.text import nearest_word
from sim.scenario.describe import rows
from sim.scenario.messages import bounds_of, show, show_bounds, unit_of
from sim.scenario.schema import Scenario

MOVABLE = ("world", "structure", "regime", "behaviour")
"""The parts of a scenario whose numbers say something of the world or the policy."""


@dataclass(frozen=True)
class Parameter:
    """What a key may be.

    Attributes:
        value: what it is at the end of the scenario.
        low, high: its own bounds; None where there is none.
        low_open, high_open: whether the bound itself is not allowed.
        choices: the values of a choice or a switch, else empty.
        whole: whether it is a whole number.
        numeric: whether it is a number at all.
        unit: its unit; "" for none.
        allowed: its bounds in words; "" without bounds.
    """

    value: Any
    low: float | None
    high: float | None
    low_open: bool
    high_open: bool
    choices: tuple[Any, ...]
    whole: bool
    numeric: bool
    unit: str
    allowed: str

    def holds(self, value: float) -> bool:
        """Whether a number may have the value."""
        above = self.low is None or (value > self.low if self.low_open else value >= self.low)
        below = self.high is None or (value < self.high if self.high_open else value <= self.high)
        return above and below and (not self.whole or float(value).is_integer())


def parameter(scenario: Scenario, key: str) -> Parameter | None:
    """The parameter that `key` names in what is in force at the end; None where there is none."""
    field = field_at(scenario, key)
    return None if field is None else _described(*field)


def number_of(scenario: Scenario, key: str) -> Parameter | str:
    """The number under a dotted key, or what is wrong with the key."""
    known = parameter(scenario, key)
    if known is None or key.split(".")[0] not in MOVABLE:
        return f"{key} is not a setting of {scenario.name}{_nearest(scenario, key)}"
    if isinstance(known.value, bool) or not isinstance(known.value, (int, float)):
        return f"{key} = {show(known.value)} is not a number, and only numbers can be moved"
    return known


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
    bounds, annotation = bounds_of(info), info.annotation
    choices: tuple[Any, ...] = (False, True) if annotation is bool else ()
    if get_origin(annotation) is Literal:
        choices = get_args(annotation)
    return Parameter(
        value,
        low=bounds.get("ge", bounds.get("gt")),
        high=bounds.get("le", bounds.get("lt")),
        low_open="gt" in bounds,
        high_open="lt" in bounds,
        choices=choices,
        whole=annotation is int,
        numeric=annotation in (int, float),
        unit=unit_of(info),
        allowed=show_bounds(bounds),
    )


def _nearest(scenario: Scenario, key: str) -> str:
    known = [row.path for row in rows(scenario) if row.path.split(".")[0] in MOVABLE and not row.is_kind]
    close = nearest_word(key, known)
    alike = [path for path in known if path.split(".")[-1] == key.split(".")[-1]]
    meant = close or next(iter(alike), "")
    return f"; did you mean {meant}?" if meant else "; sim describe lists the settings"
