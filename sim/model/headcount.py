"""Authorised headcount and organs follow what a new city is and does (动态调整机制; ODD.md §7.19)."""

from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats, Mask, Rows
from sim.core.groups import mean_by
from sim.model.jurisdictions import Jurisdiction
from sim.model.organs import add_posts, department_posts, merge, split
from sim.model.services import demand_streams
from sim.people.founding import half_up
from sim.settings.terms import Kind

if TYPE_CHECKING:
    from sim.model.state import State

ROUNDED = 9
"""Decimals of the authorised headcount, so that half a person is half a person however the sum was reckoned."""


def move_headcount(state: "State") -> None:
    """At the year's close: agencies give people back, and under dynamic posts headcount and organs move."""
    _revert(state)
    for one in state.jurisdictions:
        if one.regime.posts.moves_headcount:
            _follow_new_cities(one)


def _follow_new_cities(one: Jurisdiction) -> None:
    """Headcount and organs of the new cities' departments under one regime, compared with each other."""
    state, rule = one.state, one.regime.posts
    shape = (state.replications.size, state.organisations_each)
    authorised = state.authorised[one.bodies].reshape(shape)
    change = _changes(one, authorised[:, :-1] > 0)
    authorised[:, :-1] = np.round(authorised[:, :-1] * (1 + change), ROUNDED)
    wanted = half_up(state.authorised) - department_posts(state)
    for organisation in _new_cities(state):
        add_posts(state, open_departments(one, organisation), max(0, int(wanted[one.bodies][organisation])))
        if rule.moves_organs:
            _move_organs(one, organisation)


def _changes(one: Jurisdiction, there: Mask) -> Floats:
    """Relative change of headcount, shape (replications, new cities); new cities without the regime are not compared.

    Args:
        there: whether a new city has posts under the regime.
    """
    rule, indices = one.regime.posts, _indices(one)
    if one.rows is None:
        return rule.headcount_change(indices)
    change = np.zeros(there.shape)
    for replication, those in enumerate(there):
        if those.any():
            mine = indices[:, replication : replication + 1, those]
            change[replication, those] = rule.headcount_change(mine)[0]
    return change


def _new_cities(state: "State") -> list[int]:
    each = state.organisations_each
    return [organisation for organisation in range(state.organisations) if organisation % each != each - 1]


def _revert(state: "State") -> None:
    """Part of those placed in agencies come back, and posts with them (P35)."""
    back = half_up(state.structure.reversion_share * state.agency_staff)
    state.agency_staff = state.agency_staff - back
    for place, count in enumerate(back):
        area_level = (place + 1) * state.organisations_each - 1
        departments = state.departments
        rows = np.flatnonzero(departments.open & (departments.organisation == area_level))
        grown = add_posts(state, rows, int(count))
        state.authorised[:] += np.bincount(state.body_of_departments[grown], minlength=state.bodies)


def _indices(one: Jurisdiction) -> Floats:
    """Population, economy, contribution and quality of the new cities, shape (4, replications, new cities)."""
    state, staff = one.state, one.staff
    shape = (state.replications.size, state.organisations_each)
    population = state.draws.normal("population", state.quarter, demand_streams(state)[:, :-1])
    at_work = np.asarray(staff.at_work)
    score = mean_by(np.asarray(staff.score), np.asarray(staff.organisation), state.organisations, at_work)
    return np.stack(
        [
            population,
            state.growth,
            score.reshape(shape)[:, :-1],
            state.service.service.quality,
        ]
    )


def open_departments(one: Jurisdiction, organisation: int) -> Rows:
    """Open departments of an organisation under a regime, by number; those of parks are not moved."""
    departments = one.state.departments
    mine = departments.open & (departments.organisation == organisation)
    mine &= departments.kind != Kind.OPERATOR
    return np.flatnonzero(mine & one.governs(departments.regime))


def _move_organs(one: Jurisdiction, organisation: int) -> None:
    """One department fewer or more, where the headcount calls for it."""
    state, departments = one.state, one.state.departments
    rows, body = open_departments(one, organisation), one.bodies.start + organisation
    if not rows.size:
        return
    then_organs, then_headcount = state.organs_then[body], state.authorised_then[body]
    target = half_up(np.array(then_organs * state.authorised[body] / then_headcount))
    size = departments.posts[rows]
    if target < rows.size and rows.size > 1:
        smallest = rows[size.size - 1 - np.argmin(size[::-1])]
        others = rows[rows != smallest]
        alike = others[departments.kind[others] == departments.kind[smallest]]
        hosts = alike if alike.size else others
        merge(state, np.array([smallest]), np.array([hosts[np.argmax(departments.posts[hosts])]]))
    elif target > rows.size and size.max() >= 2:
        split(state, int(rows[np.argmax(size)]))
