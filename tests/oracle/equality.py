"""Compare the twin with the engine, person by person and column by column."""

import math
from functools import partial

import numpy as np

from sim.model import NewAreaModel
from sim.people.columns import STAFF
from sim.scenario.loader import load
from tests.oracle.twin import Twin

NOT_COMPARED = {"stream", "replication", "worked_in", "regime", "cut"}
"""The regime is compared as who is under one; the cut as a part of the premium."""
IDS = {
    "department": lambda p: p.department.number if p.department else -1,
    "post": lambda p: p.post.number if p.post else -1,
    "last_department": lambda p: -1 if p.leader else p.model.home(p).number,
    "scale": lambda p: p.model.scale_of(p),
}


def phases(scenario):
    """What is in force in a quarter, as plain dicts."""
    found = {}

    def phase(quarter):
        if quarter not in found:
            now = scenario.at(quarter)
            found[quarter] = {
                "behaviour": now.behaviour.model_dump(mode="json"),
                "structure": now.structure.model_dump(mode="json"),
            }
        return found[quarter]

    return phase


def laid_on(old, new):
    """Settings over settings: mappings merge, a new kind replaces, null takes away."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    if new.get("kind", old.get("kind")) != old.get("kind"):
        return new
    found = {key: laid_on(old.get(key), value) for key, value in new.items()}
    return {key: value for key, value in (old | found).items() if value is not None}


def whole(regime):
    """A regime with every setting."""
    return load({"name": "whole", "regime": regime}).regime.model_dump(mode="json")


def reforms(scenario, timeline):
    """The founding regime, the entries of every quarter, all regimes that ever are.

    Args:
        timeline: as written, where its entries say `where`; the scenario's phases are asked where it is None.
    """
    first = scenario.at(0).regime.model_dump(mode="json")
    laid, regimes = {}, [first]
    if timeline is None:
        now = first
        for quarter in scenario.changes:
            then, now = now, scenario.at(quarter + 1).regime.model_dump(mode="json")
            regimes.append(now)
            if now != then:
                laid[quarter + 1] = [(None, lambda old, new=now: new)]
    for entry in timeline or ():
        patch = entry["set"].get("regime", {})
        if patch:
            lay = partial(lambda patch, old: whole(laid_on(old, patch)), patch)
            laid.setdefault(entry["quarter"] + 1, []).append((entry.get("where"), lay))
            regimes.append({"adjustment": patch.get("adjustment", {})})
    return first, lambda quarter: laid.get(quarter, []), regimes


def twin_of(scenario, seed, replication, timeline=None):
    """The twin of a scenario."""
    plain = {
        "calendar": scenario.calendar.model_dump(),
        "world": scenario.world.model_dump(mode="json"),
        "structure": scenario.structure.model_dump(mode="json"),
        "hold": scenario.hold,
        "hold_after": scenario.hold_after,
    }
    if timeline is None and scenario.is_placed:
        timeline = scenario.resolved()["timeline"]
    changes = reforms(scenario, timeline)
    return Twin(plain, seed, replication, phases(scenario), scenario.changes, changes)


def differences(model, twin, before=frozenset()):
    """The first differences of the staff, as readable lines; leavers of the year included."""
    staff, lines = model.staff, []
    rows = {int(person): row for row, person in enumerate(staff["person"])}
    gone = {
        person
        for quarter, person, event in twin.events
        if quarter == twin.quarter and event in ("opted_out", "not_selected")
    }  # left before the quarter was worked: what it would have brought them is nobody's business
    people = {
        p.person: p
        for p in twin.all
        if p.employed or (p.left_quarter == twin.quarter and p.person in rows and p.person not in gone)
    }
    here = {int(person) for person in staff["person"][staff["employed"]]}
    if here != {p.person for p in twin.all if p.employed}:
        return [
            f"quarter {twin.quarter}: people differ: {sorted(here ^ {p.person for p in twin.all if p.employed})[:5]}"
        ]
    for term in STAFF:
        if term.name in NOT_COMPARED:
            continue
        column = staff[term.name].tolist()
        for person in sorted(people):
            expected = (
                IDS[term.name](people[person]) if term.name in IDS else getattr(people[person], term.name)
            )
            found = column[rows[person]]
            exact = not isinstance(expected, float) and not isinstance(found, float)
            same = expected == found if exact else math.isclose(expected, found, rel_tol=1e-9, abs_tol=1e-12)
            if not same:
                lines.append(
                    f"quarter {twin.quarter}, person {person}, {term.name}: twin {expected!r}, engine {found!r}"
                )
                break
    return lines


def compare(scenario, seed=1, replication=0, quarters=None, timeline=None):
    """Run both to the horizon; the first differences, or an empty list."""
    model = NewAreaModel(scenario, rng=seed, replications=[replication])
    twin = twin_of(scenario, seed, replication, timeline)
    lines = differences(model, twin)
    while not lines and twin.quarter < (quarters or scenario.horizon.quarters):
        model.step()
        twin.step()
        lines = regimes(model, twin) or differences(model, twin) or outside(model, twin)
    return lines or events(model, twin)


def outside(model, twin):
    """Growth, ranks, the pay scale and vacancies."""
    state, lines = model.state, []
    if not np.allclose(state.growth[0], twin.growth, rtol=1e-9):
        lines.append(f"quarter {twin.quarter}: growth {twin.growth} {state.growth[0]}")
    if state.municipal_rank[0].tolist() != twin.municipal_rank:
        lines.append(
            f"quarter {twin.quarter}: municipal rank {twin.municipal_rank} {state.municipal_rank[0]}"
        )
    if state.posts["vacant_since"].tolist() != [post.vacant_since for post in twin.posts]:
        pairs = zip(state.posts["vacant_since"].tolist(), twin.posts, strict=False)
        differ = [(x, post.number, post.vacant_since) for x, post in pairs if x != post.vacant_since]
        lines.append(f"quarter {twin.quarter}: vacancies (engine, post, twin) differ: {differ[:3]}")
    if state.posts["occupants"].tolist() != [post.occupants for post in twin.posts]:
        lines.append(f"quarter {twin.quarter}: occupants differ")
    return lines or place(model, twin) or services(model, twin)


def of_regimes(twin):
    """Headcounts of the organisations' parts under every regime, the smallest first."""
    return sorted(n for law in twin.laws for n in law.authorised if n > 0)


def regimes(model, twin):
    """Who is under one regime in the twin is so in the engine."""
    number = dict(zip(model.staff["person"].tolist(), model.staff["regime"].tolist(), strict=True))
    pairs = {(number[p.person], twin.laws.index(twin.law_of(p))) for p in twin.staff}
    alike = len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})
    return [] if alike else [f"quarter {twin.quarter}: regimes (engine, twin) differ: {sorted(pairs)}"]


def same(found, expected):
    expected = np.asarray(expected, dtype=float)
    return np.shape(found) == expected.shape and np.allclose(
        np.asarray(found, dtype=float), expected, rtol=1e-9, atol=1e-12
    )


def place(model, twin):
    """Departments, headcount, agencies."""
    state, quarter = model.state, f"quarter {twin.quarter}: "
    pairs = {
        "open": (state.departments["open"], [d.open for d in twin.departments]),
        "department posts": (state.departments["posts"], [d.size for d in twin.departments]),
        "difficulty": (state.departments["difficulty"], [d.difficulty for d in twin.departments]),
        "indicator": (state.departments["indicator"], [d.indicator for d in twin.departments]),
        "indicator posts": (state.posts["indicator"], [post.indicator for post in twin.posts]),
        "departments of posts": (
            state.posts["department"],
            [post.department.number if post.department else -1 for post in twin.posts],
        ),
        "authorised": (sorted(state.authorised[state.authorised > 0]), of_regimes(twin)),
        "agency staff": (state.agency_staff, [twin.agency_staff]),
    }
    return [
        f"{quarter}{name} differ" for name, (found, expected) in pairs.items() if not same(found, expected)
    ]


def services(model, twin):
    """Matters and parks."""
    service, parks, lines = model.state.service, model.state.parks, []
    for kind, queues in (("economic", twin.economic), ("service", twin.service), ("social", [twin.social])):
        for name in ("backlog", "turnaround", "quality", "user_cost"):
            found = getattr(service.queues[kind], name).ravel()
            if not same(found, [getattr(queue, name) for queue in queues]):
                lines.append(f"quarter {twin.quarter}: {name} of {kind} matters differs")
    if not same(service.transferred, [twin.transferred]) or not same(service.kept, [twin.kept]):
        lines.append(f"quarter {twin.quarter}: what is handed over, or kept, differs")
    names = ("mode", "operator_ability", "promise", "result", "short_years", "difficulty", "pay")
    differs = [name for name in names if not same(parks[name], [getattr(park, name) for park in twin.parks])]
    return lines + [f"quarter {twin.quarter}: {name} of parks differs" for name in differs]


def events(model, twin):
    """Everything that happened, in any order within a quarter."""
    table = model.tables()["events"]
    found = sorted(zip(table.quarter.tolist(), table.person.tolist(), table.event.tolist(), strict=True))
    expected = sorted(twin.events)
    return [] if found == expected else [f"events differ: {sorted(set(found) ^ set(expected))[:5]}"]
