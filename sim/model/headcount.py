"""Authorised headcount and organs follow what a new city is and does (动态调整机制; ODD.md §7.19)."""

from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats
from sim.core.groups import mean_by
from sim.model.organs import add_posts, department_posts, merge, split
from sim.model.services import demand_streams
from sim.people.founding import half_up

if TYPE_CHECKING:
    from sim.model.state import State

ROUNDED = 9
"""Decimals of the authorised headcount, so that half a person is half a person however the sum was reckoned."""


def move_headcount(state: "State") -> None:
    """At the year's close: agencies give people back, and under dynamic posts headcount and organs move."""
    _revert(state)
    rule = state.regime.posts
    if not rule.moves_headcount:
        return
    change = rule.headcount_change(_indices(state))
    authorised = state.authorised.reshape(state.replications.size, -1)
    authorised[:, :-1] = np.round(authorised[:, :-1] * (1 + change), ROUNDED)
    wanted = half_up(state.authorised) - department_posts(state)
    for organisation in _new_cities(state):
        add_posts(state, organisation, max(0, int(wanted[organisation])))
        if rule.moves_organs:
            _move_organs(state, organisation)


def _new_cities(state: "State") -> list[int]:
    each = state.organisations_each
    return [organisation for organisation in range(state.organisations) if organisation % each != each - 1]


def _revert(state: "State") -> None:
    """Part of those placed in agencies come back, and posts with them (P35)."""
    back = half_up(state.structure.reversion_share * state.agency_staff)
    state.agency_staff = state.agency_staff - back
    for place, count in enumerate(back):
        area_level = (place + 1) * state.organisations_each - 1
        add_posts(state, area_level, int(count))
        state.authorised[area_level] += count


def _indices(state: "State") -> Floats:
    """Population, economy, contribution and quality of the new cities, shape (4, replications, new cities)."""
    shape = (state.replications.size, state.organisations_each)
    staff = state.staff
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


def _move_organs(state: "State", organisation: int) -> None:
    """One department fewer or more, where the headcount calls for it."""
    departments = state.departments
    rows = np.flatnonzero(departments.open & (departments.organisation == organisation))
    if not rows.size:
        return
    then_organs, then_headcount = state.organs_then[organisation], state.authorised_then[organisation]
    target = half_up(np.array(then_organs * state.authorised[organisation] / then_headcount))
    size = departments.posts[rows]
    if target < rows.size and rows.size > 1:
        smallest = rows[size.size - 1 - np.argmin(size[::-1])]
        others = rows[rows != smallest]
        alike = others[departments.kind[others] == departments.kind[smallest]]
        hosts = alike if alike.size else others
        merge(state, np.array([smallest]), np.array([hosts[np.argmax(departments.posts[hosts])]]))
    elif target > rows.size and size.max() >= 2:
        split(state, int(rows[np.argmax(size)]))
