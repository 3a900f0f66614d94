"""Every number of every rule says what it is, where it comes from and how far it may go; nonsense is refused."""

from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.core.parameters import SOURCES
from sim.rules.adjustment import TriggerList
from sim.rules.base import REGISTRY, SLOTS
from sim.rules.regime import Regime
from sim.settings.behaviour import Behaviour
from sim.settings.place import Structure, World
from tests.rules.kinds import KINDS, bounds, parameters, settings_of, variants

DECLARING = KINDS | {"world": World, "structure": Structure, "behaviour": Behaviour}
FIELDS = [
    pytest.param(field, id=f"{name}: {path}")
    for name, kind in DECLARING.items()
    for path, field in parameters(kind)
]
NUMERIC = [one for one in FIELDS if one.values[0].annotation in (int, float)]
NUMBERS = [
    (name, path, field)
    for name, kind in KINDS.items()
    for path, field in kind.model_fields.items()
    if field.annotation in (int, float)
]
each_kind = pytest.mark.parametrize("name", KINDS)


def test_the_rules_are_all_there():
    """Two kinds at least of every part: something to compare."""
    assert {name.partition(".")[0] for name in KINDS} == {*SLOTS, "trigger"}
    for slot in (*SLOTS, "trigger"):
        assert len([name for name in KINDS if name.startswith(f"{slot}.")]) >= 2, slot


@each_kind
def test_a_rule_says_in_one_line_what_it_is(name):
    said = KINDS[name].__dict__.get("__doc__") or ""
    assert len(said.splitlines()[0]) > 10
    assert said.rstrip().endswith(".")


@each_kind
def test_a_rule_is_registered_under_its_own_name(name):
    slot, _, kind = name.partition(".")
    rule = KINDS[name]()
    assert (rule.slot, rule.kind) == (slot, kind)
    assert REGISTRY[slot][kind] is KINDS[name]


@pytest.mark.parametrize("field", FIELDS)
def test_a_parameter_has_unit_source_and_meaning(field):
    told = field.json_schema_extra
    assert isinstance(told, dict)
    assert told["unit"]
    assert told["source"] in SOURCES
    assert field.description
    assert field.description.rstrip().endswith(".")


@pytest.mark.parametrize("field", NUMERIC)
def test_a_number_has_bounds_and_a_default_within(field):
    (lower,), (upper,) = bounds(field)
    assert lower <= field.default <= upper
    assert lower < upper


@each_kind
def test_a_rule_is_frozen(name):
    rule = KINDS[name]()
    for field in type(rule).model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(rule, field, getattr(rule, field))


@each_kind
def test_a_rule_survives_json(name):
    for rule in variants(KINDS[name]):
        assert type(rule).model_validate_json(rule.model_dump_json()) == rule
        slot, part = (
            (rule.slot, rule) if rule.slot in SLOTS else ("adjustment", TriggerList(triggers={"x": rule}))
        )
        regime = Regime(**{slot: part})
        assert Regime.model_validate_json(regime.model_dump_json()) == regime


@each_kind
def test_different_settings_make_different_rules(name):
    made = variants(KINDS[name])
    for values, rule in zip(settings_of(KINDS[name]), made, strict=True):
        for field, value in values.items():
            if field != "triggers":
                assert getattr(rule, field) == value


@each_kind
def test_an_unknown_parameter_is_refused(name):
    with pytest.raises(ValidationError, match="no_such_thing"):
        KINDS[name].model_validate({"no_such_thing": 1})


@st.composite
def out_of_bounds(draw: Any) -> tuple[str, str, float]:
    """A kind, one of its numbers, and a value that it may not have."""
    name, path, field = draw(st.sampled_from(NUMBERS))
    (lower,), (upper,) = bounds(field)
    if field.annotation is int:
        beyond = st.integers(int(upper) + 1, 10**9) | st.integers(-(10**9), int(lower) - 1)
        return name, path, draw(beyond)
    beyond = st.floats(upper, 1e9, exclude_min=True) | st.floats(-1e9, lower, exclude_max=True)
    return name, path, draw(beyond | st.sampled_from([float("nan"), float("inf"), float("-inf")]))


@settings(deadline=None)
@given(out_of_bounds())
def test_a_number_out_of_bounds_is_refused(wrong):
    name, path, value = wrong
    with pytest.raises(ValidationError, match=path):
        KINDS[name].model_validate({path: value})


@settings(deadline=None)
@given(st.sampled_from(NUMBERS), st.data())
def test_a_number_within_bounds_is_taken(number, data):
    name, path, field = number
    (lower,), (upper,) = bounds(field)
    within = st.integers(lower, upper) if field.annotation is int else st.floats(lower, upper)
    value = data.draw(within)
    assert getattr(KINDS[name].model_validate({path: value}), path) == value


CHOICES = [
    (name, path)
    for name, kind in KINDS.items()
    for path, field in kind.model_fields.items()
    if path != "kind" and any(isinstance(one, str) for one in get_args(field.annotation))
]


@pytest.mark.parametrize(("name", "path"), CHOICES)
def test_a_choice_that_is_not_offered_is_refused(name, path):
    with pytest.raises(ValidationError, match=path):
        KINDS[name].model_validate({path: "no_such_choice"})


@pytest.mark.parametrize("slot", SLOTS)
def test_an_unknown_kind_is_refused_with_a_list(slot):
    known = ", ".join(sorted(REGISTRY[slot]))
    with pytest.raises(ValidationError, match=f"unknown kind 'no_such_kind'; known: {known}"):
        Regime.model_validate({slot: {"kind": "no_such_kind"}})


@pytest.mark.parametrize("given", [{"kind": "no_such_kind"}, {"in_a_row": 1}])
def test_an_unknown_trigger_is_refused_with_a_list(given):
    with pytest.raises(ValidationError, match="last_in_department"):
        TriggerList.model_validate({"triggers": {"mine": given}})


def test_whoever_names_no_kind_gets_the_null_kind():
    regime = Regime.model_validate({slot: {} for slot in SLOTS})
    assert regime == Regime()
