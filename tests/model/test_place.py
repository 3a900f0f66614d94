"""The place: departments merge and split, people convert, headcount moves, matters queue, parks are operated."""

import numpy as np
import pytest

from sim.model import NewAreaModel
from sim.model.reform import _loses_competition
from sim.scenario import loader
from tests.model.small import area, assert_identical, at, of_replication, residuals

EVERYTHING = {"record": ["departments", "events", "staff"]}


# --- reorganisation: 29 departments become 13 after quarter 8


def happened(model, event):
    """(replication, person) of everybody to whom it happened."""
    table = model.tables()["events"]
    mine = table[table.event == event]
    return set(zip(mine.replication, mine.person, strict=True))


@pytest.fixture(scope="module")
def merged():
    return tuple(at(quarter, "structure_only", replications=range(2)).state for quarter in (8, 9))


def test_posts_are_conserved_and_departments_are_as_foreseen(merged):
    before, after = merged
    assert before.departments.open.sum() == 2 * 29
    assert after.departments.open.sum() == 2 * 13
    assert before.posts.size == after.posts.size
    assert after.departments.posts[~after.departments.open].sum() == 0
    assert after.departments.posts.sum() == before.departments.posts.sum()


def test_nobody_is_left_in_a_department_that_is_gone(merged):
    _, after = merged
    staff, posts = after.staff, after.posts
    assert after.departments.open[staff.department[staff.at_work]].all()
    assert after.departments.open[posts.department[posts.department >= 0]].all()
    here = staff.at_work
    assert np.array_equal(staff.department[here], posts.department[staff.post[here]])
    assert np.array_equal(staff.organisation[here], posts.organisation[staff.post[here]])


def test_social_affairs_go_to_the_area_level(merged):
    before, after = merged
    each = before.organisations_each

    def in_new_cities(state):
        departments = state.departments
        return departments.open & (departments.kind == 1) & (departments.organisation % each != each - 1)

    assert in_new_cities(before).any()
    assert not in_new_cities(after).any()


def test_one_department_has_one_holder_of_the_indicator(merged):
    _, after = merged
    posts = after.posts
    held = np.bincount(posts.department[posts.indicator], minlength=after.departments.size)
    assert set(held[after.departments.open]) == {1}


def test_who_moved_is_told():
    model = at(9, "structure_only", replications=range(2))
    staff = model.staff
    moved = (staff.displaced == 9) & staff.at_work
    mine = set(zip(staff.replication[moved], staff.person[moved], strict=True))
    assert mine <= happened(model, "merged")
    assert len(mine) > 50


@pytest.mark.parametrize("quarters", [0, 2])
def test_output_suffers_for_as_many_quarters_as_declared(quarters):
    """The same run without the loss: output is a tenth less, in those quarters and no others."""
    terms = {"structure.transition.quarters": quarters, "structure.transition.loss": 0.1}
    terms |= {
        "behaviour.morale.load": 0.0,
        "regime.floating_pay.kind": "fixed",
    }  # what a loss burdens and pays less
    with_ = at(8 + quarters, "structure_only", **terms)
    without = at(8 + quarters, "structure_only", **(terms | {"structure.transition.loss": 0.0}))
    ratios = []
    for _ in range(2):
        ratios.append(
            with_.staff.output[with_.staff.at_work].sum() / without.staff.output[without.staff.at_work].sum()
        )
        with_.step()
        without.step()
    assert ratios[0] == pytest.approx(0.9 if quarters else 1.0, rel=1e-9)
    assert ratios[1] == pytest.approx(1.0, rel=5e-3)  # what was served or quit since may differ a little


# --- conversion


def test_whoever_opts_out_was_established_and_leaves():
    before, model = (at(quarter, "full_reform", replications=range(4)) for quarter in (8, 9))
    old, staff = before.staff, model.staff
    asked = old.employed & ~old.leader & ~old.contract
    established = set(zip(old.replication[asked], old.person[asked], strict=True))
    opted = happened(model, "opted_out")
    assert opted <= established
    assert 0.1 * len(established) < len(opted) < 0.8 * len(established)
    assert staff.contract[staff.employed & ~staff.leader].all()
    assert model.state.agency_staff.sum() <= len(opted)


def test_agencies_take_in_no_more_than_they_have_places_for():
    terms = {"structure.agencies.places_each": 2, "structure.agencies.number": 3}
    state = at(9, "full_reform", replications=range(3), **terms).state
    assert state.agency_staff.tolist() == [6, 6, 6]
    assert not at(9, "four_systems").state.agency_staff.any()


def test_pay_by_results_draws_those_who_believe_to_stand_high():
    """Those who stay believe better of themselves than those who opt out."""
    terms = {"behaviour.conversion.standing_slope": 2.0, "behaviour.conversion.taste_sd": 0.1}
    before = at(8, "full_reform", replications=range(6), **terms)
    left = happened(at(9, "full_reform", replications=range(6), **terms), "opted_out")
    staff = before.staff
    asked = staff.employed & ~staff.leader & ~staff.contract
    out = np.array([key in left for key in zip(staff.replication, staff.person, strict=True)])
    assert staff.belief[asked & ~out].mean() > staff.belief[asked & out].mean() + 0.2


def test_a_competition_is_lost_by_the_share_that_is_not_kept():
    state = at(8, "binhai_body", replications=range(4)).state
    staff = state.staff
    lost = _loses_competition(state, 0.7, staff.at_work)
    for organisation in range(state.organisations):
        for manager in (False, True):
            tier = staff.at_work & (staff.organisation == organisation) & (staff.manager == manager)
            assert lost[tier].sum() == np.floor(0.3 * tier.sum() + 1e-9)
    assert not lost[~staff.at_work].any()
    assert staff.ability[lost].mean() < staff.ability[staff.at_work & ~lost].mean()


# --- dynamic headcount and organs

DYNAMIC = {
    "regime.posts.kind": "dynamic",
    "regime.posts.step_cap": 0.1,
    "horizon.quarters": 40,
}


@pytest.fixture(scope="module")
def moved():
    return area("four_systems", replications=range(3), **DYNAMIC, **EVERYTHING).run()


def test_headcount_moves_within_its_cap(moved):
    """Year by year by at most the cap; the area level's only with those who come back from agencies."""
    table = moved.tables()["quarters"]
    wide = table.pivot_table(
        index=["replication", "organisation"], columns="quarter", values="authorised", observed=True
    )
    yearly = wide[[quarter for quarter in wide if quarter % 4 == 0]]
    steps = yearly.to_numpy()[:, 1:] / yearly.to_numpy()[:, :-1] - 1
    assert np.abs(steps).max() <= 0.1 + 1e-9
    new_cities = [name != "area_level" for _, name in yearly.index]
    assert (np.abs(steps[new_cities][:, 2:]) > 0).mean() > 0.5
    assert (steps[[not one for one in new_cities]] == 0).all()


def test_organs_follow_headcount_and_the_books_close(moved):
    tables = moved.tables()
    organs = tables["quarters"].pivot_table(
        index=["replication", "organisation"], columns="quarter", values="departments", observed=True
    )
    assert (organs[40] != organs[8]).any()
    assert residuals(moved) == {}
    departments = moved.state.departments
    held = np.bincount(
        moved.state.posts.department[moved.state.posts.department >= 0], minlength=departments.size
    )
    assert np.array_equal(held, departments.posts)


def test_without_organs_no_department_comes_or_goes():
    table = area("four_systems", **DYNAMIC, **{"regime.posts.organs": False}).run().tables()["area"]
    assert table.departments.nunique() == 1
    assert table.posts.nunique() > 1


def test_where_departments_split_replications_stay_their_own(moved):
    """New rows are appended for the replications that need them; alone, a replication is the same bit for bit."""
    alone = area("four_systems", replications=[1], **DYNAMIC, **EVERYTHING).run().tables()
    assert_identical(alone, of_replication(moved.tables(), 1))


@pytest.mark.parametrize(
    "change",
    [
        {"structure": {"powers": {"economic_local": 1000}}},
        {"regime": {"posts": {"kind": "dynamic", "step_cap": 0.05, "organs": False}}},
    ],
    ids=["other powers", "other terms"],
)
def test_a_headcount_goes_on_where_no_department_is_merged(change):
    """Version 0.1 took the posts for it at every change of structure, and of the terms by which it moves."""
    scenario = {
        "name": "goes_on",
        "structure": {"department_size": {"mean": 6}, "area_level": {"departments": 3}},
        "regime": {"posts": {"kind": "dynamic", "step_cap": 0.1, "organs": False}},
        "timeline": [{"quarter": 4, "set": change}],
    }
    model = NewAreaModel(loader.load(scenario), replications=[0])
    while model.state.quarter < 4:
        model.step()
    before = model.state.authorised.copy()
    assert (before != before.round()).any()
    model.step()
    assert model.state.authorised.tolist() == before.tolist()


# --- matters


def test_a_queue_holds_what_came_and_was_not_decided():
    """Overloaded, backlogs grow by arrivals less capacity; idle, there are none."""
    for load, grows in ((1.5, True), (0.2, False)):
        model = at(8, "civil_service", **{"world.demand.load": load, "world.demand.sd": 0.0})
        queues = model.state.service.queues
        backlogs = {kind: queue.backlog.copy() for kind, queue in queues.items()}
        assert all((backlog > 0).all() == grows for backlog in backlogs.values())
        model.step()
        for kind, queue in queues.items():
            assert ((queue.backlog > backlogs[kind]).all()) == grows


def test_social_items_wait_for_a_ready_receiver():
    terms = {"structure.divestment.quarters": 4}
    for readiness, done in ((10.0, 1.0), (0.0, None)):
        settings = terms | {"structure.divestment.readiness": readiness, "world.demand.load": 1.4}
        shares = (
            area("structure_only", replications=range(2), **settings)
            .run()
            .tables()["area"]
            .social_transferred
        )
        late = shares.to_numpy().reshape(2, -1)[:, -1]
        assert (late == done).all() if done else (late < 1).all()
        assert (shares.to_numpy().reshape(2, -1)[:, :9] == 0).all()


def test_more_channels_on_line_are_faster():
    slow, fast = (
        at(4, "civil_service", **{f"structure.channels.{name}.quarters": quarters for name in WAYS}).state
        for quarters in (0.5, 0.0)
    )
    for kind, queue in slow.service.queues.items():
        assert queue.turnaround == pytest.approx(fast.service.queues[kind].turnaround + 0.5)


WAYS = ("counter", "online", "representative", "towns")


# --- parks


def test_bold_bidders_promise_more_and_deliver_no_more():
    """The winner's curse: with bolder bids promises rise by more than results."""
    found = {}
    for boldness in (0.0, 1.0):
        table = (
            area("four_systems", replications=range(6), **{"structure.parks.boldness": boldness})
            .run()
            .tables()["area"]
        )
        found[boldness] = table[table.quarter > 0][["over_promising", "park_result"]].mean()
    assert found[1.0].over_promising > found[0.0].over_promising + 0.2
    assert found[1.0].park_result < found[0.0].park_result + 0.1


def test_operators_are_replaced_for_results_only_on_market_terms():
    settings = {"structure.parks.quit": 0.0, "structure.parks.tolerance": 0.0, "structure.parks.patience": 1}
    gone = {
        market: area(replications=range(3), **settings, **{"structure.parks.market_terms": market})
        .run()
        .tables()["area"]
        .operators_replaced.sum()
        for market in (True, False)
    }
    assert gone[True] > 5
    assert gone[False] == 0


def test_new_cities_imitate_the_best_mode():
    effects = {"structure.parks.mode_effects": [0.0, 0.0, 3.0, 0.0], "structure.parks.mode": "chosen"}
    best = {
        imitation: (
            at(
                16, replications=range(4), **effects, **{"structure.parks.imitation": imitation}
            ).state.parks.mode
            == 2
        ).mean()
        for imitation in (0.0, 1.0)
    }
    assert best[1.0] > best[0.0] + 0.2
