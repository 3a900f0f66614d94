"""Every switch is live: each of the 48 mechanisms moves its outcome, in the direction its table states.

And what it moves in the whole reform is stored and told: none is silently nothing.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from scripts.mechanisms import effects_in
from sim.cli import app
from sim.core.parameters import default_of
from sim.model import NewAreaModel
from sim.outcomes import OUTCOMES
from sim.rules.base import REGISTRY, SLOTS
from sim.rules.regime import null_kind
from sim.scenario.describe import rows
from sim.scenario.loader import load
from sim.scenario.mechanisms import MECHANISMS, REFORM, Mechanism, stored_effects
from sim.scenario.schema import Scenario
from tests.model.small import file_of, size_of

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


TRIGGERS = "regime.adjustment.triggers"


def default_at(key: str) -> Any:
    """The default of a scenario key; for a setting of a rule, that of the first kind that has it."""
    names = key.split(".")
    if key.startswith(TRIGGERS):
        kind = REGISTRY["trigger"][names[3]]
        return default_of(kind.model_fields[names[4]]) if len(names) > 4 else "in no shipped regime"
    if names[0] == "regime" and names[1] in SLOTS:
        return _default_of_rule(names[1], names[2:])
    value: Any = Scenario()
    for name in names:
        value = getattr(value, name)
    return value


def _default_of_rule(slot: str, names: list[str]) -> Any:
    if names == ["kind"]:
        return null_kind(slot)
    for kind in REGISTRY[slot].values():
        if names[0] in kind.model_fields:
            value = default_of(kind.model_fields[names[0]])
            for name in names[1:]:
                value = getattr(value, name)
            return value
    raise LookupError(f"no kind of {slot} has {'.'.join(names)}")


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


# --- what each moves in the whole reform

PRESENT = [one for one in MECHANISMS if not one.absent]


def test_a_mechanism_is_on_or_the_article_gives_no_size():
    assert all(bool(one.absent) != bool(one.without) for one in MECHANISMS)
    there = {row.path for row in rows(load(SCENARIOS / f"{REFORM}.yaml"))}
    assert [one.number for one in PRESENT if one.key not in there] == []


def test_what_is_on_moves_its_outcome_or_says_why_not():
    effects = stored_effects()
    assert list(effects) == [one.number for one in PRESENT]
    assert [effects[one.number].outcome for one in PRESENT] == [one.outcome for one in PRESENT]
    silent = [number for number, one in effects.items() if one.difference == one.low == one.high == 0]
    assert set(silent) <= {one.number for one in PRESENT if one.idle}
    for one in effects.values():
        assert one.low <= one.difference <= one.high
        assert one.difference == pytest.approx(one.with_it - one.without_it, rel=1e-3, abs=1e-5)
        assert one.replications >= 20


def test_effects_are_paired_differences_in_the_reform():
    chosen = [one for one in MECHANISMS if one.number in (9, 27, 30, 31)]
    found = list(effects_in(file_of(REFORM), 4, mechanisms=chosen, given=size_of(REFORM)))
    assert [one.number for one in found] == [9, 27, 30], "what is absent has no effect"
    for one in found:
        without = next(mechanism.without for mechanism in chosen if mechanism.number == one.number)
        sides = [late(more, one.outcome) for more in ({}, without)]
        assert one.difference == pytest.approx((sides[0] - sides[1]).mean(), rel=0.05)
        assert one.low <= one.difference <= one.high
    assert found[1].constant, "what market hiring adds to ability is the same in every replication"
    assert not found[2].constant


def late(more, outcome):
    """Mean of the last eight quarters of the small reform, by replication."""
    settings = size_of(REFORM) | more
    area = NewAreaModel(load(file_of(REFORM), set=settings), replications=range(4)).run().tables()["area"]
    return area[area.quarter > area.quarter.max() - 8].groupby("replication")[outcome].mean()


def test_the_command_tells_of_each_whether_it_is_on_and_what_it_moves():
    run = CliRunner().invoke(app, ["describe", "--mechanisms"])
    assert run.exit_code == 0
    blocks = re.split(r"^(?= ?\d+ )", run.stdout.partition("\n\n# ")[0], flags=re.MULTILINE)[1:]
    assert len(blocks) == 48
    for block, one in zip(blocks, MECHANISMS, strict=True):
        if one.absent:
            assert "off: the article gives no size" in block
        else:
            assert f"on: {one.key} = " in block
            assert f"moves {one.outcome} by " in block
            effect = stored_effects()[one.number]
            assert ("a constant, alike in every replication" in block) == (
                effect.constant and effect.difference != 0
            )
    off = sum(bool(one.absent) for one in MECHANISMS)
    assert f"{48 - off} of 48 mechanisms on; {off} are off because the article gives no size" in run.stdout


def test_only_chooses():
    run = CliRunner().invoke(app, ["describe", "--mechanisms", "--only", "reservoir"])
    assert "43 纳入蓄水池管理" in run.stdout
    assert "国家级新区" not in run.stdout
