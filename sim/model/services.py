"""The quarter's matters are decided, or wait, and load the people there (ODD.md §7.17)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats, Integers, Mask, Streams
from sim.core.draws import streams
from sim.core.groups import ratio, sum_by
from sim.response.service import KINDS, Loads, Queue, Service, arrivals, hops
from sim.settings.terms import Kind

if TYPE_CHECKING:
    from sim.model.state import State

USUAL_LOCAL = {"economic": 3143 / 3454, "service": 469 / 545}
"""Shares of the two lists that the reformed new cities decide: the lists under which work is counted."""


@dataclass(frozen=True)
class Place:
    """The people who serve a kind of matter: how many worked, what they delivered, how well, under which pressure."""

    people: Floats
    output: Floats
    care: Floats
    reward: Floats


def found_service(state: "State") -> Service:
    """Queues without a backlog, and the load that later quarters are measured from."""
    shape, demand = (state.replications.size, state.organisations_each), state.world.demand
    usual, part = usual_output(state), demand.service_part
    economic, social = (usual * _posts(state, kind).reshape(shape) for kind in (Kind.ECONOMIC, Kind.SOCIAL))
    of_new_cities, stream = economic[:, :-1], demand_streams(state)
    total = of_new_cities.sum(axis=1, keepdims=True)
    agencies = np.ones_like(total) + ratio(np.full_like(total, demand.agencies_part), part * total)
    even = np.full_like(of_new_cities, 1 / of_new_cities.shape[1])
    level = np.full(of_new_cities.shape, demand.usual_load)
    return Service(
        economic=Queue((1 - part) * of_new_cities, stream[:, :-1]),
        service=Queue(part * of_new_cities * agencies, stream[:, :-1]),
        social=Queue(social.sum(axis=1) + demand.towns_part, stream[:, -1]),
        transferred=np.where(_new_cities_with_social(state), 0.0, 1.0),
        own_work=demand.load * economic[:, -1],
        of_agencies=np.where(total > 0, ratio(of_new_cities, total), even),
        loads=Loads(level, level[:, 0], level[:, 0]),
    )


def usual_output(state: "State") -> float:
    """What a person of founders' mean ability delivers in a quarter."""
    return 1 + state.behaviour.ability.output_sd * state.population.mean_ability


def _posts(state: "State", kind: Kind) -> Floats:
    """Posts of every organisation's departments of a kind."""
    departments = state.departments
    return sum_by(
        departments.posts.astype(float),
        np.asarray(departments.organisation),
        state.organisations,
        departments.kind == kind,
    )


def demand_streams(state: "State") -> Streams:
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
    powers = structure.powers
    handed = hops(powers, structure.tiers, pending)
    effort = powers.handoff_work + (0.0 if powers.uniform_items else powers.handoff_error)
    places = _places(state)
    capacities = _capacities(state, places)
    escalated = np.zeros(state.replications.size)
    for kind in KINDS:
        queue = service.queues[kind]
        coming = arrivals(queue, kind, demand.load, demand.sd, state.draws, state.quarter)
        if kind != "social":
            escalated = escalated + _escalated(state, kind, queue, coming)
            coming = coming * powers.local_work(_local_share(state, kind), USUAL_LOCAL[kind])
        queue.serve(capacities[kind], coming * structure.channels.mean_work * (1 + effort * handed[kind]))
    service.loads = _loads(state, places, escalated)
    for kind in KINDS:
        _tell_quality(state, kind, handed[kind], places)
    service.judge(state.reformed, demand.false_alarm, demand.wander)


def _local_share(state: "State", kind: str) -> float:
    """Share of a list's items that new cities decide."""
    powers = state.structure.powers
    return powers.economic_share if kind == "economic" else powers.service_share


def _escalated(state: "State", kind: str, queue: Queue, coming: Floats) -> Floats:
    """Work of deciding what a quarter escalates, beyond what the usual lists escalate, shape (replications,)."""
    powers, usual = state.structure.powers, USUAL_LOCAL[kind]
    now = coming * powers.escalated_work(_local_share(state, kind), usual)
    then = state.world.demand.load * queue.reference * powers.escalated_work(usual, usual)
    return np.asarray((now - then).sum(axis=1))


def _tell_quality(state: "State", kind: str, handed: Floats | float, places: dict[str, Place]) -> None:
    """What a kind of matter takes in time, how well it is served, and what it costs users."""
    structure, demand, service = state.structure, state.world.demand, state.service
    queue, place = service.queues[kind], places[kind]
    hop: Floats | float = structure.powers.hop_quarters
    doubled, load = 0.0, service.loads.social
    if kind == "social":
        doubled = structure.powers.held_twice * structure.powers.shirking
    else:
        load = service.loads.new_cities
        hop = hop * ratio(service.loads.area_level, np.full(1, demand.usual_load), 1.0)[:, None]
    queue.turnaround = queue.pressure + handed * hop + structure.channels.mean_quarters + doubled
    strained = demand.load_weight * (load - demand.usual_load)
    queue.quality = place.care - demand.delay_weight * queue.turnaround - strained
    queue.user_cost = state.behaviour.service.extraction * place.reward


def _hand_over(state: "State") -> Floats:
    """Social items go to whoever receives them while that one is ready; the share still pending."""
    service, terms = state.service, state.structure.divestment
    left = ~_new_cities_with_social(state)
    ready = left & (service.social.pressure <= terms.readiness)
    step = np.where(ready, 1 / terms.quarters, 0.0)
    service.transferred = np.minimum(1.0, service.transferred + step)
    return np.where(left, 1 - service.transferred, 0.0)


def _places(state: "State") -> dict[str, Place]:
    """Who serves what: the new cities' economic departments, all social ones, and the area level's economic ones."""
    shape = (state.replications.size, state.organisations_each)
    staff = state.staff
    kind = np.where(staff.worked, state.departments.kind[staff.worked_in], -1)
    own, area = np.asarray(staff.organisation), state.area_of_staff()
    economic = _place(state, own, state.organisations, kind == Kind.ECONOMIC)
    by_tier = [values.reshape(shape) for values in vars(economic).values()]
    new_cities = Place(*(values[:, :-1] for values in by_tier))
    return {
        "economic": new_cities,
        "service": new_cities,
        "social": _place(state, area, state.replications.size, kind == Kind.SOCIAL),
        "area_level": Place(*(values[:, -1] for values in by_tier)),
    }


def _place(state: "State", group: Integers, groups: int, who: Mask) -> Place:
    staff, rows = state.staff, np.flatnonzero(who)
    own = group.take(rows).astype(np.intp)
    people = np.bincount(own, minlength=groups).astype(float)

    def total(values: Floats) -> Floats:
        return np.bincount(own, weights=values.take(rows), minlength=groups)

    care = total(staff.ability) + total(staff.unmeasured_effort) + total(staff.helped)
    usual = state.population.mean_ability
    return Place(people, total(staff.output), ratio(care, people, usual), ratio(total(staff.reward), people))


def _capacities(state: "State", places: dict[str, Place]) -> dict[str, Floats]:
    """Work that can be done in the quarter, by kind of matter."""
    part = state.world.demand.service_part
    return {
        "economic": (1 - part) * places["economic"].output,
        "service": part * places["service"].output + agencies_work(state),
        "social": places["social"].output + towns_capacity(state),
    }


def agencies_work(state: "State") -> Floats:
    """Each new city's part of what the agencies, and those placed there, do of the matters on the service list."""
    terms = state.structure.agencies
    work = terms.number * terms.work_each + state.agency_staff * usual_output(state)
    return np.asarray(work[:, None] * state.service.of_agencies)


def _loads(state: "State", places: dict[str, Place], escalated: Floats) -> Loads:
    """Work per person at work, of what people of usual output can do."""
    service = state.service
    left = np.maximum(0.0, service.service.work - agencies_work(state))
    usual, level = usual_output(state), state.world.demand.usual_load

    def per_person(work: Floats, place: Place) -> Floats:
        return ratio(np.maximum(0.0, work), usual * place.people, level)

    return Loads(
        new_cities=per_person(service.economic.work + left, places["economic"]),
        social=per_person(service.social.work - towns_capacity(state), places["social"]),
        area_level=per_person(service.own_work + escalated, places["area_level"]),
    )


def strain(state: "State") -> Floats:
    """Last quarter's load above the usual of the department everybody worked in; 0 for whoever did not work."""
    departments, staff, loads = state.departments, state.staff, state.service.loads
    level = state.world.demand.usual_load
    area = departments.organisation // state.organisations_each
    of_economic = np.column_stack([loads.new_cities, loads.area_level]).ravel()[departments.organisation]
    of_others = np.where(departments.kind == Kind.SOCIAL, loads.social[area], level)
    load = np.where(departments.kind == Kind.ECONOMIC, of_economic, of_others)
    worked = staff.worked
    return np.where(worked, (load - level).take(np.where(worked, staff.worked_in, 0)), 0.0)
