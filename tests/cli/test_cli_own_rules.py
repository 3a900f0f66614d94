"""Rules of the user's own: what goes wrong in them is told as theirs, with file and line, wherever it happens."""

from collections.abc import Callable
from pathlib import Path

import pandas
import pytest
from typer.testing import Result

from tests.cli.own_rules import FAULTS, HEADS, own_rules, small_scenario

Sim = Callable[..., Result]


@pytest.fixture(autouse=True)
def _forget(forget_rules: None) -> None:
    """Rules registered by one test are unknown to the next."""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_during_a_run_is_told_with_file_and_line(fault, sim: Sim) -> None:
    file = own_rules(fault.body, fault.head, f"faulty_{fault.name}")
    result = sim("run", small_scenario(fault.head), "--rules", file, "--replications", "1")
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith(f"{file}:{fault.line}: "), result.stderr
    assert fault.said in result.stderr
    assert "fault of sim" not in result.stderr
    assert not Path("results").exists() or not any(Path("results").iterdir())


@pytest.mark.parametrize("command", [["run"], ["sweep", "--vary", "behaviour.quits.base_contract=0.02,0.05"]])
def test_a_fault_in_a_worker_process_is_told_alike(command: list[str], sim: Sim) -> None:
    words, *options = command
    file = own_rules("return 1 / 0", "trigger", f"worker_{words}")
    scenario = small_scenario("trigger")
    result = sim(words, scenario, "--rules", file, "--replications", "2", "--workers", "2", *options)
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith(f"{file}:11: Mine.is_hit of person "), result.stderr
    assert "ZeroDivisionError: division by zero" in result.stderr
    points = [
        f"(at point {point}: behaviour.quits.base_contract = {value})\n"
        for point, value in enumerate((0.02, 0.05))
    ]
    assert result.stderr.endswith(tuple(points)) == (words == "sweep")  # whichever fails first


def test_a_file_that_only_a_worker_cannot_import_is_told_alike(sim: Sim) -> None:
    text = f"{HIT}\n\nfrom multiprocessing import parent_process\n1 / (parent_process() is None)"
    file = own_rules("", "trigger", "not_in_workers", instead=text)
    result = sim("run", small_scenario("trigger"), "--rules", file, "--replications", "2", "--workers", "2")
    assert result.exit_code == 2, result.output
    assert result.stderr == f"--rules {file}:13: ZeroDivisionError: division by zero\n"


def test_a_fault_in_a_study_is_told_alike(sim: Sim) -> None:
    file = own_rules("return 1 / 0", "trigger", "in_a_study")
    small_scenario("trigger")
    Path("study.yaml").write_text(
        "name: one\nscenarios: [mine.yaml]\nuncertainties: {behaviour.quits.base_contract: [0.02, 0.05]}\n"
        "design: {kind: grid}\nreplications: 1\nwindow: [9, 12]\n",
        encoding="utf-8",
    )
    assert "trigger mine is a rule of your own" in sim("check", "study.yaml", "--rules", file).stdout
    result = sim("sweep", "study.yaml", "--rules", file, "--workers", "2")
    assert result.exit_code == 1, result.output
    assert f"{file}:11: Mine.is_hit of person " in result.stderr


HIT = "def is_hit(self, employee): return True"
AT_DEFINITION = {
    "no is_hit": ("trigger", "def is_hti(self, employee): return True", 7, "Mine does not define is_hit"),
    "taken": ("taken", HIT, 7, "is that of a shipped rule"),
    "no annotation": (
        "trigger",
        f"{HIT}\n    other = param(1, unit='x', source='seed', doc='x')",
        7,
        "PydanticUserError: Field 'other' requires a type",
    ),
    "no method": ("trigger", "is_hit = True", 7, "is_hit"),
    "import": ("trigger", f"{HIT}\n\n1 / 0", 12, "ZeroDivisionError: division by zero"),
}


@pytest.mark.parametrize("name", AT_DEFINITION)
def test_a_fault_at_definition_is_told_with_its_line(name: str, sim: Sim) -> None:
    head, text, line, said = AT_DEFINITION[name]
    file = own_rules("", head, f"defined_{name.replace(' ', '_')}", instead=text)
    result = sim("check", small_scenario("trigger"), "--rules", file)
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith(f"--rules {file}:{line}: "), result.stderr
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_that_leaves_or_defines_nothing_is_refused(sim: Sim) -> None:
    scenario = small_scenario("trigger")
    Path("leaving.py").write_text("import sys\nsys.exit('gone')\n", encoding="utf-8")
    assert (
        sim("check", scenario, "--rules", "leaving.py").stderr == "--rules leaving.py:2: SystemExit: gone\n"
    )
    Path("empty.py").write_text("import math\n", encoding="utf-8")
    assert "empty.py: defines no rule" in sim("check", scenario, "--rules", "empty.py").stderr


def test_a_fault_while_a_scenario_is_read_is_told_alike(sim: Sim) -> None:
    check = '''def is_hit(self, employee):
        return False

    @field_validator("threshold")
    @classmethod
    def _checked(cls, value):
        return value + "x"'''
    file = own_rules("", "trigger", "reading", instead=check)
    result = sim("check", small_scenario("trigger", threshold=0.5), "--rules", file)
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith(f"{file}:16: TypeError: "), result.stderr


UNFORESEEN = "so nobody expects it and nobody responds to it; it has no twin"
SAID_OF = {
    "trigger": (
        "trigger mine is",
        "it decides at the year's close by is_hit; it states no risk, " + UNFORESEEN,
    ),
    "quarterly": ("trigger mine is", "it decides every quarter by is_hit; it states no risk, " + UNFORESEEN),
    "risk": ("trigger mine is", "by is_hit; people respond to it as its own risk says"),
    "appraisal": ("appraisal mine is", "by grade_of; it states no cut_density, " + UNFORESEEN),
    "promotion": (
        "ranks mine is",
        "by priority_of; it states no worth, so people respond to it as to ladder",
    ),
    "bonus": (
        "floating_pay mine is",
        "by coefficient_of; it states no worth, so people respond to it as to three",
    ),
}


@pytest.mark.parametrize("head", SAID_OF)
def test_check_and_describe_say_what_a_rule_of_ones_own_has_and_lacks(head: str, sim: Sim) -> None:
    begins, said = SAID_OF[head]
    file = own_rules("return 1", head, f"said_{head}")
    scenario = small_scenario(head)
    lines = sim("check", scenario, "--rules", file).stdout.splitlines()
    assert lines[1].strip().startswith(f"{begins} a rule of your own ({file}:")
    assert said in lines[1]
    assert said in sim("describe", scenario, "--rules", file, "--only", ".kind").stdout
    assert said in sim("describe", "--kinds", "--rules", file, "--only", "mine").stdout
    assert len(sim("check", "four_systems.yaml", "--rules", file).stdout.splitlines()) == 1


def test_a_quarterly_trigger_fires_every_quarter(sim: Sim) -> None:
    file = own_rules(
        "return employee.person // 10000 % 4 == employee.model.state.quarter % 4",
        "quarterly",
        "every_quarter",
    )
    result = sim("run", small_scenario("quarterly"), "--rules", file, "--replications", "1")
    assert result.exit_code == 0, result.output
    [folder] = Path("results").iterdir()
    events = pandas.read_parquet(folder / "events.parquet")
    flagged = events[(events.event == "flagged") & (events.trigger == "mine")].groupby("quarter").size()
    assert list(flagged.index) == [9, 10, 11, 12]
    assert flagged.min() > 5
    assert set(HEADS) >= {"trigger", "quarterly", "appraisal", "promotion", "bonus", "columns"}


COMPLAINS = """def is_hit(self, employee): return False

    def complaints(self):
        if self.threshold > self.in_a_row:
            yield "threshold", "is above in_a_row"
"""


def test_a_rule_of_ones_own_checks_its_own_settings(sim: Sim) -> None:
    file = own_rules("", "trigger", "complains", instead=COMPLAINS)
    refused = sim("check", small_scenario("trigger", threshold=2.5), "--rules", file)
    assert refused.exit_code == 2, refused.output
    [line] = refused.stderr.splitlines()
    assert line.startswith("mine.yaml:7:")
    assert line.endswith("regime.adjustment.triggers.mine.threshold: is above in_a_row")
    right = sim("check", small_scenario("trigger", threshold=0.5), "--rules", file)
    assert right.exit_code == 0, right.output
    assert "it decides at the year's close by is_hit; it states no risk" in right.stdout


@pytest.mark.parametrize(
    ("complaints", "said"),
    [
        ("yield 'threshold', 1 / 0", "ZeroDivisionError"),
        ("return None", "returned None, must return any number of (a text, a text)"),
        ("yield 1", "returned [1], must return any number of (a text, a text)"),
    ],
)
def test_a_fault_in_such_a_check_is_told_as_the_users(complaints: str, said: str, sim: Sim) -> None:
    instead = f"def is_hit(self, employee): return False\n    def complaints(self):\n        {complaints}"
    file = own_rules("", "trigger", f"wrong_{len(said)}_{len(complaints)}", instead=instead)
    result = sim("check", small_scenario("trigger"), "--rules", file)
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith(f"{file}:1"), result.stderr
    assert "Mine.complaints: " in result.stderr
    assert said in result.stderr
