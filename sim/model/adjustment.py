"""The year's close, the triggers, and the reservoir: who is promoted in rank, not renewed, flagged, moved."""

import numpy as np
from numpy.typing import NDArray

from sim.core.groups import count_by, pair_up, rank_within
from sim.model.state import STRIKES, State
from sim.rules.adjustment import Trigger
from sim.world.response import believed_standing
from sim.world.terms import FIRST_MANAGER_RANK, Grade
from sim.world.view import View

Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]
IN_RANK_TARGETS = (5, 3, 2)
"""Ranks that can be reached without a post, the highest first; rank 4 needs a manager's post."""


def appraise(state: State) -> None:
    """Annual scores become grades."""
    if not state.closes_year:
        return
    staff, view = state.staff, state.view()
    appraised = view.appraised
    staff["annual_score"] = np.where(appraised, staff.score_sum / state.year, staff.annual_score)
    grade = state.regime.appraisal.grade(view)
    staff["grade"] = np.where(grade == Grade.UNGRADED, staff.grade, grade)
    staff.excellent_in_rank[appraised & (grade == Grade.EXCELLENT)] += 1


def close_year(state: State) -> None:
    """Targets, promotions in rank, contracts."""
    if not state.closes_year:
        return
    _set_targets(state)
    if state.holds("workforce"):
        return
    if state.regime.posts.rank_follows_person:
        _promote_in_rank(state)
    _renew_contracts(state)


def _set_targets(state: State) -> None:
    staff, view, rule = state.staff, state.view(), state.regime.contributions
    met = np.where(staff.annual_score >= staff.target, 1, 0) if rule.sets_targets else -1
    staff["target_met"] = np.where(view.appraised, met, staff.target_met)
    staff["target"] = rule.next_targets(view)


def _promote_in_rank(state: State) -> None:
    staff, posts = state.staff, state.posts
    view = state.view()
    eligible, order = state.regime.ranks.eligible(view), state.regime.ranks.order(view)
    for target in IN_RANK_TARGETS:
        held = count_by(staff.organisation, state.organisations, staff.at_work & (staff.rank == target))
        openings = np.bincount(posts.organisation[posts.rank == target], minlength=state.organisations) - held
        candidates = eligible & (staff.rank == target - 1)
        place = rank_within(staff.organisation, -order, candidates, ~staff.stream)
        rows = np.flatnonzero(candidates & (place < openings[staff.organisation]))
        state.set_rank(rows, np.full(rows.size, target))
        state.record("promoted", rows)
        eligible[rows] = False


def _renew_contracts(state: State) -> None:
    rule, view = state.regime.appointment, state.view()
    ends, kept = rule.ends(view), rule.renewed(view)
    state.leave(np.flatnonzero(ends & ~kept), "not_renewed", rule.severance(view))
    state.staff.contract_end[ends & kept] = rule.contract_end(state.quarter, state.year)


def adjust(state: State) -> None:
    """Triggers count and flag; then what follows is done, the severest first, once a person."""
    view = state.view()
    triggers = {name: each for name, each in state.regime.adjustment.listed.items() if each.applies(view)}
    flags = {name: _flag(state, view, name, trigger) for name, trigger in triggers.items()}
    if state.holds("workforce"):
        return
    vacant = state.posts.vacant_since >= 0
    done = np.zeros(state.staff.size, dtype=bool)
    for name, trigger in triggers.items():
        luck = state.draws.uniform("enforcement:" + name, state.quarter, state.staff.stream)
        acted = flags[name] & ~done & (luck < state.regime.adjustment.acted_on_share)
        done |= acted
        rows = np.flatnonzero(acted)
        state.clear_strikes(rows)
        _follow(state, trigger.follows, rows, vacant)


def _flag(state: State, view: View, name: str, trigger: Trigger) -> Mask:
    """Count the strikes of a trigger, name the flagged, and log them."""
    strikes = state.staff[STRIKES + name]
    count = trigger.count(view, np.asarray(strikes))
    strikes[:] = count.strikes
    flagged = count.flagged
    if state.regime.adjustment.drawn_by_lot:
        strikes[flagged] = 0
        flagged = _draw_by_lot(state, view, name, trigger, flagged)
    state.staff.flagged[flagged] = True
    _record_flags(state, view, name, flagged)
    return flagged


def _draw_by_lot(state: State, view: View, name: str, trigger: Trigger, flagged: Mask) -> Mask:
    group, peers = view.ranking_group, trigger.peers(view)
    number = count_by(group, view.groups, flagged)
    luck = state.draws.uniform("lottery:" + name, state.quarter, state.staff.stream)
    return np.asarray(peers & (rank_within(group, luck, peers, state.staff.stream) < number[group]))


def _record_flags(state: State, view: View, name: str, flagged: Mask) -> None:
    rows = np.flatnonzero(flagged)
    if not rows.size:
        return
    staff, group = state.staff, view.ranking_group
    contenders = staff.at_work
    size = view.size_of_group(contenders)[rows]
    place = rank_within(group, np.asarray(staff.ability), contenders, staff.stream)[rows]
    belief = believed_standing(state.population, staff)[rows]
    state.record(
        "flagged",
        rows,
        trigger=np.full(rows.size, name),
        ability_rank_share=(place + 0.5) / size,
        department_size=size,
        believed_standing=belief,
    )


def _follow(state: State, follows: str, rows: Rows, vacant: Mask) -> None:
    """Do what follows a flag."""
    if follows == "exit":
        state.leave(rows, "dismissed", state.regime.appointment.severance(state.view()))
    elif follows == "demotion":
        _demote(state, rows, vacant)
    elif follows == "reposting":
        _repost(state, rows, vacant)
    else:
        state.enter_reservoir(rows)


def _demote(state: State, rows: Rows, vacant: Mask) -> None:
    staff = state.staff
    if not state.regime.ranks.demotes:
        state.enter_reservoir(rows)
        return
    if state.regime.posts.rank_follows_person:
        at_bottom = (staff.rank[rows] == 1) | (staff.rank[rows] == FIRST_MANAGER_RANK)
        lowered = rows[~at_bottom]
        state.set_rank(lowered, staff.rank[lowered] - 1)
        state.record("demoted", lowered)
        state.enter_reservoir(rows[at_bottom])
        return
    rows = rows[np.argsort(staff.person[rows], kind="stable")]
    who, where = _pair(state, rows, vacant, staff.rank[rows] - 1)
    moved = np.isin(rows, who)
    state.record("demoted", who)
    state.take_post(who, where)
    vacant[where] = False
    state.enter_reservoir(rows[~moved])


def _repost(state: State, rows: Rows, vacant: Mask) -> None:
    staff = state.staff
    rows = rows[np.argsort(staff.person[rows], kind="stable")]
    who, where = _pair(state, rows, vacant, state.regime.posts.level_of_people(staff)[rows])
    elsewhere = state.posts.department[where] != staff.department[who]
    who, where = who[elsewhere], where[elsewhere]
    state.record("reposted", who)
    state.take_post(who, where)
    vacant[where] = False


def _pair(state: State, rows: Rows, vacant: Mask, level: NDArray[np.integer]) -> tuple[Rows, Rows]:
    """Pair people with vacant department posts of a level in their organisation, both in their order."""
    posts = state.posts
    offered = np.flatnonzero(vacant & (posts.department >= 0))
    on_level = state.regime.posts.level_of_posts(posts)[offered]
    left, right = pair_up(
        state.staff.organisation[rows] * 8 + level, posts.organisation[offered] * 8 + on_level
    )
    return rows[left], offered[right]


def wait(state: State) -> None:
    """Stays in the reservoir end."""
    if state.holds("workforce"):
        return
    staff, terms = state.staff, state.regime.adjustment.terms
    due = (
        staff.in_reservoir
        & (staff.returning < 0)
        & (state.quarter - staff.reservoir_since >= terms.stay_quarters)
    )
    rows = np.flatnonzero(due)
    luck = state.draws.uniform("reservoir_outcome", state.quarter, staff.stream[rows])
    edges = np.cumsum([terms.reposted_share, terms.demoted_share, terms.dismissed_share])
    outcome = np.searchsorted(edges, luck, side="right")
    returning = rows[outcome < 2]
    staff.returning[returning] = outcome[outcome < 2]
    staff.ability[returning] += terms.training_gain
    severance = state.regime.appointment.severance(state.view())
    state.leave(rows[outcome == 2], "dismissed", severance)
    state.leave(rows[outcome > 2], "resigned")
