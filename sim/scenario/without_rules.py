"""A scenario that extends nothing and sets no part of the regime: most likely its `extends` was forgotten."""

from sim.core.text import message
from sim.rules.base import SLOTS
from sim.rules.regime import Regime, null_kind
from sim.scenario.schema import Scenario


def without_rules(scenario: Scenario) -> list[str]:
    """A warning where a scenario of no baseline begins with a regime of null kinds only."""
    if scenario.past.extends or not _is_empty(scenario.regime):
        return []
    set_later = [change.quarter for change in scenario.timeline if not _is_empty(change.regime)]
    until = message("until quarter {quarter} has closed ", quarter=set_later[0]) if set_later else ""
    warning = message(
        "{name} extends no file, and {until}none of the eight parts of its regime is set ({kinds}): nothing is "
        "appraised, rewarded or changed by any rule; if a baseline is meant, write extends: civil_service.yaml",
        name=scenario.name,
        until=until,
        kinds=", ".join(f"{slot}: {null_kind(slot)}" for slot in SLOTS),
    )
    return [warning]


def _is_empty(regime: Regime) -> bool:
    return all(getattr(regime, slot).kind == null_kind(slot) for slot in SLOTS)
