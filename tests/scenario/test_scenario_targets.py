"""Targets files: what is read, and everything that is wrong at once, where it stands."""

import math
from pathlib import Path

import pytest

from sim import outcomes as model_outcomes
from sim.core.errors import UserError
from sim.lab.designs.read_targets import read_targets
from sim.scenario.loader import load
from sim.scenario.parameter import number_of
from tests.shipped import shipped

OUTCOMES = {"effort", "morale", "flagged", "dismissals", "resignations"}
SHIPPED = shipped("scenarios/targets")
POLICY = """
name: policy
extends: base.yaml
seed: 5
horizon: {quarters: 20}
regime: {adjustment: {kind: triggers}}
timeline: [{quarter: 8, set: {regime.floating_pay: {kind: three_part, floating_share: 0.3}}}]
"""
RIGHT = """
name: right
scenario: folder/policy.yaml
baseline: folder/base.yaml
replications: 6
free:
  regime.floating_pay.floating_share:
  behaviour.quits.base_contract: {low: 0.01, high: 0.2, log: true}
  structure.new_cities.departments: {low: 5, high: 30}
targets:
  - {outcome: effort, value: 0.1, error: {value: 0.02, source: literature P24}, window: [9, 12]}
  - {outcome: flagged, of: difference, value: 5e-2, error: 0.01, source: data P10, note: n}
"""


@pytest.fixture
def read(write):
    """Read a targets file beside which a baseline and a policy stand in a folder."""
    write("name: base\nhorizon: {quarters: 20}\n", "folder/base.yaml")
    write(POLICY, "folder/policy.yaml")
    return lambda text, **options: read_targets(write(text), OUTCOMES, **options)


@pytest.fixture
def refused(read):
    def lines(text):
        with pytest.raises(UserError) as failure:
            read(text)
        return str(failure.value).splitlines()

    return lines


def test_a_file_is_read(read):
    found = read(RIGHT)
    assert (found.name, found.scenario.name, found.baseline.name) == ("right", "policy", "base")
    assert {(one.replications, one.seed) for one in (found.scenario, found.baseline)} == {(6, 5)}
    share, quits, departments = found.free
    assert (share.low, share.high, share.start, share.is_shared) == (0, 0.6, 0.3, False)
    assert (quits.low, quits.high, quits.log, quits.is_shared) == (0.01, 0.2, True, True)
    assert (departments.whole, departments.start) == (True, 48)
    effort, flagged = found.aims
    assert (effort.window, effort.error, effort.error_source, effort.source) == (
        (9, 12),
        0.02,
        "literature P24",
        "",
    )
    assert (flagged.window, flagged.of) == ((13, 20), "difference")
    assert (flagged.error_source, flagged.source, flagged.note) == ("", "data P10", "n")


def test_a_seed_may_be_said(read):
    assert read(RIGHT, seed=9).baseline.seed == 9
    assert read(RIGHT + "seed: 7\n").scenario.seed == 7
    assert read(RIGHT + "seed: 7\n", seed=9).scenario.seed == 9


def test_an_open_bound_is_not_touched(read):
    """`gt=0, lt=1`: a millionth inside; `ge` and `le` themselves."""
    free = "free: {behaviour.quits.base_contract: , regime.floating_pay.floating_share: {low: 0.1}}\n"
    text = RIGHT[: RIGHT.index("free:")] + free + RIGHT[RIGHT.index("targets:") :]
    quits, share = read(text).free
    assert (quits.low, quits.high) == (pytest.approx(1e-6), pytest.approx(1 - 1e-6))
    assert (share.low, share.high) == (0.1, 0.6)


def test_a_mapping_says_the_same(read):
    policy = load("folder/policy.yaml") if Path("folder").is_dir() else None
    read(RIGHT)
    policy = load("folder/policy.yaml")
    given = {
        "name": "right",
        "scenario": policy,
        "baseline": Path("folder/base.yaml"),
        "replications": 6,
        "free": {"regime.floating_pay.floating_share": None},
        "targets": [
            {
                "outcome": "effort",
                "value": 0.1,
                "error": {"value": 1, "source": "law P5"},
                "source": "data P1",
            }
        ],
    }
    found = read_targets(given, OUTCOMES)
    assert found.free == read(RIGHT).free[:1]
    assert (found.aims[0].source, found.aims[0].error_source) == ("data P1", "law P5")
    with pytest.raises(UserError, match="targets: a target lacks value"):
        read_targets({**given, "targets": [{"outcome": "effort", "error": 1}]}, OUTCOMES)


def test_everything_wrong_is_told_at_once_and_in_place(refused):
    text = """
name: wrong
scenario: folder/policy.yaml
replicatons: 3
free:
  regime.adjustment.triggers.enforcement: {low: 0.01, high: 0.6}
  regime.floating_pay.floating_share: {low: 0.5, high: 0.1}
  regime.floating_pay.quarterly_part: {low: -1, hihg: 0.6}
  regime.posts.kind:
  behaviour.quits.base_contract: {low: 0.0, high: 0.1}
  behaviour.effort.response: {high: big}
  behaviour.effort.crowding_out: 3
  structure.new_cities.departments: {low: 5.5, high: 30}
  world.new_cities:
  seed: {low: 1, high: 4}
targets:
  - {outcome: flagd, value: 0.06, error: 0.01, source: rumour}
  - {outcome: morale, value: 0.06, error: 0.0}
  - {outcome: morale, value: 0.06, error: 0.1, per: person_year}
  - {outcome: morale, error: 0.1, of: difference, window: [19, 30]}
  - {outcome: effort, value: 0.06, error: 0.1, of: difference, window: [19, 30]}
  - {outcome: effort, value: 1, error: 1, oof: baseline}
  - 7
"""
    assert refused(text) == [
        "x.yaml:4:1: replicatons is not a setting; did you mean replications?",
        (
            "x.yaml:6:3: free: regime.adjustment.triggers.enforcement is not a setting of policy; did you mean "
            "regime.adjustment.enforcement?"
        ),
        "x.yaml:7:39: free.regime.floating_pay.floating_share: low = 0.5 is not below high = 0.1",
        "x.yaml:8:49: free.regime.floating_pay.quarterly_part.hihg is not a setting; did you mean high?",
        'x.yaml:9:3: free: regime.posts.kind = "open" is not a number, and only numbers can be moved',
        "x.yaml:10:34: free.behaviour.quits.base_contract: low = 0.0 is not allowed (above 0 and below 1 a year)",
        'x.yaml:11:37: free.behaviour.effort.response.high = "big" is not a number (that of the setting)',
        "x.yaml:12:34: free.behaviour.effort.crowding_out = 3 is not a range; write {low: 0, high: 1}",
        (
            "x.yaml:13:37: free.structure.new_cities.departments: low = 5.5 is not allowed (whole numbers, 0 to 100000 "
            "departments)"
        ),
        (
            "x.yaml:14:3: free: world.new_cities = "
            '["fengdong", "fengxi", "qinhan", "airport", "jinghe"] is not a number, and only numbers can be moved'
        ),
        "x.yaml:15:3: free: seed is not a setting of policy; sim describe lists the settings",
        'x.yaml:17:15: targets.outcome = "flagd" is not an outcome; did you mean flagged?',
        (
            'x.yaml:17:56: source "rumour" must begin with one of seed, law, data, literature, assumption, design '
            '(as in "data P8")'
        ),
        "x.yaml:18:43: targets.error = 0.0 is not above 0.0 (that of the outcome)",
        "x.yaml:19:48: targets.per is not a setting; there is error, note, of, outcome, source, value, window",
        "x.yaml:20:5: targets: a target lacks value",
        'x.yaml:20:39: targets.of = "difference", but there is no baseline: name one (baseline: file.yaml)',
        "x.yaml:20:59: window = [19, 30] must be two quarters in order, at most 20 (the horizon)",
        'x.yaml:21:52: targets.of = "difference", but there is no baseline: name one (baseline: file.yaml)',
        "x.yaml:21:72: window = [19, 30] must be two quarters in order, at most 20 (the horizon)",
        "x.yaml:22:43: targets.oof is not a setting; did you mean of?",
        "x.yaml:23:5: targets: 7 is not {outcome: ..., value: ..., error: ...}",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ("folder/policy.yaml", "folder/polizy.yaml"),
            "x.yaml:3:11: scenario: folder/polizy.yaml: there is no such",
        ),
        (("scenario: folder/policy.yaml", "scenario: 3"), "x.yaml:3:11: scenario = 3 is not the name"),
        (("scenario: folder/policy.yaml", ""), "scenario is missing"),
        (("replications: 6", "replications: 1"), "replications = 1 is below the smallest allowed value 2"),
        (("name: right", "name: a b"), "x.yaml:2:7: name = "),
        (("outcome: effort, ", "outcome: flagged, of: difference, "), "given twice"),
        (("low: 0.01", "low: 0.0, log: false"), "low = 0.0 is not allowed (above 0 and below 1 a year)"),
        (("[9, 12]", "[9, 12, 13]"), "x.yaml:11:"),
        (
            ("log: true", "log: true}\n  behaviour.effort.response: {low: 0, high: 1, log: true"),
            "log needs a low above 0",
        ),
        (("value: 5e-2", "value: null"), "value and error must be numbers"),
    ],
)
def test_single_mistakes(refused, change, message):
    old, new = change
    assert old in RIGHT
    text = RIGHT.replace(old, new, 1)
    if "given twice" in message:
        text = text.replace(", window: [9, 12]", "")
    lines = refused(text)
    assert any(message in line for line in lines), lines


@pytest.mark.parametrize("text", ["", "7", "- a", "a: [", "free: {}\ntargets: []"])
def test_what_is_no_targets_file(refused, text):
    assert refused(text)


def test_the_scenarios_own_errors_are_told(refused, write):
    write("name: base\nregme: {}\n", "folder/base.yaml")
    assert any("base.yaml:2:1: regme is not a setting" in line for line in refused(RIGHT))


def test_a_number_knows_its_bounds():
    scenario = load({})
    quits = number_of(scenario, "behaviour.quits.base_contract")
    assert (quits.low, quits.high, quits.low_open, quits.high_open, quits.whole) == (0, 1, True, True, False)
    assert not quits.holds(0)
    assert quits.holds(1e-9)
    size = number_of(scenario, "structure.new_cities.departments")
    assert size.whole
    assert size.holds(3)
    assert not size.holds(3.5)
    assert isinstance(number_of(scenario, "horizon.quarters"), str)
    assert math.isfinite(size.high)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_targets_are_right_and_sourced(path):
    found = read_targets(path, model_outcomes.OUTCOMES)
    assert len(found.aims) >= len(found.free)
    cited = (Path(__file__).parents[2] / "SOURCES.md").read_text(encoding="utf-8")
    for aim in found.aims:
        kind, _, name = aim.source.partition(" ")
        assert kind in ("data", "law", "literature")
        assert f"**{name}**" in cited
