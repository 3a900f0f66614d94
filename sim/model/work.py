"""The quarter's work: what effort is worth, what is done, how it is scored and paid."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.core.groups import mean_by, ratio, sum_by
from sim.model.reform import adopt, refresh_pay
from sim.model.state import State
from sim.rules.base import SLOTS, Worth
from sim.world import outlook
from sim.world.municipality import ar1
from sim.world.standing import Standing
from sim.world.terms import NOBODY
from sim.world.view import View
from sim.world.work import (
    best_effort,
    hard_share_of,
    mastery,
    score_slope,
    scores,
    true_contribution,
    unmeasured_effort,
)

if TYPE_CHECKING:
    from sim.rules.posts import PostsRule

Floats = NDArray[np.float64]
Integers = NDArray[np.integer]


def open_quarter(state: State) -> None:
    """Changes come into force; a new year begins with raters who have drifted."""
    phase = state.scenario.at(state.quarter)
    if phase.behaviour != state.behaviour:
        state.adopt_behaviour(phase.behaviour)
    if phase.regime != state.regime:
        adopt(state, phase.regime)
    if state.quarter % state.year == 1 or state.year == 1:
        _open_year(state)
    refresh_pay(state)
    state.staff["flagged"] = False


def _open_year(state: State) -> None:
    staff = state.staff
    state.clear_year(np.arange(staff.size))
    kept = state.behaviour.rating.persistence
    if state.quarter == 1 or kept == 1:
        return
    persistent = state.population.persistent_variance(np.asarray(staff.manager))
    drift = np.sqrt(persistent) * state.draws.normal("rater_error", state.quarter, staff.stream)
    staff["rater_error"] = kept * staff.rater_error + np.sqrt(1 - kept**2) * drift
    staff.belief_variance[:] += (1 - kept**2) * persistent


def work(state: State) -> None:
    """People choose effort and deliver."""
    staff, view = state.staff, state.view()
    if not state.holds("effort"):
        _choose_effort(state, view)
    on_post, at_work = staff.on_post, staff.at_work
    for tenure in ("quarters_in_department", "quarters_in_post", "quarters_in_rank"):
        staff[tenure][on_post] += 1
    for clock in ("service_quarters", "age_quarters"):
        staff[clock][staff.employed] += 1
    staff["worked_in"] = np.where(at_work, staff.department, NOBODY)
    ability = state.behaviour.ability
    staff.ramp[on_post] = mastery(ability, staff.ramp_gap[on_post], staff.quarters_in_post[on_post])
    staff["contribution"] = np.where(at_work, true_contribution(state.behaviour.effort, staff), 0.0)
    delivered = (1 + ability.output_sd * staff.contribution) * staff.ramp
    staff["output"] = np.where(at_work, delivered, 0.0)


def _choose_effort(state: State, view: View) -> None:
    staff, effort = state.staff, state.behaviour.effort
    worth, floating = worth_of_effort(state, view)
    at_work = staff.at_work
    place = state.place_of(staff.replication)
    state.floating_worth = mean_by(floating, place, state.scale.size, at_work)
    hard = hard_share_of(staff, state.departments)
    slope = score_slope(effort, hard)
    floating_share = np.where(at_work, state.regime.floating_pay.share_in_force, 0.0)
    best = best_effort(effort, worth.marginal * slope, floating_share)
    measured = staff.effort + effort.damping * (best - staff.effort)
    staff["effort"] = np.where(at_work, measured, 0.0)
    unmeasured = unmeasured_effort(effort, staff.effort, staff.morale, floating_share)
    staff["unmeasured_effort"] = np.where(at_work, unmeasured, 0.0)


def worth_of_effort(state: State, view: View) -> tuple[Worth, Floats]:
    """The sum over the rules in force, and the part of floating pay, which also attracts applicants."""
    standing = build_standing(state, view)
    strikes = state.strikes()
    parts = {
        slot: state.regime.adjustment.fear(standing, strikes)
        if slot == "adjustment"
        else getattr(state.regime, slot).worth(standing)
        for slot in SLOTS
    }
    at_work = state.staff.at_work
    marginal = sum((part.marginal for part in parts.values()), np.zeros(at_work.size))
    rank_part = sum((part.rank_part for part in parts.values()), np.zeros(at_work.size))
    floating = np.where(at_work, parts["floating_pay"].marginal, 0.0)
    return Worth(np.where(at_work, marginal, 0.0), np.where(at_work, rank_part, 0.0)), floating


def build_standing(state: State, view: View) -> Standing:
    """Where everybody believes to stand at the beginning of the quarter."""
    staff, regime, population = state.staff, state.regime, state.population
    own = outlook.expected_score(population, view)
    year = outlook.year_contest(population, view, own)
    field, post_field, fields = _promotion_field(state, regime.posts)
    return Standing(
        view=view,
        quarter=outlook.quarter_contest(population, view, own),
        year=year,
        indicator=outlook.indicator_contest(population, view),
        cuts=regime.appraisal.cut_density(view, year),
        stakes=state.behaviour.stakes,
        pay=np.asarray(staff.normal_pay),
        pay_step=_pay_step(state),
        floating_share=regime.floating_pay.share_in_force,
        field=field,
        post_field=post_field,
        fields=fields,
        ratchet=regime.contributions.ratchet_factor(view, state.behaviour.stakes.discount),
        has_targets=regime.contributions.sets_targets,
    )


def _promotion_field(state: State, posts_rule: "PostsRule") -> tuple[Integers, Integers, int]:
    """Promotion is contested in the organisation where rank follows the person, else in the department."""
    staff, posts = state.staff, state.posts
    if posts_rule.rank_follows_person:
        return np.asarray(staff.organisation), np.asarray(posts.organisation), state.organisations
    departments = state.departments.size
    own = np.where(staff.department >= 0, staff.department, departments)
    return own, np.where(posts.department >= 0, posts.department, departments), departments + 1


def _pay_step(state: State) -> Floats:
    staff, salaries = state.staff, state.regime.salaries
    can_rise = staff.at_work & (staff.rank <= 4)
    higher = salaries.normal_pay(staff, staff.rank + can_rise, state.year)
    scaled = higher * state.scale[state.place_of(staff.replication)]
    return np.where(can_rise, scaled - staff.normal_pay, 0.0)


def measure(state: State) -> None:
    """Scores are given, and departments' indicators are ranked among the municipal units."""
    staff, at_work = state.staff, state.staff.at_work
    given = scores(state.population, staff, state.departments, state.draws, state.quarter)
    staff["score"] = np.where(at_work, given, 0.0)
    staff.score_sum[:] += staff.score
    staff.quarters_scored[at_work] += 1
    if state.ranks_indicators:
        _rank_indicators(state)


def _rank_indicators(state: State) -> None:
    departments, persistence = state.departments, state.world.municipality.persistence
    luck = state.draws.normal("indicator", state.quarter, state.department_stream)
    before = None if state.peers.indicators is None else np.array(departments.indicator)
    departments["indicator"] = ar1(before, persistence, luck)
    peers = state.peers.step_indicators(state.draws, state.quarter)
    strength = outlook.department_strength(state.population, state.staff, departments.size)
    value = departments.indicator + strength
    departments["last_in_municipality"] = (value[:, None] < peers).all(axis=1)


def pay(state: State) -> None:
    """Base pay, and the floating parts out of each organisation's fund."""
    staff, rule = state.staff, state.regime.floating_pay
    share = rule.share_in_force
    at_work, waiting = staff.at_work, staff.in_reservoir
    normal = staff.normal_pay / state.year
    base = np.select(
        [at_work, staff.leader & staff.on_post, waiting],
        [(1 - share) * normal, normal, (1 - share) * normal],
        0.0,
    )
    kept = state.regime.adjustment.terms.pay_share
    staff["base_pay"] = np.where(waiting, base * kept, base)
    state.funds = _funds(state, normal)
    parts = rule.parts(state.view(), state.funds)
    staff["quarterly_pay"], staff["grade_pay"], staff["annual_pay"] = parts
    staff["pay"] = staff.base_pay + staff.quarterly_pay + staff.grade_pay + staff.annual_pay


def _funds(state: State, normal: Floats) -> Floats:
    """Fund of every organisation this quarter; growth moves funds between new cities, not their sum."""
    staff, rule = state.staff, state.regime.floating_pay
    counted = staff.at_work | (staff.in_reservoir if rule.pays_colleagues else False)
    total = sum_by(normal, staff.organisation, state.organisations, counted)
    funds = (rule.share_in_force * total).reshape(state.replications.size, -1)
    moved = funds[:, :-1] * rule.fund_factor(state.growth)
    funds[:, :-1] = moved * ratio(funds[:, :-1].sum(axis=1), moved.sum(axis=1), 1.0)[:, None]
    return funds.ravel()
