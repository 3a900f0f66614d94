"""Work done and scores given: from effort to true output and to what the appraisal sees."""

import numpy as np

from sim.core.arrays import Floats, Integers
from sim.core.draws import Draws
from sim.core.orders import Noise, quantile_of
from sim.people.people import Population
from sim.people.staff import Departments, Staff
from sim.settings.behaviour import Ability, Effort


def best_effort(effort: Effort, marginal: Floats, floating_share: Floats) -> Floats:
    """Measured effort above the baseline at marginal reward M: E0·[(θ′ + M/θ)^(1/γ) − 1].

    θ = c·E0/γ, so that near M = 0 effort rises by 1/c per unit of M whatever the curvature γ; θ′ = 1 − χ·b is what
    floating pay leaves of intrinsic motivation.
    """
    theta = effort.cost * effort.scale / effort.curvature
    drive = np.maximum(0.0, 1 - effort.crowding_out * floating_share + effort.response * marginal / theta)
    return effort.scale * (drive ** (1 / effort.curvature) - 1)


def response_near(effort: Effort, measured: Floats, floating_share: Floats) -> tuple[Floats, Floats]:
    """(how fast effort rises with marginal reward there, by how much that slope puts it above what no reward gives).

    Near `measured` effort is steep·M + measured − spare: steep = E0/(γθ)·(1 + e/E0)^(1 − γ), which is 1/c at no effort,
    spare = E0/γ·[(1 + e/E0) − θ′·(1 + e/E0)^(1 − γ)].
    """
    lifted = np.maximum(0.1, 1 + measured / effort.scale)  # at none there is no slope
    power = lifted ** (1 - effort.curvature)
    kept = 1 - effort.crowding_out * floating_share
    return effort.response / effort.cost * power, effort.scale / effort.curvature * (lifted - kept * power)


def effort_cost(effort: Effort, measured: Floats, floating_share: Floats) -> Floats:
    """What measured effort costs a year, in mean annual pay: the integral of the reward that would call it forth.

    At γ = 1 without crowding out it is c·e²/2. Infinite where effort does not respond to reward at all, and then 0 is
    said instead, since nobody varies it.
    """
    if effort.response == 0:
        return np.zeros(measured.size)
    theta, power = effort.cost * effort.scale / effort.curvature, effort.curvature + 1
    grown = effort.scale / power * ((1 + measured / effort.scale) ** power - 1)
    return theta / effort.response * (grown - (1 - effort.crowding_out * floating_share) * measured)


def intrinsic_effort(effort: Effort, floating_share: float) -> float:
    """Effort without any reward, u0: below 0 where floating pay crowds motivation out (B12)."""
    return float(best_effort(effort, np.zeros(1), np.full(1, floating_share))[0])


def unmeasured_effort(effort: Effort, measured: Floats, morale: Floats, floating_share: float) -> Floats:
    """Unmeasured effort: the intrinsic level less what measured effort displaces, plus morale (B12)."""
    intrinsic = intrinsic_effort(effort, floating_share)
    return intrinsic - effort.neglect * (measured - intrinsic) + effort.morale_effect * morale


def score_slope(effort: Effort, hard_share: Floats) -> Floats:
    """How much the score rises with measured effort: fully in hard indicators, as true work in ratings."""
    rated = effort.measured_weight - effort.unmeasured_weight * effort.neglect
    return np.asarray(hard_share + (1 - hard_share) * rated)


def mastery(ability: Ability, gap: Floats, quarters_in_post: Integers) -> Floats:
    """Share of full output after so many quarters on a post, the current one included; `gap` is missing at first."""
    return np.asarray(1 - gap * np.exp(-(np.maximum(quarters_in_post, 1) - 1) / ability.ramp_quarters))


def true_contribution(effort: Effort, staff: Staff) -> Floats:
    """True contribution y, in ability SD; gaming is no part of it."""
    own = effort.measured_weight * staff.effort + effort.unmeasured_weight * staff.unmeasured_effort
    return np.asarray(staff.ability + own + staff.helped + staff.project)


def known_part(
    effort: Effort, ability: Ability, staff: Staff, hard_share: Floats, difficulty: Floats
) -> Floats:
    """What a score holds besides ability and error.

    Effort as seen, gaming, difficulty, colleagues' help, and what learning the post costs.
    """
    rated = effort.measured_weight * staff.effort + effort.unmeasured_weight * staff.unmeasured_effort
    hard = staff.effort + staff.gaming + difficulty
    learning = (1 - staff.ramp) * ability.ramp_score_loss
    return np.asarray(hard_share * hard + (1 - hard_share) * rated + staff.helped - learning)


def hard_share_of(staff: Staff, departments: Departments) -> Floats:
    """Weight of hard indicators in everybody's score."""
    return _of_department(departments.hard_share, staff)


def difficulty_of(staff: Staff, departments: Departments) -> Floats:
    """Difficulty of everybody's department."""
    return _of_department(departments.difficulty, staff)


def _of_department(values: Floats, staff: Staff) -> Floats:
    """What everybody's department has; 0 for whoever has none, whose -1 finds the value put at the end."""
    return np.asarray(np.append(values, 0.0).take(staff.department))


def passing_errors(noise: Noise, draws: Draws, quarter: int, staff: Staff) -> Floats:
    """Everybody's passing error of the quarter, of SD 1; whatever its shape, it follows from the same luck."""
    if noise == "normal":
        return draws.normal("score_noise", quarter, staff.stream)
    return quantile_of(noise, draws.uniform("score_noise", quarter, staff.stream))


def scores(
    population: Population, staff: Staff, departments: Departments, draws: Draws, quarter: int
) -> Floats:
    """The quarter's appraisal scores (B2): ability, what is known, the rater's errors, and passing noise."""
    behaviour = population.behaviour
    hard, difficulty = hard_share_of(staff, departments), difficulty_of(staff, departments)
    known = known_part(behaviour.effort, behaviour.ability, staff, hard, difficulty)
    noise = population.noise_sd(np.asarray(staff.manager)) * passing_errors(
        behaviour.rating.noise, draws, quarter, staff
    )
    rater = staff.rater_error + (1 - hard) * departments.rater_bias[staff.department]
    if population.groups:
        rater = rater + population.groups.effects.rating_bias[staff.group]
    return np.asarray(staff.ability + known + rater + staff.project_reported + noise)
