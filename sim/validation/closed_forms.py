"""V7: single responses whose size is known in closed form, each in a small scenario of its own."""

import math
from collections.abc import Iterator

from sim.validation.case import Case, Check, Setting, exact, of_mean
from sim.validation.tournaments import chance_slope, sigma


def checks(setting: Setting) -> Iterator[Check]:
    """Quits, pay, gaming, sabotage, ratchet, reservoir; each at two settings."""
    for rate in (0.025, 0.1):
        yield _quits(setting, rate)
    for slope in (0.1, 0.2):
        yield _gini(setting, slope)
    for cost in (0.8, 2.0):
        yield _gaming(setting, cost)
    for size in (5, 10):
        yield _sabotage(setting, size)
    for ratchet in (0.25, 0.75):
        yield _ratchet(setting, ratchet)
    for stay in (1, 3):
        yield _reservoir(setting, stay)


def _quits(setting: Setting, rate: float) -> Check:
    """Resignations a year over people, quarters of a year being four."""
    scenario = setting.scenario("v7_quits", {"behaviour.quits.base_established": rate})
    area = setting.run(scenario).area.query("quarter > 0")
    sums = area.groupby("replication")[["resignations", "headcount"]].sum()
    year = scenario.calendar.quarters_per_year
    expected = year * (1 - (1 - scenario.behaviour.quits.base_established) ** (1 / year))
    found = year * sums.resignations / sums.headcount
    return of_mean("V7", f"resignations a year and person, rate {rate}", expected, found)


def _gini(setting: Setting, slope: float) -> Check:
    """Gini b/√π of pay 1 + b·z, z the score less the department's mean: SD σ·√(1 − 1/n)."""
    scenario = setting.scenario("v7_pay", {"regime.floating_pay.score_slope": slope})
    rule, size = scenario.regime.floating_pay, scenario.structure.department_size.mean
    expected = rule.floating_share * rule.score_slope * sigma(scenario)  # type: ignore[attr-defined]
    expected *= math.sqrt(1 - 1 / size) / math.sqrt(math.pi)
    found = setting.run(scenario).area.query("quarter == 1").set_index("replication")["pay_gini"]
    people = scenario.structure.new_cities.departments * size
    bias = expected / people  # a sample's Gini is smaller by a factor of 1 − 1/n
    return of_mean("V7", f"Gini of pay, slope {slope}", expected, found)._replace(gate=bias)


def _gaming(setting: Setting, cost: float) -> Check:
    """Gaming's share c/(c + k) of what those who can game add to the metric."""
    scenario = setting.scenario("v7_gaming", {"behaviour.gaming.cost": cost})
    panel = setting.run(scenario).staff_panel
    assert panel is not None  # the scenario records the staff
    people = panel[(panel.quarter == 1) & (panel.gaming > 0)]
    behaviour = scenario.behaviour
    expected = behaviour.effort.cost / (behaviour.effort.cost + behaviour.gaming.cost)
    found = people.gaming.sum() / (people.gaming + people.effort).sum()
    return exact("V7", f"gaming's share of the metric's gain, cost {cost}", expected, float(found))


def _sabotage(setting: Setting, size: int) -> Check:
    """Harm per rival D·β/((n − 1)·k)."""
    scenario = setting.scenario("v7_sabotage", {"structure.department_size.mean": size})
    behaviour = scenario.behaviour
    marginal = behaviour.stakes.dismissal * chance_slope(size, 1) / sigma(scenario)
    expected = marginal / behaviour.helping.cost_of_sabotage / (size - 1)
    area = setting.run(scenario).area.query("quarter == 1")
    found = float(area.sabotage.mean()) / (size - 1)
    return exact("V7", f"sabotage per rival, departments of {size}", expected, found)


def _ratchet(setting: Setting, ratchet: float) -> Check:
    """Effort with the ratchet over effort without: (1 − δ)/(1 − δ + δλ)."""
    efforts = []
    for share in (ratchet, 0.0):
        scenario = setting.scenario("v7_ratchet", {"regime.contributions.ratchet_up": share})
        efforts.append(float(setting.run(scenario).area.query("quarter == 1").effort.mean()))
    discount = scenario.behaviour.stakes.discount
    expected = (1 - discount) / (1 - discount + discount * ratchet)
    return exact("V7", f"effort left by a ratchet of {ratchet}", expected, efforts[0] / efforts[1])


def _reservoir(setting: Setting, stay: int) -> Check:
    """People in the reservoir: entries a quarter times the mean stay, once it is full."""
    key = "regime.adjustment.reservoir.stay_quarters"
    scenario = setting.scenario("v7_reservoir", {key: stay})
    area = setting.run(scenario).area.query("quarter > 20")
    area = area.assign(stayed=(area.reservoir_stay * area.reservoir_returns).fillna(0.0))
    sums = area.groupby("replication")[
        ["reservoir", "reservoir_entries", "reservoir_returns", "stayed"]
    ].sum()
    ratio = sums.reservoir / (sums.reservoir_entries * sums.stayed / sums.reservoir_returns)
    return of_mean("V7", f"people in the reservoir over entries × stay, stay {stay}", 1.0, ratio)._replace(
        gate=0.01
    )


CASE = Case(
    "V7", "closed forms of single responses", "Little 1961; Weitzman 1980; Lazear 1989; normal theory", checks
)
