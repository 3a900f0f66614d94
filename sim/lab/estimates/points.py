"""What a study shows at each of its points: one number a point, and where the point lies."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats
from sim.core.errors import UserError
from sim.core.text import did_you_mean
from sim.lab.estimates.intervals import mean_interval
from sim.lab.estimates.testing import least_effects
from sim.lab.results.study import Factor, Study
from sim.outcomes.outcomes import shown_in

if TYPE_CHECKING:
    import pandas

MOST_LISTED = 20


def asked_outcomes(study: Study, outcomes: Sequence[str] | None) -> list[str]:
    """The outcomes asked for; all of the study where none is named.

    Raises:
        UserError: the study has not kept one of them.
    """
    there = study.outcomes
    problems = [
        f"outcome {name!r} is not in study {study.name}{did_you_mean(name, there, by_name=False)}"
        for name in outcomes or ()
        if name not in there
    ]
    if problems:
        raise UserError("\n".join(problems))
    return list(outcomes or there)


def check_sizes(study: Study, sizes: Mapping[str, float]) -> None:
    """Refuse smallest effects of interest that are none.

    Raises:
        UserError: the study has not kept an outcome, or a size is not above 0.
    """
    asked_outcomes(study, list(sizes))
    wrong = [
        f"smallest effect of {name} = {size}: must be a number above 0"
        for name, size in sizes.items()
        if not 0 < size < math.inf
    ]
    if wrong:
        raise UserError("\n".join(wrong))


def least_of(study: Study, baseline: "pandas.DataFrame", sizes: Mapping[str, float]) -> "pandas.Series":
    """Smallest effects of interest by outcome, `sizes` or else assumed: see `testing.least_effects`."""
    units = {name: str(term.get("unit", "")) for name, term in study.manifest.get("outcomes", {}).items()}
    return least_effects(baseline, units, sizes)


def key_outcomes(study: Study, most: int = 6) -> list[str]:
    """The key outcomes that the study has kept; its first ones where it has none of them."""
    return (shown_in("key", study.outcomes) or study.outcomes)[:most]


def good_of(study: Study, outcome: str) -> int:
    """1 where more of the outcome is better, -1 where less is, 0 where neither can be said."""
    return int(study.manifest.get("outcomes", {}).get(outcome, {}).get("good", 0))


def by_replication(study: Study, outcome: str, scenario: str) -> "pandas.DataFrame":
    """Paired effects on one outcome: one row a point in the design's order, one column a replication.

    The same as `Study.paired` of one scenario; NaN where a point failed.
    """
    import pandas

    return pandas.DataFrame(study.differences[scenario][outcome])


def point_effects(study: Study, outcome: str, scenario: str) -> "pandas.DataFrame":
    """Mean paired effect at every point with its t interval: point, mean, low, high, replications."""
    import pandas

    wide = by_replication(study, outcome, scenario)
    interval = mean_interval(wide.to_numpy(dtype=np.float64).T)
    return pandas.DataFrame({"point": wide.index.to_numpy(), **interval.columns()})


def point_levels(study: Study, outcome: str) -> "pandas.DataFrame":
    """Mean over replications of every scenario: one row a point, one column a scenario; failed points left out.

    Replications in which the outcome exists under every scenario, so that all means are over the same luck.
    """
    runs = study.runs[~study.runs["point"].isin(failed_points(study))]
    wide = runs.pivot(index=["point", "replication"], columns="scenario", values=outcome)
    return wide.reindex(columns=study.scenarios).dropna().groupby("point").mean()


def places(study: Study) -> "pandas.DataFrame":
    """Where every point lies: one row a point, one column a factor; listed values by their place in the list."""
    import pandas

    columns = {factor.name: _numbers(study.settings[factor.name], factor) for factor in study.factors}
    return pandas.DataFrame(columns, index=study.settings["point"])


def _numbers(column: "pandas.Series", factor: Factor) -> Floats:
    if not factor.values:
        return column.to_numpy(dtype=np.float64)
    if all(isinstance(value, (int, float)) for value in factor.values):
        return column.to_numpy(dtype=np.float64)
    return np.array([factor.values.index(value) for value in column], dtype=np.float64)


def cube(study: Study) -> Floats:
    """The points in the unit cube, shape (points, factors), by the values they really have.

    A design's own place says too little where only some values exist: of two listed values, the places .2 and .4 are
    one. So listed values stand in equal steps from 0 to 1, and whole numbers, and whatever the design gives no place
    for, where they lie between the ends of the range.
    """
    coordinates = np.array(study.units, dtype=np.float64)
    for place, factor in enumerate(study.factors):
        column = study.settings[factor.name]
        if factor.values:
            known = list(dict.fromkeys([*factor.values, *column]))
            coordinates[:, place] = [known.index(value) / max(len(known) - 1, 1) for value in column]
        elif factor.whole or np.isnan(coordinates[:, place]).any():
            coordinates[:, place] = (column.to_numpy(dtype=np.float64) - factor.low) / (
                factor.high - factor.low
            )
    return coordinates


def failed_points(study: Study) -> list[int]:
    """Points without a complete set of runs, in the design's order."""
    return list(study.failed)


def refuse_failures(study: Study, purpose: str) -> None:
    """Let only studies through of which every point succeeded.

    Raises:
        UserError: one line a point that failed.
    """
    failed = failed_points(study)
    if not failed:
        return
    lines = [f"study {study.name}: {purpose} needs every point, and {len(failed)} failed"]
    lines += [f"point {point}: {_reason(study, point)}" for point in failed[:MOST_LISTED]]
    if len(failed) > MOST_LISTED:
        lines.append(f"and {len(failed) - MOST_LISTED} more points")
    raise UserError("\n".join(lines))


def _reason(study: Study, point: int) -> str:
    if len(study.failures):
        mine = study.failures[study.failures["point"] == point]
        if len(mine):
            row = mine.iloc[0]
            return f"{row['scenario']} failed in {row['stage']}: {row['error']}"
    return "no complete set of runs"


def noise_share(wide: Floats) -> float:
    """Share of the variance between points' means that is luck of the replications; NaN with fewer than two.

    Points share their luck, so what a replication adds to all points alike moves no point against another: the noise
    is what is left of an additive table of points and replications, over the number of replications. Where points have
    different numbers of them, the table is of those that all points have.

    Args:
        wide: shape (points, replications); NaN where a point has fewer replications than another.
    """
    there = ~np.isnan(wide)
    means, counts = mean_interval(wide.T).mean, there.sum(axis=1)
    shared = wide[:, there.all(axis=0)]
    points, replications = shared.shape
    between = means.var(ddof=1) if points > 1 else 0.0
    if replications < 2 or not between > 0:
        return float("nan")
    rest = shared - shared.mean(axis=1, keepdims=True) - shared.mean(axis=0) + shared.mean()
    noise = (rest**2).sum() / ((points - 1) * (replications - 1)) * (1.0 / counts).mean()
    return float(min(noise / between, 1.0))
