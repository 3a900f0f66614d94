"""One number of a scenario by its dotted key: its value in the policy, its bounds, whether it is whole."""

import math
from dataclasses import dataclass

from sim.core.text import nearest_word
from sim.scenario.describe import rows
from sim.scenario.messages import bounds_of, show, show_bounds, unit_of
from sim.scenario.parameter import field_at
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
    found = field_at(scenario, key)
    if found is None or key.split(".")[0] not in MOVABLE:
        return f"{key} is not a setting of {scenario.name}{_nearest(scenario, key)}"
    info, value = found
    if isinstance(value, bool) or not isinstance(value, (int, float)):
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


def _nearest(scenario: Scenario, key: str) -> str:
    known = [row.path for row in rows(scenario) if row.path.split(".")[0] in MOVABLE and not row.is_kind]
    close = nearest_word(key, known)
    if close:
        return f"; did you mean {close}?"
    last = [path for path in known if path.split(".")[-1] == key.split(".")[-1]]
    return f"; did you mean {last[0]}?" if last else "; sim describe lists the settings"
