"""Grades as a list: the default is the four grades to the bit; longer lists pay, promote and flag by what they say."""

import numpy as np
import pytest

from tests.model.small import area, assert_identical, at

FIVE = {
    "kind": "grade_list",
    "names": ["A", "B", "C", "D", "E"],
    "limit_by": ["rank", "rank", "standard", "standard"],
    "limits": [0.1, 0.4, 0.5, 0.3],
    "counts_as": ["excellent", "competent", "competent", "basically_competent", "incompetent"],
    "multipliers": [1.5, 1.2, 1.0, 0.6, 0.0],
}


@pytest.mark.parametrize(
    ("basic", "failing", "limits"), [(0.005, 0.001, {}), (0.2, 0.05, {"limits": [0.2, 0.25, 0.05]})]
)
def test_the_default_list_is_the_four_grades_to_the_bit(basic, failing, limits):
    """With its usual limits, and with those that four_grades is given."""
    record = {"record": ["staff"]}
    shares = {"regime.appraisal.basic_share": basic, "regime.appraisal.incompetent_share": failing}
    four = area("four_systems", **record, **shares).run().tables()
    listed = (
        area("four_systems", **record, **{"regime.appraisal": {"kind": "grade_list", **limits}})
        .run()
        .tables()
    )
    assert len(set(four["staff"].grade)) > 3
    for tables in (
        four,
        listed,
    ):  # what an appraisal before has told is forgotten where another comes into force
        for table in ("staff", "staff_panel"):
            places = tables[table].pop("grade_place")
            assert ((places == tables[table].grade) | (places == -1)).all()
            assert (places >= 0).any()
        late = tables["staff_panel"].quarter >= 12
        tables["staff_panel"] = tables["staff_panel"][late].reset_index(drop=True)
    assert_identical(four, listed)


def test_five_grades_are_given_and_paid():
    """In the first quarter after the close everybody's coefficient is that of their grade."""
    model = at(13, **{"regime.appraisal": FIVE})
    staff = model.staff
    known = np.asarray(staff.employed & (staff.grade_place >= 0))
    assert set(staff.grade_place[known]) == {0, 1, 2, 3, 4}
    counts = {4: 3, 3: 2, 2: 2, 1: 1, 0: 0}
    assert all(
        counts[int(place)] == grade
        for place, grade in zip(staff.grade_place[known], staff.grade[known], strict=True)
    )
    [only] = model.state.jurisdictions
    paid = only.regime.floating_pay.coefficients(only.view).grade
    assert paid[known] == pytest.approx(np.array([0.0, 0.6, 1.0, 1.2, 1.5])[staff.grade_place[known]])
    assert (paid[staff.grade < 0] == 1).all()


def test_more_grades_with_steps_to_climb_make_people_work_harder():
    """The same four boundaries: where neighbours are paid alike there is nothing to climb for."""
    effort = []
    for multipliers in (FIVE["multipliers"], [1.0] * 5):
        model = at(16, **{"regime.appraisal": FIVE | {"multipliers": multipliers}})
        effort.append(float(np.asarray(model.staff.effort)[np.asarray(model.staff.at_work)].mean()))
    assert effort[0] > effort[1] + 0.005


def test_another_list_forgets_places_and_keeps_what_they_counted_as():
    """The list comes into force in quarter 9; what was told at the last close before still counts."""
    panel = area("four_systems", record=["staff"], **{"regime.appraisal": FIVE}).run().tables()["staff_panel"]
    panel = panel[(panel.hired_quarter == 0) & (panel.employed)]
    last, first = (panel[panel.quarter == quarter].set_index("person") for quarter in (8, 9))
    assert (last.grade_place == last.grade).all()
    assert (last.grade >= 0).any()
    assert (first.grade_place == -1).all()
    assert (first.grade == last.grade.reindex(first.index)).all()
