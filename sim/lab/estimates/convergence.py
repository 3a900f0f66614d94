"""Whether there are enough replications: an effect after the first, the first two, three ... of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats
from sim.lab.estimates.intervals import LEVEL
from sim.lab.estimates.points import by_replication, failed_points, key_outcomes, least_of
from sim.lab.estimates.units import with_units
from sim.lab.results.result import Analysis
from sim.lab.results.study import Study

if TYPE_CHECKING:
    import pandas

COLUMNS = ("scenario", "outcome", "replications", "mean", "low", "high")


@dataclass(frozen=True, eq=False)
class Convergence(Analysis):
    """How effects settle with the number of replications.

    Attributes:
        study: what was analysed.
        table: one row a scenario, outcome and number of replications: `mean, low, high` of the first so many.
        needed: one row a scenario and outcome: `least` effect of interest, `half_width` now, `needed` replications
            for a half width of it (by the spread seen so far; NaN where it cannot be told).
        points: how many points the effect is averaged over.
    """

    kind = "convergence"
    study: Study
    table: "pandas.DataFrame"
    needed: "pandas.DataFrame"
    points: int

    def frames(self) -> dict[str, "pandas.DataFrame"]:
        """Its tables by name."""
        return {"means": self.table, "needed": self.needed}


def running(values: Floats) -> "pandas.DataFrame":
    """Mean of the first n values with its t interval, for every n: replications, mean, low, high."""
    import pandas
    from scipy.special import stdtrit

    count = np.arange(1, values.size + 1)
    mean = np.cumsum(values) / count
    away = np.array([((values[:size] - middle) ** 2).sum() for size, middle in zip(count, mean, strict=True)])
    freedom = np.maximum(count - 1, 1)
    half = stdtrit(freedom, 0.5 + LEVEL / 2) * np.sqrt(away / freedom / count)
    half = np.where(count > 1, half, np.nan)
    return pandas.DataFrame({"replications": count, "mean": mean, "low": mean - half, "high": mean + half})


def convergence(study: Study, point: int | None = None) -> Convergence:
    """How the effects of every compared scenario on the key outcomes settle.

    Args:
        study: a finished study.
        point: which; by default the mean over all points that succeeded, replication by replication, as points share
            their luck. Replications that some of these points lack (sequential ones) are left out.
    """
    import pandas

    chosen = key_outcomes(study)
    frames, needed = [], []
    least = _least(study)
    for scenario in study.compared:
        for outcome in chosen:
            values = _series(study, outcome, scenario, point)
            means = running(values).assign(scenario=scenario, outcome=outcome)[list(COLUMNS)]
            frames.append(means)
            size = float(least[outcome])
            needed.append({"scenario": scenario, "outcome": outcome, **needed_for(values, size)})
    count = 1 if point is not None else len(study.settings) - len(failed_points(study))
    table, least_needed = pandas.concat(frames, ignore_index=True), pandas.DataFrame(needed)
    return Convergence(study, with_units(table), with_units(least_needed), count)


def _series(study: Study, outcome: str, scenario: str, point: int | None) -> Floats:
    """The effect by replication, at one point or over all of them; without what is missing there."""
    wide = by_replication(study, outcome, scenario)
    if point is not None:
        return wide.loc[point].dropna().to_numpy(dtype=np.float64)
    return wide.dropna(how="all").dropna(axis=1).mean().to_numpy(dtype=np.float64)


def _least(study: Study) -> "pandas.Series":
    name = study.baseline or study.compared[0]
    levels = study.runs[study.runs["scenario"] == name].groupby("replication")[study.outcomes].mean()
    return least_of(study, levels, study.manifest.get("sesoi", {}))


def needed_for(values: Floats, least: float) -> dict[str, float]:
    """Half the width of the interval, and the replications that would make it `least`: (t s / least)², rounded up."""
    from scipy.special import stdtrit

    unknown = {"least": least, "half_width": float("nan"), "needed": float("nan")}
    if values.size < 2:
        return unknown
    spread = float(values.std(ddof=1))
    reach = float(stdtrit(values.size - 1, 0.5 + LEVEL / 2)) * spread
    needed = float(max(np.ceil((reach / least) ** 2), 2.0)) if least > 0 else float("nan")
    return {"least": least, "half_width": reach / np.sqrt(values.size), "needed": needed}
