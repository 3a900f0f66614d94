"""A setting that moves nothing where it acts is an error: every one of the registry is moved where it can act.

The settings are read from the declarations, so that a new one is tried as soon as it is declared. Where it acts is the
usual area or what `ACTS` says; what moves no outcome by its nature is in `MOVES_NOTHING`, each with its reason.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import Any, Literal, get_args, get_origin

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.core.parameters import Settings
from sim.model import NewAreaModel
from sim.rules.base import REGISTRY, Rule
from sim.rules.regime import null_kind
from sim.scenario.loader import load
from sim.scenario.messages import bounds_of
from sim.scenario.parameter import field_at
from sim.scenario.schema import Scenario
from tests.model.small import file_of, size_of

TINY = {
    "structure.area_level.departments": 2,
    "structure.new_cities.departments": 5,
    "structure.department_size.mean": 10,
    "world.leaders_per_organisation": 1,
    "horizon.quarters": 16,
}
"""Seventy people; the regimes change after quarter 8, so there are two years under the new one."""
EVENTFUL = {
    "regime.appraisal.incompetent_share": 0.05,
    "regime.adjustment.triggers.bottom_managers.share": 0.3,
    "regime.adjustment.triggers.last_in_department.in_a_row": 1,
    "behaviour.quits.base_contract": 0.1,
}
ROUNDING = 1e-9
"""Differences below this share of a number are those of its last bits."""


@dataclass(frozen=True)
class Acts:
    """Where a setting acts: a scenario with settings on both sides, what it is moved to, and what moves with it."""

    scenario: str = "four_systems"
    given: dict[str, Any] = field(default_factory=dict)
    to: Any = None
    along: dict[str, Any] = field(default_factory=dict)


TRIGGER = "regime.adjustment.triggers"
FEARED_POSTING = {f"{TRIGGER}.posted": {"kind": "last_in_department", "in_a_row": 1, "follows": "reposting"}}
GRADE = r",(incompetent|basically_competent|competent|excellent),"
ROSTER = (file_of("from_roster").parent / "rosters" / "example.csv").read_text(encoding="utf-8")
WITHOUT_GRADES = {"world.roster": re.sub(GRADE, ",,", ROSTER)}
TWICE = {f"{TRIGGER}.last_in_department.in_a_row": 2}
LONGER = {"horizon.quarters": 24}
DEMOTED = {f"{TRIGGER}.bottom_managers.in_a_row": 1, "regime.posts.kind": "open"}
RARE = {f"{TRIGGER}.last_in_department.in_a_row": 4, f"{TRIGGER}.incompetent.in_a_row": 4}
OFTEN = LONGER | RARE | {f"{TRIGGER}.it.in_a_row": 2, "regime.appraisal.incompetent_share": 0.2}
"""Hits of a trigger are frequent, and one is not enough."""
OF_KIND: dict[str, dict[str, Any]] = {
    **{
        kind: {f"{TRIGGER}.it.share": 0.4}
        for kind in ("bottom_of_organisation", "bottom_managers", "managers_at_the_back")
    },
    "lost_competition": {f"{TRIGGER}.it.contested_share": 0.9},
    "failed_vote": {f"{TRIGGER}.it.fail_share": 0.3},
    "competence_test": {f"{TRIGGER}.it.standard": 0.0, f"{TRIGGER}.it.error_sd": 1.0},
    "last_in_municipality": {"world.municipality.units": 4},
}
"""How a trigger comes to hit often."""
MANY_SMALL = {
    "structure.new_cities.departments": 15,
    "structure.department_size.mean": 6,
    "structure.department_size.smallest": 3,
}
DISMISSED = {f"{TRIGGER}.last_in_department.follows": "exit"}
ON_PROBATION = {
    f"{TRIGGER}.put.kind": "bottom_of_organisation",
    f"{TRIGGER}.put.share": 0.3,
    f"{TRIGGER}.put.clock": "quarter",
    f"{TRIGGER}.put.follows": "probation",
}
COMPANIES = {"structure.parks.mode_effects": [0.0, 0.0, 6.0, 0.0]}
STAFFED = {"structure.parks.staff": 4}
PLACES = {"regime.appointment.conversion": "choice"}

SEVEN_PAID = {"regime.salaries.rank_pay": [0.8, 0.9, 1.0, 1.2, 1.4, 1.6, 2.0]}
FIVE_PAID = {"regime.salaries.rank_pay": [0.8, 0.9, 1.0, 1.4, 2.0]}

SKILLS = {"behaviour.ability.role_change": "skills"}

ACTS: dict[str, Acts] = {
    "hold": Acts(to=["effort"]),
    "hold_after": Acts(given={"hold": ["effort"]}, to=12),
    "seed": Acts(to=2),
    "world.people.oldest_founder": Acts(to=40.0),
    "world.people.oldest_hire": Acts(to=50.0),
    "salaries.equal.premium_within_bill": Acts(given={"regime.salaries.contract_premium": 0.5}),
    "salaries.national_scale.premium_within_bill": Acts(given={"regime.salaries.contract_premium": 0.5}),
    "salaries.post_and_rank.premium_within_bill": Acts(given={"regime.salaries.contract_premium": 0.5}),
    "world.people.last_grades": Acts("from_roster", WITHOUT_GRADES, to=[0.9, 0.1, 0.0, 0.0]),
    "world.people.founder_ages": Acts(given={"world.people.founder_ages.distribution": "truncated"}),
    "world.people.founder_ages.distribution": Acts(),
    "world.people.hire_ages": Acts(given={"world.people.hire_ages.distribution": "truncated"}),
    "world.people.hire_ages.distribution": Acts(),
    "world.growth.autonomy_effect": Acts("structure_only"),
    "world.demand.wander": Acts(to=1.0),
    "structure.area_level.economic_share": Acts(given={"structure.area_level.social_share": 0.0}),
    "structure.area_level.social_share": Acts(to=0.0),
    "structure.new_cities.social_share": Acts(given={"structure.new_cities.economic_share": 0.4}, to=0.6),
    "structure.department_size.largest": Acts(to=11),
    "structure.rank_shares": Acts(to=[0.2, 0.3, 0.5]),
    "structure.ranks.staff": Acts(
        "civil_service", to=4, along=SEVEN_PAID | {"structure.rank_shares": [0.4, 0.3, 0.2, 0.1]}
    ),
    "structure.ranks.managers": Acts(
        "civil_service", to=1, along=FIVE_PAID | {"structure.manager_rank_shares": []}
    ),
    "structure.manager_rank_shares": Acts(
        "civil_service",
        SEVEN_PAID
        | {
            "structure.ranks.managers": 3,
            "structure.manager_rank_shares": [0.5, 0.5],
            "structure.manager_share": 0.5,
        },
        to=[1.0, 0.0],
    ),
    "structure.posts_by_rank": Acts(to=[1, 2, 8]),
    "structure.powers.economic_local": Acts(to=1000),
    "structure.powers.service_local": Acts(to=100),
    "structure.powers.social_area": Acts(to=1500),
    "structure.powers.handoff_error": Acts(given={"structure.powers.uniform_items": False}),
    **{
        f"structure.channels.{one}.share": Acts(to=0.0, along={f"structure.channels.{other}.share": 0.5})
        for one, other in (
            ("counter", "towns"),
            ("towns", "counter"),
            ("representative", "towns"),
            ("online", "towns"),
        )
    },
    "structure.divestment": Acts("structure_only"),
    "structure.divestment.readiness": Acts("structure_only", {"world.demand.load": 1.02}, to=0.0),
    "structure.transition": Acts("structure_only"),
    "structure.parks.staff": Acts(to=4),
    "structure.parks.staff_pay": Acts(given=STAFFED),
    "structure.parks.head_share": Acts(given=STAFFED),
    "structure.parks.mode": Acts(given=COMPANIES),
    "structure.parks.imitation": Acts(given=COMPANIES | LONGER, to=1.0),
    "structure.agencies": Acts(given=PLACES, to=0),
    "structure.reversion_share": Acts(given=PLACES | LONGER),
    "behaviour.ability.tail": Acts(given={"behaviour.ability.distribution": "lognormal"}),
    "behaviour.ability.lowest": Acts(given={"behaviour.ability.distribution": "truncated"}),
    "behaviour.ability.highest": Acts(given={"behaviour.ability.distribution": "truncated"}),
    "behaviour.ability.skills.profiles": Acts(given=SKILLS, to=[[1.0, 0.0], [0.5, 0.5]]),
    "behaviour.ability.skills.correlation": Acts(given=SKILLS),
    "behaviour.ability.role_change_noise": Acts(given={"behaviour.ability.role_change": "noise"}),
    "behaviour.rating.hard_share_administrative": Acts(given={"structure.new_cities.economic_share": 0.4}),
    "behaviour.stakes.reposting": Acts(given=FEARED_POSTING),
    "behaviour.quits.own_strike": Acts(given=TWICE),
    "behaviour.hiring.pay_sorting": Acts(given={"world.labour_market.pay_level": 0.3}),
    "world.people.youngest_hire": Acts(to=18.0),
    "behaviour.quits.by_rank": Acts(to=[2.0]),
    "behaviour.collusion": Acts(given=TWICE),
    "behaviour.conversion": Acts(given=PLACES),
    "posts.dynamic.weights": Acts(to=[1.0, 0.0, 0.0, 0.0]),
    "posts.dynamic.organs": Acts(given=LONGER | MANY_SMALL | {"regime.posts.step_cap": 0.1}),
    "ranks.ladder.merit_weight": Acts(given={"regime.ranks.promotion": "mixed"}, to=1.0),
    "ranks.ladder.demotion": Acts(given=DEMOTED),
    "ranks.reputation.demotion": Acts(given=DEMOTED),
    "salaries.national_scale.wage_bill": Acts(given={"regime.salaries.step": 0.1}),
    "appraisal.grade_list.limit_by": Acts(
        given={"regime.appraisal.limits": [0.2, 0.2, 0.05]}, to=["standard"] * 3
    ),
    "appraisal.grade_list.limits": Acts(to=[0.5, 0.2, 0.05]),
    "appraisal.grade_list.counts_as": Acts(to=["excellent", "excellent", "competent", "competent"]),
    "appraisal.grade_list.multipliers": Acts(to=[2.0, 1.0, 0.5, 0.0]),
    "appointment.contract.kept_share": Acts(given={"regime.appointment.conversion": "competition"}),
    "appointment.contract.challenge_share": Acts(given=DISMISSED),
    "appointment.contract.unlawful_factor": Acts(given=DISMISSED),
    "adjustment.triggers.expected_flag_share": Acts(given={"regime.adjustment.selection": "pooled"}),
    "adjustment.triggers.probation": Acts(given=ON_PROBATION),
    "adjustment.triggers.probation.passed": Acts(
        given=ON_PROBATION | {f"{TRIGGER}.put.in_a_row": 2}, to="keep"
    ),
    "adjustment.triggers.reservoir.reposted_share": Acts(to=0.1),
    "adjustment.triggers.reservoir.demoted_share": Acts(to=0.0),
    "adjustment.triggers.reservoir.dismissed_share": Acts(to=0.0),
    **{
        f"floating_pay.three_part.{one}_part": Acts(
            to=0.0, along={f"regime.floating_pay.{other}_part": value}
        )
        for one, other, value in (
            ("quarterly", "grade", 0.7),
            ("grade", "annual", 0.6),
            ("annual", "grade", 0.6),
        )
    },
    **{
        f"trigger.{kind}.{name}": Acts(given=OFTEN | OF_KIND.get(kind, {}), to=to)
        for kind in REGISTRY["trigger"]
        for name, to in (("consecutive", False), ("within", 3))
    },
    "trigger.refused_reposting": Acts("full_reform", {f"{TRIGGER}.it.refusal_share": 0.5}),
    **{
        f"trigger.{kind}": Acts(given={f"{TRIGGER}.it.share": 0.4})
        for kind, rule in REGISTRY["trigger"].items()
        if "share" in rule.model_fields
    },
}
"""Where what does not act in the usual area does; a key stands for all below it, the longest that fits counts."""

MOVES_NOTHING: dict[str, str] = {
    "replications": "how many areas are simulated, not what happens in one",
    "record": "what is kept of a run",
    "staff_every": "what is kept of a run",
    **dict.fromkeys(
        ("trigger.refused_reposting.consecutive", "trigger.refused_reposting.within"),
        "a department is dissolved once, so that nobody refuses twice",
    ),
    "world.people.last_grades": "used only of a roster that leaves last grades out (tests/model/test_roster.py)",
}


def acts(key: str) -> Acts:
    """What `ACTS` says of the key or of the nearest above it."""
    words = key.split(".")
    known = (".".join(words[:length]) for length in range(len(words), 0, -1))
    return next((ACTS[one] for one in known if one in ACTS), Acts())


def leaves(kind: type[Settings], path: str = "") -> Iterator[str]:
    """Dotted key of every setting; texts and names apart."""
    for name, info in kind.model_fields.items():
        told = info.annotation
        if isinstance(told, type) and issubclass(told, Settings):
            yield from leaves(told, f"{path}{name}.")
        elif name != "kind" and told is not str and get_args(told)[:1] != (str,) and name != "triggers":
            yield path + name


def kinds() -> Iterator[tuple[str, str, type[Rule]]]:
    """(slot, kind, class) of every rule of the package."""
    for slot, known in REGISTRY.items():
        for kind, rule in known.items():
            if rule.__module__.startswith("sim."):
                yield slot, kind, rule


def place_of(slot: str) -> str:
    return "regime.adjustment.triggers.it" if slot == "trigger" else f"regime.{slot}"


def settings() -> list[str]:
    """`world.growth.base`, `posts.dynamic.step_cap`: every setting of the package."""
    found = [key for key in leaves(Scenario) if key.split(".")[0] not in ("regime", "timeline")]
    for slot, kind, rule in kinds():
        found += [f"{slot}.{kind}.{key}" for key in leaves(rule)]
    return found


def rule_of(key: str) -> tuple[str, str, str] | None:
    """(slot, kind, name) of a rule's setting; None of any other."""
    slot, kind, name = [*key.split(".", 2), "", ""][:3]
    return (slot, kind, name) if slot in REGISTRY and kind in REGISTRY[slot] else None


def context(key: str) -> tuple[str, dict[str, Any], str]:
    """(scenario, settings on both sides, the key in a scenario)."""
    where, rule = acts(key), rule_of(key)
    usual = TINY | EVENTFUL if where.scenario == "four_systems" else size_of(where.scenario)
    if rule is None:
        return where.scenario, usual | where.given, key
    slot, kind, name = rule
    return (
        where.scenario,
        of_kind(usual, where.scenario, slot, kind) | where.given,
        f"{place_of(slot)}.{name}",
    )


def of_kind(usual: dict[str, Any], scenario: str, slot: str, kind: str) -> dict[str, Any]:
    """The settings with a slot's kind, without those that only another kind has."""
    place = place_of(slot)
    if slot != "trigger" and kind != kind_in(scenario, slot):
        usual = {key: value for key, value in usual.items() if not key.startswith(place + ".")}
    return usual | {f"{place}.kind": kind}


@cache
def kind_in(scenario: str, slot: str) -> str:
    """The kind that a shipped scenario has in a slot at its end."""
    shipped = load(file_of(scenario))
    last = shipped.timeline[-1] if shipped.timeline else shipped
    kind: str = getattr(last.regime, slot).kind
    return kind


def moved(scenario: Scenario, key: str) -> list[Any]:
    """Values to try: the far ends that are near enough to be simulated, or the other choices."""
    found = field_at(scenario, key)
    assert found is not None, key
    info, value = found
    if get_origin(info.annotation) is Literal:
        return [choice for choice in get_args(info.annotation) if choice != value]
    if info.annotation is bool:
        return [not value]
    if isinstance(value, tuple):
        return [[value[0] + 1, *value[1:]]]
    bounds = bounds_of(info)
    low, high = bounds.get("ge", bounds.get("gt", -1e9)), bounds.get("le", bounds.get("lt", 1e9))
    up, down = min(high, 2 * abs(value) or 1), max(low, value / 2)
    inside = [low + (high - low) * 1e-6 * ("gt" in bounds), high - (high - low) * 1e-6 * ("lt" in bounds)]
    tried = [min(max(one, inside[0]), inside[1]) for one in (up, down)]
    if info.annotation is int:
        tried = [round(one) for one in tried]
    return [one for one in tried if one != value]


Quarter = Mapping[str, NDArray[Any]]
"""The outcomes of one quarter, replication by replication."""


def quarters(scenario: str, chosen: dict[str, Any]) -> Iterator[Quarter]:
    """The quarters of a run, one after the other as they are asked for."""
    model = NewAreaModel(load(file_of(scenario), set=chosen), replications=range(2))
    yield model.recorder.latest_area
    while model.running:
        model.step()
        yield model.recorder.latest_area


@cache
def lived(scenario: str, chosen: str) -> list[Quarter]:
    return list(quarters(scenario, eval(chosen)))


def differ(whole: Iterable[Quarter], other: Iterable[Quarter]) -> bool:
    """Whether any outcome of any quarter does, beyond the last bits; no further than to the first that does."""
    return any(
        one is None or another is None or unlike(one, another) for one, another in zip_longest(whole, other)
    )


def unlike(one: Quarter, other: Quarter) -> bool:
    """Whether two quarters differ, their replication and number apart."""
    if one.keys() != other.keys():
        return True
    left, right = (
        np.array(
            [values for name, values in quarter.items() if name not in ("replication", "quarter")], float
        )
        for quarter in (one, other)
    )
    if left.shape != right.shape or (np.isnan(left) != np.isnan(right)).any():
        return True
    largest = np.maximum(np.abs(np.nan_to_num(left)), 1e-6)
    return bool((np.abs(np.nan_to_num(left - right)) > ROUNDING * largest).any())


def moves(key: str) -> bool:
    """Whether the setting moves any outcome where it acts."""
    scenario, given, place = context(key)
    where = acts(key)
    values = moved(load(file_of(scenario), set=given), place) if where.to is None else [where.to]
    still = lived(scenario, repr(given))
    return any(differ(still, quarters(scenario, given | {place: value} | where.along)) for value in values)


@pytest.mark.parametrize("key", [key for key in settings() if key not in MOVES_NOTHING])
def test_a_setting_moves_an_outcome(key):
    assert moves(key)


@pytest.mark.parametrize(("slot", "kind"), [(slot, kind) for slot, kind, _ in kinds()])
def test_a_kind_moves_an_outcome(slot, kind):
    """Against the null kind, or the null kind against the shipped one; a trigger against its absence."""
    scenario, given, _ = context(f"{slot}.{kind}.kind")
    if slot == "trigger":
        other = {key: value for key, value in given.items() if not key.startswith(place_of(slot))}
    else:
        against = null_kind(slot) if kind != null_kind(slot) else kind_in("four_systems", slot)
        other = of_kind(TINY | EVENTFUL, "four_systems", slot, against)
    assert differ(lived(scenario, repr(given)), quarters(scenario, other))


def test_every_exception_is_needed():
    """What is no setting any more leaves the lists."""
    known = settings()
    assert [key for key in MOVES_NOTHING if key not in known] == []
    assert [key for key in ACTS if not any(one == key or one.startswith(key + ".") for one in known)] == []


def test_a_dead_setting_would_be_found():
    """What acts only on contests of departments that are to merge moves nothing where none merges."""
    still = lived("four_systems", repr(TINY))
    assert not differ(still, quarters("four_systems", TINY | {"structure.transition.loss": 0.4}))
    assert differ(still, quarters("four_systems", TINY | {"behaviour.effort.cost": 0.5}))
