"""The small tables that reports and figures are made of, computed once from the large ones."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.lab.estimates import effects as estimate
from sim.lab.estimates.effects import Window
from sim.lab.estimates.groups import groups_side_by_side
from sim.lab.estimates.people import flags_by_ability, pay_by_contribution
from sim.lab.results.digest import Digest, changes
from sim.lab.results.tables import Tables
from sim.outcomes.outcomes import shown_in

if TYPE_CHECKING:
    import pandas


def delivered(among: Iterable[str]) -> str | None:
    """What stands for delivery: the first such outcome among those recorded, or else the first of them at all."""
    recorded = list(among)
    return next(iter([*shown_in("delivered", recorded), *recorded]), None)


def year_of(manifest: Mapping[str, Any]) -> int:
    """Quarters that make a year."""
    return int(manifest.get("scenario", {}).get("calendar", {}).get("quarters_per_year", 4))


def digest(
    tables: Mapping[str, Tables],
    baseline: str | None = None,
    outcomes: Sequence[str] | None = None,
    window: Window | None = None,
    method: str = "paired_t",
    baseline_why: str = "asked",
) -> Digest:
    """Reduce runs to what is reported of them.

    Args:
        tables: runs by scenario name, of the same seed and replications.
        baseline: which of them the others are compared with; None for a single run.
        outcomes: which outcomes; by default all.
        window: first and last quarter of the window; by default the last eight quarters.
        method: how intervals of differences are made, see `intervals.mean_interval`.
        baseline_why: see `Digest`.
    """
    window = window or estimate.last_quarters(tables)
    chosen = list(outcomes or estimate.outcomes_of(tables))
    means = {name: estimate.window_means(run.area, chosen, window) for name, run in tables.items()}
    reform = min(
        (quarter for run in tables.values() for quarter in changes(run.manifest.get("scenario", {}))),
        default=0,
    )
    after = (reform + 1, window[1])
    return Digest(
        effects=_differences(means, baseline, window, method),
        levels=estimate.levels(means, window),
        paths=estimate.paths(tables, baseline, chosen),
        pairs=_pairs(means, baseline, window, method),
        flags=_joined(tables, lambda run: flags_by_ability(run, after)),
        pay=_joined(tables, pay_by_contribution),
        manifests={name: run.manifest for name, run in tables.items()},
        baseline=baseline,
        window=window,
        baseline_why=baseline_why,
        groups=groups_side_by_side(tables, baseline, window),
    )


def digest_of(run: Tables) -> Digest:
    """A single run reduced, over the window that it was asked for."""
    return digest({run.name: run}, window=run.window)


def _differences(
    means: Mapping[str, "pandas.DataFrame"], baseline: str | None, window: Window, method: str
) -> "pandas.DataFrame":
    import pandas

    if baseline is None:
        return pandas.DataFrame(columns=list(estimate.EFFECT_COLUMNS))
    return estimate.effects(means, baseline, window, method)


def _pairs(
    means: Mapping[str, "pandas.DataFrame"], baseline: str | None, window: Window, method: str
) -> "pandas.DataFrame":
    """Paired differences of what is delivered, every regime in turn being the baseline."""
    import pandas

    outcome = delivered(next(iter(means.values())).columns)
    if baseline is None:
        return pandas.DataFrame(columns=list(estimate.EFFECT_COLUMNS))
    one = {name: frame[[outcome]] for name, frame in means.items()}
    return pandas.concat([estimate.effects(one, name, window, method) for name in one], ignore_index=True)


def _joined(tables: Mapping[str, Tables], make: Callable[[Tables], "pandas.DataFrame"]) -> "pandas.DataFrame":
    """One frame a scenario, joined; empty ones keep their columns without spoiling types."""
    import pandas

    frames = [make(run) for run in tables.values()]
    filled = [frame for frame in frames if not frame.empty]
    return pandas.concat(filled, ignore_index=True) if filled else frames[0]
