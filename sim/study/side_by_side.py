"""Scenarios run next to each other: one seed, one number of replications, and warnings of what else differs."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.estimates import Window, last_window
from sim.analysis.in_force import no_headline
from sim.analysis.testing import LEAST_FOR_BOOTSTRAP
from sim.analysis.wording import unmarked
from sim.core.errors import UserError
from sim.study.asked import nearest, scenario_of, whole, window_of
from sim.study.differences import differences_between

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

FEW_TO_RESAMPLE = (
    "bootstrap intervals from {count} replications are too narrow: below {least}, use t intervals"
)


def chosen_of(
    given: Sequence[Any], baseline: str | None, replications: int | None, seed: int | None
) -> tuple[list["Scenario"], "Scenario", list[str]]:
    """The scenarios with one seed and number of replications, the baseline, and what differs between them.

    Raises:
        UserError: fewer than two scenarios, two of one name, no such baseline, or a scenario that is wrong.
    """
    if isinstance(given, (str, Path)) or len(given) < 2:
        raise UserError("a comparison needs at least two scenarios")
    for name, value, least in (("replications", replications, 1), ("seed", seed, 0)):
        if value is not None:
            whole(name, value, least)
    loaded = _all_loaded(given)
    names = [scenario.name for scenario in loaded]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UserError(f"two scenarios are named {twice[0]}: give them different names (name: in the file)")
    if baseline is not None and baseline not in names:
        raise UserError(f"baseline {baseline!r} is not among the scenarios{nearest(baseline, names)}")
    base = loaded[names.index(baseline) if baseline else 0]
    warnings = differences_between(loaded, base, of_seed=seed is None, of_replications=replications is None)
    same = {"replications": replications or base.replications, "seed": base.seed if seed is None else seed}
    chosen = [scenario_of(scenario, **same) for scenario in loaded]
    return chosen, chosen[loaded.index(base)], warnings


def _all_loaded(given: Sequence[Any]) -> list["Scenario"]:
    """Every scenario, or every error of every scenario."""
    loaded, errors = [], dict[str, None]()
    for one in given:
        try:
            loaded.append(scenario_of(one))
        except UserError as error:
            errors.update(dict.fromkeys(str(error).splitlines()))
    if errors:
        raise UserError("\n".join(errors))
    return loaded


def last_quarters_of(chosen: Sequence["Scenario"], window: Any) -> Window:
    """The window asked for, or the last eight quarters that all have."""
    horizon = min(scenario.horizon.quarters for scenario in chosen)
    return window_of(window, horizon) or last_window(horizon)


def warnings_of_window(chosen: list["Scenario"], base: "Scenario", window: Window) -> list[str]:
    """A window in which regimes change mixes them; one in which a regime is the baseline's shows no effect of it."""
    inside = [quarter for one in chosen for quarter in one.changes if window[0] <= quarter < window[1]]
    told = f"the window of quarters {window[0]}-{window[1]}"
    found = []
    if inside:
        found.append(
            f"{told} begins before the last change of a timeline (after quarter {max(inside)}) that falls into it is "
            "in force: its means mix regimes; simulate longer or choose another"
        )
    resolved = base.resolved()
    refused = [no_headline(one.resolved(), resolved, window) for one in chosen if one is not base]
    return found + [unmarked(text) for text in refused if text]


def warnings_of_replications(chosen: list["Scenario"], interval: str = "paired_t") -> list[str]:
    """One replication shows no luck, and resampling a few shows too little of it."""
    count = chosen[0].replications
    if count > 1:
        few = interval == "bootstrap" and count < LEAST_FOR_BOOTSTRAP
        return [FEW_TO_RESAMPLE.format(count=count, least=LEAST_FOR_BOOTSTRAP)] if few else []
    return ["a single replication gives no intervals: differences are shown without any, and may be luck"]
