"""The parks' quarter: results, pay, market exit, and the choice of how to operate them (ODD.md §7.18)."""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Floats, Mask, Rows, Streams
from sim.core.groups import mean_by, rank_within
from sim.model.operators import dismiss, found_operators, new_heads, pay_of_staff, work_of_staff
from sim.model.services import demand_streams
from sim.people.parks import new_cities_of_parks, park_difficulty, park_streams
from sim.people.staff import Parks
from sim.response.parks import winning_bids
from sim.settings.parks import MODES

if TYPE_CHECKING:
    from sim.model.state import State


def found_parks(state: "State") -> Parks:
    """The parks of all replications, one new city after the other, each with its first operator."""
    terms, own = state.structure.parks, new_cities_of_parks(state.world, state.structure)
    many = state.replications.size
    parks = Parks(terms.number * many)
    parks["replication"] = np.repeat(state.replications, terms.number)
    parks["number"] = np.tile(np.arange(terms.number), many)
    place = np.repeat(np.arange(many), terms.number)
    parks["organisation"] = np.tile(own, many) + place * state.organisations_each
    stream = park_streams(parks.replication, parks.number)
    parks["difficulty"] = park_difficulty(state.structure, state.draws, stream)
    chosen = np.floor(len(MODES) * state.draws.uniform("park_mode", 0, stream)).astype(np.int64)
    parks["mode"] = chosen if terms.mode == "chosen" else MODES.index(terms.mode)
    state.parks = parks
    if terms.staff:
        found_operators(state)
    else:
        _hire_operators(state, np.arange(parks.size))
    return parks


def _hire_operators(state: "State", rows: Rows) -> None:
    parks, terms = state.parks, state.structure.parks
    stream = park_streams(parks.replication[rows], parks.number[rows])
    validity = state.behaviour.hiring.validity
    ability, promise = winning_bids(terms, validity, state.draws, state.quarter, stream)
    parks.operator_ability[rows], parks.promise[rows] = ability, promise
    parks.short_years[rows] = 0


def operate(state: "State") -> None:
    """Results and pay of the quarter; at the year's close operators go, and new cities imitate."""
    parks, terms = state.parks, state.structure.parks
    stream = park_streams(parks.replication, parks.number)
    luck = terms.result_sd * state.draws.normal("park_result", state.quarter, stream)
    if terms.mode != "chosen":
        parks["mode"] = MODES.index(terms.mode)
    effect = np.asarray(terms.mode_effects)[parks.mode]
    work = work_of_staff(state) if terms.staff else parks.operator_ability
    parks["result"] = effect + work + parks.difficulty + luck
    market = np.maximum(0.0, terms.market_pay + terms.bonus * parks.result)
    of_operator = (market if terms.market_terms else 1.0) / state.year
    parks["pay"] = pay_of_staff(state) if terms.staff else of_operator
    parks.result_sum[:] += parks.result
    _count_replaced(state, new_heads(state))
    if state.closes_year:
        _close_year(state, stream)


def _count_replaced(state: "State", parks: Rows) -> None:
    """The quarter's new operators, by organisation."""
    own = state.parks.organisation[parks]
    state.operators_replaced = np.bincount(own, minlength=state.organisations).astype(float)


def _close_year(state: "State", stream: Streams) -> None:
    parks, terms = state.parks, state.structure.parks
    yearly = parks.result_sum / state.year
    short = yearly < parks.promise + parks.difficulty - terms.tolerance
    parks["short_years"] = np.where(short, parks.short_years + 1, 0)
    exits = terms.market_terms & (parks.short_years >= terms.patience)
    if terms.staff:
        dismiss(state, exits)
    else:
        _replace_operators(state, stream, exits)
    if terms.mode == "chosen":
        _imitate(state, yearly)
    parks["result_sum"] = 0.0


def _replace_operators(state: "State", stream: Streams, exits: Mask) -> None:
    """Operators who are records go and quit, and others win the bids for their parks."""
    terms = state.structure.parks
    quits = state.draws.uniform("park_quit", state.quarter, stream) < (
        terms.quit if terms.market_terms else terms.quit / 2
    )
    gone = np.flatnonzero(exits | quits)
    _count_replaced(state, gone)
    _hire_operators(state, gone)


def _imitate(state: "State", yearly: Floats) -> None:
    """A new city gives its worst park the mode of the area's best one."""
    parks = state.parks
    if parks.size == 0:
        return
    everywhere = np.ones(parks.size, dtype=bool)
    area = state.place_of(parks.replication)
    best = np.flatnonzero(rank_within(area, -yearly, everywhere, parks.number) == 0)
    worst = rank_within(parks.organisation, yearly, everywhere, parks.number) == 0
    luck = state.draws.uniform("imitate", state.quarter, demand_streams(state).ravel())
    copies = worst & (luck[parks.organisation] < state.structure.parks.imitation)
    parks["mode"] = np.where(copies, parks.mode[best][area], parks.mode)


def park_results(state: "State") -> Floats:
    """Mean result of each new city's parks, 0 without any, shape (replications, new cities)."""
    parks = state.parks
    found: Any = mean_by(
        np.asarray(parks.result),
        np.asarray(parks.organisation),
        state.organisations,
        np.ones(parks.size, dtype=bool),
    )
    return np.asarray(found.reshape(state.replications.size, -1)[:, :-1])
