"""Nineteen side effects: each appears with its mechanism on and vanishes with it off (side_effects.yaml)."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from sim.model import NewAreaModel
from sim.scenario.loader import load

HERE = Path(__file__).parent
SCENARIOS = HERE.parents[1] / "scenarios"
CASES = YAML(typ="safe").load(HERE / "side_effects.yaml")
SMALL = {
    "horizon.quarters": 20,
    "structure.area_level.departments": 3,
    "structure.new_cities.departments": 10,
    "structure.department_size.mean": 12,
    "world.leaders_per_organisation": 1,
}
REFORMED = {"structure_only", "full_reform", "pre_reform"}
REPLICATIONS = 12


def settings_for(scenario, settings):
    """Shipped sizes are cut down; where the structure itself is reformed, to sizes that can still be merged."""
    small = dict(SMALL)
    if scenario in REFORMED:
        small["structure.department_size.mean"] = 6
    return small | settings


@cache
def simulated(scenario, settings):
    path = SCENARIOS / f"{scenario}.yaml"
    chosen = settings_for(scenario, dict(eval(settings)))
    return NewAreaModel(load(path, set=chosen), replications=range(REPLICATIONS)).run().tables()


def applying(scenario, settings):
    """Settings of a regime's part mean nothing to a baseline whose part is of another kind."""
    if scenario in ("civil_service", "structure_only"):
        kept = ("regime.floating_pay", "regime.adjustment", "regime.contributions", "regime.appointment")
        return {key: value for key, value in settings.items() if not key.startswith(kept)}
    return settings


def outcome(case, scenario, settings):
    """The outcome after the reform, replication by replication."""
    chosen = applying(scenario, settings)
    area = simulated(scenario, repr(sorted(chosen.items(), key=lambda item: item[0])))["area"]
    after = area[area.quarter > 8].groupby("replication").mean()
    value = after[case["outcome"]]
    if "minus" in case:
        value = value - after[case["minus"]]
    return value / after[case["per"]] if "per" in case else value


def effect(case, switch):
    """Policy less baseline under the same luck, one value a replication."""
    common = case.get("given", {}) | case[switch]
    policy = outcome(case, case["policy"], common | case.get("policy_settings", {}))
    same = "baseline_settings" in case and "baseline" not in case
    baseline = case["policy"] if same else case.get("baseline", "civil_service")
    return policy - outcome(case, baseline, common | case.get("baseline_settings", {}))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["effect"])
def test_it_appears_and_vanishes(case):
    """The sign at four standard errors of twelve pairs: it would appear by luck once in a thousand runs."""
    on, off = effect(case, "on"), effect(case, "off")
    error = on.std(ddof=1) / np.sqrt(REPLICATIONS)
    assert case["direction"] * on.mean() > 4 * error
    assert abs(off.mean()) <= case["left"] * abs(on.mean()) + 1e-12


def ability_of_flagged(selection):
    """Share of the flagged who are abler than half of the whole area's staff."""
    settings = {
        "regime.adjustment.selection": selection,
        "regime.adjustment.triggers.last_in_department.in_a_row": 1,
        "regime.appraisal.incompetent_share": 0.0,
        "behaviour.rating.reliability_staff": 0.9,
        "behaviour.hiring.selection_ratio": 1.0,
        "structure.department_size.mean": 6,
    }
    tables = simulated("four_systems", repr(sorted(settings.items())))
    staff, events = tables["staff"], tables["events"]
    median = staff.groupby("replication").ability.median()
    flagged = events[(events.event == "flagged") & (events.trigger == "last_in_department")]
    own = staff[["replication", "person", "ability"]]
    found = flagged[["replication", "person"]].merge(own, on=["replication", "person"])
    return (found.ability > found.replication.map(median)).mean()


def test_8_the_last_of_a_strong_department_is_better_than_many_elsewhere():
    unfair, fair = ability_of_flagged("rule"), ability_of_flagged("pooled")
    assert unfair > 0.05
    assert fair < 0.5 * unfair


def ability_gain(enforcement):
    """Yearly gain in ability over the civil service, in the first and in the last three years."""
    settings = {"horizon.quarters": 48, "regime.adjustment.enforcement": enforcement}
    policy = simulated("forced_ranking", repr(sorted(settings.items())))["area"]
    baseline = simulated("civil_service", repr([("horizon.quarters", 48)]))["area"]
    gain = policy.groupby("quarter").ability.mean() - baseline.groupby("quarter").ability.mean()
    return (gain[20] - gain[8]) / 3, (gain[48] - gain[36]) / 3


def test_12_the_gain_of_removing_the_last_wears_off():
    early, late = ability_gain(1.0)
    assert early > 0.02
    assert late < 0.5 * early
    assert abs(ability_gain(0.0)[0]) < 0.5 * early


def test_every_effect_of_the_list_is_here():
    named = {int(case["effect"].split()[0]) for case in CASES} | {8, 12}
    assert named == set(range(1, 20))
