"""One scenario at several settings: each named variant is a scenario that extends it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim.core.errors import UserError
from sim.scenario.change import changed

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


def variants_of(scenarios: Sequence["Scenario"], variants: Mapping[str, Any]) -> list["Scenario"]:
    """The variants of the last scenario, each with its name and settings.

    Args:
        scenarios: those of which no variant may have the name.
        variants: settings by name, as in `{"cheap": {"regime.floating_pay.floating_share": 0.2}}`.

    Raises:
        UserError: a line for everything that is wrong with any of them.
    """
    added, errors = [], list[str]()
    for name, settings in variants.items():
        try:
            added.append(variant_of(scenarios, name, settings))
        except UserError as error:
            errors += [f"variant {name}: {line}" for line in str(error).splitlines()]
    if errors:
        raise UserError("\n".join(errors))
    return added


def variant_of(scenarios: Sequence["Scenario"], name: str, settings: Any) -> "Scenario":
    """The last scenario with a name and settings of the variant.

    Raises:
        UserError: a line for everything that is wrong with it.
    """
    origin = scenarios[-1]
    if name in [one.name for one in scenarios]:
        raise UserError("a scenario has this name; choose another")
    if not isinstance(settings, Mapping) or not settings:
        raise UserError(
            "it names no setting; write key: value, as in regime.floating_pay.floating_share: 0.2"
        )
    variant = changed(origin, {**settings, "name": name})
    if variant.model_copy(update={"name": origin.name}) == origin:
        raise UserError(f"it changes nothing: {origin.name} has these settings already")
    return variant.with_past(
        replace(variant.past, file="", extends=variant.past.extends | {_identity(origin)})
    )


def extends(one: "Scenario", other: "Scenario") -> bool:
    """Whether a scenario extends another, directly or not, or is a variant of it."""
    return _identity(other) in one.past.extends


def _identity(scenario: "Scenario") -> str:
    """What it is known by to those that extend it: its file, else its name."""
    return scenario.past.file or scenario.name
