"""Luck belongs to seeds and people: the same person meets the same luck under every regime."""

from functools import cache

import numpy as np
import pytest

from sim.response.work import difficulty_of, hard_share_of, known_part
from tests.model.small import LATER, PRE_REFORM, SCENARIOS, area, assert_identical, at, baseline_of


def test_the_same_seed_gives_the_same_run():
    assert_identical(area(rng=7).run().tables(), area(rng=7).run().tables())


def test_the_scenario_s_seed_is_the_usual_one():
    assert_identical(area(rng=None, seed=7).run().tables(), area(rng=7).run().tables())


def test_another_seed_gives_another_run():
    one, other = area(rng=7).run().tables(), area(rng=8).run().tables()
    assert not np.isin(one["staff"].ability, other["staff"].ability).any()
    assert (one["area"].output_per_post[1:] != other["area"].output_per_post[1:]).all()


@cache
def later(name, **settings):
    return at(LATER, name, **settings)


def by_person(model, values):
    return dict(zip(model.staff.person.tolist(), values.tolist(), strict=True))


@pytest.mark.parametrize("name", SCENARIOS)
def test_founders_are_the_same_people(name):
    one, other = at(0, name), at(0, baseline_of(name))
    for column in ("person", "ability", "rater_error", "age_quarters", "service_quarters"):
        assert np.array_equal(one.staff[column], other.staff[column]), column
    assert np.array_equal(one.state.departments.difficulty, other.state.departments.difficulty)
    assert np.array_equal(one.state.departments.posts, other.state.departments.posts)


def score_noise(model):
    """What is left of the quarter's score, by person, for the staff that kept department and post this quarter."""
    state = model.state
    staff, behaviour = state.staff, state.behaviour
    hard, difficulty = hard_share_of(staff, state.departments), difficulty_of(staff, state.departments)
    known = known_part(behaviour.effort, behaviour.ability, staff, hard, difficulty)
    rater = staff.rater_error + (1 - hard) * state.departments.rater_bias[staff.department]
    noise = staff.score - staff.ability - known - staff.project_reported - rater
    stayed = (
        staff.at_work & ~staff.manager & (staff.quarters_in_post > 0) & (staff.quarters_in_department > 0)
    )
    return {
        person: value for person, value in by_person(model, noise).items() if by_person(model, stayed)[person]
    }


@pytest.mark.parametrize("name", [name for name in SCENARIOS if name != baseline_of(name)])
def test_whoever_stays_meets_the_same_luck(name):
    """Raters of whoever kept the department are equally wrong, and the quarter's noise is the same."""
    here, there = later(name), later(baseline_of(name))
    one, other = score_noise(here), score_noise(there)
    both = one.keys() & other.keys()
    assert len(both) > (40 if name in PRE_REFORM else 50)  # merged departments have new raters
    assert [one[person] for person in both] == pytest.approx([other[person] for person in both], abs=1e-9)
    assert np.std([one[person] for person in both]) > 0.5


def test_whoever_comes_in_another_world_is_the_same_person():
    """Successors under two regimes, whenever they come, where the regime attracts nobody in particular."""
    alike = {"behaviour.hiring.sorting": 0.0, "behaviour.quits.base_established": 0.1}
    hired = []
    for name in ("four_systems", "civil_service"):
        events = area(name, replications=range(3), **alike).run().tables()["events"]
        mine = events[events.event == "hired"]
        hired.append(mine.set_index(["replication", "person"]).ability)
    both = hired[0].index.intersection(hired[1].index)
    assert len(both) > 20
    assert (hired[0].loc[both] == hired[1].loc[both]).all()


def test_outside_luck_is_the_same():
    one, other = later("four_systems").state, later("placebo_lottery").state
    assert np.array_equal(one.growth_shock, other.growth_shock)
    assert np.array_equal(one.peers.growth, other.peers.growth)
    assert np.array_equal(one.departments.indicator, other.departments.indicator)
