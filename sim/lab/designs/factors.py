"""The factors of a study: what is varied, over which range, in which scenarios."""

import math
from dataclasses import dataclass, replace
from typing import Any

from sim.core.text import did_you_mean, nearest_word
from sim.lab.designs.study_file import StudyFile, Variation
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
    factors = [_varied(said, study, problems) for said in study.variations]
    keys = [said.key for said in study.variations]
    for said in study.variations:
        if keys.count(said.key) > 1 and said.role == "uncertainty":
            problems.add(said.node.key_place, f"{said.key} is both a lever and an uncertainty")
    return [one for one in factors if one is not None]


def _varied(said: Variation, study: StudyFile, problems: Problems) -> Varied | None:
    names = _concerned(said, study, problems)
    parameters = [_known(said, study, name, problems) for name in names]
    known = [one for one in parameters if one is not None]
    if len(known) < len(names) or not known:
        return None
    said = _around(said, known[0])
    factor = _factor(said, known[0], problems)
    return None if factor is None else Varied(factor, names, said.range.scale == "log")


def _around(said: Variation, known: Parameter) -> Variation:
    """A range that is given as `times` the value, as low and high on a log scale."""
    times, value = said.range.times, known.value
    if times is None or not known.numeric or isinstance(value, bool) or value <= 0:
        return said
    low = max(value / times, known.low or 0.0)
    high = value * times if known.high is None else min(value * times, known.high)
    return replace(said, range=said.range.model_copy(update={"low": low, "high": high, "scale": "log"}))


def _concerned(said: Variation, study: StudyFile, problems: Problems) -> tuple[str, ...]:
    """The scenarios a factor is set in: those named; else policy in all but the baseline, assumptions in all."""
    names = [one.name for one in study.scenarios]
    for name in said.range.only:
        if name not in names:
            text = f"{said.key}: there is no scenario {name}{did_you_mean(name, names)}"
            problems.add(said.node.place, text)
    if said.range.only:
        return tuple(name for name in said.range.only if name in names)
    if said.role == "lever":
        return tuple(name for name in names if name != study.baseline)
    return tuple(names)


def _known(said: Variation, study: StudyFile, name: str, problems: Problems) -> Parameter | None:
    """The parameter in one scenario."""
    scenario = next(one for one in study.scenarios if one.name == name)
    known = parameter(scenario, said.key)
    if known is None:
        paths = dict.fromkeys(row.path for row in rows(scenario))
        close = nearest_word(said.key, paths)
        others = [one.name for one in study.scenarios if parameter(one, said.key) is not None]
        hint = f"; did you mean {close}?" if close else "; sim describe lists what there is"
        if others:
            hint = f"; {' and '.join(others)} has it: add only: [{', '.join(others)}]"
        problems.add(said.node.key_place, f"{said.key} names no parameter of {name}{hint}")
    return known


def _factor(said: Variation, known: Parameter, problems: Problems) -> Factor | None:
    limits = said.range
    values = limits.values or (known.choices if limits.low is None and limits.high is None else ())
    if values:
        if len(values) < 2:
            problems.add(said.node.place, f"{said.key}: one value is no variation; list at least two")
            return None
        return Factor(said.key, said.role, values=tuple(values), whole=known.whole, unit=known.unit)
    low, high = _bound(limits.low, known.low, known), _bound(limits.high, known.high, known)
    trouble = _trouble(said, known, low, high)
    if trouble:
        problems.add(said.node.place if said.node.value else said.node.key_place, f"{said.key}: {trouble}")
        return None
    assert low is not None  # otherwise there is trouble
    assert high is not None
    inset = INSET * (high - low)
    low += inset * (known.low_open and limits.low is None)
    high -= inset * (known.high_open and limits.high is None)
    return Factor(said.key, said.role, float(low), float(high), whole=known.whole, unit=known.unit)


def _bound(limit: float | None, own: float | None, known: Parameter) -> float | None:
    """The end of the range: as the file says, else the parameter's own bound."""
    end = limit if limit is not None else own
    return math.floor(end) if end is not None and known.whole else end


def _trouble(said: Variation, known: Parameter, low: float | None, high: float | None) -> str:
    """Why the range cannot be used; "" if it can."""
    if said.range.times is not None and (said.range.low is None or known.value <= 0):
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
    if said.range.scale == "log" and low <= 0:
        return f"a log scale needs low above 0, not {low:g}"
    return ""
