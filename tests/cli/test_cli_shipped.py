"""Shipped files by name, completion of the names, and the doctor."""

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sim
from sim.cli import app
from sim.cli.doctor import findings
from sim.core.errors import UserError
from sim.core.shipped import SCENARIOS, STUDY, TARGETS, file_named, shipped_names
from sim.lab.designs.read_targets import read_targets
from sim.outcomes import OUTCOMES
from sim.scenario import yaml_source

ROOT = Path(__file__).parents[2]


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_name_is_that_of_a_shipped_file():
    assert file_named("four_systems") == file_named("four_systems.yaml") == SCENARIOS / "four_systems.yaml"
    assert file_named("parts", kinds=(STUDY,)) == SCENARIOS / "studies" / "parts.yaml"
    assert file_named("jinan_high_tech", kinds=(TARGETS,)).parent.name == "targets"
    for unknown in ("parts", "nowhere", "sub/four_systems", "", ".", "..", "a\0b", "x" * 5000):
        assert file_named(unknown) == Path(unknown)


def test_a_file_of_one_s_own_goes_before_a_shipped_one(tmp_path):
    (tmp_path / "four_systems.yaml").write_text("name: mine\n", encoding="utf-8")
    assert sim.load("four_systems.yaml").name == "mine"
    with pytest.raises(UserError, match=r"no such scenario file; did you mean four_systems\.yaml\?"):
        sim.load("four_systems")


def test_files_elsewhere_extend_and_compare_shipped_ones(tmp_path):
    (tmp_path / "mine.yaml").write_text("extends: four_systems\n", encoding="utf-8")
    assert sim.load("mine.yaml").at(9).regime == sim.load("four_systems").at(9).regime
    study = "scenarios: [civil_service, mine.yaml]\ndesign: {kind: grid}\n"
    study += "levers: {regime.floating_pay.floating_share: [0.1, 0.2]}\n"
    (tmp_path / "study.yaml").write_text(study, encoding="utf-8")
    code, told = run("check", "study.yaml", "mine.yaml")
    assert (code, told.count("OK ")) == (0, 2), told


def test_targets_are_found_by_name():
    assert read_targets("jinan_high_tech", OUTCOMES).scenario.name == "jinan_high_tech"
    with pytest.raises(UserError, match="nowhere: there is no such"):
        read_targets("nowhere", OUTCOMES)


def test_what_is_named_belongs_to_its_command():
    assert run("run", "parts") == (2, "parts is a study, not a scenario: sim sweep runs it\n")
    code, told = run("sweep", "jinan_high_tech", "--vary", "seed=1,2", "--plan")
    assert code == 2
    assert "is a scenario (no design)" in told


def test_the_list_has_every_scenario_with_its_question():
    code, told = run("scenarios")
    assert code == 0
    for name in shipped_names():
        [line] = [line for line in told.splitlines() if line.split()[:1] == [name]][:1]
        assert sim.load(name).question in line
    assert "Studies: sim sweep NAME" in told
    assert str(SCENARIOS) in told


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("sim run four", ["four_systems"]),
        ("sim compare civil_service fu", ["full_reform"]),
        ("sim decompose civil_service fu", ["full_reform"]),
        ("sim trace fu", ["full_reform"]),
        ("sim describe fu", ["full_reform"]),
        ("sim sweep pa", ["parts", "park_staff"]),
        ("sim calibrate ", ["jinan_high_tech"]),
        ("sim new mine --extends pl", ["placebo_lottery"]),
        ("sim run scenarios/four", []),
    ],
)
def test_a_shell_completes_names(typed, expected):
    words = typed.split(" ")
    environment = {"_SIM_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(
        [sys.executable, "-m", "sim"], env=os.environ | environment, capture_output=True, text=True
    )
    assert done.stdout.split() == expected, done.stderr


def test_the_doctor_names_what_is_missing_and_how_to_get_it(monkeypatch):
    monkeypatch.setattr(
        metadata, "requires", lambda name: ["numpy", "no_such_library>=2", 'other; extra == "cluster"']
    )
    told = [str(one) for one in findings()]
    assert (
        f"missing   libraries: no_such_library>=2: {sys.executable} -m pip install 'no_such_library>=2'"
        in told
    )
    [optional] = [line for line in told if line.startswith("optional")]
    assert optional.endswith("-m pip install other")
    code, printed = run("doctor")
    assert (code, printed.count("missing")) == (1, 1)


def test_a_missing_library_is_said_and_no_fault(monkeypatch):
    yaml_source._raw.cache_clear()  # a text composed before needs no library
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    code, told = run("check", "four_systems")
    assert (code, told) == (
        1,
        "the library ruamel.yaml is missing; sim doctor says how to get it (SIM_TRACEBACK=1 shows where)\n",
    )


@pytest.mark.parametrize("forgotten", ["", "dezign: {kind: grid}\n"])
@pytest.mark.parametrize("command", ["check", "sweep"])
def test_a_study_without_its_design_is_told_as_a_study(command, forgotten, tmp_path):
    study = tmp_path / "study.yaml"
    text = "name: one\nscenarios: [civil_service, four_systems]\nlevers: {behaviour.effort.cost: [0.5, 1]}\n"
    study.write_text(text + forgotten, encoding="utf-8")
    code, told = run(command, str(study))
    assert code == 2
    assert "design: write design: {kind: ...}; kinds are grid, list" in told
    assert ("dezign is not a setting; did you mean design?" in told) is bool(forgotten)
    assert "scenarios is not a setting" not in told
    assert run("run", str(study))[1].endswith("study.yaml is a study, not a scenario: sim sweep runs it\n")


def test_an_unknown_case_of_validate_is_told_alone():
    assert run("validate", "V99") == (2, "case 'V99' does not exist; did you mean V9?\n")
