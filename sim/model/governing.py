"""Who comes under which regime when the timeline says so, and what they bring along (ODD.md §7.25)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.core.arrays import Floats, Integers, Mask
from sim.core.groups import rank_within
from sim.model.state import State
from sim.people.founding import half_up
from sim.settings.terms import AREA_LEVEL, Kind

if TYPE_CHECKING:
    from sim.rules.posts import PostsRule
    from sim.rules.regime import Regime
    from sim.scenario.phases import Phase
    from sim.scenario.where import Where

PLACES = 0
"""Which departments are drawn does not hang on when."""


class Cohort(NamedTuple):
    """Who comes under a regime together: people, departments, and organisations whose leaders do."""

    people: Mask
    departments: Mask
    leaders: Mask

    def among(self, people: Mask, departments: Mask, leaders: Mask) -> "Cohort":
        """Those of them who are among these."""
        return Cohort(self.people & people, self.departments & departments, self.leaders & leaders)


@dataclass(frozen=True)
class Coming:
    """Who was under which regime before a change, and is after it.

    Attributes:
        before: the regimes in force before.
        people, departments, leaders: places among them, one a person, department and organisation.
        people_now, departments_now, leaders_now: places among the regimes in force now.
    """

    before: "tuple[Regime, ...]"
    people: Integers
    people_now: Integers
    departments: Integers
    departments_now: Integers
    leaders: Integers
    leaders_now: Integers

    def under(self, number: int, other: Callable[["Regime"], bool]) -> Cohort:
        """Who comes under a regime from one of which `other` holds."""
        differs = np.array([other(regime) for regime in self.before])
        return Cohort(
            (self.people_now == number) & differs[self.people],
            (self.departments_now == number) & differs[self.departments],
            (self.leaders_now == number) & differs[self.leaders],
        )


def govern(state: State, phase: "Phase") -> Coming:
    """Put the regimes of a phase in force: who is under which from now on."""
    staff, departments = state.staff, state.departments
    before = state.regimes
    old = [np.array(of) for of in (staff.regime, departments.regime, state.leader_regime)]
    for entry in phase.entries:
        if entry.where is None:
            continue
        inside, leaders = departments_in(state, entry.where), leaders_in(state, entry.where)
        becomes = np.array(entry.inside)
        departments["regime"] = np.where(inside, becomes[departments.regime], departments.regime)
        state.leader_regime = np.where(leaders, becomes[state.leader_regime], state.leader_regime)
    numbers = np.array(phase.numbers)
    departments["regime"] = numbers[departments.regime]
    state.leader_regime = numbers[state.leader_regime]
    state.regimes = phase.regimes
    own = departments.regime[staff.last_department]
    staff["regime"] = np.where(staff.leader, state.leader_regime[staff.organisation], own)
    held = {int(to): state.intrinsic[of] for of, to in zip(old[1], departments.regime, strict=True)}
    state.intrinsic = np.array([held.get(number, 0.0) for number in range(len(state.regimes))])
    now = [np.array(of) for of in (staff.regime, departments.regime, state.leader_regime)]
    return Coming(before, old[0], now[0], old[1], now[1], old[2], now[2])


def departments_in(state: State, where: "Where") -> Mask:
    """The departments that a `where` means; those drawn are the same whenever they are asked for."""
    departments = state.departments
    meant = np.asarray(departments.open & organisations_in(state, where)[departments.organisation])
    if where.department_kinds:
        meant &= np.isin(departments.kind, [Kind[kind.upper()] for kind in where.department_kinds])
    if where.departments_share == 1:
        return meant
    luck = state.draws.uniform("where", PLACES, state.department_stream)
    order = luck if where.drawn else departments.number.astype(np.float64)
    area = departments.organisation // state.organisations_each
    number = np.bincount(area[meant], minlength=state.replications.size)
    wanted = half_up(np.asarray(where.departments_share * number))
    place = rank_within(area, order, meant, departments.number)
    return np.asarray(meant & (place < wanted[area]))


def organisations_in(state: State, where: "Where") -> Mask:
    """The organisations that a `where` means."""
    names = (*state.world.new_cities, AREA_LEVEL)
    return np.tile([where.means_organisation(name) for name in names], state.replications.size)


def leaders_in(state: State, where: "Where") -> Mask:
    """The organisations whose leaders are meant: all of an organisation is."""
    return organisations_in(state, where) & where.whole_organisations


def carry_headcount(state: State, coming: Coming) -> None:
    """Authorised headcount goes with the departments; under another posts rule it is the posts there are.

    A headcount that moves goes on from where it was.
    """
    if len(coming.before) == len(state.regimes) == 1:
        _count_posts(state, coming.before[0].posts)
        return
    many, open_ones = state.organisations, np.flatnonzero(state.departments.open)
    of_departments = state.departments.posts[open_ones]
    organisation = state.departments.organisation[open_ones].astype(np.int64)
    old = organisation + many * coming.departments[open_ones].astype(np.int64)
    new = organisation + many * coming.departments_now[open_ones].astype(np.int64)
    pair, there = np.unique(old * state.bodies + new, return_inverse=True)
    moved = np.bincount(there, weights=of_departments, minlength=pair.size)
    old, new = pair // state.bodies, pair % state.bodies
    amount, afresh = _moved_headcount(state, coming, old, new, moved)
    state.authorised = np.bincount(new, weights=amount, minlength=state.bodies)
    parts = np.bincount(new, minlength=state.bodies)
    whole = np.zeros(state.bodies, dtype=bool)
    whole[new] = (parts[new] == 1) & ~afresh & (np.bincount(old)[old] == 1)
    source = np.zeros(state.bodies, dtype=np.int64)
    source[new] = old
    then, organs = state.authorised_then, state.organs_then
    state.authorised_then, state.organs_then = then[source], organs[source]
    state.measure_organs(~whole)


def _count_posts(state: State, before: "PostsRule") -> None:
    """The same where one regime takes the place of one."""
    rule = state.regimes[0].posts
    if rule != before and rule.moves_headcount:
        state.measure_organs(state.everywhere)
    elif rule != before:
        state.restore_authorised(state.everywhere)


def _moved_headcount(
    state: State, coming: Coming, old: Integers, new: Integers, moved: Floats
) -> tuple[Floats, Mask]:
    """What each pair of an old and a new body brings of authorised headcount, and whether it is counted afresh.

    Args:
        moved: posts that go from the one to the other.
    """
    many = state.organisations
    posts = np.bincount(old, weights=moved, minlength=state.authorised.size)
    share = np.where(posts[old] > 0, moved / np.maximum(posts[old], 1), 1.0)
    pairs = zip((old // many).tolist(), (new // many).tolist(), strict=True)
    rules = [(coming.before[one].posts, state.regimes[other].posts) for one, other in pairs]
    other_rule = np.array([before != now for before, now in rules])
    counted = other_rule & np.array([not now.moves_headcount for _, now in rules])
    return np.where(counted, moved, state.authorised[old] * share), other_rule
