"""Who applies, who is found, and what a contract's premium pays (ODD 7.2, 7.9 and 7.12), by hand."""

import math

import numpy as np
import pytest

from sim.core.draws import Draws, streams
from sim.core.errors import UserError
from sim.model.applicants import finds_somebody, kept_for_outsiders, shift_of_applicants
from sim.model.flags import NAMED
from sim.model.reform import adopt, refresh_pay
from sim.people.people import Population
from sim.rules.adjustment import TriggerList
from sim.settings.behaviour import Behaviour, Stakes
from sim.settings.place import World
from tests.model.small import area, at


def test_what_flags_cost_as_outsiders_see_it():
    """3 of 200 people sent to exit (1 + .25), none seen yet of a demotion (.35 + .25), expected .02; half acted on.

    .015 · .5 · 1.25 + .02 · .5 · .6 = .009375 + .006 = .015375; an area of 100 people: .01875 + .006.
    """
    rule = TriggerList(
        triggers={
            "last": {"kind": "last_in_department", "follows": "exit"},
            "bottom": {"kind": "bottom_managers", "follows": "demotion"},
        },
        enforcement=0.5,
        expected_flag_share=0.02,
    )
    named = {"last": np.array([3.0, 3.0]), "bottom": np.array([-1.0, -1.0])}
    found = rule.cost_of_flags(named, np.array([200, 100]), Stakes(), 0.4, 4)
    assert found.tolist() == pytest.approx([0.015375, 0.02475])


def test_the_mean_of_applicants():
    """2 · .03 − 10 · .016 · 1.25 + .8 · (.25 − .1 − .2 · 1.5) + .05 = .06 − .2 − .12 + .05 = −.21."""
    hiring = {"sorting": 2, "flag_aversion": 10, "pay_sorting": 0.8, "mean_shift": 0.05}
    chosen = {f"behaviour.hiring.{name}": value for name, value in hiring.items()}
    market = {"world.labour_market.pay_level": 0.1, "world.labour_market.pay_sd": 0.2}
    state = at(9, "four_systems", **chosen, **market, **{"regime.salaries.contract_premium": 0.25}).state
    state.floating_worth[:], state.labour.cycle[:] = 0.03, 1.5
    rule = TriggerList(
        triggers={"last": {"kind": "last_in_department", "follows": "exit"}}, expected_flag_share=0.016
    )
    state.regimes = (state.regimes[0].model_copy(update={"adjustment": rule}),)
    state.departments.add_column(NAMED + "last", "i4", -1)
    leader = int(np.flatnonzero(state.posts.leader)[0])
    found = shift_of_applicants(state, np.array([0, leader]))
    assert found.tolist() == pytest.approx([-0.21, 0.06 - 0.8 * 0.4 + 0.05])


def test_hires_of_another_mean_and_spread():
    """The same luck: μ + 2 · (a − μ) + .3; beliefs know both."""
    people = Population(World(), Behaviour(), Draws(1), 4)
    stream = streams(np.zeros(50, dtype=int), np.arange(50))
    usual = people.abilities(stream, np.zeros(50))
    other = people.abilities(stream, np.full(50, 0.3), 2.0)
    assert other == pytest.approx(people.mean_ability + 2 * (usual - people.mean_ability) + 0.3)
    chosen = {
        "behaviour.hiring.spread": 2.0,
        "behaviour.hiring.mean_shift": 0.3,
        "behaviour.hiring.sorting": 0,
    }
    staff = at(3, "civil_service", **chosen, **{"behaviour.quits.base_established": 0.3}).staff
    new = (staff.hired_quarter == 3) & ~staff.leader & ~staff.manager
    assert new.any()
    error = people.persistent_variance(np.array([False]))[0]
    assert staff.belief[new] == pytest.approx(people.mean_ability + 0.3)
    assert staff.belief_variance[new] == pytest.approx(4 * people.ability_variance + error)


def test_somebody_is_found_more_rarely_while_the_market_is_tight():
    """exp(−.7 · 1) = .4966 of the posts; all of them in a usual or slack market."""
    state = at(1, replications=range(4), **{"behaviour.hiring.tightness": 0.7}).state
    posts = np.arange(state.posts.size)
    state.labour.cycle = np.array([1.0, 0.0, -1.0, 2.0])
    found = finds_somebody(state, posts)
    shares = [found[state.posts.replication == number].mean() for number in range(4)]
    assert shares[1] == shares[2] == 1.0
    assert shares[0] == pytest.approx(math.exp(-0.7), abs=0.15)
    assert shares[3] == pytest.approx(math.exp(-1.4), abs=0.15)


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_posts_kept_for_outsiders(share):
    chosen = {"regime.ranks.outside_share": share, "behaviour.quits.base_contract": 0.2}
    model = area("four_systems", replications=range(3), **chosen).run()
    kept = kept_for_outsiders(model.state.jurisdictions[0], np.arange(model.state.posts.size))
    assert kept.mean() == pytest.approx(share, abs=0.1)
    events = model.tables()["events"].query("quarter > 8")
    promoted = (events.event == "promoted").sum()
    above = ((events.event == "hired") & (events["rank"] > 1) & (events.department >= 0)).sum()
    assert (promoted == 0) == (share == 1)
    assert above > 0


@pytest.mark.parametrize("within", [False, True])
def test_who_pays_for_a_premium(within):
    """Half are on contracts. On top: they get 1.5. Within: all get cut = Σ/(Σ + .5 · theirs), they 1.5 times that."""
    state = at(4, "civil_service", **{"world.people.contract_share": 0.5}).state
    refresh_pay(state)
    staff = state.staff
    before, on_contract = np.array(staff.normal_pay), np.array(staff.contract)
    bill, theirs = (before[staff.at_work & who].sum() for who in (True, on_contract))
    change = {"contract_premium": 0.5, "premium_within_bill": within}
    now = state.scenario.with_(**{f"regime.salaries.{name}": value for name, value in change.items()})
    adopt(state, now.at(0))
    refresh_pay(state)
    cut = bill / (bill + 0.5 * theirs) if within else 1.0
    expected = np.where(staff.leader, before, before * cut * np.where(on_contract, 1.5, 1.0))
    assert 0.3 < on_contract[staff.at_work].mean() < 0.7
    assert staff.normal_pay == pytest.approx(expected)
    assert staff.normal_pay[staff.at_work].sum() == pytest.approx(bill if within else bill + 0.5 * theirs)
    assert staff.premium == pytest.approx(expected / before - 1)


def test_a_premium_at_the_founding_leaves_mean_pay_at_one():
    chosen = {"world.people.contract_share": 0.5, "regime.salaries.contract_premium": 0.5}
    staff = at(0, "civil_service", **chosen).staff
    assert staff.normal_pay[staff.at_work].mean() == pytest.approx(1)
    assert set(np.unique(staff.premium.round(9)).tolist()) == {0.0, 0.5}


def test_the_youngest_hire_is_not_older_than_the_oldest():
    with pytest.raises(UserError, match=r"oldest_hire: 20 is below youngest_hire 22 \(years\)"):
        area(**{"world.people.oldest_hire": 20})
    staff = area(**{"world.people.youngest_hire": 30, "world.people.oldest_hire": 30.5}).run().staff
    new = staff.hired_quarter > 0
    assert set((staff.age_quarters - staff.service_quarters)[new].tolist()) <= {120, 121}
