"""The schema that editors use for study files."""

import json

import pytest
from ruamel.yaml import YAML

from sim.cli.printing import study_schema as shipped_text
from sim.core.errors import UserError
from sim.lab.designs.editor import FILE, study_schema
from sim.lab.designs.plan import plan_of
from tests.lab.small_study import BASIC, study_file
from tests.model.small import FOLDER
from tests.shipped import shipped

STUDIES = FOLDER / "studies"


def schema_errors(content):
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(study_schema())
    validator.check_schema(study_schema())
    return [error.json_path for error in validator.iter_errors(content)]


def test_the_shipped_schema_is_current():
    assert (STUDIES / FILE).read_text(encoding="utf-8") == shipped_text() + "\n", "run: make schema"


@pytest.mark.parametrize("file", shipped("scenarios/studies"), ids=lambda file: file.stem)
def test_the_schema_takes_what_ships(file):
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f"# yaml-language-server: $schema={FILE}\n")
    assert schema_errors(YAML(typ="safe").load(text)) == []


def test_the_schema_takes_every_way_of_saying_it():
    ranges = {"a.b": None, "a.c": {"times": 2}, "a.d": [1, 2], "a.e": {"low": 0, "high": 1, "only": ["x"]}}
    sequential = {"half_widths": {"ability": 0.1}, "least": 4}
    assert schema_errors(BASIC | {"uncertainties": ranges, "replications": sequential}) == []


WRONG = {
    "an unknown key": ({"lever": {}}, "$"),
    "an unknown design": ({"design": {"kind": "sobolt"}}, "$.design"),
    "a setting of another design": ({"design": {"kind": "morris", "points": 4}}, "$.design"),
    "an unknown outcome": ({"outcomes": ["output"]}, "$.outcomes[0]"),
    "a smallest effect of nothing": ({"smallest_effects": {"ability": 0}}, "$.smallest_effects.ability"),
    "an empty list of values": ({"levers": {"a.b": []}}, "$.levers['a.b']"),
    "a sentence for a number": ({"replications": "many"}, "$.replications"),
    "no scenario": ({"scenarios": []}, "$.scenarios"),
}


@pytest.mark.parametrize("what", WRONG)
def test_the_schema_refuses_what_the_reader_refuses(tmp_path, what):
    change, path = WRONG[what]
    given = BASIC | change
    assert schema_errors(json.loads(json.dumps(given))) == [path]
    with pytest.raises(UserError):
        plan_of(study_file(tmp_path, **change))
