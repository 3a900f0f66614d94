"""How hard people work and what else they do about their scores: everything that follows from the reward M."""

import numpy as np

from sim.core.arrays import Floats, Integers, Mask, read_only
from sim.core.groups import mean_by
from sim.model.flags import named
from sim.model.jurisdictions import STRIKES, Jurisdiction
from sim.model.operators import pay_level
from sim.model.pay import fund_factors, normal_funds
from sim.model.state import State
from sim.response import outlook
from sim.response.response import pay_surprise
from sim.response.side_effects import best_gaming, best_helping, can_game, projects, received_help
from sim.response.standing import Foresight, Standing
from sim.response.work import best_effort, hard_share_of, intrinsic_effort, score_slope, unmeasured_effort
from sim.rules.base import SLOTS, Worth


def choose(state: State) -> None:
    """Effort, gaming, help and projects of the quarter, all from the same reward."""
    areas = state.replications.size
    state.floating_worth = np.zeros(len(state.regimes) * areas)
    for one in state.jurisdictions:
        standing = build_standing(one)
        worth, floating = worth_of_effort(one, standing)
        attracts = mean_by(floating, one.view.area, areas, one.staff.at_work)
        state.floating_worth[one.number * areas : (one.number + 1) * areas] = attracts
        one.put("target_prize", np.where(one.staff.at_work, one.regime.floating_pay.prize(standing), 0.0))
        if not state.holds("effort"):
            _choose_effort(one, standing, worth)
            _choose_help(one, worth)
        if not state.holds("gaming"):
            _choose_gaming(one, worth.marginal)
        _try_projects(one)
    state.staff["helped"] = received_help(state.staff, state.departments)


def _choose_effort(one: Jurisdiction, standing: Standing, worth: Worth) -> None:
    staff, effort = one.staff, one.state.behaviour.effort
    at_work = staff.at_work
    slope = score_slope(effort, hard_share_of(staff, one.state.departments))
    floating_share = np.where(at_work, standing.floating_share, 0.0)
    best = best_effort(effort, worth.marginal * slope, floating_share)
    goal = (effort.scale + best) * _mood(one) - effort.scale
    full = staff.effort + staff.withheld
    withholds = at_work & _target_is_safe(one, standing, slope)
    full = full + effort.damping * (goal - full)
    withheld = np.where(withholds, effort.withholding * np.maximum(full, 0.0), 0.0)
    chosen = np.where(at_work, full - withheld, 0.0)
    one.put("reward", worth.marginal)
    one.put("withheld", withheld)
    one.put("effort", chosen)
    one.state.intrinsic[one.number] = intrinsic_effort(effort, standing.floating_share)
    unmeasured = unmeasured_effort(effort, chosen, staff.morale, standing.floating_share)
    one.put("unmeasured_effort", np.where(at_work, unmeasured, 0.0))


def _mood(one: Jurisdiction) -> Floats:
    """Factor on all work: rank feedback (B13) and fair wage (B11), both 1 by default."""
    effort, staff = one.state.behaviour.effort, one.staff
    if effort.feedback == effort.fair_wage == 0:
        return np.ones(1)
    told = 1 + effort.feedback * (2 * staff.rank_share - 1)
    return np.asarray(told * (1 - effort.fair_wage * np.maximum(0.0, -pay_surprise(staff))))


def _target_is_safe(one: Jurisdiction, standing: Standing, slope: Floats) -> Mask:
    """In the year's last quarter, the target would be met without effort, and a better report would raise it (B16)."""
    staff, view = one.staff, standing.view
    if not one.regime.contributions.punishes_own_report or view.quarters_left > 1:
        return np.zeros(staff.size, dtype=bool)
    idle = staff.score_sum + standing.own - slope * (staff.effort + staff.withheld)
    return np.asarray(standing.year.member & (idle / view.quarters_per_year >= staff.target))


def _choose_help(one: Jurisdiction, worth: Worth) -> None:
    staff, effort, helping = one.staff, one.state.behaviour.effort, one.state.behaviour.helping
    goal = best_helping(helping, effort.response * (worth.team_part - worth.rank_part))
    given = staff.helping + effort.damping * (goal - staff.helping)
    one.put("helping", np.where(staff.at_work, given, 0.0))


def _choose_gaming(one: Jurisdiction, marginal: Floats) -> None:
    staff, effort, gaming = one.staff, one.state.behaviour.effort, one.state.behaviour.gaming
    motive = effort.response * marginal * hard_share_of(staff, one.state.departments)
    goal = best_gaming(gaming, motive, one.state.expected_penalty(one.regime))
    able = staff.at_work & can_game(gaming, staff) & one.regime.appraisal.ranks_people
    one.put("gaming", np.where(able, staff.gaming + effort.damping * (goal - staff.gaming), 0.0))


def _try_projects(one: Jurisdiction) -> None:
    behaviour, state = one.state.behaviour, one.state
    found = projects(
        behaviour.risk,
        behaviour.effort,
        one.staff,
        state.draws,
        state.quarter,
        one.regime.appraisal.failures_forgiven,
    )
    for column, values in zip(("project_choice", "project", "project_reported"), found, strict=True):
        one.put(column, values)


def worth_of_effort(one: Jurisdiction, standing: Standing) -> tuple[Worth, Floats]:
    """The sum over the rules in force, and the part of floating pay, which also attracts applicants."""
    regime, staff = one.regime, one.staff
    parts = {slot: getattr(regime, slot).worth(standing) for slot in SLOTS if slot != "adjustment"}
    standing = _with_other_reward(standing, parts)
    strikes = {name: staff[STRIKES + name] for name in regime.adjustment.listed}
    parts["adjustment"] = regime.adjustment.fear(standing, strikes)
    at_work = staff.at_work
    faces = zip(*(parts[slot] for slot in SLOTS), strict=True)
    sums = (np.where(at_work, sum(face), 0.0) for face in faces)
    return Worth(*sums), np.where(at_work, parts["floating_pay"].marginal, 0.0)


def _with_other_reward(standing: Standing, parts: dict[str, Worth]) -> Standing:
    """Whoever looks ahead knows what else their work earns."""
    if standing.foresight is None:
        return standing
    other = sum(part.marginal for part in parts.values())
    return standing.earning(np.where(standing.view.staff.at_work, other, 0.0))


def build_standing(one: Jurisdiction) -> Standing:
    """Where the people of a jurisdiction believe to stand at the beginning of the quarter."""
    state, view, regime = one.state, one.view, one.regime
    staff, population = view.staff, state.population
    own = outlook.expected_score(population, view)
    year = outlook.year_contest(population, view, own)
    field, post_field, fields = _promotion_field(one)
    before = normal_funds(one, staff.normal_pay / state.year)
    return Standing(
        view=view,
        own=own,
        quarter=outlook.quarter_contest(population, view, own),
        year=year,
        indicator=outlook.indicator_contest(population, view),
        cuts=regime.appraisal.cut_density(view, year),
        stakes=state.behaviour.stakes,
        pay=np.asarray(staff.normal_pay),
        pay_step=_pay_step(one),
        floating_share=regime.floating_pay.share_in_force,
        fund_factor=fund_factors(one, before)[staff.organisation],
        field=field,
        post_field=post_field,
        fields=fields,
        gain=outlook.yearly_gain(population, view),
        ratchet=regime.contributions.ratchet_factor(view, state.behaviour.stakes.discount),
        has_targets=regime.contributions.sets_targets,
        turnover=read_only(state.turnover),
        named=named(one),
        collusion=state.behaviour.collusion.chance,
        foresight=_foresight(one, own),
    )


def _foresight(one: Jurisdiction, own: Floats) -> Foresight | None:
    """What people know of themselves who reckon with their own later effort; None if nobody does."""
    view, effort, regime = one.view, one.state.behaviour.effort, one.regime
    staff, population = view.staff, one.state.population
    if effort.foresight == "constant_chance":
        return None
    iterated = effort.foresight == "iterated_response"
    return Foresight(
        effort=effort,
        now=np.asarray(staff.effort),
        slope=score_slope(effort, hard_share_of(staff, view.departments)),
        floating_share=np.where(staff.at_work, regime.floating_pay.share_in_force, 0.0),
        year=outlook.whole_year_contest(population, view, own) if iterated else None,
        cuts=(lambda year: regime.appraisal.cut_density(view, year)) if iterated else None,
        other_reward=np.zeros(staff.size),
    )


def _promotion_field(one: Jurisdiction) -> tuple[Integers, Integers, int]:
    """Promotion is contested in the organisation where rank follows the person, else in the department.

    Posts under another regime are in a field of their own, the last.
    """
    staff, posts, state = one.staff, one.state.posts, one.state
    if one.regime.posts.rank_follows_person:
        own, there, fields = staff.organisation, posts.organisation, state.organisations
        if one.rows is None:
            return np.asarray(own), np.asarray(there), fields
        here = one.governs(state.regime_of_posts())
        return np.asarray(own), np.where(here, there, fields), fields + 1
    departments = state.departments.size
    own = np.where(staff.department >= 0, staff.department, departments)
    return own, np.where(posts.department >= 0, posts.department, departments), departments + 1


def _pay_step(one: Jurisdiction) -> Floats:
    staff, year = one.staff, one.state.year
    can_rise = staff.at_work & (staff.rank < one.view.highest_rank)
    higher = one.regime.salaries.normal_pay(staff, staff.rank + can_rise, year)
    scale = staff.scale * (1 + staff.premium) * pay_level(one.state, staff)
    return np.where(can_rise, higher * scale - staff.normal_pay, 0.0)
