"""What a study found: the paired effect at every point, and how it spreads over the points."""

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.intervals import mean_interval

if TYPE_CHECKING:
    import pandas

    from sim.analysis.studies import Study

SPREAD = (0.05, 0.5, 0.95)
"""Quantiles over the points."""


def point_effects(study: "Study") -> "pandas.DataFrame":
    """One row a point, scenario and outcome: `difference, low, high, replications`, a paired t interval of 95 %.

    Where there is no baseline the difference is the level.
    """
    import pandas

    keys = ["point", "scenario", "replication"]
    runs = study.runs.set_index(keys)
    if study.baseline is not None:
        base = runs.xs(study.baseline, level="scenario")
        others = runs[runs.index.get_level_values("scenario") != study.baseline]
        places = others.reset_index("scenario").index
        runs = (others - base.reindex(places).to_numpy()).loc[places.isin(base.index)]
    parts = []
    for (point, scenario), group in runs.groupby(level=["point", "scenario"], sort=False):
        found = mean_interval(group.to_numpy(dtype=np.float64))
        columns = {
            "outcome": list(runs.columns),
            "difference": found.mean,
            "low": found.low,
            "high": found.high,
        }
        made = {"point": point, "scenario": scenario, **columns, "replications": found.count}
        parts.append(pandas.DataFrame(made))
    names = ["point", "scenario", "outcome", "difference", "low", "high", "replications"]
    return pandas.concat(parts, ignore_index=True) if parts else pandas.DataFrame(columns=names)


def spread_over_points(effects: "pandas.DataFrame") -> "pandas.DataFrame":
    """One row a scenario and outcome: `points`, quantiles of the difference, and in how many points its sign is clear.

    `above` and `below` count the points whose interval excludes 0 on that side.
    """
    import pandas

    rows = []
    for (scenario, outcome), group in effects.groupby(["scenario", "outcome"], sort=False):
        low, middle, high = group["difference"].quantile(list(SPREAD))
        rows.append(
            {
                "scenario": scenario,
                "outcome": outcome,
                "points": len(group),
                "low": low,
                "median": middle,
                "high": high,
                "above": int((group["low"] > 0).sum()),
                "below": int((group["high"] < 0).sum()),
            }
        )
    return pandas.DataFrame(rows)
