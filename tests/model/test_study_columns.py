"""What a study of the staff must see: strikes by trigger, and signed distances that agree with what was decided."""

import numpy as np
import pandas as pd
import pytest

from sim.core.groups import distance_to_boundary
from sim.lab.results.column_units import with_column_units
from tests.model.small import area

TRIGGERS = "regime.adjustment.triggers"
CHANGES = {
    f"{TRIGGERS}.windowed": {
        "kind": "bottom_of_organisation",
        "clock": "quarter",
        "share": 0.2,
        "in_a_row": 3,
        "within": 4,
        "follows": "reposting",
    },
    f"{TRIGGERS}.tested": {
        "kind": "competence_test",
        "standard": -1.0,
        "follows": "reposting",
        "in_a_row": 2,
    },
    "regime.appraisal.basic_share": 0.2,
    "regime.appraisal.incompetent_share": 0.05,
    "behaviour.gaming.manipulability": 0,
}


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    return area("four_systems", record=["staff"], **CHANGES).run().tables()["staff_panel"]


def closes(panel: pd.DataFrame) -> pd.DataFrame:
    """Year's closes under the reform, of people whose year was appraised."""
    late = panel[(panel.quarter > 8) & (panel.quarter % 4 == 0)]
    return late[late.distance_grade_competent.notna()]


def test_grades_agree_with_their_distances(panel):
    year = closes(panel)
    assert len(year) > 100
    assert ((year.distance_grade_competent >= 0) == (year.grade >= 2)).all()
    assert ((year.distance_grade_basically_competent >= 0) == (year.grade >= 1)).all()
    ranked = year[year.distance_grade_excellent.notna() & (year.grade >= 2)]
    assert ((ranked.distance_grade_excellent > 0) == (ranked.grade == 3)).all()
    assert set(year.grade) >= {0, 1, 2, 3}


def test_targets_agree_with_their_distance(panel):
    year = closes(panel)
    known = year[year.distance_target.notna()]
    assert len(known) > 100
    assert ((known.distance_target >= 0) == (known.target_met == 1)).all()


def test_strikes_agree_with_distances_to_a_hit(panel):
    """Whoever is above the last starts afresh; whoever is last has a strike, unless acted on this quarter."""
    year = closes(panel)
    known = year[year.distance_trigger_last_in_department.notna() & ~year.flagged]
    last = known.distance_trigger_last_in_department <= 0
    assert last.sum() > 5
    assert (known.strikes_last_in_department[last] >= 1).all()
    assert (known.strikes_last_in_department[~last] == 0).all()
    tested = year[year.distance_trigger_tested.notna()]
    assert ((tested.distance_trigger_tested < 0) == (tested.ability < -1.0)).all()


def test_windowed_strikes_are_told_as_a_number_of_hits(panel):
    found = panel[panel.quarter > 8].strikes_windowed
    assert set(found.dropna()) == {0, 1, 2} | ({3} & set(found))
    assert panel[panel.quarter <= 8].strikes_windowed.isna().all()


def test_only_a_recorded_staff_has_them_and_each_has_its_unit(panel):
    assert "distance_target" not in area("four_systems").run().tables()["staff"]
    units = with_column_units({"staff_panel": panel})["units"].set_index("column")
    for name in panel:
        if str(name).startswith(("strikes_", "distance_")):
            assert units.loc[name, "unit"]
            assert units.loc[name, "meaning"]


def test_a_boundary_lies_between_the_highest_below_and_the_lowest_above():
    """Group 0: .1 is below, .4 and .9 are not. Group 1: nobody is below. The last row takes no part."""
    group, value = np.array([0, 0, 0, 1, 0]), np.array([0.1, 0.4, 0.9, 5.0, 0.0])
    among, below = np.array([True, True, True, True, False]), np.array([True, False, False, False, True])
    found = distance_to_boundary(group, value, among, below)
    assert found[:3] == pytest.approx([-0.3, 0.3, 0.8])
    assert np.isnan(found[3:]).all()
