"""The shipped scenarios on a small area, and the comparison of tables."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp
from typing import Any

import pandas

from sim.model import NewAreaModel
from sim.rules.base import REGISTRY
from tests.shipped import shipped

FOLDER = Path(__file__).parents[2] / "scenarios"
PARK_STAFF = "park_staff"
"""Founds people whom no other scenario has: see test_park_staff.py."""
ROSTER = "from_roster"
"""A place of its own, with people of its own: see test_roster.py."""
SCENARIOS = [path.stem for path in shipped() if path.stem != ROSTER]
SMALL = {
    "structure.area_level.departments": 3,
    "structure.new_cities.departments": 10,
    "structure.department_size.mean": 8,
    "world.leaders_per_organisation": 2,
    "horizon.quarters": 16,
}
"""104 people in 13 departments, 12 leaders; the regimes change after quarter 8."""

PRE_REFORM = ("pre_reform", "structure_only", "full_reform", "park_staff")
"""Scenarios that begin with the departments of before the reform; the others begin with those after it."""

REFORM = 8
LATER = 11
"""A quarter after the reform, in the middle of a year."""

Tables = dict[str, pandas.DataFrame]
Settings = dict[str, Any]


REORGANISED = """
extends: shipped/{name}.yaml
structure:
  area_level: {{departments: 4}}
  new_cities: {{departments: 25}}
  department_size: {{mean: 4, smallest: 2}}
timeline:
  - quarter: 8
    set: {{structure: {{area_level: {{departments: 3}}, new_cities: {{departments: 10}}}}}}
"""
"""What is small about a reform that merges departments has to be said on both sides of it: from 29 to 13."""


@cache
def file_of(name: str) -> Path:
    """The scenario's file, or a smaller area of its own that it reorganises."""
    if name not in ("structure_only", "full_reform", "park_staff"):
        return FOLDER / f"{name}.yaml"
    folder = Path(mkdtemp())
    copytree(FOLDER, folder / "shipped")
    path = folder / f"{name}.yaml"
    path.write_text(REORGANISED.format(name=name), encoding="utf-8")
    return path


def size_of(name: str) -> Settings:
    """Settings that make the scenario small."""
    if name not in PRE_REFORM:
        return SMALL
    founded = {
        "structure.area_level.departments": 4,
        "structure.new_cities.departments": 25,
        "structure.department_size.mean": 4,
        "structure.department_size.smallest": 2,
    }
    return {key: value for key, value in SMALL.items() if not key.startswith("structure")} | (
        founded if name == "pre_reform" else {}
    )


def area(
    name: str = "four_systems", *, rng: int = 5, replications: Iterable[int] = (0,), **settings: Any
) -> NewAreaModel:
    """A model of a shipped scenario, shrunk."""
    return NewAreaModel(file_of(name), rng=rng, replications=replications, **(size_of(name) | settings))


def baseline_of(name: str) -> str:
    """The scenario in which the same place is never reformed; itself where none founds the same place."""
    if name == PARK_STAFF:
        return name
    return "pre_reform" if name in PRE_REFORM else "civil_service"


def at(quarter: int, name: str = "four_systems", **settings: Any) -> NewAreaModel:
    """The same, at the end of a quarter."""
    model = area(name, **settings)
    for _ in range(quarter):
        model.step()
    return model


def of_replication(tables: Tables, number: int) -> Tables:
    """The rows of one replication."""
    return {name: table[table.replication == number].reset_index(drop=True) for name, table in tables.items()}


def up_to(tables: Tables, quarter: int) -> Tables:
    """The rows up to a quarter, of the tables that have one."""
    return {
        name: table[table.quarter <= quarter].reset_index(drop=True)
        for name, table in tables.items()
        if "quarter" in table
    }


def assert_identical(found: Tables, expected: Tables) -> None:
    """Bit for bit. Columns of details that are missing throughout may be absent (no such event happened)."""
    assert found.keys() == expected.keys()
    for name, table in expected.items():
        columns = [column for column in table if column in found[name] or table[column].notna().any()]
        absent = [column for column in found[name] if column not in table]
        assert not found[name][absent].notna().any().any(), (name, absent)
        pandas.testing.assert_frame_equal(
            found[name][columns], table[columns], check_exact=True, check_dtype=False, obj=name
        )


@contextmanager
def unregistered() -> Iterator[None]:
    """Kinds defined inside are forgotten afterwards."""
    before = {slot: dict(kinds) for slot, kinds in REGISTRY.items()}
    try:
        yield
    finally:
        for slot, kinds in before.items():
            REGISTRY[slot].clear()
            REGISTRY[slot].update(kinds)


def residuals(model: NewAreaModel) -> dict[str, float]:
    """Identities that do not hold up to rounding."""
    return {name: value for name, value in model.residuals.items() if value > 1e-9}
