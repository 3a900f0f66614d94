"""Whom the regime and the labour market attract: the mean ability of the applicants for a post."""

import numpy as np

from sim.core.arrays import Floats, Mask, Rows
from sim.core.groups import count_by
from sim.model.flags import named
from sim.model.jurisdictions import Jurisdiction
from sim.model.premium import premium
from sim.model.state import State
from sim.people.founding import post_streams


def shift_of_applicants(state: State, posts: Rows) -> Floats:
    """How much abler than usual the applicants for `posts` are on average (B14), one a post.

    They are drawn by pay at risk, kept away by flags, and compare a contract's premium with the labour market.
    """
    hiring, leader, areas = state.behaviour.hiring, state.posts.leader[posts], state.replications.size
    area, regime = state.place_of(state.posts.replication[posts]), state.regime_of_posts()[posts]
    place = area + areas * regime.astype(np.int64)
    feared = np.where(leader, 0.0, _cost_of_flags(state)[place])
    market = state.world.labour_market
    elsewhere = market.pay_level + market.pay_sd * state.labour.cycle[area]
    drawn = hiring.sorting * state.floating_worth[place] - hiring.flag_aversion * feared
    better = _expected_premium(state, posts) - elsewhere
    return np.asarray(drawn + hiring.pay_sorting * better + hiring.mean_shift)


def _expected_premium(state: State, posts: Rows) -> Floats:
    """What newcomers may expect over the scale; where some are on a contract by lot, they reckon with the chance."""
    leader, cut = state.posts.leader[posts], state.departments.cut[state.posts.department[posts]]
    numbers, expected = state.regime_of_posts()[posts], np.zeros(posts.size)
    for number, regime in enumerate(state.regimes):
        here = numbers == number
        chance = 1.0 if regime.appointment.by_contract else state.world.people.contract_share
        on_contract = np.where(leader, 0.0, chance)
        expected[here] = premium(regime.salaries, cut, leader, on_contract)[here]
    return expected


def _cost_of_flags(state: State) -> Floats:
    """What being flagged costs an average person at work a year, as last year's flags tell, by regime and area."""
    areas, stakes = state.replications.size, state.behaviour.stakes
    cost = np.zeros(len(state.regimes) * areas)
    for one in state.jurisdictions:
        people = count_by(one.view.area, areas, one.staff.at_work)
        rule, floating = one.regime.adjustment, one.regime.floating_pay.share_in_force
        seen = rule.cost_of_flags(named(one), people, stakes, floating, state.year)
        cost[one.number * areas : (one.number + 1) * areas] = seen
    return cost


def finds_somebody(state: State, posts: Rows) -> Mask:
    """For which of the open `posts` somebody can be found outside: rarer the tighter the labour market is."""
    tightness = state.behaviour.hiring.tightness
    if tightness == 0:
        return np.ones(posts.size, dtype=bool)
    cycle = state.labour.cycle[state.place_of(state.posts.replication[posts])]
    luck = state.draws.uniform("somebody_found", state.quarter, post_streams(state.posts, posts))
    return np.asarray(luck < np.exp(-tightness * cycle))


def kept_for_outsiders(one: Jurisdiction, posts: Rows) -> Mask:
    """Which of the open `posts` above the lowest level are not to be filled by promotion."""
    state, share = one.state, one.regime.ranks.kept_for_outsiders
    if share == 0:
        return np.zeros(posts.size, dtype=bool)
    luck = state.draws.uniform("outside_entry", state.quarter, post_streams(state.posts, posts))
    return np.asarray(luck < share)
