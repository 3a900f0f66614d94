"""The triggers and the reservoir: who is flagged, what follows, and where the waiting go."""

import numpy as np

from sim.core.arrays import Integers, Mask, Rows
from sim.core.groups import count_by, pair_up, rank_within
from sim.model import probation
from sim.model.flags import Flags, count_flags, no_flags, note_flags, tell_flags_of_year
from sim.model.jurisdictions import STRIKES, Jurisdiction
from sim.model.state import State
from sim.response.response import believed_standing
from sim.rules.adjustment import Trigger
from sim.settings.terms import RANK_CELLS

DEPARTMENTS = 1 << 32
"""More than a replication has departments."""


def adjust(state: State) -> None:
    """Triggers count and flag; then what follows is done, the severest first, once a person."""
    state.flags = {}
    found = [(one, _flags(one)) for one in state.jurisdictions]
    if state.holds("workforce"):
        return
    for one, flags in found:
        _act(one, flags)


def _flags(one: Jurisdiction) -> dict[str, Rows]:
    """Whom each trigger of a regime flags this quarter, as rows of the table."""
    triggers = _applying(one)
    flags = {name: one.where(_flag(one, name, trigger)) for name, trigger in triggers.items()}
    if triggers and one.state.closes_year:
        _record_missed(one)
        tell_flags_of_year(one)
    return flags


def _applying(one: Jurisdiction) -> dict[str, Trigger]:
    """The triggers of a regime of which a period ends this quarter."""
    return {name: each for name, each in one.regime.adjustment.listed.items() if each.applies(one.view)}


def _act(one: Jurisdiction, flags: dict[str, Rows]) -> None:
    """What follows is done to whom a regime flags; vacant posts under other regimes are not taken."""
    state, rule = one.state, one.regime.adjustment
    vacant = (state.posts.vacant_since >= 0) & one.governs(state.regime_of_posts())
    done = np.zeros(state.staff.size, dtype=bool)
    if rule.has_probation:
        failed = probation.judge(one)
        done[failed] = True
        _follow(one, rule.probation_terms.failed, failed, vacant)
    for name, trigger in _applying(one).items():
        rows = flags[name][~done[flags[name]]]
        luck = state.draws.uniform("enforcement:" + name, state.quarter, state.staff.stream[rows])
        rows = rows[luck < rule.acted_on_share]
        done[rows] = True
        if trigger.follows != "probation":
            state.clear_strikes(rows)
            state.end_probation(rows)
        _follow(one, trigger.follows, rows, vacant)


def _flag(one: Jurisdiction, name: str, trigger: Trigger) -> Mask:
    """Count the strikes of a trigger, name the flagged, and log them."""
    state, view, chosen_by = one.state, one.view, one.regime.adjustment.chosen_by
    count = trigger.count(view, view.staff[STRIKES + name])
    if state.records_staff:
        one.note_distance("trigger_" + name, trigger.distance(view))
    strikes, flagged = count.strikes, count.flagged
    if state.course is not None and chosen_by != "rule":
        strikes = np.where(flagged, 0, strikes)
        wanted = state.course.flags.get((one.number, name)) or no_flags(state.course)
        flagged = (
            _draw_by_lot(one, name, trigger, wanted)
            if chosen_by == "lottery"
            else _choose_pooled(one, trigger, wanted)
        )
    one.put(STRIKES + name, strikes)
    rows = one.where(flagged)
    state.staff.flagged[rows] = True
    state.flags[one.number, name] = count_flags(state, rows)
    note_flags(state, name, rows)
    _record_flags(one, name, flagged, trigger.peers(view))
    return flagged


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


def _draw_by_lot(one: Jurisdiction, name: str, trigger: Trigger, wanted: Flags) -> Mask:
    """As many as the rule flags in every group of its own course; what a group lacks is drawn in the area."""
    state, view = one.state, one.view
    group, area, stream = view.ranking_group, view.area, view.staff.stream
    peers = trigger.peers(view) & trigger.open_to(view)
    luck = state.draws.uniform("lottery:" + name, state.quarter, stream)

    def lowest(among: Mask, of: Integers, number: Integers) -> Mask:
        return np.asarray(among & (rank_within(of, luck, among, stream) < number[of]))

    drawn = lowest(peers, group, _by_group(state, wanted))
    missing = _by_area(state, wanted) - count_by(area, view.replications.size, drawn)
    return drawn | lowest(peers & ~drawn, area, missing)


def _choose_pooled(one: Jurisdiction, trigger: Trigger, wanted: Flags) -> Mask:
    """As many in the whole area, by the lowest pooled scores of everybody eligible under the regime (R11)."""
    view, staff = one.view, one.staff
    eligible, area = trigger.eligible(view) & trigger.open_to(view), view.area
    place = rank_within(area, np.asarray(staff.pooled_score), eligible, staff.stream)
    return np.asarray(eligible & (place < _by_area(one.state, wanted)[area]))


def _record_flags(one: Jurisdiction, name: str, flagged: Mask, peers: Mask) -> None:
    """Log the flagged, with their place by ability among those of their group who could have been flagged."""
    rows = np.flatnonzero(flagged)
    if not rows.size:
        return
    state, view, staff, group = one.state, one.view, one.staff, one.view.ranking_group
    concerned = np.bincount(group[rows], minlength=view.groups) > 0
    contenders = (peers | flagged) & concerned[group]
    size = view.size_of_group(contenders)[rows]
    place = rank_within(group, np.asarray(staff.ability), contenders, staff.stream)[rows]
    belief = believed_standing(state.population, staff)[rows]
    state.record(
        "flagged",
        one.whole(rows),
        trigger=np.full(rows.size, name),
        ability_rank_share=(place + 0.5) / size,
        department_size=size,
        believed_standing=belief,
    )


def _record_missed(one: Jurisdiction) -> None:
    """The least able of a ranking group whom no trigger found."""
    view, staff, appraised = one.view, one.staff, one.view.appraised
    place = rank_within(view.ranking_group, np.asarray(staff.ability), appraised, staff.stream)
    contested = view.size_of_group(appraised) >= 2
    rows = one.where((place == 0) & contested)
    one.state.record("missed", rows[~one.state.staff.flagged[rows]])


def _follow(one: Jurisdiction, follows: str, rows: Rows, vacant: Mask) -> None:
    """Do what follows a flag."""
    if follows == "exit":
        _dismiss_at_once(one, rows)
    elif follows == "demotion":
        _demote(one, rows, vacant)
    elif follows == "reposting":
        _repost(one, rows, vacant)
    elif follows == "probation":
        probation.begin(one.state, rows)
    else:
        one.state.enter_reservoir(rows)


def _dismiss_at_once(one: Jurisdiction, rows: Rows) -> None:
    """Last is not yet incompetent: some such dismissals are found unlawful, and cost more (P8)."""
    state, rule = one.state, one.regime.appointment
    view = state.view(one.regime)
    unlawful = rule.unlawful(view)
    state.record("unlawful", rows[unlawful[rows]])
    severance = rule.severance(view) * np.where(unlawful, rule.price_of_unlawful, 1.0)
    state.leave(rows, "dismissed", severance)


def _demote(one: Jurisdiction, rows: Rows, vacant: Mask) -> None:
    state, staff, rules = one.state, one.state.staff, one.regime
    if not rules.ranks.demotes:
        state.enter_reservoir(rows)
        return
    if rules.posts.rank_follows_person:
        first_manager = state.structure.ranks.first_manager
        at_bottom = (staff.rank[rows] == 1) | (staff.rank[rows] == first_manager)
        lowered = rows[~at_bottom]
        state.set_rank(lowered, staff.rank[lowered] - 1)
        state.record("demoted", lowered, **state.moves(lowered))
        return
    rows = rows[np.argsort(staff.person[rows], kind="stable")]
    who, where = _pair(one, rows, vacant, staff.rank - 1)
    moved = np.isin(rows, who)
    state.record("demoted", who, **state.moves(who, state.posts.department[where]))
    state.take_post(who, where)
    vacant[where] = False
    state.enter_reservoir(rows[~moved])


def _repost(one: Jurisdiction, rows: Rows, vacant: Mask) -> None:
    state, staff = one.state, one.state.staff
    rows = rows[np.argsort(staff.person[rows], kind="stable")]
    who, where = _pair(one, rows, vacant, one.regime.posts.level_of_people(staff.to_read))
    elsewhere = state.posts.department[where] != staff.department[who]
    who, where = who[elsewhere], where[elsewhere]
    state.record("reposted", who, **state.moves(who, state.posts.department[where]))
    state.take_post(who, where)
    vacant[where] = False


def _pair(one: Jurisdiction, rows: Rows, vacant: Mask, level: Integers) -> tuple[Rows, Rows]:
    """Pair people with vacant department posts of their level in their organisation, both in their order."""
    posts = one.state.posts
    offered = np.flatnonzero(vacant & (posts.department >= 0))
    on_level = one.regime.posts.level_of_posts(posts.to_read)
    own = one.state.staff.organisation.astype(np.int64) * RANK_CELLS + level
    return pair_up(rows, own, offered, posts.organisation.astype(np.int64) * RANK_CELLS + on_level)


def wait(state: State) -> None:
    """Stays in the reservoir end."""
    if state.holds("workforce"):
        return
    for one in state.jurisdictions:
        _judge(one)


def _judge(one: Jurisdiction) -> None:
    """Where those go whose stay is over."""
    state, staff, terms = one.state, one.state.staff, one.regime.adjustment.terms
    due = (
        one.staff.in_reservoir
        & (one.staff.returning < 0)
        & (state.quarter - one.staff.reservoir_since >= terms.stay_quarters)
    )
    rows = one.where(due)
    luck = state.draws.uniform("reservoir_outcome", state.quarter, staff.stream[rows])
    edges = np.cumsum([terms.reposted_share, terms.demoted_share, terms.dismissed_share])
    outcome = np.searchsorted(edges, luck, side="right")
    returning = rows[outcome < 2]
    staff.returning[returning] = outcome[outcome < 2]
    staff.ability[returning] += terms.training_gain
    severance = one.regime.appointment.severance(state.view(one.regime))
    state.leave(rows[outcome == 2], "dismissed", severance)
    state.leave(rows[outcome > 2], "resigned")
