"""A replication is the same alone, in company, and wherever it stands: bit for bit, in every table."""

from functools import cache

import pytest

from sim.core.errors import UserError
from tests.model.small import SCENARIOS, area, assert_identical, of_replication

EVERYTHING = {"record": ["departments", "events", "staff"]}


@cache
def third_alone(name):
    return tables_of(name, [3])


def tables_of(name, replications, **settings):
    return area(name, replications=replications, **(EVERYTHING | settings)).run().tables()


@pytest.mark.parametrize("name", SCENARIOS)
def test_alone_and_in_company(name):
    company = tables_of(name, range(1, 5))
    for number in (1, 3):
        assert_identical(tables_of(name, [number]), of_replication(company, number))


@pytest.mark.parametrize("name", ["four_systems", "forced_ranking"])
@pytest.mark.parametrize("numbers", [[2, 3], [0, 3], [3, 17], [4, 3, 1], [3, 3], [3, 100_000]], ids=str)
def test_whatever_the_company(name, numbers):
    assert_identical(of_replication(tables_of(name, numbers), 3), third_alone(name))


@pytest.mark.parametrize(
    "settings",
    [
        {"world.new_cities": ["east"], "structure.new_cities.departments": 1},
        {"structure.area_level.departments": 0, "world.leaders_per_organisation": 0},
        {"calendar.quarters_per_year": 3, "regime.floating_pay.pot": "open"},
        {"regime.floating_pay.forfeited": "colleagues", "behaviour.quits.base_contract": 0.4},
        {"regime.adjustment.selection": "lottery", "regime.adjustment.enforcement": 0.5},
        {"hold": ["effort", "workforce"]},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_in_other_places(settings):
    company = tables_of("four_systems", range(3), **settings)
    assert_identical(of_replication(company, 1), tables_of("four_systems", [1], **settings))


def test_replications_differ_from_each_other():
    """Otherwise the tests above would compare the same thing with itself."""
    tables = tables_of("four_systems", range(2))
    zero, one = of_replication(tables, 0), of_replication(tables, 1)
    assert (zero["area"].output_per_post[1:] != one["area"].output_per_post[1:]).all()


@pytest.mark.parametrize("numbers", [[], [-1], [0, -3]], ids=str)
def test_replications_are_numbers_from_zero(numbers):
    with pytest.raises(UserError, match="replications"):
        area(replications=numbers)
