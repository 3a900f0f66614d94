"""What differs between scenarios besides the policy: compared regimes should live in the same world."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sim.core.text import message

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

MOST_NAMED = 4
SHARED = ("world", "behaviour", "horizon", "calendar")


def differences_between(
    scenarios: Sequence["Scenario"], base: "Scenario", of_seed: bool = True, of_replications: bool = True
) -> list[str]:
    """A warning for everything that scenarios do not share with the baseline and should.

    Args:
        scenarios: all of them.
        base: the baseline.
        of_seed: whether the scenarios' own seeds matter; False where one is given for all.
        of_replications: the same for the number of replications.
    """
    warnings = []
    for scenario in scenarios:
        for part in SHARED:
            paths = list(differing(_part(base, part), _part(scenario, part), part))
            if paths:
                warnings.append(_told(scenario.name, base.name, part, paths))
    return (
        warnings
        + (_seeds(scenarios, base) if of_seed else [])
        + (_counts(scenarios, base) if of_replications else [])
    )


def _part(scenario: "Scenario", part: str) -> Any:
    """One part of the resolved scenario; behaviour includes what a timeline makes of it."""
    resolved = scenario.resolved()
    if part != "behaviour":
        return resolved[part]
    later = {
        f"after quarter {change['quarter']}": change["set"].get("behaviour")
        for change in resolved["timeline"]
    }
    return resolved[part] | {when: value for when, value in later.items() if value}


def differing(one: Any, other: Any, path: str) -> Iterator[str]:
    """Paths at which two trees differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in dict.fromkeys([*one, *other]):
            yield from differing(one.get(name), other.get(name), f"{path}.{name}")
    elif one != other:
        yield message(
            "{path} ({one} in the baseline, {other} here)", path=path, one=_short(one), other=_short(other)
        )


def _short(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _told(name: str, base: str, part: str, paths: list[str]) -> str:
    named, more = ", ".join(paths[:MOST_NAMED]), len(paths) - MOST_NAMED
    if more > 0:
        named = message("{named} and {count} more", named=named, count=more)
    return message(
        "{a} and {b} differ in {part}: {named}. The difference is not that of the regimes alone",
        a=name,
        b=base,
        part=part,
        named=named,
    )


def _seeds(scenarios: Sequence["Scenario"], base: "Scenario") -> list[str]:
    others = [f"{one.name} ({one.seed})" for one in scenarios if one.seed != base.seed]
    if not others:
        return []
    return [
        message(
            "seeds differ: all run with that of {name}, {seed}, and not their own: {others}",
            name=base.name,
            seed=base.seed,
            others=", ".join(others),
        )
    ]


def _counts(scenarios: Sequence["Scenario"], base: "Scenario") -> list[str]:
    others = [
        f"{one.name} ({one.replications})" for one in scenarios if one.replications != base.replications
    ]
    if not others:
        return []
    return [
        message(
            "numbers of replications differ: all run with the {count} of {name}, and not their own: {others}",
            count=base.replications,
            name=base.name,
            others=", ".join(others),
        )
    ]
