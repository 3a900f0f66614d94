"""When people resign (ODD 7.12): the equation at a few points by hand, centred hazards, the labour market."""

import math

import numpy as np
import pytest

from sim.core.draws import Draws, streams
from sim.model.reform import _taste
from sim.response.quits import Situation, outside_pay, quit_hazard, usual_logit
from sim.settings.behaviour import Quits
from sim.settings.labour import LabourMarket
from tests.model.small import area, at
from tests.rules.small import staff_of

QUIET = {
    f"behaviour.quits.{name}": 0
    for name in ("pay_gap", "morale", "standing", "standing_squared", "own_strike", "peers_in_reservoir")
}


def logit(p):
    return math.log(p / (1 - p))


def situation(size, **changes):
    nothing = np.zeros(size)
    usual = {"standing": nothing, "has_strike": nothing > 0, "peers": nothing, "outside": nothing + 1}
    return Situation(**(usual | {"usual": nothing} | changes))


def yearly(quits, people, now=None):
    """Yearly chances of people who are on contracts and paid what is normal, unless they say otherwise."""
    staff = staff_of([{"contract": True, "pay": 0.25, "age_quarters": 140, **one} for one in people], 4)
    hazard = quit_hazard(quits, staff, now or situation(len(people)), 4)
    return 1 - (1 - hazard) ** 4


def test_tenure_age_rank_and_taste_add_to_the_logit():
    """tenure .5: 3 years take .5·ln 4 = .693147; age .4: 45 years take .4·1; rank 2 adds .3; taste takes .2·3 = .6."""
    quits = Quits(tenure=0.5, age=0.4, by_rank=(0.1, 0.3), contract_taste=3)
    people = [
        {"service_quarters": 12, "rank": 3},
        {"service_quarters": 0, "age_quarters": 180, "rank": 3},
        {"service_quarters": 0, "rank": 2},
        {"service_quarters": 0, "rank": 3, "contract_taste": 0.2},
        {"service_quarters": 0, "rank": 3, "contract_taste": 0.2, "contract": False},
        {"service_quarters": 12, "rank": 2, "leader": True},
    ]
    found = [logit(p) for p in yearly(quits, people)]
    base = logit(0.05)
    expected = [base - 0.693147, base - 0.4, base + 0.3, base - 0.6, logit(0.002), base]
    assert found == pytest.approx(expected, abs=1e-6)


def test_what_others_pay_counts_against_what_one_gets():
    """Level .1, cycle .2 · 1.5 SD, price .25 · .4 SD: 1 + .1 + .3 + .1 = 1.5; paid .9 of normal the gap is .6."""
    market = LabourMarket(pay_level=0.1, pay_sd=0.2, ability_price=0.25)
    outside = outside_pay(market, np.array([1.5]), np.array([0.4]))
    assert outside.tolist() == pytest.approx([1.5])
    found = yearly(Quits(pay_gap=2), [{"pay": 0.225}], situation(1, outside=outside))
    assert logit(found[0]) == pytest.approx(logit(0.05) + 2 * 0.6)


def test_what_centres_tenure_and_age():
    """tenure 1: odds 1/(1 + years). Years 0 and 3: mean (1 + 1/4)/2 = .625; alone in its area, 1 year: 1/2."""
    found = usual_logit(Quits(tenure=1), np.array([0.0, 3, 1]), np.full(3, 35.0), np.array([0, 0, 1]), 2)
    assert np.exp(found).tolist() == pytest.approx([0.625, 0.5])
    assert usual_logit(Quits(), np.array([2.0]), np.array([50.0]), np.array([0]), 1).tolist() == [0.0]


@pytest.mark.parametrize("slopes", [{"tenure": 0.7}, {"age": 0.5}, {"tenure": 0.4, "age": 0.3}])
def test_founders_resign_as_often_whatever_keeps_them(slopes):
    """Over the people of the founding, of whom nobody has left, the mean odds are those of the base."""
    chosen = {f"behaviour.quits.{name}": value for name, value in slopes.items()}
    model = at(0, "contract_only", replications=range(3), **chosen, **QUIET)
    state, staff = model.state, model.staff
    now = situation(staff.size, usual=state.labour.usual_logit(state.behaviour.quits)[state.area_of_staff()])
    staff["pay"] = staff.normal_pay / 4
    hazard = quit_hazard(state.behaviour.quits, staff, now, 4)[staff.at_work]
    p = 1 - (1 - hazard) ** 4
    base = state.behaviour.quits.base_established
    assert (p / (1 - p)).mean() == pytest.approx(base / (1 - base))
    assert p.std() > 0.2 * base
    assert p.mean() == pytest.approx(base, rel=0.01)


def test_another_age_than_35_would_say_the_same():
    """What is taken off for everybody comes back with the centre."""
    served, ages, place = np.array([1.0, 9.0]), np.array([30.0, 50.0]), np.zeros(2, dtype=int)
    one = usual_logit(Quits(age=0.5), served, ages, place, 1)
    other = usual_logit(Quits(age=0.5), served, ages + 10, place, 1)
    assert one - other == pytest.approx([0.5])


def test_the_cycle_is_an_ar1_that_no_regime_moves():
    settings = {"world.labour_market.persistence": 0.5, "replications": range(2)}
    tables = [area(name, **settings).run().tables()["area"] for name in ("civil_service", "four_systems")]
    cycle = [table.pivot(index="quarter", columns="replication", values="labour_market") for table in tables]
    assert (cycle[0] == cycle[1]).all(axis=None)
    key = streams(np.arange(2), np.full(2, 2**47))
    luck = [Draws(5).normal("labour_market", quarter, key) for quarter in (1, 2)]
    assert cycle[0].loc[0].tolist() == [0.0, 0.0]
    assert cycle[0].loc[1].tolist() == luck[0].tolist()
    assert cycle[0].loc[2].tolist() == pytest.approx((0.5 * luck[0] + math.sqrt(0.75) * luck[1]).tolist())


def test_the_converted_keep_the_taste_with_which_they_chose():
    """The draw of the choice: who was free to refuse likes it; where nobody was asked the mean is 0."""
    before = at(8, "four_systems")
    before.state.quarter = 9
    drawn = dict(zip(before.staff.person.tolist(), _taste(before.state).tolist(), strict=True))
    means = {}
    for kind in ("choice", "everybody"):
        staff = at(9, "four_systems", **{"regime.appointment.conversion": kind}).staff
        mine = np.flatnonzero(staff.employed & ~staff.leader & (staff.hired_quarter < 9))
        assert [drawn[person] for person in staff.person[mine].tolist()] == staff.contract_taste[
            mine
        ].tolist()
        assert not staff.contract_taste[staff.leader | (staff.hired_quarter == 9)].any()
        means[kind] = staff.contract_taste[mine].mean()
    assert means["choice"] > means["everybody"] + 0.1
    assert abs(means["everybody"]) < 0.1


def test_resignations_of_some_add_up_to_those_of_all():
    table = area(
        "contract_only", replications=range(2), record=["events"], **{"behaviour.quits.base_contract": 0.2}
    )
    tables = table.run().tables()
    left = tables["events"].query("event == 'resigned' and quarter == 16 and replication == 0")
    now = tables["area"].query("quarter == 16 and replication == 0").iloc[0]
    staff = tables["staff"].query("replication == 0 and left_quarter < 0")
    young, here = (left.age_quarters < 140).sum(), (staff.age_quarters < 140).sum()
    assert now.resignations_young == pytest.approx(400 * young / here)
    assert now.resignations_older == pytest.approx(400 * (len(left) - young) / (len(staff) - here))
    new, here = (left.service_quarters < 8).sum(), (staff.service_quarters < 8).sum()
    assert now.resignations_newcomers == pytest.approx(400 * new / here)
    assert now.resignations_settled == pytest.approx(400 * (len(left) - new) / (len(staff) - here))
