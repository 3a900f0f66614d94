"""One number of a scenario by its dotted key: its value in the policy, its bounds, whether it is whole."""

import math
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from sim.core.parameters import Settings
from sim.scenario.describe import rows
from sim.scenario.messages import bounds_of, nearest_word, show, show_bounds, unit_of
from sim.scenario.schema import Scenario

MOVABLE = ("world", "structure", "regime", "behaviour")
"""The parts of a scenario whose numbers say something of the world or the policy."""


@dataclass(frozen=True)
class Number:
    """A numeric setting.

    Attributes:
        value: in force at the end of the scenario.
        low, high: the bounds it was declared with; infinite where it has none.
        low_open, high_open: whether the bound itself is excluded.
        whole: whether only whole numbers are allowed.
        unit: what it is counted in.
        allowed: the bounds in words.
    """

    value: float
    low: float
    high: float
    low_open: bool
    high_open: bool
    whole: bool
    unit: str
    allowed: str

    def holds(self, value: float) -> bool:
        """Whether the setting may take the value."""
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        return above and below and (not self.whole or float(value).is_integer())


def number_of(scenario: Scenario, key: str) -> Number | str:
    """The number under a dotted key, or what is wrong with the key."""
    found = _field(scenario, key)
    if found is None:
        return f"{key} is not a setting of {scenario.name}{_nearest(scenario, key)}"
    value, info = found
    if isinstance(value, bool) or not isinstance(value, (int, float)) or info is None:
        return f"{key} = {show(value)} is not a number, and only numbers can be moved"
    bounds = bounds_of(info)
    low, high = bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt"))
    return Number(
        value=value,
        low=-math.inf if low is None else low,
        high=math.inf if high is None else high,
        low_open="gt" in bounds,
        high_open="lt" in bounds,
        whole=isinstance(value, int) and info.annotation is int,
        unit=unit_of(info),
        allowed=show_bounds(bounds),
    )


def _field(scenario: Scenario, key: str) -> tuple[Any, FieldInfo | None] | None:
    """The value under a key at the end of the scenario and how it was declared; None where there is nothing."""
    part, *names = key.split(".")
    if part not in MOVABLE:
        return None
    phase = scenario.at(scenario.horizon.quarters)
    at: Any = scenario.world if part == "world" else getattr(phase, part)
    info: FieldInfo | None = None
    for name in names:
        if isinstance(at, Settings) and name in type(at).model_fields:
            info = type(at).model_fields[name]
            at = getattr(at, name)
        elif isinstance(at, dict) and name in at:
            at = at[name]
        else:
            return None
    return at, info


def _nearest(scenario: Scenario, key: str) -> str:
    known = [row.path for row in rows(scenario) if row.path.split(".")[0] in MOVABLE and not row.is_kind]
    close = nearest_word(key, known)
    if close:
        return f"; did you mean {close}?"
    last = [path for path in known if path.split(".")[-1] == key.split(".")[-1]]
    return f"; did you mean {last[0]}?" if last else "; sim describe lists the settings"
