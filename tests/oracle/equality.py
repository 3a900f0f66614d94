"""Compare the twin with the engine, person by person and column by column."""

import math

import numpy as np

from sim.model import NewAreaModel
from sim.people.columns import STAFF
from tests.oracle.twin import Twin

NOT_COMPARED = {"stream", "replication", "worked_in", "last_department", "regime", "scale", "cut"}
IDS = {
    "department": lambda p: p.department.number if p.department else -1,
    "post": lambda p: p.post.number if p.post else -1,
}


def phases(scenario):
    """What is in force in a quarter, as plain dicts."""
    found = {}

    def phase(quarter):
        if quarter not in found:
            now = scenario.at(quarter)
            found[quarter] = {
                "regime": now.regime.model_dump(mode="json"),
                "behaviour": now.behaviour.model_dump(mode="json"),
                "structure": now.structure.model_dump(mode="json"),
            }
        return found[quarter]

    return phase


def twin_of(scenario, seed, replication):
    """The twin of a scenario."""
    plain = {
        "calendar": scenario.calendar.model_dump(),
        "world": scenario.world.model_dump(mode="json"),
        "structure": scenario.structure.model_dump(mode="json"),
        "hold": scenario.hold,
        "hold_after": scenario.hold_after,
    }
    return Twin(plain, seed, replication, phases(scenario), scenario.changes)


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


def compare(scenario, seed=1, replication=0, quarters=None):
    """Run both to the horizon; the first differences, or an empty list."""
    model = NewAreaModel(scenario, rng=seed, replications=[replication])
    twin = twin_of(scenario, seed, replication)
    lines = differences(model, twin)
    while not lines and twin.quarter < (quarters or scenario.horizon.quarters):
        model.step()
        twin.step()
        lines = differences(model, twin) or outside(model, twin)
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


def same(found, expected):
    return np.allclose(
        np.asarray(found, dtype=float), np.asarray(expected, dtype=float), rtol=1e-9, atol=1e-12
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
        "authorised": (state.authorised, twin.authorised),
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
