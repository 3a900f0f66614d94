"""V8: how much common random numbers save."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.outcomes.outcomes import shown_in
from sim.validation.case import FOLDER, Case, Check, Setting, at_most

if TYPE_CHECKING:
    import pandas

LIMIT = 0.35
ENOUGH = 3
"""Outcomes that must be below the limit; the others are reported. What the baseline hardly has (flags, effort) cannot
be paired with anything."""
YEAR = 9
"""The quarter of V1 that is its tenth year."""


def checks(setting: Setting) -> Iterator[Check]:
    """On V1, and on the shipped scenarios: at least three outcomes below the limit."""
    paths = {}
    for share in (0.10, 0.05):
        changes = {"regime.appraisal.bottom_share": share, "horizon.quarters": YEAR}
        area = setting.run(setting.scenario("v1_forced_distribution", changes)).area
        paths[share] = area[area.quarter == YEAR].set_index("replication")[["ability"]]
    ratio = variance_ratio(paths[0.10], paths[0.05])["ability"]
    yield at_most("V8", "paired over independent variance, V1 at .10 and .05 in year 10", LIMIT, float(ratio))
    ratios = variance_ratio(*_shipped(setting))
    for place, (outcome, ratio) in enumerate(ratios.sort_values().items()):
        quantity = f"paired over independent variance, four systems less civil service, {outcome}"
        found = at_most("V8", quantity, LIMIT, float(ratio))
        yield found if place < ENOUGH else found._replace(certainty="C")


def _shipped(setting: Setting) -> "list[pandas.DataFrame]":
    from sim.lab.estimates.effects import window_means

    found = []
    for name in ("four_systems", "civil_service"):
        run = setting.run(setting.scenario(name, {"replications": 40}, FOLDER.parent))
        found.append(window_means(run.area, shown_in("paired"), (33, 40)))
    return found


def variance_ratio(one: "pandas.DataFrame", other: "pandas.DataFrame") -> "pandas.Series[float]":
    """Variance of the paired difference over that of independent runs, by outcome."""
    independent = one.var() + other.var()
    ratio: pandas.Series[float] = (one - other).var() / independent
    return ratio


CASE = Case("V8", "common random numbers", "the paired design itself", checks, quick=False)
