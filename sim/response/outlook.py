"""What people expect of this quarter's and this year's rankings, before they decide how hard to work."""

import numpy as np

from sim.core.arrays import Floats, Mask
from sim.core.groups import mean_by, ratio
from sim.people.people import Population
from sim.people.staff import Posts, Staff
from sim.people.view import View
from sim.response.standing import Contest, contest
from sim.response.work import difficulty_of, hard_share_of, known_part


def expected_score(population: Population, view: View) -> Floats:
    """Own expected score of a quarter: belief, last quarter's effort, difficulty, learning."""
    staff, behaviour = view.staff, population.behaviour
    hard, difficulty = hard_share_of(staff, view.departments), difficulty_of(staff, view.departments)
    return np.asarray(staff.belief + known_part(behaviour.effort, behaviour.ability, staff, hard, difficulty))


def quarter_contest(population: Population, view: View, own: Floats) -> Contest:
    """The ranking of this quarter's scores."""
    staff = view.staff
    noise = population.noise_variance(np.asarray(staff.manager))
    return contest(
        view,
        will_be_ranked(view),
        own,
        np.asarray(staff.belief_variance),
        noise,
        population.behaviour.rating.noise,
    )


def will_be_ranked(view: View) -> Mask:
    """Whoever will have served a full year in the department by the end of this quarter."""
    staff = view.staff
    return np.asarray(
        staff.at_work & (staff.quarters_in_department + 1 >= view.quarters_per_year) & view.ranks_people
    )


def year_contest(population: Population, view: View, own: Floats) -> Contest:
    """The ranking of the annual scores: what is scored so far, and what is still expected."""
    staff, year, left = view.staff, view.quarters_per_year, view.quarters_left
    scored = staff.quarters_scored == year - left
    member = np.asarray(staff.at_work & scored & view.ranks_people)
    expected = (staff.score_sum + left * own) / year
    variance = np.asarray(staff.belief_variance) * (left / year) ** 2
    noise = population.noise_variance(np.asarray(staff.manager)) * left / year**2
    return contest(view, member, expected, variance, noise, population.behaviour.rating.noise)


def whole_year_contest(population: Population, view: View, own: Floats) -> Contest:
    """The ranking of a year that begins now, all of whose scores are still to come."""
    staff = view.staff
    member = np.asarray(staff.at_work & view.ranks_people)
    noise = population.noise_variance(np.asarray(staff.manager)) / view.quarters_per_year
    return contest(
        view, member, own, np.asarray(staff.belief_variance), noise, population.behaviour.rating.noise
    )


def yearly_gain(population: Population, view: View) -> Floats:
    """How much of a surprise in a year's score is taken for ability: V/(V + the error's variance)."""
    variance = np.asarray(view.staff.belief_variance)
    noise = population.noise_variance(np.asarray(view.staff.manager)) / view.quarters_per_year
    return np.asarray(ratio(variance, variance + noise))


def indicator_contest(population: Population, view: View) -> Contest:
    """The ranking of a department's indicator among the municipal units, as its holder expects it."""
    staff, departments = view.staff, view.departments
    persistence = population.world.municipality.persistence
    holder = view.answers_for_indicator
    strength = department_strength(population, staff, view.posts, departments.size)
    expected = persistence * departments.indicator + strength
    own = np.where(holder, expected[staff.department], 0.0)
    own_sd = np.full(staff.size, np.sqrt(1 - persistence**2))
    spread = np.sqrt(0.5 * (own_sd**2 + 1))
    size = np.where(holder, view.municipal_units, 0)
    return Contest(
        holder, size, own, own_sd, np.zeros(staff.size), spread, np.where(holder, own / spread, 0.0)
    )


def department_strength(population: Population, staff: Staff, posts: Posts, departments: int) -> Floats:
    """By how much whoever answers for a department's indicator, and its people, exceed the founding expectation.

    Effort included; the holder's part is the department's where nobody holds the indicator; 0 with nobody at work.
    """
    excess = np.asarray(staff.ability + staff.effort - population.mean_ability)
    own = np.where(staff.at_work, staff.department, 0)
    mean = mean_by(excess, own, departments, staff.at_work)
    holders = np.flatnonzero(staff.at_work & posts.indicator[staff.post])
    of_holder = np.array(mean)
    of_holder[staff.department[holders]] = excess[holders]
    share = population.world.municipality.holder_share
    return np.asarray(share * of_holder + (1 - share) * mean)
