"""A rule that looks at one employee at a time gives the very run of the rule in columns."""

import shutil
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from sim.core.errors import UserError
from sim.core.parameters import param
from sim.model import NewAreaModel
from sim.rules.adjustment import IncompetentGrade, LastInDepartment
from sim.rules.appraisal import FourGrades
from sim.rules.base import REGISTRY
from sim.rules.one_by_one import PersonalAppraisal, PersonalBonus, PersonalPromotion, PersonalTrigger
from sim.settings.terms import Follows, Grade
from tests.model.small import FOLDER, SMALL, area, assert_identical, residuals, unregistered


@pytest.fixture(autouse=True)
def _forget():
    with unregistered():
        yield


@pytest.fixture
def scenario(tmp_path):
    """A scenario file beside copies of the shipped ones: the four systems with some changes on top."""
    for name in ("civil_service", "four_systems"):
        shutil.copy(FOLDER / f"{name}.yaml", tmp_path)

    def written(changes: str) -> Path:
        path = tmp_path / "mine.yaml"
        path.write_text(
            f"extends: four_systems.yaml\ntimeline:\n  - quarter: 8\n    set: {{{changes}}}\n",
            encoding="utf-8",
        )
        return path

    return written


def run(path, **settings):
    model = NewAreaModel(path, rng=5, replications=range(2), **(SMALL | settings)).run()
    assert residuals(model) == {}
    return model.tables()


def of_the_shipped(**settings):
    return area("four_systems", replications=range(2), **settings).run().tables()


STRICT = {"regime.appraisal.incompetent_share": 0.05, "regime.appraisal.basic_share": 0.1}


def define_trigger():
    class Failed(PersonalTrigger):
        """The annual grade is incompetent."""

        kind: Literal["test_failed"] = "test_failed"
        in_a_row: int = param(1, unit="years", source="seed", ge=1, le=4, doc="Annual grades running.")
        follows: Follows = param("reservoir", unit="choice", source="seed", doc="What follows.")

        def is_hit(self, employee):
            return employee.grade == Grade.INCOMPETENT

        def is_relative(self, standing):
            return False

        def risk(self, standing):
            return IncompetentGrade().risk(standing)

    return Failed


def define_last():
    class LastOne(PersonalTrigger):
        """Nobody on the staff of the department has a lower annual score."""

        kind: Literal["test_last"] = "test_last"
        in_a_row: int = param(2, unit="years", source="seed", ge=1, le=4, doc="Years running.")
        follows: Follows = param("reservoir", unit="choice", source="seed", doc="What follows.")

        def eligible(self, view):
            return LastInDepartment().eligible(view)

        def is_hit(self, employee):
            year = employee.model.state.year
            rivals = [one for one in employee.department.employees if not one.manager]
            scores = [one.annual_score for one in rivals if one.quarters_scored == year]
            return len(scores) > 1 and employee.annual_score == min(scores)

        def risk(self, standing):
            return LastInDepartment().risk(standing)

    return LastOne


def define_appraisal():
    class ByHand(PersonalAppraisal):
        """Four grades, each person's by itself."""

        kind: Literal["test_by_hand"] = "test_by_hand"

        @property
        def as_columns(self):
            return FourGrades(incompetent_share=0.05, basic_share=0.1)

        def cut_density(self, view, year):
            return self.as_columns.cut_density(view, year)

        def grade_of(self, employee):
            failing, basic = self.as_columns.cuts(employee.model.state.view())
            if employee.annual_score < failing:
                return Grade.INCOMPETENT
            if employee.annual_score < basic:
                return Grade.BASICALLY_COMPETENT
            better, contenders = rivals_of(employee)
            quota = int(np.floor(0.2 * contenders + 0.5))
            return Grade.EXCELLENT if better < quota else Grade.COMPETENT

    return ByHand


def rivals_of(employee):
    """(how many have a better annual score, how many there are), in the ranking group of one who is appraised."""
    peers = employee.organisation if employee.manager else employee.department
    year = employee.model.state.year
    found = [
        one
        for one in peers.employees
        if one.manager == employee.manager
        and not one.leader
        and one.post >= 0
        and one.quarters_scored == year
    ]
    return sum(one.annual_score > employee.annual_score for one in found), len(found)


def test_a_trigger_one_by_one(scenario):
    define_trigger()
    path = scenario("regime.adjustment.triggers.incompetent: {kind: test_failed, follows: reservoir}")
    found, expected = run(path, **STRICT), of_the_shipped(**STRICT)
    assert (expected["events"].trigger == "incompetent").sum() > 5
    assert_identical(found, expected)


def test_a_ranking_one_by_one(scenario):
    define_last()
    path = scenario("regime.adjustment.triggers.last_in_department: {kind: test_last, follows: reservoir}")
    expected = of_the_shipped()
    assert (expected["events"].trigger == "last_in_department").sum() > 5
    assert_identical(run(path), expected)


def test_an_appraisal_one_by_one(scenario):
    define_appraisal()
    expected = of_the_shipped(**STRICT)
    assert expected["staff"].grade.nunique() >= 4
    assert_identical(run(scenario("regime.appraisal: {kind: test_by_hand}")), expected)


def test_a_bonus_one_by_one(scenario):
    """By distance from the standard."""

    class Bonus(PersonalBonus):
        """Paid by distance from the standard."""

        kind: Literal["test_bonus"] = "test_bonus"

        def coefficient_of(self, employee):
            standard = employee.model.state.view().standard.mean
            return np.clip(1 + self.score_slope * (employee.score - standard), 0, 2)

    path = scenario("regime.floating_pay: {kind: test_bonus, rank_weight: 0}")
    found = run(path, **{"horizon.quarters": 10})
    assert_identical(
        found, of_the_shipped(**{"regime.floating_pay.rank_weight": 0.0, "horizon.quarters": 10})
    )


def test_a_promotion_one_by_one(scenario):
    class Longest(PersonalPromotion):
        """The longest in the rank first."""

        kind: Literal["test_longest"] = "test_longest"

        def priority_of(self, employee):
            return employee.quarters_in_rank

    found = run(scenario("regime.ranks: {kind: test_longest, promotion: seniority}"))
    expected = of_the_shipped(**{"regime.ranks.promotion": "seniority"})
    assert (expected["events"].event == "promoted").sum() > 10
    assert_identical(found, expected)


def test_a_kind_is_unknown_until_it_is_defined(scenario):
    path = scenario("regime.appraisal: {kind: test_by_hand}")
    with pytest.raises(UserError, match="test_by_hand"):
        NewAreaModel(path)
    define_appraisal()
    assert NewAreaModel(path, **SMALL).settings.at(9).regime.appraisal.kind == "test_by_hand"


def test_kinds_defined_in_a_test_are_forgotten():
    assert not [kind for kinds in REGISTRY.values() for kind in kinds if kind.startswith("test_")]
