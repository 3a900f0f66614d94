"""The quarter's work: what is in force, what is done, how it is scored."""

import numpy as np

from sim.model import probation
from sim.model.effort import choose
from sim.model.organs import reorganise
from sim.model.reform import adopt, refresh_pay
from sim.model.state import State
from sim.response import outlook
from sim.response.municipality import ar1
from sim.response.work import mastery, scores, true_contribution
from sim.settings.terms import NOBODY


def open_quarter(state: State) -> None:
    """Changes come into force; a new year begins with raters who have drifted; the labour market moves."""
    phase = state.scenario.at(state.quarter)
    if phase.behaviour != state.behaviour:
        state.adopt_behaviour(phase.behaviour)
    if phase.structure != state.structure:
        reorganise(state, phase.structure)
    if phase.regimes != state.regimes or (phase.entries and phase.begins == state.quarter):
        adopt(state, phase)
    if state.quarter % state.year == 1 or state.year == 1:
        _open_year(state)
    refresh_pay(state)
    state.labour.move(state)
    state.staff["flagged"] = False
    state.staff["removed"] = False


def _open_year(state: State) -> None:
    staff = state.staff
    state.clear_year(np.arange(staff.size))
    staff["caught"] = False
    staff["near_target"] = 0
    kept = state.behaviour.rating.persistence
    if state.quarter == 1 or kept == 1:
        return
    persistent = state.population.persistent_variance(np.asarray(staff.manager))
    drift = np.sqrt(persistent) * state.draws.normal("rater_error", state.quarter, staff.stream)
    staff["rater_error"] = kept * staff.rater_error + np.sqrt(1 - kept**2) * drift
    staff.belief_variance[:] += (1 - kept**2) * persistent


def work(state: State) -> None:
    """People choose what to do, and deliver."""
    choose(state)
    staff = state.staff
    on_post, at_work = staff.on_post, staff.at_work
    for tenure in ("quarters_in_department", "quarters_in_post", "quarters_in_rank"):
        staff[tenure][on_post] += 1
    for clock in ("service_quarters", "age_quarters"):
        staff[clock][staff.employed] += 1
    staff["worked_in"] = np.where(at_work, staff.department, NOBODY)
    ability = state.behaviour.ability
    staff.ramp[on_post] = mastery(ability, staff.ramp_gap[on_post], staff.quarters_in_post[on_post])
    staff["contribution"] = np.where(at_work, true_contribution(state.behaviour.effort, staff), 0.0)
    delivered = (1 + ability.output_sd * staff.contribution) * staff.ramp * _transition(state)
    staff["output"] = np.where(at_work, delivered, 0.0)


def _transition(state: State) -> float:
    """What a recent reorganisation leaves of output."""
    return 1 - state.structure.transition.loss if state.quarter < state.transition_ends else 1.0


def measure(state: State) -> None:
    """Scores are given, and departments' indicators are ranked among the municipal units."""
    staff, at_work = state.staff, state.staff.at_work
    given = scores(state.population, staff, state.departments, state.draws, state.quarter)
    staff["score"] = np.where(at_work, given, 0.0)
    staff.score_sum[:] += staff.score
    staff.gaming_sum[:] += staff.gaming
    staff.quarters_scored[at_work] += 1
    if any(regime.adjustment.has_probation for regime in state.regimes):
        probation.score(state)
    if state.ranks_indicators:
        _rank_indicators(state)


def _rank_indicators(state: State) -> None:
    departments, persistence = state.departments, state.world.municipality.persistence
    luck = state.draws.normal("indicator", state.quarter, state.department_stream)
    before = None if state.peers.indicators is None else np.array(departments.indicator)
    departments["indicator"] = ar1(before, persistence, luck)
    peers = state.peers.step_indicators(state.draws, state.quarter)
    strength = outlook.department_strength(state.population, state.staff, state.posts, departments.size)
    value = departments.indicator + strength
    departments["last_in_municipality"] = (value[:, None] < peers).all(axis=1)
