"""What happens when a regime comes into force: posts are fixed, pay is rescaled, people are converted."""

from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats, Mask, Rows
from sim.core.groups import count_by, positions_in_runs, rank_within, ratio, sum_by
from sim.model.flags import keep_flags
from sim.model.governing import Cohort, Coming, carry_headcount, govern
from sim.model.operators import in_park, pay_level
from sim.model.premium import premium, settle_premium
from sim.model.state import State
from sim.people.lives import filled_pay
from sim.response.response import believed_standing
from sim.settings.terms import NOBODY

if TYPE_CHECKING:
    from sim.rules.regime import Regime
    from sim.scenario.phases import Phase


def found(state: State) -> None:
    """The founding regime comes into force at quarter 0, with mean pay 1 among people at work (parks' staff apart)."""
    keep_flags(state)
    regime, staff, areas = state.regimes[0], state.staff, state.replications.size
    everybody = Cohort(*(np.ones(size, dtype=bool) for size in _sizes(state)))
    if regime.appointment.by_contract or not state.world.roster:
        _convert(state, regime, everybody.people, record=False)
    place = state.place_of(staff.replication)
    counted = staff.at_work & ~in_park(state, staff)
    people = np.bincount(place[counted], minlength=areas).astype(float)
    raised = _raw_pay(state, regime) * (1 + regime.salaries.contract_premium * staff.contract)
    raw = sum_by(raised, place, areas, counted)
    _rescale(state, ratio(people, raw, 1.0), everybody)
    refresh_pay(state)
    if state.world.roster:
        _fill_roster_pay(state)


def _sizes(state: State) -> tuple[int, int, int]:
    """How many people, departments and organisations there are."""
    return state.staff.size, state.departments.size, state.organisations


def _fill_roster_pay(state: State) -> None:
    """What a roster does not say of pay is drawn; it is recorded and acts on nothing (ODD 6)."""
    staff = state.staff
    luck = state.draws.uniform("roster_pay", 0, staff.stream)
    for replication in state.replications:
        mine = staff.replication == replication
        staff.roster_pay[mine] = filled_pay(staff.roster_pay[mine], staff.normal_pay[mine], luck[mine])


def adopt(state: State, phase: "Phase") -> None:
    """Regimes come into force where the timeline says, in place of those there before."""
    coming = govern(state, phase)
    carry_headcount(state, coming)
    for number, regime in enumerate(state.regimes):
        _come_under(state, number, regime, coming)
    keep_flags(state)
    everybody = np.arange(state.staff.size)
    state.carry_strikes(everybody, coming.before, coming.people)
    state.end_lost_probation(everybody)


def _come_under(state: State, number: int, regime: "Regime", coming: Coming) -> None:
    """What a regime does to the people who come under it from another one."""
    if not regime.posts.rank_follows_person:
        _fix_posts(state, coming.under(number, lambda old: old.posts.rank_follows_person))
    if regime.salaries.wage_bill == "equal":
        _keep_wage_bill(state, regime, coming.under(number, lambda old: old.salaries != regime.salaries))
    judged = coming.under(number, lambda old: old.appraisal != regime.appraisal).people
    state.forget_distances("grade_", np.flatnonzero(judged))
    state.staff.grade_place[judged] = NOBODY
    by_contract = regime.appointment.by_contract
    _settle_premium(state, number, regime, coming)
    who = coming.under(number, lambda old: old.appointment.by_contract != by_contract).people
    if who.any():
        if by_contract:
            _ask(state, regime, who)
        _convert(state, regime, who, record=True)


def _settle_premium(state: State, number: int, regime: "Regime", coming: Coming) -> None:
    """A premium comes with another salaries rule, or with contracts, of whom there will be as many as convert."""
    staff, by_contract = state.staff, regime.appointment.by_contract
    converts = coming.under(number, lambda old: old.appointment.by_contract != by_contract).people
    afresh = coming.under(
        number,
        lambda old: old.appointment.by_contract != by_contract or old.salaries != regime.salaries,
    )
    on_contract = np.where(converts, by_contract & ~staff.leader, staff.contract)
    settle_premium(state, regime.salaries, afresh, _raw_pay(state, regime) * staff.scale, on_contract)


def _raw_pay(state: State, regime: "Regime") -> Floats:
    """Everybody's normal yearly pay before scaling, by the rule of a regime."""
    staff = state.staff.to_read
    return regime.salaries.normal_pay(staff, staff.rank, state.year) * pay_level(state, staff)


def refresh_pay(state: State) -> None:
    """Bring normal pay up to date with rank, service and scale."""
    for one in state.jurisdictions:
        raw = one.regime.salaries.normal_pay(one.staff, one.staff.rank, state.year)
        staff = one.staff
        one.put("premium", premium(one.regime.salaries, staff.cut, staff.leader, staff.contract))
        one.put("normal_pay", raw * staff.scale * (1 + staff.premium) * pay_level(state, staff))


def _rescale(state: State, scale: Floats, cohort: Cohort) -> None:
    """A pay scale, one a replication, for people, their departments and their leaders."""
    staff, departments, each = state.staff, state.departments, state.organisations_each
    people, there, led = cohort
    staff.scale[people] = scale[state.place_of(staff.replication[people])]
    departments.scale[there] = scale[departments.organisation[there] // each]
    state.leader_scale[led] = np.repeat(scale, each)[led]


def _keep_wage_bill(state: State, regime: "Regime", cohort: Cohort) -> None:
    """The pay of those who come under a new salaries rule adds up to what it was; leaders alone keep their scale."""
    at_work = state.staff.at_work & cohort.people
    place, areas = state.place_of(state.staff.replication), state.replications.size
    plain = np.asarray(state.staff.normal_pay / (1 + state.staff.premium))
    bill = sum_by(plain, place, areas, at_work)
    raw = sum_by(_raw_pay(state, regime), place, areas, at_work)
    paid = np.repeat(raw > 0, state.organisations_each)
    _rescale(
        state,
        ratio(bill, raw, 1.0),
        cohort.among((raw > 0)[place], paid[state.departments.organisation], paid),
    )


def _convert(state: State, regime: "Regime", who: Mask, record: bool) -> None:
    staff, by_contract = state.staff, regime.appointment.by_contract
    rows = np.flatnonzero(who & staff.employed & ~staff.leader)
    if record and by_contract:
        new = rows[~staff.contract[rows]]
        staff.contract_taste[new] = _taste(state)[new]
    staff.contract[rows] = by_contract | (not record) * state.has_contract(staff.stream[rows])
    signed = max(state.quarter - 1, 0)
    staff.contract_end[rows] = regime.appointment.first_end(signed, state.view(regime))[rows]
    if record and by_contract:
        state.record("converted", rows)


def _ask(state: State, regime: "Regime", who: Mask) -> None:
    """Who takes the contract, or gets it, where that is not a matter of course."""
    rule, staff = regime.appointment, state.staff
    if state.holds("workforce") or rule.conversion_kind == "everybody":
        return
    if rule.conversion_kind == "choice":
        asked = who & staff.employed & ~staff.leader & ~staff.contract
        rows = np.flatnonzero(asked & ~_accepts(state, regime))
        state.leave(rows, "opted_out")
        _place_in_agencies(state, rows)
    else:
        state.leave(np.flatnonzero(_loses_competition(state, rule.share_kept, who)), "not_selected")


def _accepts(state: State, regime: "Regime") -> Mask:
    """A contract is worth more than the established post."""
    terms, staff = state.behaviour.conversion, state.staff
    standing = believed_standing(state.population, staff)
    floating = regime.floating_pay.share_in_force
    worth = terms.net_worth + terms.standing_slope * floating * standing + _taste(state)
    return np.asarray(worth + _gain(state, regime) > 0)


def _gain(state: State, regime: "Regime") -> Floats:
    """What the contract's premium would add to everybody's yearly pay."""
    staff = state.staff
    with_it, without = (
        premium(regime.salaries, staff.cut, staff.leader, np.full(staff.size, chance))
        for chance in (1.0, 0.0)
    )
    return np.asarray((with_it - without) * staff.normal_pay / (1 + staff.premium))


def _taste(state: State) -> Floats:
    """How much everybody likes a contract more than most, in mean annual pay; the converted keep it."""
    luck = state.draws.normal("conversion", state.quarter, state.staff.stream)
    return np.asarray(state.behaviour.conversion.taste_sd * luck)


def _loses_competition(state: State, kept: float, who: Mask) -> Mask:
    """Of those who compete the lowest by a signal of limited validity, in each organisation and tier."""
    staff, population, validity = state.staff, state.population, state.behaviour.hiring.validity
    luck = state.draws.normal("competition", state.quarter, staff.stream)
    talent = (staff.ability - population.mean_ability) / np.sqrt(population.ability_variance)
    signal = validity * talent + np.sqrt(1 - validity**2) * luck
    tier = 2 * staff.organisation + staff.manager
    among = np.asarray(staff.at_work & who)
    lost = np.floor((1 - kept) * count_by(tier, 2 * state.organisations, among))
    return np.asarray(among & (rank_within(tier, signal, among, staff.stream) < lost[tier]))


def _place_in_agencies(state: State, rows: Rows) -> None:
    """Free places in the agencies take in who opts out; the others go elsewhere."""
    terms = state.structure.agencies
    free = np.maximum(0.0, terms.number * terms.places_each - state.agency_staff)
    place = state.place_of(state.staff.replication[rows])
    leaving = np.bincount(place, minlength=state.replications.size)
    state.agency_staff = state.agency_staff + np.minimum(free, leaving)


def _fix_posts(state: State, cohort: Cohort) -> None:
    """In each of some departments and tier the people take its posts in the order of their ranks."""
    staff, posts, (who, there, _) = state.staff, state.posts, cohort
    people = np.flatnonzero(staff.at_work & who)
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
    offered = np.flatnonzero((posts.department >= 0) & there[posts.department])
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
