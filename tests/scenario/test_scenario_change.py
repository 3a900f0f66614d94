"""`with_` reads only what it changes, and comes to what loading the file with the same settings comes to."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import UserError
from sim.lab.designs.arguments import scenario_of
from sim.lab.designs.side_by_side import chosen_of
from sim.scenario.describe import rows
from sim.scenario.loader import load
from sim.scenario.parameter import field_at
from sim.scenario.schema import Scenario

TIMELINE: dict[str, Any] = {
    "name": "twice_changed",
    "extends": "four_systems.yaml",
    "behaviour": {"effort": {"response": {"value": 0.3, "source": "data P8", "note": "as told"}}},
    "timeline": [
        {"quarter": 12, "set": {"behaviour.effort.response": 0.5, "structure.new_cities.departments": 10}},
        {"quarter": 20, "set": {"regime.adjustment.triggers": {"last": {"kind": "last_in_department"}}}},
        {"quarter": 24, "set": {"regime.posts.kind": "fixed", "behaviour.quits.base_contract": 0.1}},
    ],
}
GIVEN: list[Any] = ["four_systems.yaml", "from_roster.yaml", "two_strikes.yaml", TIMELINE]
KEYS = [row.path for source in GIVEN for row in rows(load(source))]
KINDS = [row.value for source in GIVEN for row in rows(load(source)) if row.path.endswith(".kind")]
PLACE = re.compile(r"^(set \S*|scenario|\S+\.yaml:\d+:\d+): ")

keys = st.sampled_from(sorted(set(KEYS)))
misspelt = keys.map(lambda key: key[:-1])
above = keys.map(lambda key: key.rpartition(".")[0] or key)
numbers = st.one_of(st.floats(-1, 2), st.integers(-1, 60), st.just(10**30))
scalars = st.one_of(numbers, st.booleans(), st.none(), st.sampled_from(sorted(set(KINDS))), st.just("x"))
values = st.one_of(
    scalars, scalars, st.lists(scalars, max_size=5), st.just({"value": 1, "source": "data P8"})
)
overrides = st.dictionaries(st.one_of(keys, keys, keys, misspelt, above), values, min_size=1, max_size=4)


def outcome(make: Any) -> tuple[Any, Any]:
    """A scenario with where its values and it come from; or what is wrong, without the places."""
    try:
        scenario = make()
    except UserError as error:
        return None, sorted(PLACE.sub("", line) for line in str(error).splitlines())
    assert isinstance(scenario, Scenario)
    return scenario.resolved(), (rows(scenario), scenario.past, scenario.changes)


@settings(max_examples=100, deadline=None)
@given(source=st.sampled_from(GIVEN), given=overrides)
def test_a_change_is_what_loading_with_it_is(source: Any, given: dict[str, Any]) -> None:
    assert outcome(lambda: load(source).with_(**given)) == outcome(lambda: load(source, set=given))


@settings(max_examples=40, deadline=None)
@given(source=st.sampled_from(GIVEN), first=overrides, second=overrides)
def test_changes_after_one_another_are_what_they_are_together(
    source: Any, first: dict[str, Any], second: dict[str, Any]
) -> None:
    once = outcome(lambda: load(source, set=first))
    if once[0] is not None:
        changed = load(source, set=first)
        again = outcome(lambda: changed.with_(**second))[0]
        assert again == outcome(lambda: load(changed.resolved(), set=second))[0]


@pytest.mark.parametrize("source", GIVEN, ids=["four_systems", "from_roster", "two_strikes", "twice_changed"])
def test_what_is_in_force_put_where_it_stands_changes_nothing(source: Any) -> None:
    scenario = load(source)
    last = {row.path: row.value for row in rows(scenario) if not row.path.startswith("world.roster")}
    for path, value in ((path, value) for path, value in last.items() if field_at(scenario, path)):
        same = scenario.with_(**{path: list(value) if isinstance(value, tuple) else value})
        assert same == scenario, path
        assert same.past.changed == (), path


def test_a_loaded_scenario_is_taken_as_it_is() -> None:
    scenario = load("four_systems")
    assert load(scenario) is scenario


def test_parts_that_are_not_named_are_the_same_objects() -> None:
    scenario = load("four_systems")
    changed = scenario.with_(**{"regime.floating_pay.floating_share": 0.2})
    before, after = scenario.timeline[0], changed.timeline[0]
    assert after.regime.floating_pay.floating_share == 0.2
    assert after.behaviour is before.behaviour
    assert after.regime.posts is before.regime.posts
    assert changed.world is scenario.world
    assert changed.regime is scenario.regime


def test_what_is_loaded_is_not_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [load("civil_service"), load("four_systems")]
    monkeypatch.setattr("sim.scenario.loader.build", lambda *_: pytest.fail("built twice"))
    assert scenario_of(files[0]) is files[0]
    chosen = chosen_of(files, None, 3, 7)
    assert [(one.replications, one.seed) for one in chosen.scenarios] == [(3, 7), (3, 7)]
    assert chosen.scenarios[1].regime is files[1].regime


def test_lists_of_lists_stay_where_a_scenario_is_read_again() -> None:
    profiles = [[0.6, 0.4], [0.5, 0.5]]
    before = load("four_systems.yaml", set={"behaviour.ability.skills.profiles": profiles})
    gone = {"regime.adjustment.triggers.bottom_managers": None, "behaviour.hiring.sorting": 0.0}
    after = before.with_(**gone)
    assert [list(row) for row in after.behaviour.ability.skills.profiles] == profiles
    assert after == load("four_systems.yaml", set={"behaviour.ability.skills.profiles": profiles, **gone})
