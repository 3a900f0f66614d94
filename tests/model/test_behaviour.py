"""The equations of behaviour at a few points, reckoned by hand (ODD.md 7.2, 7.5 and 7.12)."""

import math

import numpy as np
import pytest

from sim.core.draws import Draws
from sim.people.people import Population
from sim.response.response import believed_standing, learn, next_morale, next_reference
from sim.response.work import best_effort, known_part, mastery, true_contribution, unmeasured_effort
from sim.settings.behaviour import Ability, Behaviour, Effort, Morale
from sim.settings.place import World
from tests.rules.small import staff_of, view_of


def one(value):
    return np.array([float(value)])


def test_effort_answers_the_marginal_reward():
    """E0 = 2, c = .4, γ = 5: θ = .4·2/5 = .16. M = .16 doubles the drive: 2·(2^.2 − 1) = .2973967."""
    assert best_effort(Effort(), one(0.16), one(0))[0] == pytest.approx(0.2973967, abs=1e-7)
    assert best_effort(Effort(), one(0), one(0))[0] == 0


@pytest.mark.parametrize("curvature", [1.0, 5.0, 33.0])
def test_near_no_reward_effort_rises_by_one_over_c(curvature):
    effort = Effort(curvature=curvature, cost=0.4)
    rise = best_effort(effort, one(1e-6), one(0))[0] / 1e-6
    assert rise == pytest.approx(1 / 0.4, rel=1e-3)


def test_with_curvature_one_effort_is_the_reward_over_its_cost():
    assert best_effort(Effort(curvature=1.0, cost=0.4), one(0.3), one(0))[0] == pytest.approx(0.75)


def test_floating_pay_crowds_out():
    """θ′ = 1 − .15·.4 = .94: 2·(.94^.2 − 1) = −.0245976; never below nothing at all."""
    assert best_effort(Effort(), one(0), one(0.4))[0] == pytest.approx(-0.0245976, abs=1e-7)
    assert best_effort(Effort(crowding_out=2.0), one(0), one(0.6))[0] == -2.0


def test_no_response_is_no_response():
    assert best_effort(Effort(response=0.0), one(5), one(0))[0] == 0


def test_measured_effort_displaces_unmeasured():
    """Intrinsic 0: −.3·.5 + .5·(−.2) = −.25."""
    assert unmeasured_effort(Effort(), one(0.5), one(-0.2), 0.0)[0] == pytest.approx(-0.25)


def test_a_post_is_learnt_exponentially():
    """Gap .5, time constant 3: half at first, 1 − .5/e in the fourth quarter."""
    found = mastery(Ability(), np.full(3, 0.5), np.array([0, 1, 4]))
    assert found.tolist() == pytest.approx([0.5, 0.5, 1 - 0.5 / math.e])


PERSON = {"effort": 0.4, "unmeasured_effort": -0.1, "ramp": 0.8, "ability": 1.0}


def test_what_is_known_of_a_score():
    """.5·(.4 + .2) + .5·(.6·.4 − .4·.1) − (1 − .8)·.5 = .3 + .1 − .1."""
    known = known_part(Effort(), Ability(), staff_of([PERSON], 4), one(0.5), one(0.2))
    assert known[0] == pytest.approx(0.3)


def test_what_is_truly_contributed():
    """1 + .6·.4 − .4·.1."""
    assert true_contribution(Effort(), staff_of([PERSON], 4))[0] == pytest.approx(1.2)


def test_losses_hurt_more_than_gains_please():
    """A tenth more or less than usual: .8·m + .2·(.1) and .8·m − .2·(2·.1); a flag felt unjust costs .2 more."""
    people = [{"morale": 0.5, "pay_reference": 0.25, "pay": pay} for pay in (0.275, 0.225, 0.25)]
    people += [people[2], {"morale": 0.5, "pay": 0.25}]
    unjust = np.array([False, False, False, True, False])
    found = next_morale(Morale(), staff_of(people, 4), unjust, 1, np.zeros(5))
    assert found.tolist() == pytest.approx([0.42, 0.36, 0.4, 0.2, 0.4])


def test_one_gets_used_to_ones_pay():
    """A quarter of the way; the first pay is what one is used to."""
    staff = staff_of([{"pay_reference": 0.2, "pay": 0.28}, {"pay": 0.28}], 4)
    assert next_reference(Morale(), staff).tolist() == pytest.approx([0.22, 0.28])


def population():
    return Population(World(), Behaviour(), Draws(1), 4)


def test_people_learn_from_the_score_they_got():
    """Half as sure of the score as of themselves: a third of the way from 0.1 to the 0.7 that the score says."""
    people, view = population(), view_of([{}])
    noise = float(people.noise_variance(np.array([False]))[0])
    fresh = {"belief": 0.1, "belief_variance": noise / 2, "score": 0.7}
    rows = [
        fresh,
        fresh | {"post": -1, "department": -1},
        fresh | {"quarters_in_department": 0, "quarters_in_post": 0},
    ]
    staff = staff_of([row | {"quarters_in_post": row.get("quarters_in_post", 9)} for row in rows], 4)
    belief, variance = learn(people, staff, view.departments)
    assert belief.tolist() == pytest.approx([0.3, 0.1, 0.1])
    assert variance.tolist() == pytest.approx([noise / 3, noise / 2, noise / 2])


def test_believed_standing_is_in_units_of_newcomers():
    people = population()
    sd = math.sqrt(people.ability_variance + float(people.persistent_variance(np.array([False]))[0]))
    rows = [{"belief": people.mean_ability + sd * step} for step in (0.0, -1.5, 9.0, -9.0)]
    assert believed_standing(people, staff_of(rows, 4)).tolist() == pytest.approx([0.0, -1.5, 3.0, -3.0])
