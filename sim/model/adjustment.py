"""The triggers and the reservoir: who is flagged, what follows, and where the waiting go."""

import numpy as np

from sim.core.arrays import Integers, Mask, Rows
from sim.core.groups import count_by, pair_up, rank_within
from sim.model import probation
from sim.model.state import STRIKES, Flags, State
from sim.people.view import View
from sim.response.response import believed_standing
from sim.rules.adjustment import Trigger
from sim.settings.terms import RANK_CELLS

DEPARTMENTS = 1 << 32
"""More than a replication has departments."""


def adjust(state: State) -> None:
    """Triggers count and flag; then what follows is done, the severest first, once a person."""
    view = state.view()
    triggers = {name: each for name, each in state.regime.adjustment.listed.items() if each.applies(view)}
    flags = {name: _flag(state, view, name, trigger) for name, trigger in triggers.items()}
    if triggers and state.closes_year:
        _record_missed(state, view)
        _tell_flags_of_year(state)
    if state.holds("workforce"):
        return
    vacant = state.posts.vacant_since >= 0
    done = np.zeros(state.staff.size, dtype=bool)
    if state.regime.adjustment.has_probation:
        failed = probation.judge(state)
        done[failed] = True
        _follow(state, state.regime.adjustment.probation_terms.failed, failed, vacant)
    for name, trigger in triggers.items():
        rows = np.flatnonzero(flags[name] & ~done)
        luck = state.draws.uniform("enforcement:" + name, state.quarter, state.staff.stream[rows])
        rows = rows[luck < state.regime.adjustment.acted_on_share]
        done[rows] = True
        if trigger.follows != "probation":
            state.clear_strikes(rows)
            state.end_probation(rows)
        _follow(state, trigger.follows, rows, vacant)


def _flag(state: State, view: View, name: str, trigger: Trigger) -> Mask:
    """Count the strikes of a trigger, name the flagged, and log them."""
    strikes = state.staff[STRIKES + name]
    count = trigger.count(view, view.staff[STRIKES + name])
    if state.records_staff:
        state.note_distance("trigger_" + name, trigger.distance(view))
    strikes[:] = count.strikes
    flagged = count.flagged
    if state.course is not None and state.regime.adjustment.chosen_by != "rule":
        strikes[flagged] = 0
        wanted = state.course.flags[name]
        if state.regime.adjustment.chosen_by == "lottery":
            flagged = _draw_by_lot(state, view, name, trigger, wanted)
        else:
            flagged = _choose_pooled(state, view, trigger, wanted)
    state.staff.flagged[flagged] = True
    state.flags[name] = _counted(state, flagged)
    state.flags_of_year[name] += count_by(view.area, view.replications.size, flagged)
    _record_flags(state, view, name, flagged, trigger.peers(view))
    return flagged


def _counted(state: State, flagged: Mask) -> Flags:
    """The flagged staff by department, and the flagged managers by organisation."""
    staff = state.staff
    department = np.where(flagged, staff.department, 0)
    return Flags(
        count_by(department, state.departments.size, flagged & ~staff.manager),
        count_by(staff.organisation, state.organisations, flagged & staff.manager),
    )


def _by_area(state: State, wanted: Flags) -> Integers:
    """How many are to be flagged in each area."""
    assert state.course is not None  # whoever asks has a course
    of_staff = state.course.departments.organisation // state.organisations_each
    staff = np.bincount(of_staff, weights=wanted.departments, minlength=state.replications.size)
    managers = wanted.organisations.reshape(state.replications.size, -1).sum(axis=1)
    return np.asarray(staff.astype(np.int64) + managers)


def _by_group(state: State, wanted: Flags) -> Integers:
    """How many are to be flagged in each ranking group of this area; departments are matched by number."""
    assert state.course is not None  # whoever asks has a course
    here, there = state.departments, state.course.departments
    key, wanted_key = (one.replication.astype(np.int64) * DEPARTMENTS + one.number for one in (here, there))
    place = np.searchsorted(np.sort(wanted_key), key)
    order = np.argsort(wanted_key)
    known = np.isin(key, wanted_key)
    staff = np.where(known, wanted.departments[order[np.where(known, place, 0)]], 0)
    return np.concatenate([staff, wanted.organisations])


def _draw_by_lot(state: State, view: View, name: str, trigger: Trigger, wanted: Flags) -> Mask:
    """As many as the rule flags in every group of its own course; what a group lacks is drawn in the area."""
    group, area, peers = view.ranking_group, view.area, trigger.peers(view) & trigger.open_to(view)
    luck = state.draws.uniform("lottery:" + name, state.quarter, state.staff.stream)

    def lowest(among: Mask, of: Integers, number: Integers) -> Mask:
        return np.asarray(among & (rank_within(of, luck, among, state.staff.stream) < number[of]))

    drawn = lowest(peers, group, _by_group(state, wanted))
    missing = _by_area(state, wanted) - count_by(area, view.replications.size, drawn)
    return drawn | lowest(peers & ~drawn, area, missing)


def _choose_pooled(state: State, view: View, trigger: Trigger, wanted: Flags) -> Mask:
    """As many in the whole area, by the lowest pooled scores of everybody eligible (R11)."""
    eligible, area = trigger.eligible(view) & trigger.open_to(view), view.area
    place = rank_within(area, np.asarray(state.staff.pooled_score), eligible, state.staff.stream)
    return np.asarray(eligible & (place < _by_area(state, wanted)[area]))


def _record_flags(state: State, view: View, name: str, flagged: Mask, peers: Mask) -> None:
    """Log the flagged, with their place by ability among those of their group who could have been flagged."""
    rows = np.flatnonzero(flagged)
    if not rows.size:
        return
    staff, group = state.staff, view.ranking_group
    concerned = np.bincount(group[rows], minlength=view.groups) > 0
    contenders = (peers | flagged) & concerned[group]
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


def _tell_flags_of_year(state: State) -> None:
    """Everybody learns how many were flagged in the year that closes."""
    for name, count in state.flags_of_year.items():
        state.named[name] = count
        state.flags_of_year[name] = np.zeros_like(count)


def _record_missed(state: State, view: View) -> None:
    """The least able of a ranking group whom no trigger found."""
    staff, appraised = state.staff, view.appraised
    place = rank_within(view.ranking_group, np.asarray(staff.ability), appraised, staff.stream)
    contested = view.size_of_group(appraised) >= 2
    state.record("missed", np.flatnonzero((place == 0) & contested & ~staff.flagged))


def _follow(state: State, follows: str, rows: Rows, vacant: Mask) -> None:
    """Do what follows a flag."""
    if follows == "exit":
        _dismiss_at_once(state, rows)
    elif follows == "demotion":
        _demote(state, rows, vacant)
    elif follows == "reposting":
        _repost(state, rows, vacant)
    elif follows == "probation":
        probation.begin(state, rows)
    else:
        state.enter_reservoir(rows)


def _dismiss_at_once(state: State, rows: Rows) -> None:
    """Last is not yet incompetent: some such dismissals are found unlawful, and cost more (P8)."""
    rule, view = state.regime.appointment, state.view()
    unlawful = rule.unlawful(view)
    state.record("unlawful", rows[unlawful[rows]])
    severance = rule.severance(view) * np.where(unlawful, rule.price_of_unlawful, 1.0)
    state.leave(rows, "dismissed", severance)


def _demote(state: State, rows: Rows, vacant: Mask) -> None:
    staff = state.staff
    if not state.regime.ranks.demotes:
        state.enter_reservoir(rows)
        return
    if state.regime.posts.rank_follows_person:
        first_manager = state.structure.ranks.first_manager
        at_bottom = (staff.rank[rows] == 1) | (staff.rank[rows] == first_manager)
        lowered = rows[~at_bottom]
        state.set_rank(lowered, staff.rank[lowered] - 1)
        state.record("demoted", lowered, **state.moves(lowered))
        return
    rows = rows[np.argsort(staff.person[rows], kind="stable")]
    who, where = _pair(state, rows, vacant, staff.rank - 1)
    moved = np.isin(rows, who)
    state.record("demoted", who, **state.moves(who, state.posts.department[where]))
    state.take_post(who, where)
    vacant[where] = False
    state.enter_reservoir(rows[~moved])


def _repost(state: State, rows: Rows, vacant: Mask) -> None:
    staff = state.staff
    rows = rows[np.argsort(staff.person[rows], kind="stable")]
    who, where = _pair(state, rows, vacant, state.regime.posts.level_of_people(staff.to_read))
    elsewhere = state.posts.department[where] != staff.department[who]
    who, where = who[elsewhere], where[elsewhere]
    state.record("reposted", who, **state.moves(who, state.posts.department[where]))
    state.take_post(who, where)
    vacant[where] = False


def _pair(state: State, rows: Rows, vacant: Mask, level: Integers) -> tuple[Rows, Rows]:
    """Pair people with vacant department posts of their level in their organisation, both in their order."""
    posts = state.posts
    offered = np.flatnonzero(vacant & (posts.department >= 0))
    on_level = state.regime.posts.level_of_posts(posts.to_read)
    own = state.staff.organisation.astype(np.int64) * RANK_CELLS + level
    return pair_up(rows, own, offered, posts.organisation.astype(np.int64) * RANK_CELLS + on_level)


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
