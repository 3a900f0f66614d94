"""A regime with some of its parts, the others being the baseline's."""

from collections.abc import Collection

from sim.lab.designs.differences import differences_between
from sim.rules.base import SLOTS
from sim.rules.regime import Regime
from sim.scenario.phases import Change
from sim.scenario.schema import Scenario


def check_same_place(base: Scenario, policy: Scenario) -> list[str]:
    """What differs between the two besides the regime: then the parts cannot account for the difference."""
    troubles = differences_between([policy], base, of_seed=False, of_replications=False)
    quarters = (1, *(change + 1 for change in sorted({*base.changes, *policy.changes})))
    apart = [one for one in quarters if base.at(one).structure != policy.at(one).structure]
    if apart:
        troubles.append(f"{policy.name} and {base.name} differ in structure from quarter {apart[0]} on")
    troubles += [
        f"the timeline of {one.name} says where its rules hold; only a regime that holds everywhere has parts to mix"
        for one in (policy, base)
        if one.is_placed
    ]
    return troubles


def mixture(base: Scenario, policy: Scenario, taken: Collection[str]) -> Scenario:
    """The policy with the parts in `taken`, and every other part as in the baseline, quarter by quarter.

    Both are checked, and no rule depends on that of another part, so that a mixture is right as well.
    """
    changes = []
    for quarter in sorted({*base.changes, *policy.changes}):
        now, before = policy.at(quarter + 1), base.at(quarter + 1)
        touched = _touched(base, policy, quarter, taken)
        if touched:
            regime = _mixed(before.regime, now.regime, taken)
            changes.append(
                Change(
                    quarter=quarter,
                    touched=touched,
                    structure=now.structure,
                    regime=regime,
                    behaviour=now.behaviour,
                )
            )
    mixed = policy.model_copy(
        update={"regime": _mixed(base.regime, policy.regime, taken), "timeline": tuple(changes)}
    )
    return mixed.with_origins(())


def _mixed(old: Regime, new: Regime, taken: Collection[str]) -> Regime:
    mixed: Regime = new.model_copy(update={slot: getattr(old, slot) for slot in SLOTS if slot not in taken})
    return mixed


def _touched(
    base: Scenario, policy: Scenario, quarter: int, taken: Collection[str]
) -> tuple[tuple[str, ...], ...]:
    """What a change names: parts from whom they are taken, everything else from the policy."""
    touched = set()
    for scenario, is_policy in ((policy, True), (base, False)):
        for path in (path for one in scenario.timeline if one.quarter == quarter for path in one.touched):
            of_policy = path[0] != "regime" or path[1] in taken
            if of_policy == is_policy:
                touched.add(path)
    return tuple(sorted(touched))
