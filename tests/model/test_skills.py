"""Skills that stay with a person: what a role finds in them, worked by hand and over many people (ODD 7.11)."""

import numpy as np
import pytest

from sim.core.errors import UserError
from sim.people.skills import RoleChange, demands, role_correlations
from sim.scenario.loader import load
from sim.settings.behaviour.ability import Skills
from tests.model.test_pyramid import PYRAMID, RISING, model, moves

BY_RANK = {"behaviour.ability.role_change": "skills", "behaviour.ability.role_change_by": "rank"}
MANY = BY_RANK | {"behaviour.hiring.selection_ratio": 1.0}
SHARP = {"behaviour.ability.skills.profiles": [[1 - k / 5, k / 5] for k in range(6)]}
"""Six ranks, from one skill alone to the other alone."""


class Luck:
    """Luck that is known: the first skill's is 1, all other is 0."""

    def normal(self, decision, quarter, stream):
        assert quarter == 0  # skills never change
        return np.full(stream.size, 1.0 if decision == "skill:0" else 0.0)


def people(first, left, taken):
    stream = np.zeros(len(first), dtype=np.uint64)
    return RoleChange(np.zeros(len(first)), 9, stream, np.array(first), np.array(left), np.array(taken))


def test_what_two_roles_demand_by_hand():
    """(3, 4) and (4, 3): in units, (.6, .8) and (.8, .6), whose product is .96.

    With skills (1, 0) of no application the roles find .6 and .8. Drawn for 1.6 in the first role, one is 1.0 better
    there than that, so the skills are (1.6, .8), and the second role finds .8 · 1.6 + .6 · .8 = 1.76.
    """
    skills = Skills(profiles=((3, 4), (4, 3)))
    left, taken = demands(skills, Luck(), people([0, 0, 1], [0, 1, 1], [1, 0, 0]), np.array([1.6, 1.6, 1.6]))
    assert left == pytest.approx([1.6, 1.76, 1.6])
    assert taken == pytest.approx([1.76, 1.6, 0.6 + 0.96 * 0.8])


@pytest.mark.parametrize(
    ("shared", "alike"),
    [
        (0.0, 0.32 / 0.68),
        (0.5, (0.5 * 0.32 + 0.5) / (0.5 * 0.68 + 0.5)),  # weights sum to 1 in both roles
        (1.0, 1.0),
    ],
)
def test_how_alike_the_usual_roles_are_by_hand(shared, alike):
    assert role_correlations(Skills(correlation=shared)) == pytest.approx(np.array([[1, alike], [alike, 1]]))


def test_everybody_is_founded_as_able_as_without_skills():
    whole, skilled = model(), model(**BY_RANK | SHARP)
    assert (whole.state.staff.ability == skilled.state.staff.ability).all()
    assert (skilled.state.staff.role == skilled.state.staff["rank"]).all()


def test_whoever_comes_back_to_a_role_is_as_able_as_before():
    state = model(**RISING | MANY | SHARP).state
    posts, staff = state.posts, state.staff
    one, two = (int(np.flatnonzero(posts["rank"] == rank)[0]) for rank in (1, 2))
    who, before = np.array([one]), staff.ability.copy()
    variance = staff.belief_variance[one]
    state.take_post(who, np.array([two]))
    alike = role_correlations(state.behaviour.ability.skills)[0, 1]
    assert staff.ability[one] != pytest.approx(before[one])
    assert staff.belief_variance[one] >= alike**2 * variance + 1 - alike**2
    assert staff.role[one] == 2
    state.take_post(who, np.array([one]))
    assert staff.ability[one] == pytest.approx(before[one], abs=1e-12)
    assert staff.first_role[one] == staff.role[one] == 1


def test_a_new_role_finds_what_profiles_have_in_common():
    """By lot and unselected: one rank up abilities correlate as the profiles do, and are as spread as before."""
    found = moves(
        **MANY | SHARP | {"regime.ranks.promotion": "lottery", "structure.new_cities.departments": 18}
    )
    old, new = np.array([[old, new] for _, old, new, _ in found]).T
    assert old.size > 250
    alike = role_correlations(Skills(profiles=SHARP["behaviour.ability.skills.profiles"]))
    between = np.mean([alike[0, 1], alike[1, 2]])  # most people rise from the lowest two ranks
    assert np.corrcoef(old, new)[0, 1] == pytest.approx(between, abs=0.08)
    assert new.std() == pytest.approx(1.0, abs=4 / np.sqrt(2 * new.size))


def test_the_more_roles_differ_the_more_the_promoted_fall_back():
    falls = []
    for tilt in (0.0, 0.5, 1.0):
        profiles = [[1 - tilt * k / 5, tilt * k / 5 + 1e-9] for k in range(6)]
        found = moves(**MANY | {"behaviour.ability.skills.profiles": profiles})
        falls.append(np.mean([old - new for _, old, new, _ in found]))
    assert falls[0] == pytest.approx(0.0, abs=1e-6)
    assert 0.0 < falls[1] < falls[2]


@pytest.mark.parametrize(
    ("skills", "message"),
    [
        ({"profiles": []}, "0 lists of weights for 2 roles, staff and managers"),
        ({"profiles": [[1, 2]] * 3}, "3 lists of weights for 2 roles, staff and managers"),
        ({"profiles": [[1, 0], [1]]}, "list 2 has 1 weights, list 1 has 2; all need as many"),
        ({"profiles": [[1, 0], [0, 0]]}, "list 2 has no weight above 0; a role needs one skill at least"),
        ({"profiles": [[1, -1], [0, 1]]}, "profiles = -1 is below the smallest allowed value 0"),
        ({"correlation": 1.5}, "correlation = 1.5 is above the largest allowed value 1"),
    ],
)
def test_skills_that_cannot_be_are_refused(skills, message):
    changes = {f"behaviour.ability.skills.{name}": value for name, value in skills.items()}
    with pytest.raises(UserError, match=message) as error:
        load({}, set={"behaviour.ability.role_change": "skills"} | changes)
    assert "too short" not in str(error.value)


def test_one_list_a_rank_is_asked_for_where_every_rank_is_a_role():
    with pytest.raises(UserError, match="2 lists of weights for 6 ranks"):
        load(PYRAMID, set=BY_RANK)
