"""How hard people work and what else they do about their scores: everything that follows from the reward M."""

from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats, Integers, Mask, read_only
from sim.core.groups import mean_by
from sim.model.pay import fund_factors, normal_funds
from sim.model.state import State
from sim.people.view import View
from sim.response import outlook
from sim.response.response import pay_surprise
from sim.response.side_effects import best_gaming, best_helping, can_game, projects, received_help
from sim.response.standing import Foresight, Standing
from sim.response.work import best_effort, hard_share_of, intrinsic_effort, score_slope, unmeasured_effort
from sim.rules.base import SLOTS, Worth

if TYPE_CHECKING:
    from sim.rules.posts import PostsRule


def choose(state: State) -> None:
    """Effort, gaming, help and projects of the quarter, all from the same reward."""
    standing = build_standing(state, state.view())
    worth, floating = worth_of_effort(state, standing)
    _record_prizes(state, standing, floating)
    if not state.holds("effort"):
        _choose_effort(state, standing, worth)
        _choose_help(state, worth)
    if not state.holds("gaming"):
        _choose_gaming(state, worth.marginal)
    state.staff["helped"] = received_help(state.staff, state.departments)
    _try_projects(state)


def _record_prizes(state: State, standing: Standing, floating: Floats) -> None:
    staff, rule = state.staff, state.regime.floating_pay
    state.floating_worth = mean_by(floating, state.area_of_staff(), state.scale.size, staff.at_work)
    staff["target_prize"] = np.where(staff.at_work, rule.prize(standing), 0.0)


def _choose_effort(state: State, standing: Standing, worth: Worth) -> None:
    staff, effort = state.staff, state.behaviour.effort
    at_work = staff.at_work
    slope = score_slope(effort, hard_share_of(staff, state.departments))
    floating_share = np.where(at_work, standing.floating_share, 0.0)
    best = best_effort(effort, worth.marginal * slope, floating_share)
    goal = (effort.scale + best) * _mood(state) - effort.scale
    full = staff.effort + staff.withheld
    withholds = at_work & _target_is_safe(state, standing, slope)
    full = full + effort.damping * (goal - full)
    withheld = np.where(withholds, effort.withholding * np.maximum(full, 0.0), 0.0)
    staff["reward"] = worth.marginal
    staff["withheld"] = withheld
    staff["effort"] = np.where(at_work, full - withheld, 0.0)
    state.intrinsic = intrinsic_effort(effort, standing.floating_share)
    unmeasured = unmeasured_effort(effort, staff.effort, staff.morale, standing.floating_share)
    staff["unmeasured_effort"] = np.where(at_work, unmeasured, 0.0)


def _mood(state: State) -> Floats:
    """Factor on all work: rank feedback (B13) and fair wage (B11), both 1 by default."""
    effort, staff = state.behaviour.effort, state.staff
    if effort.feedback == effort.fair_wage == 0:
        return np.ones(1)
    told = 1 + effort.feedback * (2 * staff.rank_share - 1)
    return np.asarray(told * (1 - effort.fair_wage * np.maximum(0.0, -pay_surprise(staff))))


def _target_is_safe(state: State, standing: Standing, slope: Floats) -> Mask:
    """In the year's last quarter, the target would be met without effort, and a better report would raise it (B16)."""
    staff, view = state.staff, standing.view
    if not state.regime.contributions.punishes_own_report or view.quarters_left > 1:
        return np.zeros(staff.size, dtype=bool)
    idle = staff.score_sum + standing.own - slope * (staff.effort + staff.withheld)
    return np.asarray(standing.year.member & (idle / state.year >= staff.target))


def _choose_help(state: State, worth: Worth) -> None:
    staff, effort, helping = state.staff, state.behaviour.effort, state.behaviour.helping
    goal = best_helping(helping, effort.response * (worth.team_part - worth.rank_part))
    given = staff.helping + effort.damping * (goal - staff.helping)
    staff["helping"] = np.where(staff.at_work, given, 0.0)


def _choose_gaming(state: State, marginal: Floats) -> None:
    staff, effort, gaming = state.staff, state.behaviour.effort, state.behaviour.gaming
    motive = effort.response * marginal * hard_share_of(staff, state.departments)
    goal = best_gaming(gaming, motive, state.expected_penalty)
    able = staff.at_work & can_game(gaming, staff) & state.regime.appraisal.ranks_people
    staff["gaming"] = np.where(able, staff.gaming + effort.damping * (goal - staff.gaming), 0.0)


def _try_projects(state: State) -> None:
    behaviour = state.behaviour
    found = projects(
        behaviour.risk,
        behaviour.effort,
        state.staff,
        state.draws,
        state.quarter,
        state.regime.appraisal.failures_forgiven,
    )
    for column, values in zip(("project_choice", "project", "project_reported"), found, strict=True):
        state.staff[column] = values


def worth_of_effort(state: State, standing: Standing) -> tuple[Worth, Floats]:
    """The sum over the rules in force, and the part of floating pay, which also attracts applicants."""
    regime = state.regime
    parts = {slot: getattr(regime, slot).worth(standing) for slot in SLOTS if slot != "adjustment"}
    standing = _with_other_reward(standing, parts)
    parts["adjustment"] = regime.adjustment.fear(standing, state.strikes())
    at_work = state.staff.at_work
    faces = zip(*(parts[slot] for slot in SLOTS), strict=True)
    sums = (np.where(at_work, sum(face), 0.0) for face in faces)
    return Worth(*sums), np.where(at_work, parts["floating_pay"].marginal, 0.0)


def _with_other_reward(standing: Standing, parts: dict[str, Worth]) -> Standing:
    """Whoever looks ahead knows what else their work earns."""
    if standing.foresight is None:
        return standing
    other = sum(part.marginal for part in parts.values())
    return standing.earning(np.where(standing.view.staff.at_work, other, 0.0))


def build_standing(state: State, view: View) -> Standing:
    """Where everybody believes to stand at the beginning of the quarter."""
    staff, regime, population = view.staff, state.regime, state.population
    own = outlook.expected_score(population, view)
    year = outlook.year_contest(population, view, own)
    field, post_field, fields = _promotion_field(state, regime.posts)
    return Standing(
        view=view,
        own=own,
        quarter=outlook.quarter_contest(population, view, own),
        year=year,
        indicator=outlook.indicator_contest(population, view),
        cuts=regime.appraisal.cut_density(view, year),
        stakes=state.behaviour.stakes,
        pay=np.asarray(staff.normal_pay),
        pay_step=_pay_step(state, view),
        floating_share=regime.floating_pay.share_in_force,
        fund_factor=fund_factors(state, normal_funds(state, staff.normal_pay / state.year))[
            staff.organisation
        ],
        field=field,
        post_field=post_field,
        fields=fields,
        gain=outlook.yearly_gain(population, view),
        ratchet=regime.contributions.ratchet_factor(view, state.behaviour.stakes.discount),
        has_targets=regime.contributions.sets_targets,
        turnover=read_only(state.turnover),
        named={name: read_only(count) for name, count in state.named.items()},
        collusion=state.behaviour.collusion.chance,
        foresight=_foresight(state, view, own),
    )


def _foresight(state: State, view: View, own: Floats) -> Foresight | None:
    """What people know of themselves who reckon with their own later effort; None if nobody does."""
    staff, effort, regime = view.staff, state.behaviour.effort, state.regime
    if effort.foresight == "constant_chance":
        return None
    iterated = effort.foresight == "iterated_response"
    return Foresight(
        effort=effort,
        now=np.asarray(staff.effort),
        slope=score_slope(effort, hard_share_of(staff, state.departments)),
        floating_share=np.where(staff.at_work, regime.floating_pay.share_in_force, 0.0),
        year=outlook.whole_year_contest(state.population, view, own) if iterated else None,
        cuts=(lambda year: regime.appraisal.cut_density(view, year)) if iterated else None,
        other_reward=np.zeros(staff.size),
    )


def _promotion_field(state: State, posts_rule: "PostsRule") -> tuple[Integers, Integers, int]:
    """Promotion is contested in the organisation where rank follows the person, else in the department."""
    staff, posts = state.staff, state.posts
    if posts_rule.rank_follows_person:
        return np.asarray(staff.organisation), np.asarray(posts.organisation), state.organisations
    departments = state.departments.size
    own = np.where(staff.department >= 0, staff.department, departments)
    return own, np.where(posts.department >= 0, posts.department, departments), departments + 1


def _pay_step(state: State, view: View) -> Floats:
    staff, salaries = state.staff, state.regime.salaries
    can_rise = staff.at_work & (staff.rank < view.highest_rank)
    higher = salaries.normal_pay(view.staff, staff.rank + can_rise, state.year)
    scaled = higher * state.scale[state.area_of_staff()]
    return np.where(can_rise, scaled - staff.normal_pay, 0.0)
