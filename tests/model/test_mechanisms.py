"""Every switch is live: each of the 48 mechanisms moves its outcome, in the direction its table states."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.model import NewAreaModel
from sim.observe import OUTCOMES
from sim.scenario.loader import load
from sim.scenario.mechanisms import MECHANISMS, Mechanism, default_at

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SMALL = {
    "horizon.quarters": 20,
    "structure.area_level.departments": 3,
    "structure.new_cities.departments": 10,
    "structure.department_size.mean": 12,
    "world.leaders_per_organisation": 1,
}
REPLICATIONS = 12


def test_there_are_forty_eight():
    assert [one.number for one in MECHANISMS] == list(range(1, 49))
    assert all(one.outcome in OUTCOMES for one in MECHANISMS)
    assert all(one.why for one in MECHANISMS if one.direction == 0)
    assert all(default_at(one.key) is not None for one in MECHANISMS)


@cache
def after_reform(scenario: str, settings: str):
    """Means after quarter 8 of every replication."""
    chosen = SMALL | eval(settings)
    model = NewAreaModel(load(SCENARIOS / f"{scenario}.yaml", set=chosen), replications=range(REPLICATIONS))
    area = model.run().tables()["area"]
    return area[area.quarter > 8].groupby("replication").mean()


@pytest.mark.parametrize("one", MECHANISMS, ids=lambda one: f"{one.number} {one.english}")
def test_a_mechanism_moves_its_outcome(one: Mechanism):
    """At three standard errors of twelve pairs: no effect would pass once in a hundred runs (t, 11 degrees)."""
    before = after_reform(one.scenario, repr(one.given))[one.outcome]
    after = after_reform(one.scenario, repr(one.given | one.move))[one.outcome]
    change = after - before
    assert change.abs().max() > 0
    if one.direction:
        error = change.std(ddof=1) / np.sqrt(REPLICATIONS)
        assert one.direction * change.mean() > 3 * error
