"""The books close in every regime, and an error planted in the state is found."""

import numpy as np
import pytest

from sim.outcomes.snapshot import sums
from tests.model.small import LATER, SCENARIOS, area, at, residuals

IDENTITIES = {
    "people_in_one_place",
    "one_person_a_post",
    "pay_is_its_parts",
    "funds_not_overspent",
    "people_stock_and_flow",
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_books_close(name):
    model = area(name, replications=range(2)).run()
    assert set(model.residuals) == IDENTITIES
    assert residuals(model) == {}


@pytest.mark.parametrize(
    "settings",
    [
        {"regime.floating_pay.pot": "open"},
        {"regime.floating_pay.forfeited": "colleagues"},
        {"regime.floating_pay.cap": 1.0},
        {"regime.floating_pay.growth_link": 1.0, "world.growth.shock_sd": 0.2},
        {"regime.adjustment.reservoir.pay_share": 0.3, "regime.adjustment.reservoir.stay_quarters": 1},
        {"behaviour.quits.base_contract": 0.9, "behaviour.hiring.vacancy_quarters": 0},
        {"behaviour.hiring.vacancy_quarters": 8, "world.people.retirement_age": 40},
        {"hold": ["workforce"]},
        {"calendar.quarters_per_year": 1},
        {"structure.manager_share": 0.0},
    ],
    ids=lambda settings: "-".join(key.rpartition(".")[2] for key in settings),
)
def test_books_close_in_other_places(settings):
    assert residuals(area("four_systems", replications=range(2), **settings).run()) == {}


def two_on_a_post(state):
    first, second = np.flatnonzero(state.staff.at_work)[:2]
    state.staff.post[first] = state.staff.post[second]


def in_two_places(state):
    state.staff.reservoir_since[np.flatnonzero(state.staff.on_post)[0]] = 3


def withheld(state):
    state.staff.pay[np.flatnonzero(state.staff.at_work)[0]] -= 0.25


def overpaid(state):
    """Consistently: the part and the sum."""
    row = np.flatnonzero(state.staff.at_work)[0]
    state.staff.quarterly_pay[row] += 0.25
    state.staff.pay[row] += 0.25


def lost_without_trace(state):
    row = np.flatnonzero(state.staff.at_work)[0]
    state.vacate(np.array([row]))
    state.staff.employed[row] = False


@pytest.mark.parametrize(
    ("plant", "identity", "size"),
    [
        (two_on_a_post, "one_person_a_post", 1),
        (in_two_places, "people_in_one_place", 1),
        (withheld, "pay_is_its_parts", 0.25),
        (overpaid, "funds_not_overspent", 0.25),
        (lost_without_trace, "people_stock_and_flow", 1),
    ],
)
def test_a_planted_error_is_found(plant, identity, size):
    """One error, one identity that no longer holds, by as much as was planted."""
    model = at(LATER)
    books = model.recorder.books
    books.close(model.snapshot(), sums(model.snapshot()) | nothing_happened(model))
    assert residuals(model) == {}
    plant(model.state)
    books.close(model.snapshot(), sums(model.snapshot()) | nothing_happened(model))
    assert residuals(model) == {identity: pytest.approx(size, abs=1e-6)}


def nothing_happened(model):
    """The quarter's log is closed: between two looks at the same quarter nobody comes or goes."""
    nobody = np.zeros(model.state.organisations)
    return {"hires": nobody, "leavers": nobody}


def test_a_residual_is_never_forgotten():
    model = at(2)
    withheld(model.state)
    model.recorder.books.close(model.snapshot(), sums(model.snapshot()))
    model.step()
    assert "pay_is_its_parts" in residuals(model)
