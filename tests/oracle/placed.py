"""Small areas where entries of the timeline hold in some places only."""

from sim.rules.base import SLOTS
from tests.oracle.drawn import merged_structure, random_regime, random_scenario


def part_of_regime(r):
    """Some rules in some slots; all of them now and then."""
    regime = random_regime(r)
    slots = r.sample(sorted(SLOTS), r.choice([1, 2, 3, 5, 8]))
    return {slot: regime[slot] for slot in slots}


def somewhere(r):
    """Some places."""
    where = r.choice(
        [
            {"new_cities": ["one"]},
            {"new_cities": ["two"], "area_level": True},
            {"area_level": True},
            {},
        ]
    )
    kinds = r.choice(
        [{}, {}, {"department_kinds": ["economic"]}, {"department_kinds": ["social", "administrative"]}]
    )
    share = r.choice([{}, {"departments_share": 0.5}, {"departments_share": 0.6, "drawn": False}])
    found = {**where, **kinds, **share}
    return found or {"new_cities": ["two"]}


def placed_scenario(r):
    """A small area with regimes side by side, its departments merged more often than not, places reformed again."""
    found = random_scenario(r)
    found["structure"]["area_level"]["departments"] = r.choice([3, 5])
    first, last = r.choice([0, 2, 4]), r.choice([7, 8, 9])
    between = r.choice([{"structure": merged_structure(r)}] * 2 + [{"regime": part_of_regime(r)}])
    found["timeline"] = [
        {"quarter": first, "where": somewhere(r), "set": {"regime": part_of_regime(r)}},
        {"quarter": r.choice([5, 6]), "set": between},
        {"quarter": last, "where": {"new_cities": ["one"]}, "set": {"regime": part_of_regime(r)}},
        {"quarter": last, "where": {"new_cities": ["two"]}, "set": {"regime": part_of_regime(r)}},
        {"quarter": 12, "where": somewhere(r), "set": {"regime": part_of_regime(r)}},
    ]
    return found
