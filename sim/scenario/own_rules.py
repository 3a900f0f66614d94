"""What is said of rules of the user's own: where they stand, what they decide, and what they leave unsaid."""

import sys
from pathlib import Path

from sim.rules import one_by_one
from sim.rules.adjustment import Trigger
from sim.rules.base import SLOTS, Rule
from sim.rules.faults import is_own, place_of
from sim.scenario.schema import Scenario

RESPONSE = {"trigger": "risk", "appraisal": "cut_density"}
"""By which method people foresee what a rule of a slot does to them; by `worth` in the other slots."""
DECIDE_NOTHING = {"complaints", "contests", "contenders"}
"""What a rule says of itself."""


def own_rules(scenario: Scenario) -> list[str]:
    """A sentence or two about every rule of the user's own that is ever in force."""
    return [f"{_name(rule)} is {about(rule)}" for rule in _in_force(scenario)]


def own_files(scenario: Scenario) -> list[str]:
    """Names of the files in which they stand; of the module where there is no file."""
    modules = {rule.__module__ for rule in _in_force(scenario)}
    files = (getattr(sys.modules.get(name), "__file__", None) or name for name in modules)
    return sorted(Path(file).name for file in files)


def _in_force(scenario: Scenario) -> list[type[Rule]]:
    """The user's own rules that are ever in force, each once."""
    rules_in_force: dict[type[Rule], None] = {}
    for regime in scenario.regimes:
        rules = [getattr(regime, slot) for slot in SLOTS] + list(regime.adjustment.listed.values())
        rules_in_force.update(dict.fromkeys(type(rule) for rule in rules if is_own(type(rule))))
    return list(rules_in_force)


def about(rule: type[Rule]) -> str:
    """Where a user's rule stands, by what it decides, how people respond to it, and that it has no twin."""
    when = (
        ""
        if not issubclass(rule, Trigger)
        else " every quarter"
        if rule.quarterly
        else " at the year's close"
    )
    decides = ", ".join(_decisions(rule)) or "what it inherits"
    return (
        f"a rule of your own ({place_of(rule)}): it decides{when} by {decides}; {_response(rule)}; "
        "it has no twin, so nothing but you checks what it decides"
    )


def _name(rule: type[Rule]) -> str:
    return f"{rule.slot} {rule.model_fields['kind'].default}"


def _response_of(rule: type[Rule]) -> str:
    return RESPONSE.get(rule.slot, "worth")


def _decisions(rule: type[Rule]) -> list[str]:
    """The methods by which the user's classes answer what rules of the slot are asked."""
    own = [base for base in rule.__mro__ if is_own(base)]
    asked = {
        name for base in rule.__mro__ if not is_own(base) and issubclass(base, Rule) for name in vars(base)
    }
    names = {name: None for base in own for name, value in vars(base).items() if callable(value)}
    public = (name for name in names if name in asked and not name.startswith("_"))
    return [name for name in public if name not in {_response_of(rule), *DECIDE_NOTHING}]


def _response(rule: type[Rule]) -> str:
    """How people foresee it."""
    name = _response_of(rule)
    giver = next(base for base in rule.__mro__ if name in vars(base))
    if is_own(giver):
        return f"people respond to it as its own {name} says"
    if issubclass(giver, Rule) and giver is not Rule and giver.__module__ != one_by_one.__name__:
        return f"it states no {name}, so people respond to it as to {giver.model_fields['kind'].default}"
    return f"it states no {name}, so nobody expects it and nobody responds to it"
