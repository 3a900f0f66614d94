"""Whatever is written, it is either a scenario or refused with a message."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from sim.core.errors import UserError
from sim.rules.base import REGISTRY, SLOTS
from sim.rules.regime import null_kind
from sim.scenario.describe import rows
from sim.scenario.loader import load
from sim.scenario.messages import Problems
from sim.scenario.parts import TOP
from sim.scenario.schema import Scenario
from sim.scenario.yaml_source import parse

KINDS = sorted({kind for kinds in REGISTRY.values() for kind in kinds})
NAMES = sorted(
    {part for row in rows(Scenario()) for part in row.path.split(".")} | {"triggers", "kind", "set"}
)
WORDS = some.sampled_from(
    [*NAMES, *KINDS, *SLOTS, *TOP, "quarter", "timeline", "value", "source", "note", "x.y"]
)
VALUES = some.one_of(
    WORDS,
    some.none(),
    some.booleans(),
    some.integers(),
    some.floats(),
    some.text(max_size=8),
    some.just(10**400),
)
TREES = some.recursive(
    VALUES,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)
ENTRIES = some.fixed_dictionaries(
    {"quarter": some.integers(-1, 41), "set": some.dictionaries(WORDS, TREES, max_size=3)}
)
RULES = some.fixed_dictionaries(
    {"kind": some.sampled_from(KINDS)}, optional={"triggers": TREES, "cap": VALUES}
)
SCENARIOS = some.dictionaries(WORDS, TREES, max_size=4) | some.fixed_dictionaries(
    {"regime": some.dictionaries(some.sampled_from(SLOTS), RULES, max_size=4)},
    optional={"timeline": some.lists(ENTRIES, max_size=3), "behaviour": TREES, "world": TREES},
)


@settings(max_examples=150, deadline=None)
@given(SCENARIOS, some.dictionaries(WORDS, TREES, max_size=2))
def test_a_mapping_is_a_scenario_or_is_refused(content: dict[str, Any], overrides: dict[str, Any]) -> None:
    try:
        scenario = load(content, overrides)
    except UserError as error:
        refusal = str(error)
    else:
        refusal = ""
        assert load(scenario.resolved()) == scenario
    assert "Node(" not in refusal


KIND_OF_SLOTS = some.fixed_dictionaries(
    {},
    optional={
        slot: some.fixed_dictionaries({"kind": some.sampled_from(sorted(REGISTRY[slot]))}) for slot in SLOTS
    },
)


@settings(max_examples=60, deadline=None)
@given(KIND_OF_SLOTS, some.dictionaries(some.integers(0, 39), KIND_OF_SLOTS, max_size=3))
def test_every_combination_of_kinds_loads_and_is_in_force_in_turn(
    founding: Any, changes: dict[int, Any]
) -> None:
    timeline = [{"quarter": quarter, "set": {"regime": regime}} for quarter, regime in changes.items()]
    scenario = load({"regime": founding, "timeline": timeline})
    assert load(scenario.resolved()) == scenario
    for slot in SLOTS:
        named = [regime[slot]["kind"] for _, regime in sorted(changes.items()) if slot in regime]
        first = founding.get(slot, {"kind": null_kind(slot)})["kind"]
        assert getattr(scenario.at(40).regime, slot).kind == [first, *named][-1]


@settings(max_examples=150, deadline=None)
@given(some.text(alphabet="ab:-[]{}&*!#'\"\n \t1.%|>?,~", max_size=60))
def test_a_text_is_read_or_is_refused(text: str) -> None:
    problems = Problems()
    node = parse(text, "x.yaml", problems)
    assert problems or node is None or node.place.line > 0
    assert all(line.startswith("x.yaml:") for line in str(problems).splitlines())
