"""V10: directions that any expert knows, each tried on pairs of runs under the same luck.

All intervals of a set hold together with a probability of 99 % (Bonferroni over statements and looks, Student's t).
A statement is confirmed where its interval leaves no other sign, refuted where it leaves only others, and undecided
else. So at most one set in a hundred refutes anything true or confirms anything false.
"""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats
from sim.lab.designs.chunks import replications_together
from sim.lab.estimates.intervals import mean_interval
from sim.lab.jobs.simulate import Replications
from sim.validation.case import FOLDER, Case, Check, Setting
from sim.validation.direction_file import ALL, Direction, Directions, read_directions

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario

FILE = FOLDER / "directions.yaml"
FALSE_ALARMS = 0.01
"""Chance that a set refutes anything true, or confirms anything false."""
LOOKS = 2
"""A statement that is not decided is looked at once more, with more replications."""
ROUNDING = 1e-12
"""A spread below this share of the values is that of their last bits: the same effect in every replication."""
KEYS = ("replication", "quarter")


def checks(setting: Setting) -> Iterator[Check]:
    """The statements of the file, or those of its quick subset."""
    from sim.outcomes import OUTCOMES

    found = read_directions(setting.directions or FILE, OUTCOMES, setting.override, setting.replications)
    yield from judged(found, quick=setting.quick)


def judged(directions: Directions, quick: bool = False) -> Iterator[Check]:
    """One check a statement; the level of the intervals follows from how many statements are judged."""
    chosen = [one for one in directions.statements if one.said.quick or not quick]
    drawn = sum(one.said.expect != "same" for one in chosen)
    level, runs = simultaneous_level(drawn), Runs()
    for one in chosen:
        found = _looked_at(one, directions.replications, level, runs)
        if found.verdict == "undecided" and directions.most_replications > directions.replications:
            found = _looked_at(one, directions.most_replications, level, runs)
        yield found


def simultaneous_level(statements: int) -> float:
    """Level of each two-sided interval such that all of them, at every look, hold together with 99 %."""
    return 1 - FALSE_ALARMS / (LOOKS * max(statements, 1))


class Runs:
    """Areas by scenario: each is simulated once, whatever the number of statements that use it."""

    def __init__(self) -> None:
        self._areas: dict[str, pandas.DataFrame] = {}

    def area(self, scenario: "Scenario", replications: int) -> "pandas.DataFrame":
        """The area's table with the first `replications` replications."""
        import pandas

        key = repr({**scenario.resolved(), "name": "", "question": ""})
        have = self._areas.get(key)
        done = 0 if have is None else int(have["replication"].max()) + 1
        if done < replications:
            size = replications_together(scenario)
            starts = range(done, replications, size)
            jobs = [Replications(scenario, start, min(start + size, replications)) for start in starts]
            new = [job(lambda _: None).frames["area"] for job in jobs]
            have = pandas.concat([*([] if have is None else [have]), *new], ignore_index=True)
            self._areas[key] = have
        assert have is not None
        return have[have["replication"] < replications]


def _looked_at(one: Direction, replications: int, level: float, runs: Runs) -> Check:
    sides = [side for side in (one.one, one.other) if side is not None]
    if one.said.expect == "same":
        tables = [_inside(runs.area(side, side.replications), one) for side in sides]
        off = difference_of_bits(tables, one.said.outcome)
        return Check("V10", _told(one), 0.0, off, 0.0, 0.0, "A", sign="same", low=off, high=off)
    values = [_by_replication(runs.area(side, replications), one) for side in sides]
    differences = values[0] - values[1] if one.other is not None else values[0]
    return judge(one, np.asarray(differences, dtype=np.float64), level)


def judge(one: Direction, differences: Floats, level: float) -> Check:
    """What differences, one a replication, say of a statement; NaN is left out."""
    found = mean_interval(differences[:, None], level=level)
    values = differences[~np.isnan(differences)]
    spread = float(values.std(ddof=1)) if values.size > 1 else math.nan
    error = 0.0 if spread <= ROUNDING * np.abs(values).max(initial=0.0) else spread / math.sqrt(values.size)
    mean, low, high = (float(part[0]) for part in (found.mean, found.low, found.high))
    gate = one.said.within or 0.0
    return Check("V10", _told(one), 0.0, mean, error, gate, "A", sign=one.said.expect, low=low, high=high)


def _told(one: Direction) -> str:
    """The statement with the outcome that it is about."""
    outcome = " ".join(
        [one.said.outcome]
        + [f"less {one.said.minus}"] * bool(one.said.minus)
        + [f"per {one.said.per}"] * bool(one.said.per)
    )
    return f"{one.said.says} ({outcome})"


def _inside(area: "pandas.DataFrame", one: Direction) -> "pandas.DataFrame":
    return area[area["quarter"].between(*one.window)]


def _by_replication(area: "pandas.DataFrame", one: Direction) -> "pandas.Series[float]":
    """The statement's outcome, one window mean a replication."""
    from sim.lab.estimates.effects import window_means

    asked = [name for name in (one.said.outcome, one.said.minus, one.said.per) if name]
    means = window_means(area, asked, one.window)
    found: pandas.Series[float] = means[one.said.outcome]
    if one.said.minus:
        found = found - means[one.said.minus]
    return found / means[one.said.per] if one.said.per else found


def difference_of_bits(sides: "Sequence[pandas.DataFrame]", outcome: str) -> float:
    """The largest difference in any cell that both sides have; infinite where only one of them holds a number.

    With one side only: its largest number.
    """
    names = [outcome] if outcome != ALL else [name for name in sides[0] if name not in KEYS]
    one, *rest = (side.set_index(list(KEYS))[names].astype(float) for side in sides)
    other = rest[0] if rest else one * 0.0
    shared = one.index.intersection(other.index)
    left, right = one.loc[shared].to_numpy(), other.loc[shared].to_numpy()
    if not shared.size or (np.isnan(left) != np.isnan(right)).any():
        return math.inf
    return float(np.abs(np.nan_to_num(left - right)).max())


CASE = Case("V10", "directions", "what any expert knows of such regimes, statement by statement", checks)
