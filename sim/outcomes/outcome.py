"""What is said of an outcome: one row of the table, and how its number comes of sums.

The sums are taken once an organisation and added up for the whole area, so that the area's table and the
organisations' rows can never disagree: an outcome is a sum, or a ratio of sums.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sim.core.arrays import Floats

Sums = dict[str, Floats]
Kind = Literal["stock", "flow", "mean", "rate"]
PER_PEOPLE = "per 100 people a year"
"""The unit of everything that happens to people: so a small area can be compared with a large one."""
PER_THOSE = "per 100 of them a year"
"""The unit of what happens to some people, told over these people alone."""
HUNDRED_YEARS = "hundred_person_years"
"""The sum that counts of people are divided by: people employed, in hundreds, times the quarter's share of a year."""
AT_WORK, WORKED = "at_work", "worked"
"""The sums of people at work at the quarter's end, and of those who worked the quarter."""
LEAVERS = "leavers"
"""The sum of all events that end an employment."""


@dataclass(frozen=True)
class Formula:
    """How an outcome comes of sums: what `plus` add up to, less `minus`, over `over`.

    Attributes:
        kind: stock (there at the quarter's end), flow (adds up over the quarters), mean (over people, posts or
            parks), rate (a share or another ratio).
        plus: names of sums.
        minus: names of sums taken away.
        over: name of the sum it is divided by; "" for none. NaN where that sum is 0.
        events: the events it is counted from.
        columns: the columns of the staff table it is the mean of.
        work: whether it comes of work, so that it is missing at the founding, when nobody has worked yet.
        by: a formula of another form.
    """

    kind: Kind
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    over: str = ""
    events: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    work: bool = False
    by: Callable[[Sums], Floats] | None = None

    def __call__(self, totals: Sums) -> Floats:
        """The outcome of every group that the sums are of."""
        if self.by is not None:
            return self.by(totals)
        total = np.array(totals[self.plus[0]], dtype=np.float64)
        for name in self.plus[1:]:
            total += totals[name]
        for name in self.minus:
            total -= totals[name]
        return ratio_or_nan(total, totals[self.over]) if self.over else total

    @property
    def per(self) -> str:
        """Per what it is told; "" for a stock, or for what a single quarter or a mean shows."""
        if self.over == HUNDRED_YEARS:
            return "100 people employed and year"
        return "quarter" if self.kind == "flow" else ""

    @property
    def counted_from(self) -> str:
        """Events, columns or sums, in words."""
        if self.events:
            return "events " + ", ".join(self.events)
        said = f"columns {', '.join(self.columns)}" if self.columns else f"sums {', '.join(self.plus)}"
        return f"{said} over {self.over}" if self.over else said


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One row of the table of outcomes: every fact about one recorded outcome.

    Attributes:
        name: of its column, key or row wherever it is told.
        of: how it comes of sums; knows its kind and what it is counted from.
        unit: its unit, wherever it is told; what a unit is stands in `sim.outcomes.units`.
        label: its name in words, in English.
        meaning: what it is, in English.
        good: 1 where more is better, -1 where less is, 0 where neither can be said.
        exit: whether it counts a way of leaving; all ways together are `exits`.
        shown: where it is shown besides the tables of all outcomes, see `PLACES`.
        happens: what is told of one person to whom it happens; {rank} and {department} are filled in.
    """

    name: str
    of: Formula
    unit: str
    label: str
    meaning: str
    good: int = 0
    exit: bool = False
    shown: frozenset[str] = frozenset()
    happens: str = ""

    @property
    def kind(self) -> Kind:
        """Stock, flow, mean or rate."""
        return self.of.kind

    @property
    def key(self) -> bool:
        """Whether it is one of those that figures and studies show first."""
        return "key" in self.shown

    @property
    def of_people(self) -> bool:
        """Whether it counts what happens to people, told per 100 people employed and year."""
        return self.of.over == HUNDRED_YEARS

    @property
    def texts(self) -> list[str]:
        """All that can be said of it, in English."""
        return [text for text in (self.label, self.meaning, self.happens) if text]

    def facts(self) -> dict[str, Any]:
        """What a stored result says of it."""
        return {
            "unit": self.unit,
            "kind": self.kind,
            "per": self.of.per,
            "counted_from": self.of.counted_from,
            "exit": self.exit,
            "key": self.key,
            "good": self.good,
            "label": self.label,
            "meaning": self.meaning,
        }


def row(
    name: str,
    of: Formula,
    label: str,
    meaning: str,
    unit: str = PER_PEOPLE,
    good: int = 0,
    exit: bool = False,
    shown: str = "",
    happens: str = "",
) -> Outcome:
    """A row of the table; what happens to people has the unit of all such counts."""
    return Outcome(
        name=name,
        of=of,
        unit=unit,
        label=label,
        meaning=meaning,
        good=good,
        exit=exit,
        shown=frozenset(shown.split()),
        happens=happens,
    )


def stock(name: str) -> Formula:
    """What is there at the quarter's end."""
    return Formula("stock", (name,))


def amount(name: str, work: bool = False) -> Formula:
    """What adds up over the quarters: money, work."""
    return Formula("flow", (name,), work=work)


def people(*names: str, events: tuple[str, ...] = ()) -> Formula:
    """How many people something happens to, per 100 people employed and year."""
    return Formula("flow", names, over=HUNDRED_YEARS, events=events)


def happened(*events: str, where: str = "") -> Formula:
    """Events per 100 people employed and year; only those of the sum `where`, if one is named."""
    return people(*([where] if where else events), events=events)


def of_those(name: str, over: str, events: tuple[str, ...]) -> Formula:
    """How many of some people something happens to, per 100 of these people and year, which is what `over` sums."""
    return Formula("rate", (name,), over=over, events=events)


def worked(column: str, less: str = "") -> Formula:
    """Mean of a column of the staff table over the people who worked the quarter, less that of another."""
    minus = (less,) if less else ()
    return Formula("mean", (column,), minus, over=WORKED, columns=(column, *minus), work=True)


def at_work(column: str) -> Formula:
    """Mean of a column of the staff table over the people at work at the quarter's end."""
    return Formula("mean", (column,), over=AT_WORK, columns=(column,))


def mean(name: str, over: str, work: bool = False) -> Formula:
    """A sum over how many it is of."""
    return Formula("mean", (name,), over=over, work=work)


def rate(*names: str, over: str) -> Formula:
    """A share, or another ratio of two sums."""
    return Formula("rate", names, over=over)


def measured(name: str, kind: Kind) -> Formula:
    """What is no sum over people: of the new cities, of the area, or of the whole distribution."""
    return Formula(kind, (name,))


def reckoned(by: Callable[[Sums], Floats], *columns: str) -> Formula:
    """A ratio of another form, of columns of the staff table."""
    return Formula("rate", (), by=by, columns=columns)


def correlation(totals: Mapping[str, Floats]) -> Floats:
    """Correlation of pay and true contribution among people who worked; NaN where either does not vary."""
    number = np.where(totals["worked"] > 0, totals["worked"], np.nan)
    pay, contribution = totals["pay_at_work"] / number, totals["contribution"] / number
    covariance = totals["pay_contribution"] / number - pay * contribution
    variances = (totals["pay_squared"] / number - pay**2) * (
        totals["contribution_squared"] / number - contribution**2
    )
    varies = variances > 1e-18
    return np.where(varies, covariance / np.sqrt(np.where(varies, variances, 1.0)), np.nan)


def spread_of_hires(totals: Mapping[str, Floats]) -> Floats:
    """Standard deviation of the ability of the quarter's hires; NaN where nobody was hired."""
    mean = ratio_or_nan(totals["ability_hired"], totals["hired"])
    return np.sqrt(np.maximum(ratio_or_nan(totals["ability_hired_squared"], totals["hired"]) - mean**2, 0.0))


def ratio_or_nan(numerator: Floats, denominator: Floats) -> Floats:
    """NaN where nobody is counted."""
    counted = denominator > 0
    if counted.all():
        return np.asarray(numerator / denominator)
    return np.where(counted, numerator / np.where(counted, denominator, 1.0), np.nan)
