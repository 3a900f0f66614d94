"""Scenarios run next to each other: one seed, one number of replications, and warnings of what else differs."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.core.errors import UserError
from sim.core.text import did_you_mean, message
from sim.lab.designs.arguments import scenario_of, whole, window_of
from sim.lab.designs.differences import differences_between
from sim.lab.designs.variants import extends, variants_of
from sim.lab.estimates.effects import Window, last_window
from sim.lab.estimates.in_force import no_headline
from sim.lab.estimates.testing import LEAST_FOR_BOOTSTRAP
from sim.lab.language.wording import unmarked

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


class Chosen(NamedTuple):
    """Scenarios with one seed and number of replications.

    Attributes:
        scenarios: all of them, variants last.
        base: the one that the others are compared with.
        why: why it is that one: `extended` (by all the others), `first` or `asked`.
        warnings: what differs between them besides the policy.
    """

    scenarios: list["Scenario"]
    base: "Scenario"
    why: str
    warnings: list[str]


def chosen_of(
    given: Any,
    baseline: str | int | None,
    replications: int | None,
    seed: int | None,
    variants: Mapping[str, Any] | None = None,
) -> Chosen:
    """The scenarios with one seed and number of replications, the baseline, and what differs between them.

    Args:
        given: scenarios, or paths of scenario files; with variants a single one will do.
        baseline: name or place of the baseline; by default the scenario that the others extend, else the first.
        replications: of each; by default the baseline's.
        seed: of all; by default the baseline's.
        variants: settings by name, each making another scenario of the last one given.

    Raises:
        UserError: fewer than two scenarios, two of one name, no such baseline, or a scenario that is wrong.
    """
    alone = isinstance(given, (str, Path, Mapping)) or not isinstance(given, Sequence)
    several = [given] if alone else list(given)
    if len(several) + len(variants or ()) < 2 or not several:
        raise UserError("a comparison needs at least two scenarios")
    for name, value, least in (("replications", replications, 1), ("seed", seed, 0)):
        if value is not None:
            whole(name, value, least)
    loaded = _all_loaded(several)
    loaded += variants_of(loaded, variants or {})
    names = [scenario.name for scenario in loaded]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UserError(f"two scenarios are named {twice[0]}: give them different names (name: in the file)")
    if isinstance(baseline, str) and baseline not in names:
        raise UserError(
            f"baseline {baseline!r} is not among the scenarios{did_you_mean(baseline, names, by_name=False)}"
        )
    base, why = _base_of(loaded, baseline)
    warnings = differences_between(loaded, base, of_seed=seed is None, of_replications=replications is None)
    same = {"replications": replications or base.replications, "seed": base.seed if seed is None else seed}
    chosen = [scenario_of(scenario, **same) for scenario in loaded]
    return Chosen(chosen, chosen[loaded.index(base)], why, warnings)


def _base_of(loaded: list["Scenario"], asked: str | int | None) -> tuple["Scenario", str]:
    """The scenario that all others extend, else the first, unless another is asked for; and why."""
    extended = [one for one in loaded if all(extends(other, one) for other in loaded if other is not one)]
    usual = (extended or loaded)[0]
    named = loaded[asked].name if isinstance(asked, int) else asked
    base = next((one for one in loaded if one.name == named), usual)
    return base, "asked" if base is not usual else "extended" if extended else "first"


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
    warnings = []
    if inside:
        warnings.append(
            message(
                "the window of quarters {first}-{last} begins before the last change of a timeline (after quarter "
                "{change}) that falls into it is in force: its means mix regimes; simulate longer or choose another",
                first=window[0],
                last=window[1],
                change=max(inside),
            )
        )
    resolved = base.resolved()
    refused = [no_headline(one.resolved(), resolved, window) for one in chosen if one is not base]
    return warnings + [unmarked(text) for text in refused if text]


def warnings_of_replications(chosen: list["Scenario"], interval: str = "paired_t") -> list[str]:
    """One replication shows no luck, and resampling a few shows too little of it."""
    count = chosen[0].replications
    if count == 1:
        return [
            message(
                "a single replication gives no intervals: differences are shown without any, and may be luck"
            )
        ]
    if interval != "bootstrap" or count >= LEAST_FOR_BOOTSTRAP:
        return []
    text = message(
        "bootstrap intervals from {count} replications are too narrow: below {least}, use t intervals",
        count=count,
        least=LEAST_FOR_BOOTSTRAP,
    )
    return [text]
