"""Pay, from the fund to the person: who is paid what, and that a fund is spent to the last penny."""

import numpy as np
import pytest

from sim.model import QUARTER
from sim.model.pay import pay
from sim.model.work import open_quarter
from sim.model.year import appraise
from tests.model.small import LATER, SCENARIOS, at

STRICT = {"regime.appraisal.incompetent_share": 0.1}
NATIONAL_SCALE = {
    *(
        "civil_service",
        "contract_only",
        "dalian_jinpu",
        "floating_pay_only",
        "forced_ranking",
        "jinan_high_tech",
    ),
    *("postings_by_rank", "pre_reform", "quarterly_probation", "structure_only", "two_strikes"),
}
"""Scenarios that leave the salaries alone."""
EACH = pytest.mark.parametrize("name", SCENARIOS)


@EACH
def test_mean_pay_is_one_at_the_founding(name):
    """Outside the parks: what their own people earn is a multiple of it (ODD 7.18)."""
    state = at(0, name, replications=range(3)).state
    staff, in_parks = state.staff, np.isin(state.staff.department, state.parks.department)
    for number in range(3):
        mine = staff.at_work & ~(in_parks & (staff.department >= 0)) & (staff.replication == number)
        assert staff.normal_pay[mine].mean() == pytest.approx(1, rel=1e-12)


@EACH
def test_a_reform_of_salaries_keeps_the_wage_bill(name):
    """Σ normal pay of people still at work and under the reform, in each replication, on the morning of the reform."""
    state = at(8, name, replications=range(3)).state
    pay = dict(zip(state.staff.stream.tolist(), state.staff.normal_pay.tolist(), strict=True))
    state.quarter = 9
    open_quarter(state)
    old = state.scenario.at(8).regime.salaries
    changes = np.array([regime.salaries != old for regime in state.regimes])[state.staff.regime]
    before = by_replication(state, np.array([pay[one] for one in state.staff.stream.tolist()]), changes)
    changed = state.scenario.at(9).regime.salaries != state.scenario.at(8).regime.salaries
    assert changed == (name not in NATIONAL_SCALE)
    somebody_goes = state.regimes[0].appointment.conversion_kind != "everybody"
    if changed and somebody_goes:  # the wage bill that is kept includes theirs
        assert by_replication(state, state.staff.normal_pay, changes) == pytest.approx(before, rel=0.02)
    elif changed:
        assert by_replication(state, state.staff.normal_pay, changes) == pytest.approx(before, rel=1e-12)


def by_replication(state, pay, among):
    mine = state.staff.at_work & among
    return np.bincount(state.staff.replication[mine], weights=pay[mine])


def paid(quarter, **settings):
    """The state when the quarter's pay has just been given."""
    state = at(quarter - 1, replications=range(3), **STRICT, **settings).state
    state.quarter += 1
    for process in QUARTER[: QUARTER.index(pay) + 1]:
        process(state)
    return state


@pytest.mark.parametrize("share", [1.0, 0.3])
def test_base_pay(share):
    """Normal pay less the floating share, of which part may be lost in the reservoir; leaders get all."""
    state = paid(13, **{"regime.adjustment.reservoir.pay_share": share})
    staff = state.staff
    normal = staff.normal_pay / 4
    groups = {0.6: staff.at_work, 1.0: staff.leader & staff.on_post, 0.6 * share: staff.in_reservoir}
    for part, group in groups.items():
        assert group.sum() > 5
        assert staff.base_pay[group] == pytest.approx(part * normal[group], rel=1e-12)
    elsewhere = ~(staff.at_work | staff.in_reservoir | staff.on_post)
    assert not staff.pay[elsewhere].any()


@pytest.mark.parametrize("forfeited", ["budget", "colleagues"])
def test_a_fund_is_spent_where_it_belongs(forfeited):
    """Uncapped, what floats in an organisation is its fund; in all, the floating share of everybody who counts.

    So it is while growth is at its reference; what growth makes of funds is another test's.
    """
    terms = {"cap": 10.0, "forfeited": forfeited, "growth_link": 0.0}
    state = paid(13, **{f"regime.floating_pay.{name}": value for name, value in terms.items()})
    staff = state.staff
    floating = staff.quarterly_pay + staff.grade_pay + staff.annual_pay
    spent = np.bincount(staff.organisation, weights=floating, minlength=state.organisations)
    assert spent == pytest.approx(state.funds, rel=1e-12)
    counted = staff.at_work | (staff.in_reservoir if forfeited == "colleagues" else False)
    assert state.funds.sum() == pytest.approx(0.4 * staff.normal_pay[counted].sum() / 4, rel=1e-12)
    assert not floating[~staff.at_work].any()


def test_growth_moves_funds_between_new_cities():
    """With own growth linked, the faster growing has more than its share; the area level's own stays."""
    shares = []
    for link in (0.0, 1.0):
        terms = {"growth_link": 0.0, "own_growth_link": link}
        settings = {f"regime.floating_pay.{name}": value for name, value in terms.items()}
        state = paid(9, **{"world.growth.shock_sd": 0.2}, **settings)
        shares.append(state.funds.reshape(3, -1))
        growth = state.growth
    moved = shares[1] / shares[0] - 1
    assert moved[:, -1] == pytest.approx(np.zeros(3), abs=1e-12)
    for number in range(3):
        order = np.argsort(growth[number])
        assert (np.diff(moved[number, :-1][order]) > 0).all()
        assert shares[1][number].sum() == pytest.approx(shares[0][number].sum())


def test_the_growth_of_the_whole_area_moves_all_funds():
    """By the link times what growth exceeds the reference, the area level's fund too, and the wage bill with them."""
    funds, bills = [], []
    for base in (0.052, 0.2):
        settings = {
            "world.growth.base": base,
            "world.growth.shock_sd": 0.0,
            "regime.floating_pay.growth_link": 1.0,
        }
        state = paid(9, **settings, **{"regime.floating_pay.own_growth_link": 0.0})
        funds.append(state.funds.reshape(3, -1) / (1 + state.growth.mean(axis=1, keepdims=True) - 0.052))
        bills.append(state.staff.pay.sum())
    assert funds[1] == pytest.approx(funds[0], rel=1e-12)
    assert bills[1] > bills[0] * 1.04


def test_pay_floats_only_under_a_floating_regime():
    for name, floats in (("civil_service", False), ("floating_pay_only", True)):
        staff = at(LATER, name).staff
        assert (staff.pay > staff.base_pay).any() == floats


def test_scores_that_were_not_given_do_not_replace_old_ones():
    """At a year's close whoever is not appraised keeps the last annual score and grade."""
    model = at(15, replications=range(3), **STRICT, **{"regime.adjustment.reservoir.stay_quarters": 4})
    staff = model.staff
    before = {name: np.array(staff[name]) for name in ("annual_score", "grade")}
    waiting = np.array(staff.in_reservoir)
    newcomers = np.array(staff.at_work & (staff.quarters_scored < 3))
    model.state.quarter += 1
    for process in QUARTER[: QUARTER.index(appraise) + 1]:
        process(model.state)
    assert waiting.sum() >= 5
    assert newcomers.sum() >= 5
    kept = waiting | newcomers
    for name, values in before.items():
        assert np.array_equal(staff[name][kept], values[kept])
    assert not np.array_equal(staff.annual_score, before["annual_score"])
