"""Every registered rule, its variants, and a small area that has been lived in, on which it can be asked anything."""

import pickle
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import numpy as np
from annotated_types import Ge, Gt, Le, Lt

from sim.core.parameters import Settings
from sim.model import NewAreaModel
from sim.model.effort import build_standing
from sim.model.flags import NAMED, keep_flags
from sim.model.state import STRIKES, State
from sim.model.work import open_quarter
from sim.rules.adjustment import TriggerList
from sim.rules.base import REGISTRY, SLOTS, Rule, Worth
from sim.rules.regime import null_kind

KINDS = {
    f"{slot}.{kind}": rule
    for slot, kinds in REGISTRY.items()
    for kind, rule in kinds.items()
    if rule.__module__.startswith("sim.")
}
"""Every kind that the package registers; what other tests register for themselves is theirs."""

NULL_KINDS = [name for name in KINDS if name.partition(".")[2] == null_kind(name.partition(".")[0])]
FOUR_SYSTEMS = Path(__file__).parents[2] / "scenarios" / "four_systems.yaml"
EVENTFUL = {
    "structure.area_level.departments": 3,
    "structure.new_cities.departments": 10,
    "structure.department_size.mean": 9,
    "world.leaders_per_organisation": 1,
    "regime.appraisal.incompetent_share": 0.05,
    "regime.adjustment.triggers.bottom_managers.share": 0.2,
    "regime.adjustment.triggers.last_in_department.in_a_row": 1,
}
ALL_TRIGGERS = {f"a_{kind}": {"kind": kind} for kind in REGISTRY["trigger"] if f"trigger.{kind}" in KINDS}


def bounds(field: Any) -> tuple[list[float], list[float]]:
    """(lower, upper) bounds of a field, each a list of none or one."""
    lower = [one.ge if isinstance(one, Ge) else one.gt for one in field.metadata if isinstance(one, (Ge, Gt))]
    upper = [one.le if isinstance(one, Le) else one.lt for one in field.metadata if isinstance(one, (Le, Lt))]
    return lower, upper


def parameters(kind: type[Settings], path: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted name, field) of every parameter, those of settings inside included; `kind` apart."""
    for name, field in kind.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Settings):
            yield from parameters(field.annotation, f"{path}{name}.")
        elif name != "kind":
            yield path + name, field


def settings_of(kind: type[Rule]) -> Iterator[dict[str, Any]]:
    """The default, and each parameter at each end of its range or at each of its choices."""
    usual: dict[str, Any] = {"triggers": ALL_TRIGGERS} if kind is TriggerList else {}
    yield usual
    for name, field in kind.model_fields.items():
        if name == "kind":
            continue
        if get_origin(field.annotation) is Literal:
            ends = list(get_args(field.annotation))
        elif field.annotation is bool:
            ends = [False, True]
        else:
            ends = [end for side in bounds(field) for end in side]
        for end in ends:
            yield usual | {name: end}


def variants(kind: type[Rule]) -> list[Rule]:
    """The rule with each of `settings_of`."""
    return [kind.model_validate(settings) for settings in settings_of(kind)]


@cache
def lived_in(opening: bool) -> bytes:
    """An eventful area after four years, two replications: at the year's close, or as the next quarter opens."""
    model = NewAreaModel(FOUR_SYSTEMS, rng=3, replications=range(2), **EVENTFUL)
    for _ in range(16):
        model.step()
    state = model.state
    state.employee_at = None
    if opening:
        state.quarter += 1
        open_quarter(state)
    return pickle.dumps(state)


def area_under(rule: Rule, opening: bool = False) -> State:
    """The area with `rule` in its slot, in everything else under the four systems; some people bear strikes."""
    state: State = pickle.loads(lived_in(opening))
    slot, part = (
        (rule.slot, rule) if rule.slot in SLOTS else ("adjustment", TriggerList(triggers={"it": rule}))
    )
    state.regimes = (state.regimes[0].model_copy(update={slot: part}),)
    keep_flags(state)
    first_of_area = np.unique(state.departments.replication, return_index=True)[1]
    for name, trigger in state.regimes[0].adjustment.listed.items():
        state.staff[STRIKES + name] = state.staff.person % trigger.in_a_row
        state.departments[NAMED + name] = 0
        state.departments[NAMED + name][first_of_area] = 3
    return state


def worth_in(state: State, slot: str) -> Worth:
    """What the rule in `slot` makes worthwhile for everybody."""
    (under,) = state.jurisdictions
    standing, regime = build_standing(under), under.regime
    if slot in ("adjustment", "trigger"):
        strikes = {name: state.staff[STRIKES + name] for name in regime.adjustment.listed}
        return regime.adjustment.fear(standing, strikes)
    return getattr(regime, slot).worth(standing)


def comfort_after(rule: Any, state: State) -> np.ndarray:
    """How comfortable everybody's post is once the rule has moved people (leaders, and whoever has none: 0)."""
    post = np.array(state.staff.post)
    people, posts = rule.reshuffle(state.view())
    post[people] = posts
    return np.where(post >= 0, state.posts.comfort[post], 0.0)


def decisions(rule: Rule, state: State) -> dict[str, np.ndarray]:
    """Everything the rule says about everybody, shape of the staff, and what it makes worthwhile."""
    view, staff = state.view(), state.staff
    found: dict[str, Any]
    if rule.slot == "posts":
        found = {"level": rule.level_of_people(staff)}
        held = rule.level_of_posts(state.posts)[staff.post]
        found["of_post"] = np.where(staff.on_post, held, 0)
        own = state.posts.rank[staff.post], state.posts.manager[staff.post], np.asarray(staff.rank)
        found["rank_taken"] = np.where(staff.on_post, rule.rank_taken(*own), 0)
        found["comfort"] = comfort_after(rule, state)
    elif rule.slot == "ranks":
        found = {"eligible": rule.eligible(view), "order": rule.order(view)}
    elif rule.slot == "contributions":
        left = rule.ratchet_factor(view, 0.95)  # meaningless for whoever is not at work
        found = {"targets": rule.next_targets(view), "ratchet": np.where(staff.at_work, left, 0.0)}
    elif rule.slot == "salaries":
        found = {"normal_pay": rule.normal_pay(staff, np.asarray(staff.rank), state.year)}
    elif rule.slot == "appointment":
        found = {"ends": rule.ends(view), "renewed": rule.renewed(view), "severance": rule.severance(view)}
        found["unlawful"] = rule.unlawful(view)
    elif rule.slot == "appraisal":
        found = {"grade": rule.grade(view)}
    elif rule.slot == "floating_pay":
        found = rule.parts(view, state.funds)._asdict()
    elif rule.slot == "trigger":
        count = rule.count(view, np.asarray(staff[STRIKES + "it"]))
        found = {"eligible": rule.eligible(view), "hit": rule.hit(view), "peers": rule.peers(view)}
        found["concerns"] = rule.concerns(view)
        found |= count._asdict()
    else:
        found = {}
    return found | worth_in(state, rule.slot)._asdict()
