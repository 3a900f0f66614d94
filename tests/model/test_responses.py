"""What people do besides working: each response does what ODD 7.14 says, to whom it says, and nothing else."""

import numpy as np
import pytest

from sim.model import QUARTER
from sim.model.state import STRIKES
from sim.model.work import measure, work
from sim.model.year import appraise
from sim.response.work import hard_share_of, scores, true_contribution
from tests.model.small import LATER, area, at


def until(process, quarter, name="four_systems", **settings):
    """The state when `process` of a quarter has just been done."""
    state = at(quarter - 1, name, **settings).state
    state.quarter += 1
    for step in QUARTER[: QUARTER.index(process) + 1]:
        step(state)
    return state


MANY_GAME = {"behaviour.gaming.manipulability": 0.6, "behaviour.stakes.caught": 0.0}


def test_gaming_is_in_the_score_and_not_in_the_work():
    """Scores rise by gaming × hard share; work truly done is the same."""
    state = until(measure, 9, **MANY_GAME)
    staff, gaming, score = state.staff, np.array(state.staff.gaming), np.array(state.staff.score)
    assert (gaming[staff.at_work] > 0).mean() > 0.3
    staff["gaming"] = 0.0
    honest = scores(state.population, staff, state.departments, state.draws, state.quarter)
    rise = hard_share_of(staff, state.departments) * gaming
    assert score[staff.at_work] == pytest.approx((honest + rise)[staff.at_work], abs=1e-12)
    assert np.array_equal(
        staff.contribution[staff.at_work], true_contribution(state.behaviour.effort, staff)[staff.at_work]
    )


def test_only_who_can_games():
    staff = until(work, LATER, **{"behaviour.gaming.manipulability": 0.4}).staff
    gaming = staff.gaming > 0
    assert gaming.any()
    assert (staff.gaming_luck[gaming] < 0.4).all()
    assert not staff.gaming[~staff.at_work].any()


@pytest.mark.parametrize("rate", [0.0, 0.5])
def test_whoever_is_caught_loses_what_was_gamed_and_the_grade(rate):
    settings = MANY_GAME | {"regime.appraisal.audit_rate": rate, "behaviour.gaming.cost": 0.2}
    state = until(appraise, 12, replications=range(4), **settings)
    staff = state.staff
    caught = staff.caught & staff.at_work
    assert caught.any() == (rate > 0)
    assert (staff.grade[caught] == 0).all()
    gamed = hard_share_of(staff, state.departments) * staff.gaming_sum / 4
    honest = staff.score_sum / 4 - gamed
    assert staff.annual_score[caught] == pytest.approx(honest[caught], abs=1e-12)
    kept = staff.at_work & ~caught & (staff.quarters_scored == 4)
    assert staff.annual_score[kept] == pytest.approx((staff.score_sum / 4 + staff.padding)[kept], abs=1e-12)


def test_padding_goes_to_the_target_and_no_further():
    state = until(appraise, 12, replications=range(4), **MANY_GAME)
    staff = state.staff
    padded = (staff.padding > 0) & ~staff.caught
    assert padded.sum() > 5
    assert np.array_equal(staff.annual_score[padded], staff.target[padded])
    honest = until(appraise, 12, replications=range(4), hold=["gaming"], **MANY_GAME)
    assert not honest.staff.padding.any()


def test_help_is_what_the_others_give_times_interdependence():
    state = until(work, LATER, **{"behaviour.helping.altruism": 0.1})
    staff = state.staff
    assert staff.helping[staff.at_work].std() > 0
    for number in np.unique(staff.department[staff.at_work])[:6]:
        mine = np.flatnonzero(staff.at_work & (staff.department == number))
        for row in mine:
            others = mine[mine != row]
            expected = (
                state.departments.interdependence[number] * staff.helping[others].mean() if others.size else 0
            )
            assert staff.helped[row] == pytest.approx(expected, abs=1e-12)


def test_effort_is_withheld_only_in_the_last_quarter_and_only_where_a_report_raises_the_target():
    strict = {"behaviour.effort.withholding": 0.5}
    for quarter, withheld in ((11, False), (12, True)):
        staff = at(quarter, replications=range(3), **strict).staff
        assert (staff.withheld > 0).any() == withheld
    assert not at(12, "civil_service", replications=range(3), **strict).staff.withheld.any()


def test_forgiven_failures_do_not_count():
    settings = {"behaviour.risk.share": 1.0, "behaviour.risk.gain": 0.5, "behaviour.risk.sd": 2.0}
    for forgiveness in (0.0, 0.8):
        staff = at(
            9, replications=range(2), **settings, **{"regime.appraisal.forgiveness": forgiveness}
        ).staff
        failed = staff.project < 0
        assert failed.sum() > 10
        assert np.array_equal(staff.project_reported[~failed], staff.project[~failed])
        forgiven = (staff.project_reported[failed] == 0).mean()
        assert forgiven == pytest.approx(forgiveness, abs=0.15)


def test_more_forgiveness_makes_more_try():
    settings = {
        "behaviour.risk.share": 1.0,
        "behaviour.risk.aversion": 3.0,
        "behaviour.risk.public_worth": 0.0,
    }
    tried = []
    for forgiveness in (0.0, 0.8):
        table = (
            area(replications=range(2), **settings, **{"regime.appraisal.forgiveness": forgiveness})
            .run()
            .tables()
        )
        tried.append(table["area"].query("quarter > 8").risky_projects.mean())
    assert tried[0] < tried[1] - 0.05


def test_where_departments_take_turns_nobody_is_last_twice():
    """In departments of eight, half at a size of twenty is certainty; a second strike is then rare."""
    settings = {"horizon.quarters": 24}
    flags = {
        chance: area(replications=range(4), **(settings | {"behaviour.collusion.chance": chance}))
        .run()
        .tables()["events"]
        .query("event == 'flagged' and trigger == 'last_in_department'")
        .shape[0]
        for chance in (0.0, 0.5)
    }
    assert flags[0.0] > 4
    assert flags[0.5] < 0.5 * flags[0.0]


def test_swapped_scores_are_exchanged_within_the_department():
    honest, colluding = (
        until(appraise, 16, replications=range(4), **{"behaviour.collusion.chance": chance, "hold": hold})
        for chance, hold in ((0.0, ["effort", "gaming"]), (0.5, ["effort", "gaming"]))
    )
    one, other = honest.staff, colluding.staff
    assert np.array_equal(one.person, other.person)
    moved = one.annual_score != other.annual_score
    assert moved.any()
    for number in np.unique(one.department[moved]):
        mine = moved & (one.department == number)
        assert np.array_equal(np.sort(one.annual_score[mine]), np.sort(other.annual_score[mine]))
    strikes = one[STRIKES + "last_in_department"]
    down = moved & (other.annual_score < one.annual_score)
    assert (strikes[down] == 0).all()


@pytest.mark.parametrize("what", ["effort", "gaming"])
def test_what_is_held_stays(what):
    model = area("four_systems", hold=[what], record=["staff"]).run()
    panel = model.tables()["staff_panel"]
    there = panel[(panel.post >= 0) & ~panel.leader & (panel.hired_quarter == 0)]
    columns = {"effort": ["effort", "helping", "reward"], "gaming": ["gaming"]}[what]
    before, after = (there[there.quarter == quarter].set_index("person")[columns] for quarter in (8, 16))
    both = before.index.intersection(after.index)
    assert len(both) > 50
    assert (before.loc[both] == after.loc[both]).all(axis=None)


def test_hold_begins_when_it_is_told_to():
    """Held after quarter 11, effort is what it was then; before, it has moved."""
    panel = (
        area("four_systems", hold=["effort"], hold_after=11, record=["staff"]).run().tables()["staff_panel"]
    )
    there = panel[(panel.post >= 0) & ~panel.leader & (panel.hired_quarter == 0)]
    effort = {quarter: there[there.quarter == quarter].set_index("person").effort for quarter in (8, 11, 15)}
    both = effort[8].index.intersection(effort[15].index)
    assert (effort[11][both] == effort[15][both]).all()
    assert (effort[8][both] != effort[11][both]).mean() > 0.5
