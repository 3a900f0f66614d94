"""Until a regime changes, nothing tells the scenarios apart: not one bit, in any table."""

from functools import cache

import pytest

from tests.model.small import PARK_STAFF, REFORM, SCENARIOS, area, assert_identical, baseline_of, up_to

OTHERS = [name for name in SCENARIOS if name != baseline_of(name)]


@cache
def tables_of(name):
    return area(name, replications=range(3), record=["departments", "events", "staff"]).run().tables()


def test_every_scenario_but_three_is_a_reform_of_another():
    assert set(SCENARIOS) - set(OTHERS) == {"civil_service", "pre_reform", PARK_STAFF}
    assert len(OTHERS) >= 15


@pytest.mark.parametrize("name", OTHERS)
def test_paired_differences_are_zero_before_the_reform(name):
    before, baseline = up_to(tables_of(name), REFORM), up_to(tables_of(baseline_of(name)), REFORM)
    assert {"quarters", "area", "departments", "events", "staff_panel"} <= set(before)
    assert before["area"].quarter.max() == REFORM
    assert_identical(before, baseline)


@pytest.mark.parametrize("name", OTHERS)
def test_differences_begin_with_the_reform(name):
    """In every replication, not long after the reform, and in nobody's favour before it."""
    difference = tables_of(name)["area"] != tables_of(baseline_of(name))["area"]
    differs = difference[["headcount", "output_per_post", "effort", "morale"]].any(axis=1)
    quarters = tables_of(name)["area"].quarter
    assert quarters[differs & (quarters > 0)].min() > REFORM
    for number in range(3):
        here = (tables_of(name)["area"].replication == number) & (quarters > REFORM + 4)
        assert differs[here].any()
