"""What a study found: the paired effect at every point, and how it spreads over the points."""

from typing import TYPE_CHECKING

from sim.analysis.studies.points import point_effects

if TYPE_CHECKING:
    import pandas

    from sim.analysis.studies import Study

SPREAD = (0.05, 0.5, 0.95)
"""Quantiles over the points."""


def all_effects(study: "Study") -> "pandas.DataFrame":
    """One row a point, scenario and outcome: `difference, low, high, replications`, a paired t interval of 95 %.

    Where there is no baseline the difference is the level. Points that failed are left out.
    """
    import pandas

    names = ["point", "scenario", "outcome", "difference", "low", "high", "replications"]
    parts = [
        point_effects(study, outcome, scenario)
        .rename(columns={"mean": "difference"})
        .assign(scenario=scenario, outcome=outcome)
        for scenario in study.compared
        for outcome in study.outcomes
    ]
    found = pandas.concat(parts, ignore_index=True)[names] if parts else pandas.DataFrame(columns=names)
    return found[found["replications"] > 0].reset_index(drop=True)


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
