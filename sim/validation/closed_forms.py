"""V7: single responses whose size is known in closed form, each in a small scenario of its own."""

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import logit

from sim.validation.case import Case, Check, Setting, exact, of_mean
from sim.validation.tournaments import chance_slope, sigma

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


def _intercept(setting: Setting, _: None) -> Check:
    """The logit of a yearly rate of .025 is −3.663562; here of the hazard that people have without any reason."""
    from sim.model import NewAreaModel
    from sim.response.quits import Situation, quit_hazard

    scenario = setting.scenario("v7_quits")
    staff = NewAreaModel(scenario, rng=1, replications=[0]).staff
    nothing = np.zeros(staff.size)
    year = scenario.calendar.quarters_per_year
    usual = Situation(nothing, nothing > 0, nothing, outside=nothing + 1, usual=nothing)
    hazard = quit_hazard(scenario.behaviour.quits, staff, usual, year)
    yearly = 1 - (1 - hazard) ** year
    base = scenario.behaviour.quits.base_established
    found = float(logit(yearly).mean())
    return exact("V7", "intercept of the logit of resigning", float(logit(base)), found)


def _quits(setting: Setting, rate: float) -> Check:
    """Resignations a year over people, quarters of a year being four."""
    from sim.lab.estimates.effects import window_means

    scenario = setting.scenario("v7_quits", {"behaviour.quits.base_established": rate})
    means = window_means(setting.run(scenario).area, ["resignations"], (1, scenario.horizon.quarters))
    year = scenario.calendar.quarters_per_year
    expected = year * (1 - (1 - scenario.behaviour.quits.base_established) ** (1 / year))
    found = means.resignations / 100
    return of_mean("V7", f"resignations a year and person, rate {rate}", expected, found)


def _gini(setting: Setting, slope: float) -> Check:
    """Gini b·σ/√π of pay 1 + b·z, z the score less a fixed standard, of SD σ."""
    scenario = setting.scenario("v7_pay", {"regime.floating_pay.score_slope": slope})
    rule, size = scenario.regime.floating_pay, scenario.structure.department_size.mean
    expected = rule.floating_share * rule.score_slope * sigma(scenario)  # type: ignore[attr-defined]
    expected /= math.sqrt(math.pi)
    found = setting.area(scenario)["pay_gini"]
    people = scenario.structure.new_cities.departments * size
    bias = expected / people  # a sample's Gini is smaller by a factor of 1 − 1/n
    return of_mean("V7", f"Gini of pay, slope {slope}", expected, found)._replace(
        gate=bias, because="the Gini of a sample is smaller by one part in its size"
    )


def _gaming(setting: Setting, cost: float) -> Check:
    """Gaming's share c/(c + k) of what those who can game add to the metric."""
    scenario = setting.scenario("v7_gaming", {"behaviour.gaming.cost": cost})
    panel = setting.panel(scenario)
    people = panel[(panel.quarter == 1) & (panel.gaming > 0)]
    behaviour = scenario.behaviour
    expected = behaviour.effort.cost / (behaviour.effort.cost + behaviour.gaming.cost)
    found = people.gaming.sum() / (people.gaming + people.effort).sum()
    return exact("V7", f"gaming's share of the metric's gain, cost {cost}", expected, float(found))


def _sabotage(setting: Setting, size: int) -> Check:
    """Harm per rival D·β/((n − 1)·k)."""
    scenario = setting.scenario("v7_sabotage", {"structure.department_size.mean": size})
    behaviour, size = scenario.behaviour, round(scenario.structure.department_size.mean)
    marginal = behaviour.stakes.dismissal * chance_slope(size, 1) / sigma(scenario)
    expected = marginal / behaviour.helping.cost_of_sabotage / (size - 1)
    found = float(setting.area(scenario).sabotage.mean()) / (size - 1)
    return exact("V7", f"sabotage per rival, departments of {size}", expected, found)


def _ratchet(setting: Setting, ratchet: float) -> Check:
    """Effort with the ratchet over effort without: (1 − δ)/(1 − δ + δλ)."""
    efforts = []
    for share in (ratchet, 0.0):
        scenario = setting.scenario("v7_ratchet", {"regime.contributions.ratchet_up": share})
        efforts.append(float(setting.area(scenario).effort.mean()))
    discount = scenario.behaviour.stakes.discount
    expected = (1 - discount) / (1 - discount + discount * ratchet)
    return exact("V7", f"effort left by a ratchet of {ratchet}", expected, efforts[0] / efforts[1])


def _reservoir(setting: Setting, stay: int) -> Check:
    """Share of people in the reservoir, once it is full: i/(i + 1/stay), i a year of those at work being sent there.

    Little's law with what the scenario says of entries and stays, not with what the run counts of them: that would hold
    whatever the engine did.
    """
    key = "regime.adjustment.reservoir.stay_quarters"
    scenario = setting.scenario("v7_reservoir", {key: stay})
    entering = scenario.regime.appraisal.bottom_share  # type: ignore[attr-defined]
    leaving = 1 / scenario.regime.adjustment.reservoir.stay_quarters  # type: ignore[attr-defined]
    area = setting.run(scenario).area.query("quarter > 20")
    sums = area.groupby("replication")[["reservoir", "headcount"]].sum()
    share = sums.reservoir / sums.headcount
    return of_mean(
        "V7", f"share of people in the reservoir, stay {stay}", entering / (entering + leaving), share
    )


SLOPES = (0.15, 0.3, 0.45)


def _contract(setting: Setting, aversion: float) -> Check:
    """The slope b* = 1/(1 + ρcσ²) of linear pay, from the surplus that each of several slopes leaves.

    Surplus is what effort is worth (one mean annual pay an SD), less pay, plus the certainty equivalent of pay under
    CARA utility: mean pay less the cost of effort less ρ/2 times the variance of pay.
    """
    import pandas

    slopes, surplus = [], []
    for slope in SLOPES:
        scenario = setting.scenario("v7_contract", {"regime.floating_pay.score_slope": slope})
        people = setting.panel(scenario).query("quarter == 1").groupby("replication")
        pay, effort, cost = people.pay.mean(), people.effort.mean(), scenario.behaviour.effort.cost
        certain = pay - cost * effort**2 / 2 - aversion / 2 * people.pay.var()
        slopes.append(_slope_of_pay(scenario))
        surplus.append(effort - pay + certain)
    curve, tilt, _ = np.polyfit(slopes, np.array(surplus), 2)
    found = pandas.Series(-tilt / (2 * curve))
    expected = 1 / (1 + aversion * cost * sigma(scenario) ** 2)
    return of_mean("V7", f"best slope of pay, risk aversion {aversion:g}", expected, found)


def _slope_of_pay(scenario: "Scenario") -> float:
    rule = scenario.regime.floating_pay
    return float(rule.share_in_force * rule.score_slope)  # type: ignore[attr-defined]


def _two_tasks(setting: Setting, neglect: float) -> Iterator[Check]:
    """Both efforts under cost c₀·(e1² + e2² + 2g·e1·e2)/2, pay b on the first task, and motives m1 and m2 of one's own.

    e1 = [(b + m1) − g·m2]/(c₀(1 − g²)) and e2 = m2/c₀ − g·e1. The engine counts from what is done without pay, which
    is its scale.
    """
    own_cost, first, second = 0.8, 1.6, 0.9
    alone = own_cost * (1 - neglect**2)
    unpaid = (first - neglect * second) / alone
    changes = {
        "behaviour.effort.neglect": neglect,
        "behaviour.effort.cost": alone,
        "behaviour.effort.scale": unpaid,
    }
    scenario = setting.scenario("v7_multitask", changes)
    slope = _slope_of_pay(scenario)
    effort = scenario.behaviour.effort
    neglect, alone, unpaid = effort.neglect, effort.cost, effort.scale  # the user may want others
    own_cost, first = alone / (1 - neglect**2), unpaid * alone + neglect * second
    area = setting.area(scenario)
    paid = (slope + first - neglect * second) / alone
    found = scenario.behaviour.effort.scale + float(area.effort.mean())
    yield exact("V7", f"effort on the task that pays, the other displaced by {neglect}", paid, found)
    other = second / own_cost - neglect * unpaid + float(area.unmeasured_effort.mean())
    quantity = f"effort on the other task, displaced by {neglect}"
    yield exact("V7", quantity, second / own_cost - neglect * paid, other)


def _career(setting: Setting, at: tuple[float, float]) -> Check:
    """c·e* = δK/(1 − δ(1 − K)) times what a year's reputation is worth; K is the reliability where all are founders."""
    keys = ("behaviour.rating.reliability_staff", "behaviour.stakes.discount")
    scenario = setting.scenario("v7_career", dict(zip(keys, at, strict=True)))
    gain, discount = scenario.behaviour.rating.reliability_staff, scenario.behaviour.stakes.discount
    prize = scenario.regime.ranks.worth_a_year  # type: ignore[attr-defined]
    expected = prize * discount * gain / (1 - discount * (1 - gain)) / scenario.behaviour.effort.cost
    quantity = f"effort for reputation, gain {gain}, discount {discount}"
    return exact("V7", quantity, expected, float(setting.area(scenario).effort.mean()))


FORMS: tuple[tuple[Callable[[Setting, Any], Check | Iterator[Check]], tuple[Any, ...]], ...] = (
    (_intercept, (None,)),
    (_quits, (0.025, 0.1)),
    (_gini, (0.1, 0.2)),
    (_gaming, (0.8, 2.0)),
    (_sabotage, (5, 10)),
    (_ratchet, (0.25, 0.75)),
    (_reservoir, (1, 3)),
    (_contract, (24.0, 48.0)),
    (_two_tasks, (0.2, 0.4)),
    (_career, ((0.5, 0.95), (0.2, 0.95), (0.8, 0.5))),
)
"""Each response with the settings at which it is checked."""


def checks(setting: Setting) -> Iterator[Check]:
    """Quits, pay, gaming, sabotage, ratchet, reservoir, contracts, two tasks, careers; each at two settings."""
    for form, values in FORMS:
        for value in values:
            made = form(setting, value)
            yield from [made] if isinstance(made, Check) else made


CASE = Case(
    "V7",
    "closed forms of single responses",
    "Little 1961; Weitzman 1980; Lazear 1989; Holmström 1999; Holmström and Milgrom 1987, 1991; normal theory",
    checks,
)
