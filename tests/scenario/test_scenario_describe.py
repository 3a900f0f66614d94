"""What is said of every parameter, and the schema that editors use."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sim.cli.printing import schema as shipped_text
from sim.core.parameters import SOURCES
from sim.rules.base import REGISTRY
from sim.scenario.describe import Row, assumptions, kind_rows, rows, source_counts
from sim.scenario.editor import json_schema
from sim.scenario.loader import load
from sim.scenario.schema import Scenario
from tests.shipped import shipped

Write = Callable[..., Path]
FOLDER = Path(__file__).parents[2] / "scenarios"
EVERYTHING = [
    *rows(Scenario()),
    *(row for slot in REGISTRY for _, own in kind_rows(slot).values() for row in own),
]


@pytest.mark.parametrize("row", EVERYTHING, ids=lambda row: row.path)
def test_every_parameter_has_a_unit_a_source_and_a_reason(row: Row) -> None:
    assert row.unit
    assert row.source in SOURCES
    assert row.doc
    assert row.set_by == ""


def found(scenario: Scenario, path: str) -> list[Row]:
    return [row for row in rows(scenario) if row.path == path]


def test_a_row_says_where_its_value_was_set(write: Write) -> None:
    write("behaviour:\n  effort: {response: 0.5}\n", "base.yaml")
    scenario = load(
        write("extends: base.yaml\nbehaviour: {effort: {cost: 1}}\n"), {"behaviour.effort.scale": 3}
    )
    places = [row.set_by for row in rows(scenario) if row.path.startswith("behaviour.effort.") and row.set_by]
    assert places == ["set behaviour.effort.scale", "x.yaml:2:28", "base.yaml:2:22"]


def test_a_row_of_a_policy_says_since_when() -> None:
    given = {"timeline": [{"quarter": 8, "set": {"regime.floating_pay": {"kind": "three_part", "cap": 1.5}}}]}
    scenario = load(given)
    assert [(row.value, row.since) for row in found(scenario, "regime.floating_pay.kind")] == [
        ("fixed", 0),
        ("three_part", 9),
    ]
    [cap] = found(scenario, "regime.floating_pay.cap")
    assert (cap.value, cap.default, cap.bounds, cap.unit, cap.since) == (
        1.5,
        2.0,
        "1 to 10",
        "ratio to comparable civil servants' pay",
        9,
    )


def test_a_changed_behaviour_setting_is_a_row_of_its_own() -> None:
    scenario = load({"timeline": [{"quarter": 8, "set": {"behaviour.effort.response": 0.5}}]})
    assert [(row.value, row.since) for row in found(scenario, "behaviour.effort.response")] == [
        (1.0, 0),
        (0.5, 9),
    ]
    assert len(found(scenario, "behaviour.effort.cost")) == 1


@pytest.mark.parametrize(
    ("written", "source", "citation"),
    [
        (3.0, "assumption", ""),
        (2.0, "data", "P17"),
        ({"value": 3.0, "source": "law P5", "note": "why"}, "law", "P5"),
        ({"value": 3.0, "source": "seed"}, "seed", ""),
        ({"value": 3.0}, "assumption", ""),
    ],
)
def test_a_changed_value_rests_on_what_its_author_says_or_is_assumed(
    written: Any, source: str, citation: str
) -> None:
    [row] = found(
        load({"regime": {"ranks": {"kind": "ladder", "years_in_rank": written}}}),
        "regime.ranks.years_in_rank",
    )
    assert (row.source, row.citation) == (source, citation)


def test_a_choice_of_design_stays_one() -> None:
    given = {"regime": {"adjustment": {"kind": "triggers", "selection": "lottery"}}}
    [row] = found(load(given), "regime.adjustment.selection")
    assert (row.source, row.bounds) == ("design", "rule or lottery or pooled")


def test_assumptions_are_the_assumed_values_each_once() -> None:
    scenario = load(
        {
            "behaviour": {"effort": {"response": 0.5}},
            "timeline": [
                {"quarter": 8, "set": {"behaviour.effort.response": 0.5, "behaviour.effort.cost": 1.0}}
            ],
        }
    )
    listed = [(item["path"], item["value"], item["since"]) for item in assumptions(scenario)]
    assert [item for item in listed if "effort.response" in item[0]] == [
        ("behaviour.effort.response", 0.5, 0)
    ]
    assert [item for item in listed if "effort.cost" in item[0]] == [
        ("behaviour.effort.cost", 0.4, 0),
        ("behaviour.effort.cost", 1.0, 9),
    ]
    assert source_counts(scenario)["assumption"] == len(listed)
    assert not any(path.endswith(".kind") for path, _, _ in listed)


def test_the_shipped_schema_is_current() -> None:
    text = (FOLDER / "scenario.schema.json").read_text(encoding="utf-8")
    assert text == shipped_text() + "\n", "run: sim describe --schema > scenarios/scenario.schema.json"


def schema_errors(content: Any) -> list[str]:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(json_schema())
    validator.check_schema(json_schema())
    return [error.json_path for error in validator.iter_errors(content)]


@pytest.mark.parametrize("file", shipped(), ids=lambda file: file.stem)
def test_the_schema_takes_what_ships(file: Path) -> None:
    assert schema_errors(YAML(typ="safe").load(file)) == []


@pytest.mark.parametrize("file", shipped(), ids=lambda file: file.stem)
def test_the_schema_takes_what_is_resolved(file: Path) -> None:
    assert schema_errors(json.loads(json.dumps(load(file).resolved()))) == []


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ({"sead": 1}, "$"),
        ({"seed": "one"}, "$.seed"),
        ({"regime": {"posts": {"kind": "fixd"}}}, "$.regime.posts"),
        (
            {"regime": {"floating_pay": {"kind": "three_part", "floating_share": 0.9}}},
            "$.regime.floating_pay",
        ),
        ({"timeline": [{"quarter": 8, "set": {"world.difficulty_sd": 1}}]}, "$.timeline[0].set"),
        ({"seed": {"value": 1, "source": "hearsay"}}, "$.seed"),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(content: Any, path: str) -> None:
    assert schema_errors(content) == [path]
