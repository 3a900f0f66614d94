"""What each lever does at each of its values, and what two do together beyond that: pair by pair, under the same luck.

A lever's effect is the mean, over the points that differ in this lever alone, of the difference to its first value;
what two levers do together is the difference of such differences. Both are taken replication by replication.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Floats
from sim.lab.estimates.effects import stacked
from sim.lab.estimates.intervals import mean_interval
from sim.lab.results.study import Study
from sim.outcomes.outcomes import unit_of

if TYPE_CHECKING:
    import pandas

LEVERS = ("lever", "value", "first", "outcome", "unit", "mean", "low", "high")
DIFFERENCES = ("difference", "difference_low", "difference_high", "replications", "points")
PAIRS = ("lever", "first", "value", "other", "other_first", "other_value", "outcome", "unit")


@dataclass(frozen=True, eq=False)
class Crossed:
    """Points at which levers take values.

    Attributes:
        levers: by name their values, the first one the one that others are compared with.
        settings: for every point the place of each lever's value among its values, shape (points, levers).
        outcomes: names.
        values: shape (points, outcomes, replications); NaN where a point failed.
    """

    levers: Mapping[str, Sequence[Any]]
    settings: Any
    outcomes: Sequence[str]
    values: Floats

    def corners(self, moved: Mapping[int, int]) -> list[list[int]]:
        """Groups of points that are alike but for some levers, each at its first and its moved value.

        Args:
            moved: place of the value by place of the lever.

        Returns:
            groups in which all corners ran; in each, one point a corner, in the order of binary numbers.
        """
        there = ~np.isnan(self.values).all(axis=(1, 2))
        groups: dict[tuple[int, ...], dict[int, int]] = {}
        for point in np.flatnonzero(there):
            row = self.settings[point]
            if all(row[lever] in (0, value) for lever, value in moved.items()):
                corner = sum(int(row[lever] > 0) << place for place, lever in enumerate(moved))
                rest = tuple(int(one) for lever, one in enumerate(row) if lever not in moved)
                groups.setdefault(rest, {})[corner] = int(point)
        whole = 1 << len(moved)
        return [[one[corner] for corner in range(whole)] for one in groups.values() if len(one) == whole]

    def lever_effects(self) -> "pandas.DataFrame":
        """One row a lever, value and outcome, with the columns of `LEVERS` and `DIFFERENCES`.

        `mean, low, high` tell what is found at the value, the rest the difference to the first value; both are means
        over `points` pairs of points.
        """
        parts = []
        for place, (lever, values) in enumerate(self.levers.items()):
            for number, value in enumerate(values):
                groups = self.corners({place: number}) if number else self._at_first(place)
                if groups:
                    pair = np.array(groups)
                    level, base = self.values[pair[:, 1]].mean(axis=0), self.values[pair[:, 0]].mean(axis=0)
                    names = {"lever": lever, "value": str(value), "first": str(values[0])}
                    parts.append(self._rows(names, level - base, len(groups), level))
        return stacked(parts, (*LEVERS, *DIFFERENCES))

    def _at_first(self, place: int) -> list[list[int]]:
        """Every point at the first value of a lever, paired with itself."""
        there = ~np.isnan(self.values).all(axis=(1, 2))
        return [[int(point)] * 2 for point in np.flatnonzero(there & (self.settings[:, place] == 0))]

    def interactions(self) -> "pandas.DataFrame":
        """One row two levers, two values and an outcome, with the columns of `PAIRS` and `DIFFERENCES`.

        By how much more the outcome moves if both levers move than the two moves alone add up to.
        """
        parts = []
        for (one, (lever, values)), (two, (other, others)) in combinations(enumerate(self.levers.items()), 2):
            for first in range(1, len(values)):
                for second in range(1, len(others)):
                    groups = self.corners({one: first, two: second})
                    if groups:
                        corner = self.values[np.array(groups)].mean(axis=0)
                        named = (lever, values[0], values[first], other, others[0], others[second])
                        names = dict(zip(PAIRS[:6], map(str, named), strict=True))
                        both = corner[3] - corner[1] - corner[2] + corner[0]
                        parts.append(self._rows(names, both, len(groups)))
        return stacked(parts, (*PAIRS, *DIFFERENCES))

    def _rows(
        self, names: dict[str, str], difference: Floats, points: int, level: Floats | None = None
    ) -> dict[str, Any]:
        """Columns of a table, one row an outcome; `difference` and `level` of shape (outcomes, replications)."""
        interval = mean_interval(difference.T)
        table: dict[str, Any] = {
            **names,
            "outcome": list(self.outcomes),
            "unit": [*map(unit_of, self.outcomes)],
        }
        if level is not None:
            there = mean_interval(level.T)
            table |= {"mean": there.mean, "low": there.low, "high": there.high}
        columns = (interval.mean, interval.low, interval.high, interval.count, points)
        return table | dict(zip(DIFFERENCES, columns, strict=True))


def crossed_in_study(study: Study, scenario: str) -> Crossed:
    """The points as crossings of the factors' values, with the paired effects of a scenario."""
    levers = {
        factor.name: list(map(_listed, factor.values or sorted(study.settings[factor.name].unique())))
        for factor in study.factors
    }
    places = [
        [values.index(_listed(value)) for value in study.settings[name]] for name, values in levers.items()
    ]
    values = study.differences[scenario].to_numpy(dtype=np.float64)
    cube = values.reshape(len(study.settings), len(study.outcomes), -1)
    return Crossed(levers, np.array(places).T, study.outcomes, cube)


def _listed(value: Any) -> Any:
    """A value as JSON would hold it, so that what was stored equals what was asked for."""
    plain = value.tolist() if hasattr(value, "tolist") else value
    return list(plain) if isinstance(plain, tuple) else plain
