"""The outcomes: ratios of sums.

The sums are taken once an organisation and added up for the whole area, so that the area's table and the
organisations' rows can never disagree.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.observe.snapshot import Floats, Sums, ratio_or_nan


class Outcome(NamedTuple):
    """One recorded outcome.

    `good` is 1 where more is better, -1 where less is, 0 where neither can be said.
    """

    name: str
    unit: str
    label: str
    meaning: str
    good: int
    of: Callable[[Sums], Floats]


def _a(numerator: str, denominator: str = "at_work") -> Callable[[Sums], Floats]:
    return lambda found: ratio_or_nan(found[numerator], found[denominator])


def _one(name: str) -> Callable[[Sums], Floats]:
    return lambda found: found[name]


def _correlation(found: Sums) -> Floats:
    """Correlation of pay and true contribution among people who worked; NaN where either does not vary."""
    people = np.where(found["worked"] > 0, found["worked"], np.nan)
    pay, contribution = found["pay_at_work"] / people, found["contribution"] / people
    covariance = found["pay_contribution"] / people - pay * contribution
    variances = (found["pay_squared"] / people - pay**2) * (
        found["contribution_squared"] / people - contribution**2
    )
    return np.where(
        variances > 1e-18, covariance / np.sqrt(np.where(variances > 1e-18, variances, 1.0)), np.nan
    )


def _gap(found: Sums) -> Floats:
    return ratio_or_nan(found["score"] - found["contribution"], found["worked"])


def _cost(found: Sums) -> Floats:
    return ratio_or_nan(found["wages"] + found["severance"], found["output"])


OUTCOMES: dict[str, Outcome] = {
    outcome.name: outcome
    for outcome in (
        Outcome(
            "headcount",
            "people",
            "people employed",
            "on a post or in the reservoir, leaders included",
            0,
            _one("headcount"),
        ),
        Outcome(
            "at_work",
            "people",
            "people at work",
            "on a post under the regime, leaders excluded",
            0,
            _one("at_work"),
        ),
        Outcome("posts", "posts", "posts", "leaders' posts included", 0, _one("posts")),
        Outcome("vacancies", "posts", "vacant posts", "leaders' posts included", -1, _one("vacancies")),
        Outcome(
            "true_output",
            "mean output",
            "true output",
            "work truly delivered in the quarter; a person of mean 0 contributes 1",
            1,
            _one("output"),
        ),
        Outcome(
            "output_per_post",
            "mean output",
            "true output a post",
            "true output over all posts, vacant ones and leaders' too",
            1,
            _a("output", "posts"),
        ),
        Outcome(
            "output_per_person",
            "mean output",
            "true output a person",
            "true output over the people who worked the quarter",
            1,
            _a("output", "worked"),
        ),
        Outcome(
            "reported_score",
            "ability SD",
            "reported score",
            "mean appraisal score of the quarter",
            0,
            _a("score", "worked"),
        ),
        Outcome(
            "true_contribution",
            "ability SD",
            "true contribution",
            "mean true contribution, ability and effort",
            1,
            _a("contribution", "worked"),
        ),
        Outcome(
            "reporting_gap",
            "ability SD",
            "reported less true",
            "mean score less mean true contribution",
            -1,
            _gap,
        ),
        Outcome(
            "effort",
            "ability SD",
            "measured effort",
            "mean measured effort above the baseline",
            0,
            _a("effort", "worked"),
        ),
        Outcome(
            "unmeasured_effort",
            "ability SD",
            "unmeasured effort",
            "mean effort on what no indicator sees",
            1,
            _a("unmeasured_effort", "worked"),
        ),
        Outcome(
            "ability", "ability SD", "ability", "mean latent ability of people at work", 1, _a("ability")
        ),
        Outcome(
            "ability_leavers",
            "ability SD",
            "ability of leavers",
            "mean latent ability of the quarter's leavers",
            0,
            _a("ability_left", "leavers"),
        ),
        Outcome(
            "ability_newcomers",
            "ability SD",
            "ability of newcomers",
            "mean latent ability of the quarter's hires",
            1,
            _a("ability_hired", "hires"),
        ),
        Outcome(
            "morale", "morale", "morale", "mean morale of people at work, 0 at founding", 1, _a("morale")
        ),
        Outcome(
            "pay_contribution_correlation",
            "correlation",
            "pay–contribution correlation",
            "pay of the quarter with true contribution, of people who worked it",
            1,
            _correlation,
        ),
        Outcome(
            "pay_gini",
            "share",
            "pay Gini",
            "Gini coefficient of the pay of people who worked the quarter",
            0,
            _one("pay_gini"),
        ),
        Outcome(
            "wage_bill",
            "mean annual pay",
            "wage bill",
            "pay of the quarter, leaders and reservoir included",
            0,
            _one("wages"),
        ),
        Outcome(
            "severance",
            "mean annual pay",
            "severance",
            "severance owed to the quarter's leavers",
            -1,
            _one("severance"),
        ),
        Outcome(
            "cost_per_output",
            "mean annual pay per mean output",
            "cost of true output",
            "wages and severance over true output of the quarter",
            -1,
            _cost,
        ),
        Outcome("flagged", "flags", "flags", "flags by any trigger in the quarter", 0, _one("flagged")),
        Outcome(
            "false_flags",
            "flags",
            "false flags",
            "flags of people not among the least able quarter of their ranking group",
            -1,
            _one("false_flags"),
        ),
        Outcome(
            "flagged_above_median",
            "flags",
            "flags above the median",
            "flags of people in the abler half of their ranking group",
            -1,
            _one("flagged_above_median"),
        ),
        Outcome(
            "reservoir",
            "people",
            "people in the reservoir",
            "at the end of the quarter",
            0,
            _one("reservoir"),
        ),
        Outcome(
            "reservoir_entries", "people", "reservoir entries", "in the quarter", 0, _one("reservoir_entries")
        ),
        Outcome(
            "reservoir_returns",
            "people",
            "reservoir returns",
            "to any post, in the quarter",
            0,
            _one("reservoir_returns"),
        ),
        Outcome(
            "promotions",
            "people",
            "promotions",
            "in rank or to a higher post, in the quarter",
            0,
            _one("promotions"),
        ),
        Outcome(
            "demotions",
            "people",
            "demotions",
            "by a flag, or by returning on a lower level, in the quarter",
            0,
            _one("demotions"),
        ),
        Outcome("repostings", "people", "re-postings", "by a flag, in the quarter", 0, _one("repostings")),
        Outcome("hires", "people", "hires", "from outside, in the quarter", 0, _one("hires")),
        Outcome(
            "resignations",
            "people",
            "resignations",
            "in the quarter, from the reservoir too",
            -1,
            _one("resignations"),
        ),
        Outcome("retirements", "people", "retirements", "in the quarter", 0, _one("retirements")),
        Outcome("dismissals", "people", "dismissals", "in the quarter", 0, _one("dismissals")),
        Outcome(
            "non_renewals",
            "people",
            "non-renewals",
            "contracts not renewed in the quarter",
            0,
            _one("non_renewals"),
        ),
        Outcome(
            "growth",
            "rate a year",
            "growth",
            "of the new city's economy; the area level shows the new cities' mean",
            1,
            _one("growth"),
        ),
        Outcome(
            "municipal_rank",
            "rank",
            "municipal rank",
            "by growth among the municipal units, 1 is best; the area: the new cities' mean",
            -1,
            _one("municipal_rank"),
        ),
    )
}


def evaluate(found: Sums) -> dict[str, Floats]:
    """All outcomes from their sums."""
    return {name: outcome.of(found) for name, outcome in OUTCOMES.items()}
