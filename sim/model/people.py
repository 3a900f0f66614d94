"""How people respond, and how vacancies are filled."""

import numpy as np

from sim.core.arrays import Floats, Integers, Mask, Rows
from sim.core.groups import count_by, pair_up, positions_in_runs, ratio
from sim.model.labour import outside_of_staff
from sim.model.organs import drop_surplus_posts
from sim.model.services import strain
from sim.model.state import STRIKES, State
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
        outside=outside_of_staff(state),
        usual=state.labour.usual_logit(quits)[state.area_of_staff()],
        of_group=state.population.groups.effects.quits[staff.group],
    )
    hazard = quit_hazard(quits, staff, now, state.year)
    luck = state.draws.uniform("resignation", state.quarter, staff.stream)
    state.leave(np.flatnonzero(staff.employed & (luck < hazard)), "resigned")


def _has_strike(state: State) -> Mask:
    """Lives with a strike that means something; under a lottery or pooled selection none does."""
    none = np.zeros(state.staff.size, dtype=bool)
    if state.regime.adjustment.chosen_by != "rule":
        return none
    for name in state.regime.adjustment.listed:
        none |= state.staff[STRIKES + name] > 0
    return none


def _peers_in_reservoir(state: State) -> Floats:
    """Share of the own organisation's people who are in the reservoir."""
    staff = state.staff
    if state.regime.adjustment.chosen_by == "lottery":
        return np.zeros(staff.size)
    waiting = count_by(staff.organisation, state.organisations, staff.in_reservoir)
    employed = count_by(staff.organisation, state.organisations, staff.employed)
    return np.asarray(ratio(waiting.astype(float), employed)[staff.organisation])


def recruit(state: State) -> None:
    """Vacancies are filled from the reservoir, then from below, then from outside."""
    if state.holds("workforce"):
        return
    _return(state)
    _promote(state)
    drop_surplus_posts(state)
    _hire(state)


def _open_posts(state: State) -> Mask:
    since = state.posts.vacant_since
    return np.asarray((since >= 0) & (since + state.behaviour.hiring.vacancy_quarters <= state.quarter))


def _offered(state: State, level_of_posts: Integers, level: int) -> Rows:
    """Open posts of departments on a level."""
    rows = np.flatnonzero(_open_posts(state))
    of_departments = state.posts.department[rows] >= 0
    return np.asarray(rows[of_departments & (level_of_posts[rows] == level)])


def _highest(possible: int, level_of_posts: Integers) -> int:
    """The highest level on which there are posts."""
    return min(possible, int(level_of_posts.max(initial=1)))


def _promote(state: State) -> None:
    staff, posts, rule = state.staff, state.posts, state.regime.posts
    level_of_posts, level_of_people = rule.level_of_posts(posts.to_read), rule.level_of_people(staff.to_read)
    view = state.view()
    eligible, order = np.array(state.regime.ranks.eligible(view)), state.regime.ranks.order(view)
    for level in range(_highest(rule.highest_level, level_of_posts), 1, -1):
        offered = _offered(state, level_of_posts, level)
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


def _return(state: State) -> None:
    staff, posts, rule = state.staff, state.posts, state.regime.posts
    terms = state.regime.adjustment.terms
    level_of_posts, level_of_people = rule.level_of_posts(posts.to_read), rule.level_of_people(staff.to_read)
    waiting = np.flatnonzero(staff.returning >= 0)
    for level in range(_highest(rule.highest_level, level_of_posts), 0, -1):
        waiting = waiting[staff.returning[waiting] >= 0]
        own = level_of_people[waiting]
        target = np.maximum(own - staff.returning[waiting], 1)
        waited = state.quarter - staff.reservoir_since[waiting]
        rows = waiting[
            (target == level)
            | ((target > level) & (waited >= terms.stay_quarters + terms.extension_quarters))
        ]
        rows = rows[np.lexsort((staff.person[rows], staff.reservoir_since[rows]))]
        offered = _offered(state, level_of_posts, level)
        _take_back(state, *pair_up(rows, staff.organisation, offered, posts.organisation), level)


def _take_back(state: State, rows: Rows, posts: Rows, level: int) -> None:
    lower = state.regime.posts.level_of_people(state.staff.to_read)[rows] > level
    stay = state.quarter - state.staff.reservoir_since[rows]
    moves = state.moves(rows, state.posts.department[posts])
    state.take_post(rows, posts)
    stigma = state.regime.adjustment.terms.stigma
    state.staff.rater_error[rows] -= stigma
    state.staff.belief[rows] -= stigma
    state.record("returned", rows, stay=stay, **moves)
    state.record("demoted", rows[lower], **{name: column[lower] for name, column in moves.items()})


def _hire(state: State) -> None:
    """Whoever waits in the reservoir counts against the authorised headcount: nobody is lent a place."""
    staff, posts = state.staff, state.posts
    waiting, many = staff.in_reservoir, state.organisations
    used = count_by(staff.organisation, many, staff.at_work | waiting)
    offered = np.flatnonzero(_open_posts(state))
    inside = offered[posts.department[offered] >= 0]
    vacancy = state.behaviour.hiring.vacancy_quarters
    kept = count_by(staff.organisation, many, waiting & (staff.reservoir_since + vacancy <= state.quarter))
    free = np.minimum(
        half_up(state.authorised) - used,
        np.bincount(posts.organisation[inside], minlength=many) - kept,
    )
    place = np.zeros(inside.size, dtype=np.int64)
    order = np.argsort(posts.organisation[inside], kind="stable")
    place[order] = positions_in_runs(posts.organisation[inside][order])
    allowed = inside[place < free[posts.organisation[inside]]]
    leaders = offered[posts.leader[offered]]
    state.hire(np.sort(np.concatenate([allowed, leaders])))
