"""What version 0.1 had with the wrong sign, or not at all: each of these tests fails on it (V10 holds many more)."""

import numpy as np
import pytest

from sim.model import NewAreaModel
from sim.people.founding import half_up
from tests.model.small import FOLDER, SMALL, area, at

MANY = {"replications": range(12)}
LONG = {"horizon.quarters": 24}


def late(table, outcome, first=13):
    """Mean of an outcome over the quarters from `first` on, by replication."""
    return table[table.quarter >= first].groupby("replication")[outcome].mean()


def moved(outcome, change, name="four_systems", **given):
    """Change of an outcome by `change`, replication by replication, with the error of its mean."""
    tables = [area(name, **MANY, **LONG, **(given | more)).run().tables()["area"] for more in ({}, change)]
    difference = late(tables[1], outcome) - late(tables[0], outcome)
    return difference.mean(), difference.std() / np.sqrt(difference.size)


def assert_moves(sign, found):
    mean, error = found
    assert sign * mean > 4 * error > 0


# --- posts


def test_a_post_beyond_the_headcount_falls_away_when_it_is_vacant():
    model = area(
        "four_systems", **{"regime.posts.kind": "dynamic", "regime.posts.step_cap": 0.1}, **MANY
    ).run()
    posts, staff, state = model.state.posts, model.staff, model.state
    vacant = posts.kept & (posts.vacant_since >= 0) & ~posts.manager & ~posts.indicator & ~posts.leader
    there = np.bincount(posts.organisation[posts.department >= 0], minlength=state.organisations)
    surplus = there - half_up(state.authorised)
    spare = np.bincount(posts.organisation[vacant], minlength=state.organisations)
    assert (~posts.kept).any()
    assert not ((surplus > 0) & (spare > 0)).any()
    assert np.bincount(staff.post[staff.on_post]).max() == 1


def test_output_per_post_is_over_authorised_posts():
    model = area(
        "four_systems", **{"regime.posts.kind": "dynamic", "regime.posts.step_cap": 0.1}, **MANY
    ).run()
    table = model.tables()["area"].query("quarter > 0")
    leaders = model.state.posts.leader.sum() / len(MANY["replications"])
    expected = table.true_output / (table.authorised + leaders)
    np.testing.assert_allclose(table.output_per_post, expected)
    assert (abs(table.posts - table.authorised - leaders) > 0.5).any()


# --- pay


def test_growth_of_the_area_moves_the_wage_bill_and_effort():
    growth = {"world.growth.base": 0.2}
    assert_moves(1, moved("wage_bill", growth))
    assert_moves(1, moved("effort", growth))


def test_a_cap_takes_the_reason_to_work_for_more():
    mean, error = moved("effort", {"regime.floating_pay.cap": 1.0})
    assert mean < -0.02
    assert error < 0.01


def test_in_an_open_pot_a_colleagues_gain_costs_nobody():
    assert_moves(-1, moved("sabotage", {"regime.floating_pay.pot": "open"}))


def test_in_an_open_pot_pay_follows_what_is_done_not_only_who_does_more():
    """More altruism and less noise apart, everybody's better work raises everybody's pay."""
    terms = {"regime.floating_pay.pot": "open"}
    assert_moves(1, moved("wage_bill", {"behaviour.effort.cost": 0.1}, **terms))


# --- people


def test_whoever_cares_more_helps_more_and_delivers_more():
    caring = {"behaviour.helping.altruism": 0.5}
    assert_moves(1, moved("helping", caring))
    assert_moves(1, moved("true_contribution", caring))


def test_a_longer_stay_in_the_reservoir_costs_work():
    """Every quarter as many open posts of an organisation stay unfilled as people wait whose own posts are open."""
    model = at(8, **{"regime.adjustment.triggers.last_in_department.in_a_row": 1}, **MANY, **LONG)
    waited = 0
    for quarter in range(9, 25):
        model.step()
        posts, staff, many = model.state.posts, model.staff, model.state.organisations
        due = quarter - model.state.behaviour.hiring.vacancy_quarters
        open_now = (posts.department >= 0) & (posts.vacant_since >= 0) & (posts.vacant_since <= due)
        waiting = staff.in_reservoir & (staff.reservoir_since <= due)
        unfilled = np.bincount(posts.organisation[open_now], minlength=many)
        kept = np.bincount(staff.organisation[waiting], minlength=many)
        assert (unfilled >= kept).all()
        waited += kept.sum()
    assert waited > 50


ONLY = {
    "regime.adjustment.triggers.last_in_department": None,
    "regime.adjustment.triggers.incompetent": None,
    "regime.adjustment.triggers.last_in_municipality": None,
    "regime.adjustment.triggers.bottom_managers": None,
}
FEARED = {
    "managers at the back": ({"kind": "managers_at_the_back", "share": 0.2}, "manager", 0.03),
    "last in the municipality": ({"kind": "last_in_municipality", "in_a_row": 1}, "holder", 0.08),
}


@pytest.mark.parametrize("case", FEARED)
def test_a_flag_that_can_hit_is_feared(case):
    """Those it can hit work harder than with nothing to fear: twice version 0.1 (.012, .039 SD) and more."""
    trigger, whom, least = FEARED[case]
    effort = []
    for given in ({}, {"regime.adjustment.triggers.it": trigger}):
        model = at(16, **ONLY, **given, **MANY)
        staff = model.staff
        concerned = staff.at_work & (
            staff.manager if whom == "manager" else model.state.posts.indicator[staff.post]
        )
        effort.append(np.asarray(staff.effort[concerned]).mean())
    assert effort[1] > effort[0] + least


def test_pooled_selection_is_feared():
    one = {"regime.adjustment.triggers.last_in_department.in_a_row": 1}
    mean, error = moved("effort", {"regime.adjustment.enforcement": 0.0}, "fair_ranking", **one)
    assert mean < -0.01
    assert error < 0.005


def test_survivors_lose_morale_when_colleagues_go():
    assert_moves(-1, moved("morale", {"behaviour.morale.survivors": 3.0}, "forced_ranking"))
    ranked, kept = (
        late(area(name, **MANY, **LONG).run().tables()["area"], "morale")
        for name in ("forced_ranking", "contract_only")
    )
    assert (ranked < kept).all()


def test_people_expect_the_openings_they_have_seen():
    model = at(24, **{"behaviour.stakes.expected_turnover": 0.5}, **MANY)
    seen = model.state.turnover[:, 2:6]
    assert (seen != 0.5).all()
    assert 0 < seen.mean() < 0.4
    stubborn = at(
        24, **{"behaviour.stakes.expected_turnover": 0.5, "behaviour.stakes.turnover_learning": 0.0}
    )
    assert (stubborn.state.turnover == 0.5).all()


# --- the place


def test_a_reform_that_changes_nothing_seldom_breaks_the_experience():
    """About `false_alarm` of the quarters, at first and later; 60 areas whose quarters hang together: 5 % ± 4."""
    change = {"quarter": 8, "set": {"regime": {"floating_pay": {"kind": "fixed"}}}}
    nothing = {"extends": str(FOLDER / "civil_service.yaml"), "timeline": [change]}
    model = NewAreaModel(nothing, rng=5, replications=range(60), **(SMALL | {"horizon.quarters": 32}))
    table = model.run().tables()["area"]
    for first, last in ((9, 16), (17, 24), (25, 32)):
        broken = 1 - late(table[table.quarter <= last], "experience_kept", first)
        assert 0.01 < broken.mean() < 0.09, (first, broken.mean())


@pytest.mark.parametrize(
    ("outcome", "change", "sign"),
    [
        ("growth", {"world.growth.autonomy_effect": 0.1}, 1),
        ("load", {"structure.powers.economic_local": 500}, -1),
        ("turnaround_service", {"structure.agencies.number": 0}, 1),
        ("load", {"structure.tiers": 3}, 1),
        ("load", {"structure.powers.coordination": 2.0}, 1),
    ],
    ids=str,
)
def test_the_place_acts_through_the_people_there(outcome, change, sign):
    """The effect differs from replication to replication: it is work for whoever happens to be there."""
    name = "structure_only" if outcome == "growth" else "four_systems"
    assert_moves(sign, moved(outcome, change, name))


def test_load_wears_people_down():
    assert_moves(-1, moved("morale", {"world.demand.load": 1.3}))
    assert_moves(
        -1, moved("service_quality", {"world.demand.load_weight": 3.0}, **{"world.demand.load": 1.2})
    )
