"""Shipped scenarios shrunk to a few dozen people and four years."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenario.loader import load
from sim.scenario.schema import Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SMALL = {
    "structure.area_level.departments": 1,
    "structure.new_cities.departments": 5,
    "structure.department_size.mean": 7,
    "horizon.quarters": 16,
}
Small = Callable[..., Scenario]


@pytest.fixture(scope="session")
def small() -> Small:
    """A shipped scenario by name, shrunk, with further settings."""

    def shrunk(name: str, **settings: object) -> Scenario:
        given = {key.replace("__", "."): value for key, value in settings.items()}
        return load(SCENARIOS / f"{name}.yaml", set=SMALL | given)

    return shrunk


@pytest.fixture(scope="session")
def old(small: Small) -> Scenario:
    return small("civil_service")


@pytest.fixture(scope="session")
def new(small: Small) -> Scenario:
    return small("four_systems")
