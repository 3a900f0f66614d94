"""How people respond: what they learn of themselves, and how they feel."""

import numpy as np

from sim.core.arrays import Floats, Mask
from sim.core.groups import count_by
from sim.people.people import Population
from sim.people.staff import Departments, Staff
from sim.response.work import difficulty_of, hard_share_of, known_part
from sim.settings.behaviour import Morale


def learn(population: Population, staff: Staff, departments: Departments) -> tuple[Floats, Floats]:
    """Belief and its variance after this quarter's score, by a Kalman filter (B6).

    Whoever has just lost or changed a post learns nothing from a score earned on another.
    """
    behaviour = population.behaviour
    hard, difficulty = hard_share_of(staff, departments), difficulty_of(staff, departments)
    discounted = difficulty if behaviour.belief.difficulty_known else np.zeros(staff.size)
    known = known_part(behaviour.effort, behaviour.ability, staff, hard, discounted) + staff.project_reported
    variance = np.asarray(staff.belief_variance)
    noise = population.noise_variance(np.asarray(staff.manager))
    total = variance + noise
    stayed = staff.at_work & (staff.quarters_in_post > 0)
    gain = np.where(stayed & (total > 0), variance / np.where(total > 0, total, 1.0), 0.0)
    return staff.belief + gain * (staff.score - known - staff.belief), (1 - gain) * variance


def pay_surprise(staff: Staff) -> Floats:
    """This quarter's pay relative to what one is used to; 0 at the first pay."""
    reference = np.asarray(staff.pay_reference)
    return np.where(reference > 0, (staff.pay - reference) / np.where(reference > 0, reference, 1.0), 0.0)


def next_morale(morale: Morale, staff: Staff, unjust: Mask, departments: int, strain: Floats) -> Floats:
    """Morale fades and follows pay, a flag felt to be unjust, colleagues who had to go, and load (B11).

    Gains of pay raise it a little, losses lower it more. `strain` is everybody's load above the usual.
    """
    surprise = pay_surprise(staff)
    felt = np.maximum(0.0, surprise) + morale.loss_aversion * np.minimum(0.0, surprise)
    moved = morale.sensitivity * (felt - unjust) - morale.survivors * colleagues_gone(staff, departments)
    return np.asarray(morale.persistence * staff.morale + moved - morale.load * strain)


def colleagues_gone(staff: Staff, departments: int) -> Floats:
    """Of the others who worked the quarter in the same department, the share flagged, dismissed or not renewed."""
    worked = staff.worked
    own = np.where(worked, staff.worked_in, 0)
    gone = np.asarray(worked & (staff.flagged | staff.removed))
    if not gone.any():
        return np.zeros(staff.size)
    others = count_by(own, departments, worked).take(own) - 1
    theirs = count_by(own, departments, gone).take(own) - gone
    return np.where(worked & (others > 0), theirs / np.maximum(others, 1), 0.0)


def next_reference(morale: Morale, staff: Staff) -> Floats:
    """The pay one is used to moves towards the pay one gets."""
    reference = np.where(staff.pay_reference > 0, staff.pay_reference, staff.pay)
    return np.asarray(reference + morale.reference_speed * (staff.pay - reference))


def believed_standing(population: Population, staff: Staff) -> Floats:
    """Own belief in SD of what newcomers are believed to be, within ±3."""
    sd = np.sqrt(population.ability_variance + population.persistent_variance(np.asarray(staff.manager)))
    return np.asarray(
        np.clip((staff.belief - population.mean_ability) / np.where(sd > 0, sd, 1.0), -3.0, 3.0)
    )
