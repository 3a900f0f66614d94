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


def _mobility(found: Sums) -> Floats:
    return ratio_or_nan(found["promotions"] + found["demotions"] + found["repostings"], found["at_work"])


def _turnover(found: Sums) -> Floats:
    return ratio_or_nan(found["hires"] + found["leavers"], found["headcount"])


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
            "reward",
            "mean annual pay",
            "reward of effort",
            "mean marginal reward of a score one SD better for a year",
            0,
            _a("reward", "worked"),
        ),
        Outcome(
            "intrinsic_effort",
            "ability SD",
            "intrinsic effort",
            "effort without any reward; below 0 where floating pay crowds motivation out",
            1,
            _a("intrinsic", "worked"),
        ),
        Outcome(
            "withheld_effort",
            "ability SD",
            "effort held back",
            "mean measured effort held back because the target is safe",
            -1,
            _a("withheld", "worked"),
        ),
        Outcome(
            "gaming",
            "ability SD",
            "gaming",
            "mean hard indicator reported above the work; padding at the year's end apart",
            -1,
            _a("gaming", "worked"),
        ),
        Outcome(
            "helping",
            "ability SD",
            "help",
            "mean help given to colleagues above the usual, sabotage counted 0",
            1,
            _a("help", "worked"),
        ),
        Outcome(
            "sabotage",
            "ability SD",
            "sabotage and help withheld",
            "mean shortfall of help below the usual, help counted 0",
            -1,
            _a("sabotage", "worked"),
        ),
        Outcome(
            "risky_projects",
            "share",
            "risky projects tried",
            "of the risky projects met in the quarter",
            0,
            _a("projects_tried", "projects_met"),
        ),
        Outcome(
            "just_met",
            "people",
            "targets just met",
            "reports above the target by less than 0.1 SD, at the year's close",
            0,
            _one("just_met"),
        ),
        Outcome(
            "just_missed",
            "people",
            "targets just missed",
            "reports below the target by less than 0.1 SD, at the year's close",
            0,
            _one("just_missed"),
        ),
        Outcome("caught", "people", "caught gaming", "by audits at the year's close", 0, _one("caught")),
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
            "ability_stayers",
            "ability SD",
            "ability of stayers",
            "mean latent ability of people at work who were hired before the quarter",
            1,
            _a("ability_stayers", "stayers"),
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
            "missed",
            "people",
            "missed by the triggers",
            "the least able of their ranking group at the year's close, not flagged",
            -1,
            _one("missed"),
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
            "reservoir_stay",
            "quarters",
            "stay in the reservoir",
            "mean stay of those who returned in the quarter",
            -1,
            _a("stay", "reservoir_returns"),
        ),
        Outcome(
            "mobility",
            "share",
            "mobility",
            "promotions, demotions and re-postings of the quarter over people at work (能上能下)",
            0,
            _mobility,
        ),
        Outcome(
            "turnover",
            "share",
            "turnover",
            "hires and leavers of the quarter over people employed (能进能出)",
            0,
            _turnover,
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
        Outcome(
            "ability_resigned",
            "ability SD",
            "ability of those who resign",
            "mean latent ability of the quarter's resignations",
            -1,
            _a("ability_resigned", "resignations"),
        ),
        Outcome(
            "resigned_ablest",
            "people",
            "resignations of the ablest",
            "in the quarter, of people abler than nine tenths of founders",
            -1,
            _one("resigned_ablest"),
        ),
        Outcome(
            "resigned_least_able",
            "people",
            "resignations of the least able",
            "in the quarter, of people less able than nine tenths of founders",
            0,
            _one("resigned_least_able"),
        ),
        Outcome(
            "unlawful_dismissals",
            "people",
            "dismissals found unlawful",
            "in the quarter",
            -1,
            _one("unlawful"),
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
            "departments",
            "departments",
            "departments",
            "open, at the end of the quarter",
            0,
            _one("departments"),
        ),
        Outcome(
            "authorised",
            "posts",
            "authorised headcount",
            "of departments, leaders apart (员额)",
            0,
            _one("authorised"),
        ),
        Outcome(
            "opted_out",
            "people",
            "opt-outs",
            "established people who did not take the contract, in the quarter",
            0,
            _one("opted_out"),
        ),
        Outcome(
            "not_selected",
            "people",
            "not selected",
            "people who lost the competition for their posts, in the quarter",
            0,
            _one("not_selected"),
        ),
        Outcome(
            "agency_staff",
            "people",
            "people in agencies",
            "placed there after opting out; one number for the area",
            0,
            _one("agency_staff"),
        ),
        Outcome(
            "turnaround_economic",
            "quarters",
            "turnaround, economic",
            "waiting, hand-offs and channel of economic matters",
            -1,
            _one("turnaround_economic"),
        ),
        Outcome(
            "service_quality_economic",
            "ability SD",
            "true quality, economic",
            "care for economic matters, less what the wait takes from it",
            1,
            _one("service_quality_economic"),
        ),
        Outcome(
            "turnaround_service",
            "quarters",
            "turnaround, service",
            "waiting, hand-offs and channel of matters on the service list",
            -1,
            _one("turnaround_service"),
        ),
        Outcome(
            "service_quality_service",
            "ability SD",
            "true quality, service",
            "care for matters on the service list, less what the wait takes from it",
            1,
            _one("service_quality_service"),
        ),
        Outcome(
            "turnaround_social",
            "quarters",
            "turnaround, social",
            "waiting, hand-offs and channel of social matters; one number for the area",
            -1,
            _one("turnaround_social"),
        ),
        Outcome(
            "service_quality_social",
            "ability SD",
            "true quality, social",
            "care for social matters; one number for the area, less what the wait takes from it",
            1,
            _one("service_quality_social"),
        ),
        Outcome(
            "service_quality",
            "ability SD",
            "true service quality",
            "mean of the three kinds of matters",
            1,
            _one("service_quality"),
        ),
        Outcome(
            "user_cost",
            "index",
            "user cost",
            "what officials under pressure take from users, mean of the three kinds",
            -1,
            _one("user_cost"),
        ),
        Outcome(
            "experience_kept",
            "share",
            "experience kept",
            "1 where the mean quality is not below that of the year before the first change (办事体验不降)",
            0,
            _one("experience_kept"),
        ),
        Outcome(
            "social_transferred",
            "share",
            "social items handed over",
            "share of the social list that has left the new cities",
            0,
            _one("social_transferred"),
        ),
        Outcome(
            "park_result",
            "ability SD",
            "result of parks",
            "mean result of the quarter",
            1,
            _a("park_result", "parks"),
        ),
        Outcome(
            "over_promising",
            "ability SD",
            "over-promising",
            "what operators promised, the industry reckoned with, less the result",
            -1,
            _a("park_shortfall", "parks"),
        ),
        Outcome(
            "operators_replaced",
            "operators",
            "operators replaced",
            "at the year's close",
            0,
            _one("operators_replaced"),
        ),
        Outcome(
            "park_pay",
            "mean annual pay",
            "pay of park operators",
            "of the quarter; not part of the wage bill",
            0,
            _one("park_pay"),
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
