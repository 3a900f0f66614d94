"""The scenarios that are timed."""

from typing import Any

from measuring import ROOT

from sim.model import NewAreaModel
from sim.scenario.loader import load

SCENARIO = ROOT / "scenarios" / "four_systems.yaml"
BASELINE = ROOT / "scenarios" / "civil_service.yaml"
DEPARTMENTS = "structure.new_cities.departments"
PEOPLE_A_DEPARTMENT = 20


def case() -> Any:
    """The article's case under the full regime, as published: in force from quarter 9 of 40 on."""
    return load(SCENARIO)


def sized(people: int, quarters: int) -> Any:
    """About `people` in one area under the full regime from the first quarter on."""
    others = people_in(load(SCENARIO, set={DEPARTMENTS: 1})) - PEOPLE_A_DEPARTMENT
    scenario = load(SCENARIO, set={DEPARTMENTS: max(1, round((people - others) / PEOPLE_A_DEPARTMENT))})
    regime = scenario.at(scenario.horizon.quarters).regime.model_dump(mode="json")
    horizon = {**scenario.resolved()["horizon"], "quarters": quarters}
    return load({**scenario.resolved(), "timeline": [], "regime": regime, "horizon": horizon})


def people_in(scenario: Any) -> int:
    """People at the founding."""
    return int(NewAreaModel(scenario, rng=1).staff.size)


def run(scenario: Any, replications: range, tables: bool = True) -> NewAreaModel:
    """Simulate as `sim run` does."""
    model = NewAreaModel(scenario, rng=1, replications=replications).run()
    if tables:
        model.tables()
    return model
