"""Places at the edge of what a scenario may say."""

import numpy as np
import pytest

from sim.model.adjustment import adjust
from sim.model.effort import build_standing, worth_of_effort
from sim.model.state import STRIKES
from tests.model.small import LATER, area, at, residuals

PLACES = {
    "one department": {"structure.new_cities.departments": 0, "structure.area_level.departments": 1},
    "no area level": {"structure.area_level.departments": 0},
    "one new city": {"world.new_cities": ["east"], "structure.new_cities.departments": 2},
    "everybody alone": {"structure.department_size.smallest": 1, "structure.department_size.mean": 1},
    "no managers": {"structure.manager_share": 0.0},
    "half managers": {"structure.manager_share": 0.5},
    "no leaders": {"world.leaders_per_organisation": 0},
    "a year of one quarter": {"calendar.quarters_per_year": 1},
    "a year of twelve": {"calendar.quarters_per_year": 12, "horizon.quarters": 30},
    "one rival": {"world.municipality.units": 2, "world.municipality.persistence": 0.99},
    "no error": {"behaviour.rating.reliability_staff": 1.0, "behaviour.rating.reliability_managers": 1.0},
    "all error": {"behaviour.rating.reliability_staff": 0.05, "behaviour.rating.persistent_share": 1.0},
    "perfect selection": {"behaviour.hiring.validity": 1.0, "behaviour.hiring.selection_ratio": 0.01},
    "no selection": {"behaviour.hiring.selection_ratio": 1.0},
    "costless effort": {"behaviour.effort.cost": 0.01, "behaviour.effort.curvature": 33},
    "all intrinsic": {"behaviour.effort.response": 0.0, "behaviour.effort.crowding_out": 2.0},
    "no future": {"behaviour.stakes.discount": 0.0},
    "only the future": {"behaviour.stakes.discount": 1.0},
    "nobody stays": {"behaviour.quits.base_contract": 0.999, "behaviour.quits.base_established": 0.999},
    "nobody grows old": {"world.people.retirement_age": 36},
    "raters who forget": {"behaviour.rating.persistence": 0.0},
    "all pay by grade": {
        "regime.floating_pay.quarterly_part": 0.0,
        "regime.floating_pay.grade_part": 1.0,
        "regime.floating_pay.annual_part": 0.0,
        "regime.floating_pay.grade_multipliers": [0.0, 0.0, 0.0, 0.0],
    },
    "no enforcement": {"regime.adjustment.enforcement": 0.0},
    "every tenth in the reservoir": {"regime.appraisal.incompetent_share": 0.1},
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("place", PLACES)
def test_a_run_ends_well(place):
    """No failure, no warning of arithmetic, no missing number where there is none, and the books close."""
    model = area("four_systems", replications=range(2), **PLACES[place]).run()
    assert residuals(model) == {}
    staff = model.staff
    for name in staff.names:
        assert np.isfinite(staff[name].astype(float)).all(), name


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ["forced_ranking", "placebo_lottery", "contract_only"])
@pytest.mark.parametrize(
    "place", ["one department", "everybody alone", "a year of one quarter", "nobody stays"]
)
def test_other_regimes_too(name, place):
    assert residuals(area(name, **PLACES[place]).run()) == {}


def test_strikes_do_not_overflow():
    """400 quarters is the longest horizon; with little enforcement strikes may be counted in all of them."""
    state = at(LATER, **{"regime.adjustment.enforcement": 0.0}).state
    column = STRIKES + "last_in_municipality"
    state.staff[column] = 127
    state.departments["last_in_municipality"] = True
    adjust(state)
    assert state.staff[column].max() == 128
    assert np.iinfo(state.staff[column].dtype).max >= 400
    (everybody,) = state.jurisdictions
    worth, _ = worth_of_effort(everybody, build_standing(everybody))
    assert np.isfinite(worth.marginal).all()


def test_under_hold_the_workforce_stays():
    model = area("four_systems", hold=["workforce"]).run()
    area_table, events = model.tables()["area"], model.tables()["events"]
    later = area_table[area_table.quarter > 8]
    assert later.headcount.nunique() == 1
    assert set(events[events.quarter > 8].event) <= {"flagged", "converted", "missed", "caught"}
    assert (events[events.quarter > 8].event == "flagged").any()


def test_under_hold_effort_stays():
    """Of whoever is there before and after the reform, on the same kind of work."""
    model = area("four_systems", hold=["effort"], record=["staff"]).run()
    panel = model.tables()["staff_panel"]
    there = panel[(panel.post >= 0) & ~panel.leader & (panel.hired_quarter == 0)]
    before = there[there.quarter == 8].set_index("person").effort
    after = there[there.quarter == 16].set_index("person").effort
    both = before.index.intersection(after.index)
    assert len(both) > 50
    assert (before[both] == after[both]).all()
    free = area("four_systems").run().tables()["area"].effort.iloc[-1]
    assert free != pytest.approx(model.tables()["area"].effort.iloc[-1], abs=0.01)
