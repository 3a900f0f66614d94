"""The column engine equals the twin that is written one person at a time, for every kind and over random regimes."""

import random

import pytest

import sim.rules  # noqa: F401
from sim.rules.base import REGISTRY
from sim.scenario.loader import load
from tests.oracle import more_rules, place  # noqa: F401
from tests.oracle.drawn import KINDS, TRIGGERS, random_scenario, with_ranks
from tests.oracle.equality import compare
from tests.oracle.placed import placed_scenario
from tests.oracle.rules import TWINS
from tests.shipped import shipped

SCENARIOS = [path for path in shipped() if not load(path).structure.parks.staff]
"""The twin knows parks as records, not yet those with staff (ODD 7.18)."""
SMALL = {
    "structure.department_size.mean": 8,
    "structure.area_level.departments": 3,
    "structure.new_cities.departments": 7,
    "horizon.quarters": 24,
}


def test_the_twin_knows_every_kind():
    registered = {(slot, kind) for slot, kinds in REGISTRY.items() for kind in kinds}
    assert registered - set(TWINS) == set()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shipped_scenarios(scenario, seed):
    assert compare(load(scenario, set=SMALL), seed, replication=seed) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_a_roster_with_gaps(seed):
    """What nobody knows is drawn, by the person's key and within what is known."""
    scenario = load(SCENARIOS[0].parent / "from_roster.yaml", set={"horizon.quarters": 9})
    r, lines = random.Random(seed), []
    for line in scenario.world.roster.split("\n"):
        values = line.split(",")
        if len(values) > 11 and values[5] in ("established", "contract"):
            gaps = [place for place in range(6, 12) if r.random() < 0.4]
            values = ["" if place in gaps else value for place, value in enumerate(values)]
        lines.append(",".join(values))
    gaps = scenario.with_(**{"world.roster": "\n".join(lines)})
    assert gaps.world.roster != scenario.world.roster
    assert compare(gaps, seed, replication=seed) == []


@pytest.mark.parametrize("by", ["tier", "rank"])
@pytest.mark.parametrize("distribution", ["normal", "truncated", "pareto"])
def test_skills_that_stay(by, distribution):
    """Under many promotions, demotions and returns from the reservoir."""
    profiles = [[1 - k / 5, 0.5, k / 5] for k in range(6)]
    ability = {
        "role_change": "skills",
        "role_change_by": by,
        "distribution": distribution,
        "skills": {"profiles": profiles if by == "rank" else profiles[::5], "correlation": 0.3},
    }
    moving = {
        "regime.ranks.years_in_rank": 0,
        "behaviour.quits.base_contract": 0.3,
        "behaviour.quits.base_established": 0.3,
        "regime.adjustment.triggers.bottom_managers.in_a_row": 1,
        "regime.adjustment.triggers.bottom_managers.share": 0.5,
    }
    changes = {f"behaviour.ability.{name}": value for name, value in ability.items()}
    path = SCENARIOS[0].parent / "four_systems.yaml"
    assert compare(load(path, set=SMALL | moving | changes)) == []


def test_the_case_as_shipped():
    assert compare(load(SCENARIOS[0].parent / "four_systems.yaml"), quarters=13) == []


@pytest.mark.parametrize("noise", ["normal", "logistic", "gumbel"])
@pytest.mark.parametrize("foresight", ["constant_chance", "own_response", "iterated_response"])
def test_a_ranking_of_many(noise, foresight):
    """More contenders than the rank tables hold: the boundary is a fixed cut."""
    path = SCENARIOS[0].parent / "validation" / "v6_two_strikes.yaml"
    changes = {
        "structure.department_size": {"mean": 130, "largest": 130},
        "horizon.quarters": 5,
        "record": ["staff", "events"],
        "behaviour.rating.noise": noise,
        "behaviour.effort.foresight": foresight,
    }
    assert compare(load(path, set=changes), 1) == []


def test_every_kind_is_drawn():
    assert set(KINDS) | {("trigger", kind) for kind in TRIGGERS} == set(TWINS)


def test_every_setting_of_every_kind_is_drawn():
    """A setting that no random regime has could mean anything."""
    triggers = {("trigger", kind): draw for kind, draw in TRIGGERS.items()}
    for (slot, kind), draw in (KINDS | triggers).items():
        settings = set(REGISTRY[slot][kind].model_fields) - {"kind"}
        drawn = set().union(*(draw(random.Random(seed)) for seed in range(60)))
        assert settings - drawn == set(), (slot, kind)


@pytest.mark.parametrize("seed", range(40))
def test_random_regimes(seed):
    assert compare(load(random_scenario(random.Random(seed))), seed, replication=seed % 3) == []


@pytest.mark.parametrize("seed", [3, 13, 15, 19, 21, 31])
def test_random_regimes_side_by_side(seed):
    """Written entries that hold in some places only, laid on one another, with mergers across regimes."""
    written = placed_scenario(random.Random(seed))
    assert compare(load(written), seed, replication=seed % 3, timeline=written["timeline"]) == []


@pytest.mark.parametrize("seed", [100, 101, 102, 103])
def test_other_numbers_of_ranks(seed):
    """From three ranks to twelve."""
    r = random.Random(seed)
    assert compare(load(with_ranks(random_scenario(r), r)), seed, replication=seed % 3) == []
