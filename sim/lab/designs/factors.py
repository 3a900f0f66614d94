"""The factors of a study: what is varied, over which range, in which scenarios."""

import math
from dataclasses import dataclass, replace
from typing import Any

from sim.core.text import did_you_mean, nearest_word
from sim.lab.designs.study_file import Asked, StudyFile
from sim.lab.results.study import Factor
from sim.scenario.describe import rows
from sim.scenario.messages import Problems, show
from sim.scenario.parameter import Parameter, parameter

INSET = 1e-3
"""Share of a range by which it stays away from a bound that is not allowed itself."""


@dataclass(frozen=True)
class Varied:
    """A factor, and the names of the scenarios that it is set in."""

    factor: Factor
    scenarios: tuple[str, ...]
    log: bool = False

    def value(self, unit: float) -> Any:
        """The value at a place of the unit interval."""
        if self.factor.values:
            last = len(self.factor.values) - 1
            return self.factor.values[min(int(unit * (last + 1)), last)]
        low, high = self.factor.low, self.factor.high
        if self.factor.whole:
            return min(int(low + unit * (high - low + 1)), int(high))
        if self.log:
            return low * (high / low) ** unit
        return low + unit * (high - low)

    def ends(self) -> tuple[Any, ...]:
        """Its two ends; listed values as they are."""
        return self.factor.values or (self.value(0.0), self.value(1.0))

    def cut(self, steps: int) -> tuple[Any, ...]:
        """Its values: listed, or the range cut into equal steps, both ends included."""
        if self.factor.values:
            return self.factor.values
        if self.factor.whole:
            low, high = int(self.factor.low), int(self.factor.high)
            count = min(steps, high - low + 1)
            return tuple(
                dict.fromkeys(round(low + k * (high - low) / max(count - 1, 1)) for k in range(count))
            )
        return tuple(self.value(k / (steps - 1)) for k in range(steps))


def varied(study: StudyFile, problems: Problems) -> list[Varied]:
    """The factors of a study, each checked against every scenario that it is set in."""
    found = [_varied(asked, study, problems) for asked in study.asked]
    keys = [asked.key for asked in study.asked]
    for asked in study.asked:
        if keys.count(asked.key) > 1 and asked.role == "uncertainty":
            problems.add(asked.node.key_place, f"{asked.key} is both a lever and an uncertainty")
    return [one for one in found if one is not None]


def _varied(asked: Asked, study: StudyFile, problems: Problems) -> Varied | None:
    names = _concerned(asked, study, problems)
    found = [_known(asked, study, name, problems) for name in names]
    known = [one for one in found if one is not None]
    if len(known) < len(names) or not known:
        return None
    asked = _around(asked, known[0])
    factor = _factor(asked, known[0], problems)
    return None if factor is None else Varied(factor, names, asked.range.scale == "log")


def _around(asked: Asked, known: Parameter) -> Asked:
    """A range that is given as `times` the value, as low and high on a log scale."""
    times, value = asked.range.times, known.value
    if times is None or not known.numeric or isinstance(value, bool) or value <= 0:
        return asked
    low = max(value / times, known.low or 0.0)
    high = value * times if known.high is None else min(value * times, known.high)
    return replace(asked, range=asked.range.model_copy(update={"low": low, "high": high, "scale": "log"}))


def _concerned(asked: Asked, study: StudyFile, problems: Problems) -> tuple[str, ...]:
    """The scenarios a factor is set in: those named; else policy in all but the baseline, assumptions in all."""
    names = [one.name for one in study.scenarios]
    for name in asked.range.only:
        if name not in names:
            text = f"{asked.key}: there is no scenario {name}{did_you_mean(name, names)}"
            problems.add(asked.node.place, text)
    if asked.range.only:
        return tuple(name for name in asked.range.only if name in names)
    if asked.role == "lever":
        return tuple(name for name in names if name != study.baseline)
    return tuple(names)


def _known(asked: Asked, study: StudyFile, name: str, problems: Problems) -> Parameter | None:
    """The parameter in one scenario."""
    scenario = next(one for one in study.scenarios if one.name == name)
    found = parameter(scenario, asked.key)
    if found is None:
        paths = dict.fromkeys(row.path for row in rows(scenario))
        close = nearest_word(asked.key, paths)
        others = [one.name for one in study.scenarios if parameter(one, asked.key) is not None]
        hint = f"; did you mean {close}?" if close else "; sim describe lists what there is"
        if others:
            hint = f"; {' and '.join(others)} has it: add only: [{', '.join(others)}]"
        problems.add(asked.node.key_place, f"{asked.key} names no parameter of {name}{hint}")
    return found


def _factor(asked: Asked, known: Parameter, problems: Problems) -> Factor | None:
    given = asked.range
    values = given.values or (known.choices if given.low is None and given.high is None else ())
    if values:
        if len(values) < 2:
            problems.add(asked.node.place, f"{asked.key}: one value is no variation; list at least two")
            return None
        return Factor(asked.key, asked.role, values=tuple(values), whole=known.whole, unit=known.unit)
    low, high = _bound(given.low, known.low, known), _bound(given.high, known.high, known)
    trouble = _trouble(asked, known, low, high)
    if trouble:
        problems.add(
            asked.node.place if asked.node.value else asked.node.key_place, f"{asked.key}: {trouble}"
        )
        return None
    assert low is not None  # otherwise there is trouble
    assert high is not None
    inset = INSET * (high - low)
    low += inset * (known.open_low and given.low is None)
    high -= inset * (known.open_high and given.high is None)
    return Factor(asked.key, asked.role, float(low), float(high), whole=known.whole, unit=known.unit)


def _bound(given: float | None, own: float | None, known: Parameter) -> float | None:
    """The end of the range: as given, else the parameter's own bound."""
    chosen = given if given is not None else own
    return math.floor(chosen) if chosen is not None and known.whole else chosen


def _trouble(asked: Asked, known: Parameter, low: float | None, high: float | None) -> str:
    """Why the range cannot be used; "" if it can."""
    if asked.range.times is not None and (asked.range.low is None or known.value <= 0):
        return f"times needs a value above 0, not {show(known.value)}: give low and high"
    if not known.numeric:
        return "is not a number: list its values, as in [a, b]"
    if low is None or high is None:
        side = "lower" if low is None else "upper"
        return f"the parameter has no {side} bound of its own: give {'low' if low is None else 'high'}"
    if low >= high:
        return f"the range from {low:g} to {high:g} is empty: low must be below high"
    for name, end in (("low", low), ("high", high)):
        if (known.low is not None and end < known.low) or (known.high is not None and end > known.high):
            return f"{name} = {end:g} is outside the parameter's bounds ({known.low} to {known.high})"
    if asked.range.scale == "log" and low <= 0:
        return f"a log scale needs low above 0, not {low:g}"
    return ""
