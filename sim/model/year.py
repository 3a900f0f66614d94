"""The year's close: annual scores and what is done to them, grades, targets, promotions in rank, contracts."""

import numpy as np

from sim.core.arrays import Integers, Mask
from sim.core.groups import count_by, pair_up, rank_within
from sim.model.effort import build_standing
from sim.model.headcount import move_headcount
from sim.model.state import STRIKES, State
from sim.people.view import View
from sim.response.side_effects import can_game, reach, turn_taking
from sim.response.work import difficulty_of, hard_share_of
from sim.settings.terms import RANK_CELLS, Grade

NEAR = 0.1
"""SD from the target within which a report counts as just met or just missed."""


def appraise(state: State) -> None:
    """Annual scores are padded, audited, exchanged, ranked, and become grades."""
    if not state.closes_year:
        return
    staff, view = state.staff, state.view()
    appraised = view.appraised
    staff["annual_score"] = np.where(appraised, staff.score_sum / state.year, staff.annual_score)
    _pad(state, appraised)
    _audit(state, appraised)
    _take_turns(state, view)
    _rank(state, view)
    _pool(state, appraised)
    grade = state.regime.appraisal.grade(view)
    for name, distance in state.regime.appraisal.distances(view).items() if state.records_staff else ():
        state.note_distance("grade_" + name, distance)
    grade = np.where(appraised & staff.caught, Grade.INCOMPETENT, grade)
    staff["grade"] = np.where(grade == Grade.UNGRADED, staff.grade, grade)
    staff.excellent_in_rank[appraised & (grade == Grade.EXCELLENT)] += 1


def _pad(state: State, appraised: Mask) -> None:
    """Whoever can, and is near enough below the target, reports it met (B7)."""
    staff, gaming = state.staff, state.behaviour.gaming
    staff.padding[appraised] = 0.0
    if state.holds("gaming") or not state.regime.contributions.sets_targets:
        return
    prize = state.behaviour.effort.response * staff.target_prize
    missing = staff.target - staff.annual_score
    near = (missing > 0) & (missing <= reach(gaming, prize, state.expected_penalty))
    rows = np.flatnonzero(appraised & can_game(gaming, staff) & near)
    staff.padding[rows] = missing[rows]
    staff.annual_score[rows] = staff.target[rows]


def _audit(state: State, appraised: Mask) -> None:
    """The more was gamed, the likelier it is found; then it is struck from the score."""
    staff = state.staff
    gamed = staff.gaming_sum / state.year
    rate = state.regime.appraisal.audits * (gamed + staff.padding)
    luck = state.draws.uniform("audit", state.quarter, staff.stream)
    rows = np.flatnonzero(appraised & (luck < rate))
    staff.caught[rows] = True
    hard = hard_share_of(staff, state.departments)
    staff.annual_score[rows] -= hard[rows] * gamed[rows] + staff.padding[rows]
    state.record("caught", rows)


def _take_turns(state: State, view: View) -> None:
    """Colluding departments see to it that nobody is last twice running (B18)."""
    chance, rule = state.behaviour.collusion.chance, state.regime.adjustment
    binding = [(name, trigger) for name, trigger in rule.listed.items() if trigger.colludes]
    if chance == 0 or rule.chosen_by != "rule" or not binding:
        return
    name, trigger = binding[0]
    staff, group = state.staff, view.ranking_group
    among = trigger.eligible(view)
    size = count_by(group, view.groups, among)
    loss = rule.loss(trigger.follows, build_standing(state, view))
    luck = state.draws.uniform("collusion", state.quarter, view.group_stream)
    colludes = (size >= 2) & (luck < turn_taking(chance, loss, size))
    clean = np.asarray(staff[STRIKES + name] == 0)
    among = among & colludes[group]
    last, next_clean = trigger.lowest(view, among), trigger.lowest(view, among & clean)
    swaps = last & ~clean & (count_by(group, view.groups, next_clean) > 0)[group]
    _exchange_scores(state, group, swaps, next_clean)


def _exchange_scores(state: State, group: Integers, some: Mask, others: Mask) -> None:
    """Annual scores change hands between the one of `some` and the one of `others` in each group that has some."""
    scores = state.staff.annual_score
    left, right = pair_up(np.flatnonzero(some), group, np.flatnonzero(others), group)
    scores[left], scores[right] = scores[right], scores[left]


def _pool(state: State, appraised: Mask) -> None:
    """What the score says of the person rather than of the department, averaged over the years."""
    staff, departments = state.staff, state.departments
    hard = hard_share_of(staff, departments)
    department = (
        hard * difficulty_of(staff, departments) + (1 - hard) * departments.rater_bias[staff.department]
    )
    news = staff.annual_score - department - staff.pooled_score
    staff["pooled_score"] = np.where(appraised, staff.pooled_score + 0.5 * news, staff.pooled_score)


def _rank(state: State, view: View) -> None:
    """Everybody appraised learns their place."""
    staff, appraised = state.staff, view.appraised
    rank = rank_within(view.ranking_group, staff.annual_score, appraised, staff.stream)
    share = (rank + 0.5) / np.maximum(view.size_of_group(appraised), 1)
    staff["rank_share"] = np.where(appraised, share, staff.rank_share)


def close_year(state: State) -> None:
    """Targets, promotions in rank, contracts, headcount and organs."""
    if not state.closes_year:
        return
    _set_targets(state)
    if state.holds("workforce"):
        return
    if state.regime.posts.rank_follows_person:
        _promote_in_rank(state)
    _renew_contracts(state)
    _reshuffle(state)
    move_headcount(state)
    _learn_turnover(state)


def _set_targets(state: State) -> None:
    staff, view, rule = state.staff, state.view(), state.regime.contributions
    met = np.where(staff.annual_score >= staff.target, 1, 0) if rule.sets_targets else -1
    staff["target_met"] = np.where(view.appraised, met, staff.target_met)
    if rule.sets_targets:
        gap = staff.annual_score - staff.target
        state.note_distance("target", np.where(view.appraised, gap, np.nan))
        near = np.where(gap < 0, -1, 1) * (np.abs(gap) < NEAR)
        staff["near_target"] = np.where(view.appraised, near, 0)
    staff["target"] = rule.next_targets(view)


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


def _promote_in_rank(state: State) -> None:
    staff, posts = state.staff, state.posts
    view = state.view()
    eligible, order = np.array(state.regime.ranks.eligible(view)), state.regime.ranks.order(view)
    for target in state.structure.ranks.without_post:
        held = count_by(staff.organisation, state.organisations, staff.at_work & (staff.rank == target))
        there = posts.kept & (posts.rank == target)
        openings = np.bincount(posts.organisation[there], minlength=state.organisations) - held
        candidates = eligible & (staff.rank == target - 1)
        place = rank_within(staff.organisation, -order, candidates, ~staff.stream)
        rows = np.flatnonzero(candidates & (place < openings[staff.organisation]))
        state.set_rank(rows, np.full(rows.size, target))
        state.see_openings(rows)
        state.record("promoted", rows, **state.moves(rows))
        eligible[rows] = False


def _reshuffle(state: State) -> None:
    """People move to the posts that their results let them choose; the work is of the kind they know."""
    rows, posts = state.regime.posts.reshuffle(state.view())
    state.record("reposted", rows, **state.moves(rows, state.posts.department[posts]))
    state.take_post(rows, posts)
    state.staff.ramp_gap[rows] = 1 - state.staff.ramp[rows]


def _renew_contracts(state: State) -> None:
    rule, view = state.regime.appointment, state.view()
    ends, kept = rule.ends(view), rule.renewed(view)
    state.leave(np.flatnonzero(ends & ~kept), "not_renewed", rule.severance(view))
    state.staff.contract_end[ends & kept] = rule.contract_end(state.quarter, state.year)
