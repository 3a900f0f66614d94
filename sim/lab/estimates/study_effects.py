"""What a study found: the paired effect at every point, and how it spreads over the points."""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.lab.estimates.effects import name_of
from sim.lab.estimates.intervals import mean_interval
from sim.lab.estimates.units import with_units
from sim.outcomes.outcomes import unit_of

if TYPE_CHECKING:
    import pandas

    from sim.lab.results.study import Study

SPREAD = (0.05, 0.5, 0.95)
"""Quantiles over the points."""


def all_effects(study: "Study") -> "pandas.DataFrame":
    """One row a point, scenario and outcome: `unit, difference, low, high, replications`, a paired t interval of 95 %.

    Where there is no baseline the difference is the level. Points that failed are left out.
    """
    import pandas

    names = ["point", "scenario", "outcome", "difference", "low", "high", "replications"]
    parts = [_effects_of(study, scenario) for scenario in study.compared]
    table = pandas.concat(parts, ignore_index=True)[names] if parts else pandas.DataFrame(columns=names)
    return with_units(table[table["replications"] > 0].reset_index(drop=True))


def _effects_of(study: "Study", scenario: str) -> "pandas.DataFrame":
    """The effects on all outcomes, in one go."""
    import pandas

    outcomes, points = study.outcomes, study.settings["point"].to_numpy()
    values = study.differences[scenario].to_numpy(dtype=np.float64)
    cube = values.reshape(points.size, len(outcomes), -1)
    interval = mean_interval(cube.transpose(2, 1, 0).reshape(cube.shape[2], -1))
    return pandas.DataFrame(
        {
            "point": np.tile(points, len(outcomes)),
            "scenario": scenario,
            "outcome": np.repeat(outcomes, points.size),
            **interval.columns("difference"),
        }
    )


def levels_by_point(study: "Study") -> "pandas.DataFrame":
    """Levels of the one scenario of a study at every point, and what each differs from the first point.

    Returns:
        one row a point and outcome: `point`, the factors, `outcome, unit, window, mean, low, high, difference,
        difference_low, difference_high, replications`; intervals of 95 %, those of differences paired.
    """
    import pandas

    [values] = study.differences.values()
    levels = values.to_numpy(dtype=np.float64).reshape(len(values), len(study.outcomes), -1)
    first, last = study.manifest["window"]
    names: dict[str, Any] = {
        "outcome": study.outcomes,
        "unit": [*map(unit_of, study.outcomes)],
        "window": name_of((first, last)),
    }
    parts = []
    for point, level in zip(study.settings.to_dict("records"), levels, strict=True):
        there, paired = mean_interval(level.T), mean_interval((level - levels[0]).T)
        settings = {str(name): [_cell(value)] * len(study.outcomes) for name, value in point.items()}
        columns = {
            "mean": there.mean,
            "low": there.low,
            "high": there.high,
            "difference": paired.mean,
            "difference_low": paired.low,
            "difference_high": paired.high,
            "replications": there.count,
        }
        parts.append(pandas.DataFrame({**settings, **names, **columns}))
    return pandas.concat(parts, ignore_index=True)


def _cell(value: Any) -> Any:
    """A value as a table's cell: scalars as they are, others as text."""
    return value if isinstance(value, (int, float, bool)) else str(value)


def spread_over_points(effects: "pandas.DataFrame") -> "pandas.DataFrame":
    """One row a scenario and outcome: `unit, points`, quantiles of the difference, where its sign is clear.

    `above` and `below` count the points whose interval excludes 0 on that side.
    """
    import pandas

    groups = [effects["scenario"], effects["outcome"]]
    spread = effects["difference"].groupby(groups, sort=False).quantile(np.array(SPREAD)).unstack()
    clear = {"above": effects["low"] > 0, "below": effects["high"] < 0}
    table = pandas.DataFrame(
        {
            "points": effects.groupby(groups, sort=False).size(),
            **dict(zip(("low", "median", "high"), (spread[share] for share in SPREAD), strict=True)),
            **{name: where.groupby(groups, sort=False).sum() for name, where in clear.items()},
        }
    )
    return with_units(table.reset_index())
