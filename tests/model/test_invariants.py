"""What is true of everybody in every quarter, whatever happens."""

from functools import cache

import numpy as np
import pytest

from sim.lab.estimates.places import reached
from sim.model.adjustment import adjust
from sim.model.state import STRIKES
from tests.model.small import SCENARIOS, area, at

EVENTFUL = {"behaviour.quits.base_contract": 0.15, "horizon.quarters": 20}
FULL = {"record": ["departments", "events", "staff"]}
STRICT = {"regime.appraisal.incompetent_share": 0.1}

each_scenario = pytest.mark.parametrize("name", SCENARIOS)


@cache
def model_of(name):
    return area(name, replications=range(2), **EVENTFUL, **FULL).run()


@cache
def tables_of(name):
    return model_of(name).tables()


def panel_of(name):
    """Everybody employed, each quarter after the founding."""
    panel = tables_of(name)["staff_panel"]
    return panel[panel.employed & (panel.quarter > 0)]


@each_scenario
def test_ranks_fit_the_tier(name):
    panel = panel_of(name)
    tier = np.select([panel.leader, panel.manager], [2, 1], 0)
    assert set(panel["rank"][tier == 2]) == {6}
    assert set(panel["rank"][tier == 1]) == {4, 5}
    assert set(panel["rank"][tier == 0]) == {1, 2, 3}


def test_under_fixed_posts_the_rank_is_the_post_s():
    state = model_of("four_systems").state
    held = state.staff.post[state.staff.on_post]
    assert np.array_equal(state.staff["rank"][state.staff.on_post], state.posts["rank"][held])


@each_scenario
def test_clocks_tell_the_same_story(name):
    panel = panel_of(name)
    moved_with_the_post = panel.displaced >= 0
    assert (moved_with_the_post | (panel.quarters_in_post <= panel.quarters_in_department)).all()
    assert (panel.quarters_in_department <= panel.service_quarters).all()
    hires = panel[panel.hired_quarter > 0]
    assert (hires.service_quarters == hires.quarter - hires.hired_quarter).all()
    assert (panel.age_quarters < 60 * 4).all()


@each_scenario
def test_leaders_are_exempt(name):
    panel, events = panel_of(name), tables_of(name)["events"]
    leaders = panel[panel.leader]
    assert not leaders.flagged.any()
    assert not leaders.contract.any()
    assert (leaders.reservoir_since < 0).all()
    assert (leaders[["effort", "score", "quarterly_pay"]] == 0).all(axis=None)
    happened = events[events.person.isin(leaders.person)]
    assert set(happened.event) <= {"hired", "resigned", "retired"}


@each_scenario
def test_an_annual_score_is_the_mean_of_four(name):
    """Of whoever was appraised at the close of the fourth year and not caught; all four quarters in one department."""
    panel = panel_of(name)
    year = panel[panel.quarter.between(13, 16)]
    close = year[(year.quarter == 16) & (year.quarters_scored == 4) & ~year.caught].set_index(
        ["replication", "person"]
    )
    scores = year.groupby(["replication", "person"]).score.mean().loc[close.index]
    assert len(close) > 60
    np.testing.assert_allclose(close.annual_score, scores + close.padding, rtol=1e-12, atol=1e-14)


@each_scenario
def test_no_organisation_employs_more_than_its_posts(name):
    """The reservoir counts: its people hold places that may not be filled from outside."""
    quarters = tables_of(name)["quarters"]
    leaders = 2
    assert (quarters.at_work + quarters.reservoir <= quarters.posts - leaders).all()
    assert (quarters.headcount <= quarters.posts).all()


def test_a_full_reservoir_keeps_posts_empty():
    table = area("four_systems", replications=range(3), **STRICT).run().tables()["quarters"]
    waiting = table[table.reservoir > 0]
    assert len(waiting) > 15
    assert (waiting.at_work + waiting.reservoir <= waiting.posts - 2).all()


@each_scenario
def test_whoever_is_in_the_reservoir_is_nowhere_else(name):
    panel = panel_of(name)
    waiting = panel[panel.reservoir_since >= 0]
    assert (waiting[["post", "department"]] == -1).all(axis=None)
    assert (waiting.reservoir_since <= waiting.quarter).all()
    assert ((panel.post >= 0) ^ (panel.reservoir_since >= 0)).all()


def test_whoever_is_acted_on_starts_afresh():
    """No strike of any trigger is left; whoever was flagged without consequence keeps them."""
    for enforcement in (1.0, 0.0):
        model = at(11, replications=range(5), **STRICT, **{"regime.adjustment.enforcement": enforcement})
        state = model.state
        names = [STRIKES + name for name in state.regimes[0].adjustment.listed]
        for name in names:
            state.staff[name] = 1
        model.step()
        staff = state.staff
        flagged = staff.flagged & staff.employed
        assert flagged.sum() >= 10
        left = sum(staff[name][flagged].astype(int) for name in names)
        assert (left == 0).all() if enforcement else (left > 0).all()


def test_nobody_is_acted_on_twice():
    """Named by several triggers, one enters the reservoir once."""
    state = at(12, replications=range(3), **STRICT).state
    staff = state.staff
    staff["score_sum"], staff["quarters_scored"] = -99.0, 4
    staff["annual_score"] = -99.0
    staff["grade"] = 0
    for name in state.regimes[0].adjustment.listed:
        staff[STRIKES + name] = 3
    before = np.array(staff.at_work)
    adjust(state)
    entered = state.events.of("entered_reservoir", "person")
    replication = state.events.of("entered_reservoir", "replication")
    assert len(entered) > 0.9 * before.sum()
    assert len(set(zip(replication, entered, strict=True))) == len(entered)


@each_scenario
def test_contracts_follow_the_regime(name):
    """Where several are in force, those of the places whose rule it is: all, if one of them came everywhere."""
    panel, scenario = panel_of(name), model_of(name).settings
    if scenario.is_placed:
        after = panel[(panel.quarter > 8) & ~panel.leader]
        resolved, places = scenario.resolved(), after[["organisation", "quarter"]].drop_duplicates()
        come = {
            (one, quarter) for one, quarter in places.to_numpy() if reached(resolved, one, quarter) != "no"
        }
        under = [key in come for key in zip(after.organisation, after.quarter, strict=True)]
        everywhere = any("where" not in entry for entry in resolved["timeline"])
        assert all(under) if everywhere else 0 < sum(under) < len(after)
        assert after.contract.tolist() == under
        assert (after.contract_end >= after.quarter)[after.contract].all()
        return
    rule = model_of(name).state.regimes[0].appointment
    if model_of(name).settings.world.people.contract_share == 0:
        assert not panel[panel.quarter <= 8].contract.any()
    after = panel[(panel.quarter > 8) & ~panel.leader]
    if rule.by_contract:
        assert after.contract.all()
    else:
        before = panel[(panel.quarter == 8) & ~panel.leader].set_index(["replication", "person"]).contract
        stayed = after.set_index(["replication", "person"]).contract
        stayed = stayed[stayed.index.isin(before.index)]
        assert (stayed == before.loc[stayed.index]).all()
    bound = after[after.contract & (rule.by_contract)]
    assert (bound.contract_end >= bound.quarter).all()
