"""What happens when a regime comes into force: posts are fixed, pay is rescaled, people are converted."""

from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats, Mask, Rows
from sim.core.groups import count_by, positions_in_runs, rank_within, ratio, sum_by
from sim.model.state import STRIKES, State
from sim.people.lives import filled_pay
from sim.response.response import believed_standing

if TYPE_CHECKING:
    from sim.rules.regime import Regime


def found(state: State) -> None:
    """The founding regime comes into force at quarter 0, with mean pay 1 among people at work."""
    _track_strikes(state)
    if state.regime.appointment.by_contract or not state.world.roster:
        _convert(state, state.regime.appointment.by_contract, record=False)
    at_work = state.staff.at_work
    place = state.place_of(state.staff.replication)
    people = np.bincount(place[at_work], minlength=state.scale.size).astype(float)
    state.scale = ratio(people, sum_by(raw_pay(state), place, state.scale.size, at_work), 1.0)
    refresh_pay(state)
    if state.world.roster:
        _fill_roster_pay(state)


def _fill_roster_pay(state: State) -> None:
    """What a roster does not say of pay is drawn; it is recorded and acts on nothing (ODD 6)."""
    staff = state.staff
    luck = state.draws.uniform("roster_pay", 0, staff.stream)
    for replication in state.replications:
        mine = staff.replication == replication
        staff.roster_pay[mine] = filled_pay(staff.roster_pay[mine], staff.normal_pay[mine], luck[mine])


def _count_posts(state: State) -> None:
    """A headcount that moves goes on from where it was; any other rule has the posts there are."""
    if state.regime.posts.moves_headcount:
        state.measure_organs(state.everywhere)
    else:
        state.restore_authorised(state.everywhere)


def adopt(state: State, regime: "Regime") -> None:
    """A new regime replaces the one in force."""
    before = state.regime
    state.regime = regime
    if regime.posts != before.posts:
        _count_posts(state)
    if before.posts.rank_follows_person and not regime.posts.rank_follows_person:
        _fix_posts(state)
    if regime.salaries != before.salaries and regime.salaries.wage_bill == "equal":
        _keep_wage_bill(state)
    if regime.appointment.by_contract != before.appointment.by_contract:
        if regime.appointment.by_contract:
            _ask(state)
        _convert(state, regime.appointment.by_contract, record=True)
    if regime.appraisal != before.appraisal:
        state.forget_distances("grade_")
    if regime.adjustment != before.adjustment:
        _track_strikes(state, before)
        if not regime.adjustment.has_probation:
            state.end_probation(np.arange(state.staff.size))


def raw_pay(state: State) -> Floats:
    """Normal yearly pay before scaling."""
    return state.regime.salaries.normal_pay(state.staff.to_read, state.staff.to_read.rank, state.year)


def refresh_pay(state: State) -> None:
    """Bring normal pay up to date with rank, service and scale."""
    state.staff["normal_pay"] = raw_pay(state) * state.scale[state.area_of_staff()]


def _keep_wage_bill(state: State) -> None:
    at_work = state.staff.at_work
    place = state.place_of(state.staff.replication)
    bill = sum_by(np.asarray(state.staff.normal_pay), place, state.scale.size, at_work)
    state.scale = ratio(bill, sum_by(raw_pay(state), place, state.scale.size, at_work), 1.0)


def _convert(state: State, by_contract: bool, record: bool) -> None:
    staff = state.staff
    who = staff.employed & ~staff.leader
    rows = np.flatnonzero(who)
    if record and by_contract:
        new = np.flatnonzero(who & ~staff.contract)
        staff.contract_taste[new] = _taste(state)[new]
    staff.contract[rows] = by_contract | (not record) * state.has_contract({"stream": staff.stream[rows]})
    signed = max(state.quarter - 1, 0)
    staff.contract_end[rows] = state.regime.appointment.first_end(signed, state.view())[rows]
    if record and by_contract:
        state.record("converted", rows)


def _ask(state: State) -> None:
    """Who takes the contract, or gets it, where that is not a matter of course."""
    rule, staff = state.regime.appointment, state.staff
    if state.holds("workforce") or rule.conversion_kind == "everybody":
        return
    if rule.conversion_kind == "choice":
        rows = np.flatnonzero(staff.employed & ~staff.leader & ~staff.contract & ~_accepts(state))
        state.leave(rows, "opted_out")
        _place_in_agencies(state, rows)
    else:
        state.leave(np.flatnonzero(_loses_competition(state, rule.share_kept)), "not_selected")


def _accepts(state: State) -> Mask:
    """A contract is worth more than the established post."""
    terms, staff = state.behaviour.conversion, state.staff
    standing = believed_standing(state.population, staff)
    floating = state.regime.floating_pay.share_in_force
    worth = terms.net_worth + terms.standing_slope * floating * standing + _taste(state)
    return np.asarray(worth > 0)


def _taste(state: State) -> Floats:
    """How much everybody likes a contract more than most, in mean annual pay; the converted keep it."""
    luck = state.draws.normal("conversion", state.quarter, state.staff.stream)
    return np.asarray(state.behaviour.conversion.taste_sd * luck)


def _loses_competition(state: State, kept: float) -> Mask:
    """The lowest by a signal of limited validity, in each organisation and tier."""
    staff, population, validity = state.staff, state.population, state.behaviour.hiring.validity
    luck = state.draws.normal("competition", state.quarter, staff.stream)
    talent = (staff.ability - population.mean_ability) / np.sqrt(population.ability_variance)
    signal = validity * talent + np.sqrt(1 - validity**2) * luck
    tier = 2 * staff.organisation + staff.manager
    among = np.asarray(staff.at_work)
    lost = np.floor((1 - kept) * count_by(tier, 2 * state.organisations, among))
    return np.asarray(among & (rank_within(tier, signal, among, staff.stream) < lost[tier]))


def _place_in_agencies(state: State, rows: Rows) -> None:
    """Free places in the agencies take in who opts out; the others go elsewhere."""
    terms = state.structure.agencies
    free = np.maximum(0.0, terms.number * terms.places_each - state.agency_staff)
    place = state.place_of(state.staff.replication[rows])
    leaving = np.bincount(place, minlength=state.replications.size)
    state.agency_staff = state.agency_staff + np.minimum(free, leaving)


def _track_strikes(state: State, before: "Regime | None" = None) -> None:
    """Strikes of triggers that are gone are dropped; those of new ones start at 0; others are kept, if need be anew."""
    staff, listed = state.staff, state.regime.adjustment.listed
    old = before.adjustment.listed if before else {}
    for name in old.keys() - listed.keys():
        staff.drop_column(STRIKES + name)
        state.forget_distances("trigger_" + name)
        del state.named[name], state.flags_of_year[name]
    for name, trigger in listed.items():
        staff.add_column(STRIKES + name, "i2", 0)
        staff[STRIKES + name] = trigger.taken_over(staff[STRIKES + name], old.get(name, trigger))
        state.named.setdefault(name, np.full(state.scale.size, -1.0))
        state.flags_of_year.setdefault(name, np.zeros(state.scale.size))


def _fix_posts(state: State) -> None:
    """In each department and tier the people take its posts in the order of their ranks."""
    staff, posts = state.staff, state.posts
    people = np.flatnonzero(staff.at_work)
    people = people[
        np.lexsort(
            (
                staff.stream[people],
                -staff.quarters_in_rank[people],
                -staff.rank[people].astype(np.int64),
                2 * staff.department[people] + staff.manager[people],
            )
        )
    ]
    offered = np.flatnonzero(posts.department >= 0)
    tier = 2 * posts.department[offered] + posts.manager[offered]
    offered = offered[np.lexsort((offered, -posts.rank[offered].astype(np.int64), tier))]
    tier = 2 * posts.department[offered] + posts.manager[offered]
    held = (
        positions_in_runs(tier)
        < np.bincount(
            2 * staff.department[people] + staff.manager[people], minlength=int(tier.max(initial=0)) + 1
        )[tier]
    )
    taken, left = offered[held], offered[~held]
    staff.post[people] = taken
    state.set_rank(people, posts.rank[taken])
    posts.vacant_since[taken] = -1
    posts.vacant_since[left] = np.where(
        posts.vacant_since[left] < 0, state.quarter - 1, posts.vacant_since[left]
    )
