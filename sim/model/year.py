"""The year's close: annual scores and what is done to them, grades, targets, promotions in rank, contracts."""

import numpy as np

from sim.core.arrays import Floats, Integers, Mask
from sim.core.groups import count_by, pair_up, rank_within
from sim.model.effort import build_standing
from sim.model.headcount import move_headcount
from sim.model.jurisdictions import STRIKES, Jurisdiction
from sim.model.state import State
from sim.response.side_effects import can_game, reach, turn_taking
from sim.response.work import difficulty_of, hard_share_of
from sim.settings.terms import RANK_CELLS, Grade

NEAR = 0.1
"""SD from the target within which a report counts as just met or just missed."""


def appraise(state: State) -> None:
    """Annual scores are padded, audited, exchanged, ranked, and become grades."""
    if not state.closes_year:
        return
    for one in state.jurisdictions:
        _appraise(one)


def _appraise(one: Jurisdiction) -> None:
    """The same under one regime."""
    staff, appraised = one.staff, one.view.appraised
    one.put("annual_score", np.where(appraised, staff.score_sum / one.state.year, staff.annual_score))
    _pad(one)
    _audit(one)
    _take_turns(one)
    _rank(one)
    _pool(one)
    rule = one.regime.appraisal
    place = np.where(appraised & staff.caught, 0, rule.places(one.view)).astype(np.int8)
    for name, distance in rule.distances(one.view).items() if one.state.records_staff else ():
        one.note_distance("grade_" + name, distance)
    grade = np.where(appraised & staff.caught, Grade.INCOMPETENT, rule.counted(place))
    one.put("grade_place", np.where(place == Grade.UNGRADED, staff.grade_place, place))
    one.put("grade", np.where(grade == Grade.UNGRADED, staff.grade, grade))
    excellent = appraised & (grade == Grade.EXCELLENT)
    one.put("excellent_in_rank", staff.excellent_in_rank + excellent)


def _pad(one: Jurisdiction) -> None:
    """Whoever can, and is near enough below the target, reports it met (B7)."""
    state, staff, appraised = one.state, one.staff, one.view.appraised
    padding, gaming = np.where(appraised, 0.0, staff.padding), state.behaviour.gaming
    one.put("padding", padding)
    if state.holds("gaming") or not one.regime.contributions.sets_targets:
        return
    prize = state.behaviour.effort.response * staff.target_prize
    missing = staff.target - staff.annual_score
    near = (missing > 0) & (missing <= reach(gaming, prize, state.expected_penalty(one.regime)))
    pads = appraised & can_game(gaming, staff) & near
    one.put("padding", np.where(pads, missing, padding))
    one.put("annual_score", np.where(pads, staff.target, staff.annual_score))


def _audit(one: Jurisdiction) -> None:
    """The more was gamed, the likelier it is found; then it is struck from the score."""
    state, staff = one.state, one.staff
    gamed = staff.gaming_sum / state.year
    rate = one.regime.appraisal.audits * (gamed + staff.padding)
    luck = state.draws.uniform("audit", state.quarter, staff.stream)
    caught = one.view.appraised & (luck < rate)
    one.put("caught", staff.caught | caught)
    struck = hard_share_of(staff, state.departments) * gamed + staff.padding
    one.put("annual_score", np.where(caught, staff.annual_score - struck, staff.annual_score))
    state.record("caught", one.where(caught))


def _take_turns(one: Jurisdiction) -> None:
    """Colluding departments see to it that nobody is last twice running (B18)."""
    state, rule = one.state, one.regime.adjustment
    chance = state.behaviour.collusion.chance
    binding = [(name, trigger) for name, trigger in rule.listed.items() if trigger.colludes]
    if chance == 0 or rule.chosen_by != "rule" or not binding:
        return
    name, trigger = binding[0]
    view, staff, group = one.view, one.staff, one.view.ranking_group
    among = trigger.eligible(view)
    size = count_by(group, view.groups, among)
    loss = rule.loss(trigger.follows, build_standing(one))
    luck = state.draws.uniform("collusion", state.quarter, view.group_stream)
    colludes = (size >= 2) & (luck < turn_taking(chance, loss, size))
    clean = np.asarray(staff[STRIKES + name] == 0)
    among = among & colludes[group]
    last, next_clean = trigger.lowest(view, among), trigger.lowest(view, among & clean)
    swaps = last & ~clean & (count_by(group, view.groups, next_clean) > 0)[group]
    one.put("annual_score", _exchanged(np.array(staff.annual_score), group, swaps, next_clean))


def _exchanged(scores: Floats, group: Integers, some: Mask, others: Mask) -> Floats:
    """Annual scores change hands between the one of `some` and the one of `others` in each group that has some."""
    left, right = pair_up(np.flatnonzero(some), group, np.flatnonzero(others), group)
    scores[left], scores[right] = scores[right], scores[left]
    return scores


def _pool(one: Jurisdiction) -> None:
    """What the score says of the person rather than of the department, averaged over the years."""
    staff, departments = one.staff, one.state.departments
    hard = hard_share_of(staff, departments)
    department = (
        hard * difficulty_of(staff, departments) + (1 - hard) * departments.rater_bias[staff.department]
    )
    news = staff.annual_score - department - staff.pooled_score
    pooled = np.where(one.view.appraised, staff.pooled_score + 0.5 * news, staff.pooled_score)
    one.put("pooled_score", pooled)


def _rank(one: Jurisdiction) -> None:
    """Everybody appraised learns their place."""
    staff, view, appraised = one.staff, one.view, one.view.appraised
    rank = rank_within(view.ranking_group, staff.annual_score, appraised, staff.stream)
    share = (rank + 0.5) / np.maximum(view.size_of_group(appraised), 1)
    one.put("rank_share", np.where(appraised, share, staff.rank_share))


def close_year(state: State) -> None:
    """Targets, promotions in rank, contracts, headcount and organs."""
    if not state.closes_year:
        return
    for one in state.jurisdictions:
        _set_targets(one)
    if state.holds("workforce"):
        return
    for step in (_promote_in_rank, _renew_contracts, _reshuffle):
        for one in state.jurisdictions:
            step(one)
    move_headcount(state)
    _learn_turnover(state)


def _set_targets(one: Jurisdiction) -> None:
    staff, appraised, rule = one.staff, one.view.appraised, one.regime.contributions
    met = np.where(staff.annual_score >= staff.target, 1, 0) if rule.sets_targets else -1
    one.put("target_met", np.where(appraised, met, staff.target_met))
    if rule.sets_targets:
        gap = staff.annual_score - staff.target
        one.note_distance("target", np.where(appraised, gap, np.nan))
        near = np.where(gap < 0, -1, 1) * (np.abs(gap) < NEAR)
        one.put("near_target", np.where(appraised, near, 0))
    one.put("target", rule.next_targets(one.view))


def _learn_turnover(state: State) -> None:
    """People expect openings such as they have seen."""
    posts, seen = state.posts, state.openings
    of_departments = posts.department >= 0
    area = posts.organisation[of_departments] // state.organisations_each
    there = np.bincount(area * RANK_CELLS + posts.rank[of_departments], minlength=seen.size).reshape(
        seen.shape
    )
    learning = state.behaviour.stakes.turnover_learning
    news = np.where(there > 0, seen / np.maximum(there, 1) - state.turnover, 0.0)
    state.turnover = state.turnover + learning * news
    state.openings = np.zeros_like(seen)


def _promote_in_rank(one: Jurisdiction) -> None:
    """Ranks that need no post are filled in each organisation, as many as it has under the regime."""
    if not one.regime.posts.rank_follows_person:
        return
    state, staff, posts = one.state, one.state.staff, one.state.posts
    here = posts.kept & one.governs(state.regime_of_posts())
    mine = one.spread(np.asarray(one.staff.at_work))
    eligible = one.spread(np.array(one.regime.ranks.eligible(one.view)))
    order = one.spread(np.asarray(one.regime.ranks.order(one.view)))
    for target in state.structure.ranks.without_post:
        held = count_by(staff.organisation, state.organisations, mine & (staff.rank == target))
        there = here & (posts.rank == target)
        openings = np.bincount(posts.organisation[there], minlength=state.organisations) - held
        candidates = eligible & (staff.rank == target - 1)
        place = rank_within(staff.organisation, -order, candidates, ~staff.stream)
        rows = np.flatnonzero(candidates & (place < openings[staff.organisation]))
        state.set_rank(rows, np.full(rows.size, target))
        state.see_openings(rows)
        state.record("promoted", rows, **state.moves(rows))
        eligible[rows] = False


def _reshuffle(one: Jurisdiction) -> None:
    """People move to the posts that their results let them choose; the work is of the kind they know."""
    state = one.state
    people, posts = one.regime.posts.reshuffle(one.view)
    rows = one.whole(people)
    state.record("reposted", rows, **state.moves(rows, state.posts.department[posts]))
    state.take_post(rows, posts)
    state.staff.ramp_gap[rows] = 1 - state.staff.ramp[rows]


def _renew_contracts(one: Jurisdiction) -> None:
    state, rule, view = one.state, one.regime.appointment, one.view
    ends, kept = rule.ends(view), rule.renewed(view)
    severance = one.spread(np.asarray(rule.severance(view), dtype=np.float64))
    renewed = one.where(ends & kept)
    state.leave(one.where(ends & ~kept), "not_renewed", severance)
    state.staff.contract_end[renewed] = rule.contract_end(state.quarter, state.year)
