"""How people respond, and how vacancies are filled."""

import numpy as np

from sim.core.arrays import Floats, Mask, Rows
from sim.core.groups import count_by, pair_up, positions_in_runs, ratio
from sim.model.applicants import finds_somebody, kept_for_outsiders, shift_of_applicants
from sim.model.jurisdictions import STRIKES, Jurisdiction
from sim.model.labour import outside_of_staff
from sim.model.operators import bid_posts, pay_level
from sim.model.organs import drop_surplus_posts
from sim.model.services import strain
from sim.model.state import State
from sim.people.founding import half_up
from sim.response.quits import Situation, quit_hazard
from sim.response.response import (
    believed_standing,
    learn,
    next_morale,
    next_reference,
)


def respond(state: State) -> None:
    """People learn, feel, resign and retire."""
    staff, behaviour = state.staff, state.behaviour
    staff["belief"], staff["belief_variance"] = learn(state.population, staff, state.departments)
    standing = believed_standing(state.population, staff)
    unjust = staff.flagged & (standing > behaviour.morale.fair_cut)
    morale = next_morale(behaviour.morale, staff, unjust, state.departments.size, strain(state))
    reference = next_reference(behaviour.morale, staff)
    staff["pay_reference"] = np.where(staff.employed, reference, staff.pay_reference)
    staff["morale"] = np.where(staff.employed, morale, staff.morale)
    if state.holds("workforce"):
        return
    _resign(state, standing)
    retired = staff.employed & (staff.age_quarters >= state.world.people.retirement_age * state.year)
    state.leave(np.flatnonzero(retired), "retired")


def _resign(state: State, standing: Floats) -> None:
    staff, quits = state.staff, state.behaviour.quits
    now = Situation(
        standing=standing,
        has_strike=_has_strike(state),
        peers=_peers_in_reservoir(state),
        outside=outside_of_staff(state) / pay_level(state, staff),
        usual=state.labour.usual_logit(quits)[state.area_of_staff()],
        of_group=state.population.groups.effects.quits[staff.group],
    )
    hazard = quit_hazard(quits, staff, now, state.year)
    luck = state.draws.uniform("resignation", state.quarter, staff.stream)
    state.leave(np.flatnonzero(staff.employed & (luck < hazard)), "resigned")


def _has_strike(state: State) -> Mask:
    """Lives with a strike that means something; under a lottery or pooled selection none does."""
    any_strike = np.zeros(state.staff.size, dtype=bool)
    for name in state.triggers:
        any_strike |= state.staff[STRIKES + name] > 0
    means_something = state.by_regime(lambda regime: regime.adjustment.chosen_by == "rule")
    return np.asarray(any_strike & means_something)


def _peers_in_reservoir(state: State) -> Floats:
    """Share of the own organisation's people who are in the reservoir."""
    staff = state.staff
    waiting = count_by(staff.organisation, state.organisations, staff.in_reservoir)
    employed = count_by(staff.organisation, state.organisations, staff.employed)
    feared = state.by_regime(lambda regime: regime.adjustment.chosen_by != "lottery")
    return np.where(feared, ratio(waiting.astype(float), employed)[staff.organisation], 0.0)


def recruit(state: State) -> None:
    """Vacancies are filled from the reservoir, then from below, then from outside."""
    if state.holds("workforce"):
        return
    for one in state.jurisdictions:
        _return(one)
    for one in state.jurisdictions:
        _promote(one)
    drop_surplus_posts(state)
    _hire(state)


def _open_posts(state: State) -> Mask:
    since = state.posts.vacant_since
    return np.asarray((since >= 0) & (since + state.behaviour.hiring.vacancy_quarters <= state.quarter))


def _offered(one: Jurisdiction, level: int) -> Rows:
    """Open posts of departments under a regime, on a level; those that are bid for are not offered to people inside."""
    state, posts = one.state, one.state.posts
    level_of_posts = one.regime.posts.level_of_posts(posts.to_read)
    here = _open_posts(state) & (posts.department >= 0) & one.governs(state.regime_of_posts())
    here[bid_posts(state)] = False
    return np.flatnonzero(here & (level_of_posts == level))


def _highest(one: Jurisdiction) -> int:
    """The highest level on which there are posts."""
    rule, posts = one.regime.posts, one.state.posts.to_read
    return min(rule.highest_level, int(rule.level_of_posts(posts).max(initial=1)))


def _promote(one: Jurisdiction) -> None:
    state, rule, ranks = one.state, one.regime.posts, one.regime.ranks
    staff, posts = state.staff, state.posts
    level_of_people = rule.level_of_people(staff.to_read)
    eligible = one.spread(np.array(ranks.eligible(one.view)))
    order = one.spread(np.asarray(ranks.order(one.view)))
    for level in range(_highest(one), 1, -1):
        offered = _offered(one, level)
        offered = offered[~kept_for_outsiders(one, offered)]
        wanted = np.zeros(state.departments.size + 1, dtype=bool)
        wanted[posts.department[offered]] = True
        rows = np.flatnonzero(wanted[staff.department])
        rows = rows[eligible[rows] & (level_of_people[rows] == level - 1)]
        rows = rows[np.lexsort((~staff.stream[rows], -order[rows], -staff.rank[rows].astype(np.int64)))]
        people, taken = pair_up(rows, staff.department, offered, posts.department)
        state.record("promoted", people, **state.moves(people, posts.department[taken]))
        left_behind = staff.post[people]
        state.take_post(people, taken)
        state.see_openings(people)
        posts.vacant_since[left_behind] = state.quarter - state.behaviour.hiring.vacancy_quarters
        eligible[people] = False


def _return(one: Jurisdiction) -> None:
    """Whoever waits for a post gets one under the own regime, in the own organisation."""
    state, rule, terms = one.state, one.regime.posts, one.regime.adjustment.terms
    staff, posts = state.staff, state.posts
    level_of_people = rule.level_of_people(staff.to_read)
    waiting = one.where(one.staff.returning >= 0)
    for level in range(_highest(one), 0, -1):
        waiting = waiting[staff.returning[waiting] >= 0]
        own = level_of_people[waiting]
        target = np.maximum(own - staff.returning[waiting], 1)
        waited = state.quarter - staff.reservoir_since[waiting]
        rows = waiting[
            (target == level)
            | ((target > level) & (waited >= terms.stay_quarters + terms.extension_quarters))
        ]
        rows = rows[np.lexsort((staff.person[rows], staff.reservoir_since[rows]))]
        pairs = pair_up(rows, staff.organisation, _offered(one, level), posts.organisation)
        _take_back(one, *pairs, level)


def _take_back(one: Jurisdiction, rows: Rows, posts: Rows, level: int) -> None:
    state, stigma = one.state, one.regime.adjustment.terms.stigma
    lower = one.regime.posts.level_of_people(state.staff.to_read)[rows] > level
    stay = state.quarter - state.staff.reservoir_since[rows]
    moves = state.moves(rows, state.posts.department[posts])
    state.take_post(rows, posts)
    state.staff.rater_error[rows] -= stigma
    state.staff.belief[rows] -= stigma
    state.record("returned", rows, stay=stay, **moves)
    state.record("demoted", rows[lower], **{name: column[lower] for name, column in moves.items()})


def _hire(state: State) -> None:
    """Whoever waits in the reservoir counts against the authorised headcount: nobody is lent a place."""
    staff, posts = state.staff, state.posts
    waiting, many, body, post_body = (
        staff.in_reservoir,
        state.bodies,
        state.body_of_staff,
        state.body_of_posts,
    )
    used = count_by(body, many, staff.at_work | waiting)
    offered = np.flatnonzero(_open_posts(state))
    inside = offered[posts.department[offered] >= 0]
    vacancy = state.behaviour.hiring.vacancy_quarters
    kept = count_by(body, many, waiting & (staff.reservoir_since + vacancy <= state.quarter))
    free = np.minimum(
        half_up(state.authorised) - used,
        np.bincount(post_body[inside], minlength=many) - kept,
    )
    inside = inside[finds_somebody(state, inside)]
    place = np.zeros(inside.size, dtype=np.int64)
    order = np.argsort(post_body[inside], kind="stable")
    place[order] = positions_in_runs(post_body[inside][order])
    allowed = inside[place < free[post_body[inside]]]
    leaders = offered[posts.leader[offered]]
    filled = np.sort(np.concatenate([allowed, leaders[finds_somebody(state, leaders)]]))
    state.hire(filled, shift_of_applicants(state, filled))
