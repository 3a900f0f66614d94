"""The quarter's matters are decided, or wait (ODD.md §7.17)."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.core.draws import streams
from sim.core.groups import mean_by, sum_by
from sim.world.service import KINDS, Queue, Service, arrivals, hops
from sim.world.terms import Kind

if TYPE_CHECKING:
    from sim.model.state import State

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def found_service(state: "State") -> Service:
    """Queues without a backlog, and the load that later quarters are measured from."""
    departments, shape = state.departments, (state.replications.size, state.organisations_each)
    usual = 1 + state.behaviour.ability.output_sd * state.population.mean_ability
    sizes = departments.posts.astype(float)
    posts = [
        sum_by(sizes, np.asarray(departments.organisation), state.organisations, departments.kind == kind)
        for kind in (Kind.ECONOMIC, Kind.SOCIAL)
    ]
    economic = usual * posts[0].reshape(shape)[:, :-1]
    social = usual * posts[1].reshape(shape).sum(axis=1) + state.world.demand.towns_part
    part = state.world.demand.service_part
    stream = demand_streams(state)
    return Service(
        economic=Queue((1 - part) * economic, stream[:, :-1]),
        service=Queue(part * economic, stream[:, :-1]),
        social=Queue(social, stream[:, -1]),
        transferred=np.where(_new_cities_with_social(state), 0.0, 1.0),
    )


def demand_streams(state: "State") -> NDArray[np.uint64]:
    """One stream an organisation, shape (replications, organisations)."""
    numbers = np.arange(state.organisations_each, dtype=np.int64)
    return streams(state.replications[:, None], numbers[None, :] + (1 << 44))


def towns_capacity(state: "State") -> float:
    """What the towns do of the social matters."""
    return state.world.towns.number * state.world.towns.capacity


def _new_cities_with_social(state: "State") -> Mask:
    """Whether any new city of a replication still has a social department, shape (replications,)."""
    departments = state.departments
    area_level = departments.organisation % state.organisations_each == state.organisations_each - 1
    theirs = departments.open & (departments.kind == Kind.SOCIAL) & ~area_level
    found = np.zeros(state.replications.size, dtype=bool)
    found[state.place_of(departments.replication[theirs])] = True
    return found


def serve(state: "State") -> None:
    """Matters arrive, are decided or escalated, and wait; what the service is worth is reckoned."""
    pending = _hand_over(state)
    structure, demand, service = state.structure, state.world.demand, state.service
    handed = hops(structure.powers, structure.tiers, pending)
    work = _work(state)
    for kind in KINDS:
        queue, (capacity, care, reward) = service.queues[kind], work[kind]
        errors = 0.0 if structure.powers.uniform_items else structure.powers.handoff_error
        coming = arrivals(queue, kind, demand.load, demand.sd, state.draws, state.quarter)
        queue.serve(capacity, coming * (1 + errors * handed[kind]))
        doubled = structure.powers.held_twice * structure.powers.shirking if kind == "social" else 0.0
        passing = handed[kind] * structure.powers.hop_quarters + structure.channels.mean_quarters + doubled
        queue.turnaround = queue.pressure + passing
        queue.quality = care - demand.delay_weight * queue.turnaround
        queue.user_cost = state.behaviour.service.extraction * reward
    _judge(state)


def _hand_over(state: "State") -> Floats:
    """Social items go to whoever receives them while that one is ready; the share still pending."""
    service, terms = state.service, state.structure.divestment
    left = ~_new_cities_with_social(state)
    ready = left & (service.social.pressure <= terms.readiness)
    step = np.where(ready, 1 / terms.quarters, 0.0)
    service.transferred = np.minimum(1.0, service.transferred + step)
    return np.where(left, 1 - service.transferred, 0.0)


def _work(state: "State") -> dict[str, tuple[Floats, Floats, Floats]]:
    """(capacity, care, mean reward) by kind of matter: what was done, how well, and under which pressure."""
    departments, staff = state.departments, state.staff
    shape, part = (state.replications.size, state.organisations_each), state.world.demand.service_part
    kind = np.where(staff.worked, departments.kind[staff.worked_in], -1)
    economic, social = kind == Kind.ECONOMIC, kind == Kind.SOCIAL
    care = np.asarray(staff.ability + staff.unmeasured_effort + staff.helped)
    usual = state.population.mean_ability
    own, place = np.asarray(staff.organisation), state.area_of_staff()

    def a_new_city(of: str) -> Floats:
        values = {"output": staff.output, "care": care, "reward": staff.reward}[of]
        if of == "output":
            found = sum_by(np.asarray(values), own, state.organisations, economic)
        else:
            empty = usual if of == "care" else 0.0
            found = mean_by(np.asarray(values), own, state.organisations, economic, empty)
        return found.reshape(shape)[:, :-1]

    capacity, both = a_new_city("output"), (a_new_city("care"), a_new_city("reward"))
    areas = state.replications.size
    social_work = sum_by(np.asarray(staff.output), place, areas, social) + towns_capacity(state)
    return {
        "economic": ((1 - part) * capacity, *both),
        "service": (part * capacity, *both),
        "social": (
            social_work,
            mean_by(care, place, areas, social, usual),
            mean_by(np.asarray(staff.reward), place, areas, social),
        ),
    }


def _judge(state: "State") -> None:
    """Whether users are served no worse than before the first change (办事体验不降)."""
    service, quality = state.service, state.service.mean_quality
    if not state.reformed:
        service.before = [*service.before, quality][-state.year :]
        service.kept = np.ones(quality.size)
    elif service.before:
        service.kept = (quality >= sum(service.before) / len(service.before)).astype(float)
