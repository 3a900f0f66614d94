"""Three equations of ODD 7 reckoned another way, from its words alone: by simulation and by quadrature."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from sim.model import NewAreaModel
from sim.scenario.loader import load

PEOPLE, DEPARTMENTS, DRAWS = 8, 10, 400_000
VALIDITY, SELECTED, RELIABILITY, PERSISTENT, Q = 0.3, 0.25, 0.52, 0.3, 4
FLOATING, SLOPE = 0.3, 0.1

NOBODY_IS_GRADED_DOWN = {
    "kind": "absolute_standard",
    "excellent_share": 0,
    "basic_share": 0,
    "incompetent_share": 0,
}
EVERYBODY_ALIKE = {
    "name": "derivation",
    "structure": {
        "department_size": {"mean": PEOPLE, "variation": 0},
        "area_level": {"departments": 3, "interdependence": 0},
        "new_cities": {"departments": DEPARTMENTS - 3, "interdependence": 0},
        "manager_share": 0.15,
    },
    "world": {"difficulty_sd": 0, "new_cities": ["one", "two"]},
    "behaviour": {
        "hiring": {"validity": VALIDITY, "selection_ratio": SELECTED},
        "rating": {
            "reliability_staff": RELIABILITY,
            "reliability_managers": RELIABILITY,
            "persistent_share": PERSISTENT,
            "group_bias_sd": 0,
        },
    },
}


def reward(regime, **structure):
    """Marginal reward in the first quarter, (of managers, of the others): the same for all of a kind."""
    scenario = EVERYBODY_ALIKE | {"regime": {"appraisal": NOBODY_IS_GRADED_DOWN, **regime}}
    scenario["structure"] = scenario["structure"] | structure
    model = NewAreaModel(load(scenario), replications=[0])
    model.step()
    staff = model.state.staff
    worked = staff.worked_in >= 0
    return staff.reward[worked & staff.manager], staff.reward[worked & ~staff.manager]


def variances():
    """Belief variance of somebody who joins and noise variance of an annual score (ODD 7.2, 7.3)."""
    n = 1 / SELECTED

    def moment(power):
        return integrate.quad(
            lambda x: x**power * n * stats.norm.pdf(x) * stats.norm.cdf(x) ** (n - 1), -12, 12
        )[0]

    ability = VALIDITY**2 * (moment(2) - moment(1) ** 2) + 1 - VALIDITY**2
    error = ability * (1 - RELIABILITY) / RELIABILITY
    return ability + PERSISTENT * error, (1 - PERSISTENT) * error


@pytest.mark.parametrize("pot", ["zero_sum", "open"])
@pytest.mark.parametrize("rank_weight", [0.0, 0.5])
def test_what_a_better_score_earns_is_what_simulated_funds_pay(pot, rank_weight):
    """ODD 7.9: funds of eight are shared by coefficients many times over; one of the eight scores a little better."""
    belief, noise = variances()
    rng, step = np.random.default_rng(1), 0.2
    scores = rng.normal(0, math.sqrt(belief + Q * noise), (DRAWS, PEOPLE))

    def earned(better):
        own = scores + better * (np.arange(PEOPLE) == 0)
        place = (own[:, :1] > own[:, 1:]).sum(axis=1)
        places = np.argsort(np.argsort(own, axis=1), axis=1)
        assert (places[:, 0] == place).all()
        coefficient = rank_weight * 2 * (places + 0.5) / PEOPLE
        coefficient += (1 - rank_weight) * np.clip(1 + SLOPE * own, 0, 2)  # what hires are like is 0 here
        share = coefficient[:, 0]
        if pot == "zero_sum":
            share = share / coefficient.sum(axis=1) * PEOPLE
        return FLOATING * share.mean()

    simulated = (earned(step) - earned(-step)) / (2 * step)
    terms = {
        "kind": "three_part",
        "pot": pot,
        "floating_share": FLOATING,
        "quarterly_part": 1,
        "grade_part": 0,
        "annual_part": 0,
        "rank_weight": rank_weight,
        "score_slope": SLOPE,
        "cap": 10,
    }
    _, found = reward({"floating_pay": terms}, manager_share=0)
    assert np.ptp(found) < 1e-12
    assert found[0] == pytest.approx(simulated, rel=0.015)


@pytest.mark.parametrize(("own_share", "flagged"), [(0.0, 2), (0.5, 2), (1.0, 3)])
def test_the_fear_of_managers_is_that_of_simulated_areas(own_share, flagged):
    """ODD 7.4, 7.11: ten managers ranked by own scores and departments' means; how likely a little better spares."""
    belief, noise = variances()
    sd, rng = math.sqrt(belief + noise), np.random.default_rng(2)
    own, others = (rng.normal(0, sd / math.sqrt(n), (DRAWS, DEPARTMENTS)) for n in (1, PEOPLE - 1))
    mean = (own + (PEOPLE - 1) * others) / PEOPLE
    values = own_share * own + (1 - own_share) * mean
    last_spared = np.sort(values[:, 1:], axis=1)[:, flagged - 1]  # below which the first manager is flagged
    reach = own_share + (1 - own_share) / PEOPLE
    rest = (1 - own_share) * (PEOPLE - 1) / PEOPLE * others[:, 0]
    spared = stats.norm.pdf((last_spared - rest) / reach, scale=sd).mean()
    back = {
        "kind": "managers_at_the_back",
        "share": flagged / DEPARTMENTS,
        "own_share": own_share,
        "follows": "exit",
        "in_a_row": 1,
    }
    managers, _ = reward({"adjustment": {"kind": "triggers", "triggers": {"back": back}}})
    assert managers.size == DEPARTMENTS
    assert np.ptp(managers) < 1e-12
    stakes = load(EVERYBODY_ALIKE).behaviour.stakes
    assert managers[0] == pytest.approx((stakes.dismissal + stakes.status) * spared, rel=0.01)


def judged(before, after, false_alarm):
    """Whether experience is kept, for many areas at once: `before` has shape (quarters, areas)."""
    service = NewAreaModel(load(EVERYBODY_ALIKE), replications=[0]).state.service
    service = replace(service, before=[])
    for quality, reformed in [*((row, False) for row in before), (after, True)]:
        for queue in (service.economic, service.service):
            queue.quality = quality[:, None]
        service.social.quality = quality
        service.judge(reformed, false_alarm, wander=0.0)
    return service.kept


@pytest.mark.parametrize("quarters", [2, 8])
@pytest.mark.parametrize("false_alarm", [0.05, 0.2])
def test_a_reform_of_nothing_breaks_experience_as_often_as_told(quarters, false_alarm):
    """ODD 7.17: areas whose quality is noise alone."""
    quality = np.random.default_rng(3).normal(1.3, 0.2, (quarters + 1, DRAWS))
    broken = 1 - judged(quality[:-1], quality[-1], false_alarm).mean()
    assert broken == pytest.approx(false_alarm, abs=4 * math.sqrt(false_alarm / DRAWS))


@pytest.mark.parametrize(("quarters", "false_alarm"), [(3, 0.2), (8, 0.05)])
def test_the_limit_of_experience_is_that_of_a_quadrature(quarters, false_alarm):
    """How many SD below the mean: the share of quarters below it, over all means and SD of quarters before."""

    def share_below(k):
        def below(variance):
            gap = k * math.sqrt(variance) / math.sqrt(1 + 1 / quarters)
            return stats.chi2.pdf(variance * (quarters - 1), quarters - 1) * stats.norm.sf(gap)

        return (quarters - 1) * integrate.quad(below, 0, np.inf)[0]

    k = optimize.brentq(lambda k: share_below(k) - false_alarm, 0.01, 20)
    before = np.random.default_rng(4).normal(0, 1, quarters)
    offered = np.linspace(before.mean() - 5 * before.std(ddof=1), before.mean(), 20_001)
    kept = judged(np.repeat(before[:, None], offered.size, axis=1), offered, false_alarm)
    limit = offered[kept.argmax()]
    assert (before.mean() - limit) / before.std(ddof=1) == pytest.approx(k, abs=1e-3)
