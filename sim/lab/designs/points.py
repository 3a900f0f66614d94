"""The points of a design, each made when it is asked for: a study of a million points needs no more memory than few.

Only what is drawn (a Latin hypercube, Saltelli's design, trajectories) is kept, as one number a factor and point.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from sim.core.arrays import Floats
from sim.core.errors import UserError
from sim.lab.designs.factors import Varied
from sim.lab.designs.kinds import sample
from sim.lab.designs.study_file import (
    DESIGNS,
    Coalitions,
    Design,
    Factorial,
    Grid,
    LatinHypercube,
    Listed,
    Morris,
    Sobol,
)
from sim.lab.estimates.games import coalitions
from sim.lab.results.study import Factor
from sim.rules.base import SLOTS

Row = list[Any]
"""The values of every factor at a point."""


class Points(ABC):
    """The values of every factor at every point; subclasses say where they come from."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def __getitem__(self, number: int) -> Row:
        """The values at one point, counted from 0."""

    def __iter__(self) -> Iterator[Row]:
        return (self[number] for number in range(len(self)))

    @property
    def units(self) -> Floats:
        """The points' places in the unit cube, shape (points, factors); NaN where they have none."""
        return np.broadcast_to(np.float64(np.nan), (len(self), len(self[0])))

    @property
    @abstractmethod
    def written(self) -> Any:
        """What the points are made of, as JSON would hold it; `read_points` takes it back."""


@dataclass(frozen=True)
class WrittenOut(Points):
    """Points as they are listed."""

    rows: Sequence[Row]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, number: int) -> Row:
        return self.rows[number]

    @property
    def written(self) -> list[Row]:
        return list(self.rows)


@dataclass(frozen=True)
class Combined(Points):
    """Every combination of the values of the factors, the last factor's changing first."""

    axes: tuple[Sequence[Any], ...]

    def __len__(self) -> int:
        return prod(map(len, self.axes))

    def __getitem__(self, number: int) -> Row:
        row = []
        for values in reversed(self.axes):
            number, place = divmod(number, len(values))
            row.append(values[place])
        if number:
            raise IndexError
        return row[::-1]

    @property
    def written(self) -> dict[str, Any]:
        return {"axes": [list(values) for values in self.axes]}


@dataclass(frozen=True)
class Sampled(Points):
    """Points drawn from the unit cube."""

    design: LatinHypercube | Sobol | Morris
    factors: tuple[Varied, ...]

    @cached_property
    def units(self) -> Floats:
        return sample(self.design, len(self.factors))

    def __len__(self) -> int:
        return len(self.units)

    def __getitem__(self, number: int) -> Row:
        return [one.value(float(unit)) for one, unit in zip(self.factors, self.units[number], strict=True)]

    @cached_property
    def written(self) -> dict[str, Any]:
        drawn = hashlib.sha256(np.ascontiguousarray(self.units, dtype="<f8").data).hexdigest()
        return {"drawn": drawn, "log": [one.log for one in self.factors]}


def points_of(design: Design, factors: Sequence[Varied]) -> Points:
    """The points of a design."""
    match design:
        case Grid(steps=steps):
            return Combined(tuple(one.cut(steps) for one in factors))
        case Factorial():
            return Combined(tuple(one.ends() for one in factors))
        case Listed(points=points):
            return WrittenOut([[point[one.factor.name] for one in factors] for point in points])
        case Coalitions():
            return WrittenOut([[slot in taken for slot in SLOTS] for taken in coalitions(tuple(SLOTS))])
        case _:
            return Sampled(design, tuple(factors))


def read_points(
    written: Any, design: Mapping[str, Any], factors: Sequence[Factor], concerned: Sequence[tuple[str, ...]]
) -> Points:
    """The points that `written` stands for; those that are drawn are drawn again.

    Raises:
        UserError: they do not come out as they were, by another version of numpy, SciPy or SALib.
    """
    if isinstance(written, list):
        return WrittenOut(written)
    if "axes" in written:
        return Combined(tuple(written["axes"]))
    varied = map(Varied, factors, concerned, written["log"])
    points = points_of(DESIGNS[design["kind"]].model_validate(design), tuple(varied))
    if points.written != written:
        raise UserError(
            "the points of the design do not come out as they were drawn: use the same versions of numpy, SciPy "
            "and SALib everywhere"
        )
    return points
