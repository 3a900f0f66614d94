"""Shares and correlations come out as ODD.md says, within what luck allows.

Seeds are fixed, so nothing flickers. Where a bound is four standard errors, one correct model in 16 000 would fail it;
other false-alarm rates are stated.
"""

import math

import numpy as np
import pytest
from scipy.stats import chi2

from sim.core.groups import count_by
from sim.core.orders import best_of
from sim.response.quits import Situation, quit_hazard
from tests.model.small import area, at
from tests.rules.small import staff_of

PLAIN = {
    "world.difficulty_sd": 0.0,
    "behaviour.effort.response": 0.0,
    "behaviour.effort.morale_effect": 0.0,
    "behaviour.hiring.vacancy_quarters": 8,
    "behaviour.quits.base_established": 1e-9,
    "horizon.quarters": 9,
}
"""Nothing but ability and error in a score."""


def within_four_errors(found, expected, error):
    assert error > 0
    assert abs(found - expected) < 4 * error


@pytest.mark.parametrize("reliability", [0.3, 0.52, 0.8])
@pytest.mark.parametrize("group", ["staff", "managers"])
def test_reliability_is_the_squared_correlation_of_score_and_ability(group, reliability):
    """Standard error of a correlation: (1 − ρ²)/√n; of its square 2ρ times that."""
    settings = PLAIN | {f"behaviour.rating.reliability_{group}": reliability}
    model = at(4, "civil_service", replications=range(100), **settings)
    staff = model.staff
    appraised = staff.at_work & (staff.quarters_scored == 4) & (staff.manager == (group == "managers"))
    count, rho = appraised.sum(), math.sqrt(reliability)
    assert count > 1500
    found = np.corrcoef(staff.annual_score[appraised], staff.ability[appraised])[0, 1] ** 2
    within_four_errors(found, reliability, 2 * rho * (1 - reliability) / math.sqrt(count))


def test_founders_are_the_best_of_three_by_a_weak_test():
    """μ_h = v·E[max], V_h = v²·Var[max] + 1 − v², with a third selected and v = .3."""
    settings = {"behaviour.hiring.selection_ratio": 1 / 3, "behaviour.hiring.validity": 0.3}
    ability = at(0, replications=range(60), **settings).staff.ability
    mean, variance = best_of(3)
    expected = 0.3**2 * variance + 1 - 0.3**2
    within_four_errors(ability.mean(), 0.3 * mean, math.sqrt(expected / ability.size))
    within_four_errors(ability.var(), expected, expected * math.sqrt(2 / ability.size))


def test_sizes_add_up_in_every_replication():
    model = at(0, replications=range(30), **{"structure.department_size.mean": 8.3})
    posts, replication = model.state.departments.posts, model.state.departments.replication
    assert (np.bincount(replication, weights=posts) == math.floor(8.3 * 13 + 0.5)).all()
    assert posts.min() >= model.settings.structure.department_size.smallest
    assert len(np.unique(posts)) > 4


LOGIT = {
    "pay_gap": 2.0,
    "morale": 0.8,
    "standing": 0.25,
    "standing_squared": 0.05,
    "own_strike": 0.65,
    "peers_in_reservoir": 8.0,
    "in_reservoir": 1.2,
}


def test_the_chance_of_quitting_is_a_yearly_logit():
    """One reason at a time, and all together, on a base of 10 % a year for one on a contract who is paid normally."""
    from sim.settings.behaviour import Quits

    quits = Quits(base_contract=0.1, base_established=0.02, **LOGIT)
    usual = {"contract": True, "pay": 0.25, "normal_pay": 1.0}
    people = [
        usual,
        usual | {"contract": False},
        usual | {"morale": -1.0},
        usual | {"pay": 0.20},  # a fifth below normal
        usual | {"reservoir_since": 3},
        usual,  # has a strike
        usual,  # believes to stand at 2
        usual,  # a tenth of the organisation is in the reservoir
        usual | {"morale": 0.5, "pay": 0.30, "leader": True},  # leaders: the base alone
    ]
    strike = np.array([False] * 5 + [True] + [False] * 3)
    standing = np.array([0.0] * 6 + [2.0, 0.0, 2.0])
    peers = np.array([0.0] * 7 + [0.1, 0.1])
    now = Situation(standing, strike, peers, outside=np.ones(9), usual=np.zeros(9))
    found = quit_hazard(quits, staff_of(people, 4), now, 4)
    reasons = [0, 0, 0.8, 2.0 * 0.2, 1.2, 0.65, 0.25 * 2 + 0.05 * 4, 8.0 * 0.1, 0]
    bases = [0.1, 0.02, *[0.1] * 7]
    for hazard, reason, base in zip(found, reasons, bases, strict=True):
        yearly = 1 / (1 + math.exp(-(math.log(base / (1 - base)) + reason)))
        assert hazard == pytest.approx(1 - (1 - yearly) ** 0.25, rel=1e-12)


@pytest.mark.parametrize("yearly", [0.02, 0.3])
def test_people_quit_as_often_as_the_logit_says(yearly):
    """Every quarter of the first two years, nothing else playing a part."""
    alone = dict.fromkeys((f"behaviour.quits.{name}" for name in LOGIT), 0.0)
    settings = alone | {"behaviour.quits.base_established": yearly, "horizon.quarters": 9}
    table = area("civil_service", replications=range(30), **settings).run().tables()["area"]
    before, after = table[table.quarter < 8].headcount.to_numpy(), table[table.quarter.between(1, 8)]
    resigned = (after.resignations * after.headcount / 400).sum()
    chance, trials = 1 - (1 - yearly) ** 0.25, before.sum()
    within_four_errors(resigned / trials, chance, math.sqrt(chance * (1 - chance) / trials))


EVENTFUL = {
    "behaviour.hiring.sorting": 0.0,
    "horizon.quarters": 24,
    "regime.appraisal.incompetent_share": 0.05,
}


def flags_of(name):
    events = area(name, replications=range(24), **EVENTFUL).run().tables()["events"]
    flags = events[(events.event == "flagged") & (events.quarter > 8) & (events.department_size > 1)]
    return flags[flags.trigger != "last_in_municipality"]


def test_a_lottery_is_blind():
    """Places by ability of the drawn, (place + ½)/n, are uniform over the group: mean ½, variance (1 − 1/n²)/12."""
    flags = flags_of("placebo_lottery")
    variance = ((1 - 1 / flags.department_size**2) / 12).mean()
    assert len(flags) > 300
    within_four_errors(flags.ability_rank_share.mean(), 0.5, math.sqrt(variance / len(flags)))


def test_the_rule_is_not():
    assert flags_of("four_systems").ability_rank_share.mean() < 0.35


def test_a_lottery_flags_as_many_of_the_same_groups():
    """As many as the rule under the same luck: every quarter in every area, and in all but few departments."""
    by_rule, by_lot = (
        flags_everywhere(name).groupby(["replication", "quarter", "department"]).size()
        for name in ("four_systems", "placebo_lottery")
    )
    assert by_rule.sum() >= 250
    areas = [one.groupby(level=["replication", "quarter"]).sum() for one in (by_rule, by_lot)]
    assert areas[0].equals(areas[1])
    missed = by_rule.sub(by_lot, fill_value=0).clip(lower=0).sum()
    assert (
        missed < 0.25 * by_rule.sum()
    )  # managers are drawn in their organisation, staff in their department


def flags_everywhere(name):
    events = area(name, replications=range(20), **EVENTFUL).run().tables()["events"]
    return events[(events.event == "flagged") & (events.quarter > 8)]


def test_first_contracts_are_staggered_evenly():
    """A third of the converted in each of the three years (chi-squared, false alarm one in 1000)."""
    model = at(9, "contract_only", replications=range(10))
    staff = model.staff
    converted = staff.contract & (staff.hired_quarter <= 8)
    ends, counts = np.unique(staff.contract_end[converted], return_counts=True)
    assert ends.tolist() == [12, 16, 20]
    expected = counts.sum() / 3
    assert chi2.sf(((counts - expected) ** 2 / expected).sum(), 2) > 1e-3


def test_broken_quotas_come_out_on_average():
    """A tenth of small groups is less than a person; the lottery of the remainder makes it a tenth in all."""
    model = at(12, "forced_ranking", replications=range(30), record=["departments", "events"])
    state = model.state
    view = state.view()
    grade = state.regimes[0].appraisal.grade(view)
    sizes = count_by(view.ranking_group, view.groups, view.appraised)
    exact = np.where(sizes >= 3, 0.10 * sizes, 0.0)
    part = exact - np.floor(exact)
    assert part.std() > 0.1
    within_four_errors((grade == 0).sum(), exact.sum(), math.sqrt((part * (1 - part)).sum()))


def test_outside_units_are_stationary():
    """Growth of the peers: variance 1 and autocorrelation .6; the errors allow for the persistence."""
    models = at(10, "civil_service", replications=range(60))
    now = models.state.peers.growth.ravel()
    models.step()
    later = models.state.peers.growth.ravel()
    within_four_errors(later.var(), 1.0, math.sqrt(2 / later.size))
    within_four_errors(np.corrcoef(now, later)[0, 1], 0.6, (1 - 0.6**2) / math.sqrt(later.size))
