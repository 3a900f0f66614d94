"""The commands that run nothing: check, describe, new."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from sim.lab.language.language import speaking, tr
from sim.outcomes import OUTCOMES
from sim.outcomes.units import UNITS
from sim.rules.base import REGISTRY, SLOTS
from sim.scenario.loader import load
from tests.shipped import shipped

Sim = Callable[..., Result]
SHIPPED = Path(__file__).parents[2] / "scenarios"

RULE = '''
from typing import Literal
from sim.rules.posts import OpenPosts

class {name}(OpenPosts):
    """Posts that are drawn on a map."""

    kind: Literal["{kind}"] = "{kind}"
'''


def test_check_tells_every_error_of_every_file(sim: Sim) -> None:
    policy = "regime: {posts: {kind: fixed}}\n"  # without any rule it would be told that it has none
    Path("good.yaml").write_text(policy + "horizon: {quarters: 12}\ntimeline: [{quarter: 4, set: {}}]\n")
    Path("bad.yaml").write_text("seed: -1\nsead: 1\n")
    Path("worse.yaml").write_text("a: [\n")
    result = sim("check", "good.yaml", "bad.yaml", "worse.yaml", "none.yaml")
    assert result.exit_code == 2
    assert result.stdout == "OK good.yaml: good, 12 quarters, 100 replications, changes after quarter 4\n"
    lines = result.stderr.splitlines()
    assert lines[:2] == [
        "bad.yaml:1:7: seed = -1 is below the smallest allowed value 0 (integer)",
        "bad.yaml:2:1: sead is not a setting; did you mean seed?",
    ]
    assert [line.split(":")[0] for line in lines[2:]] == ["worse.yaml", "none.yaml"]


def test_check_of_the_shipped_files(sim: Sim) -> None:
    result = sim("check", *map(str, shipped()))
    assert result.exit_code == 0
    assert result.stdout.count("OK ") == len(shipped())


def test_named_files_may_extend_one_another_across_folders(sim: Sim) -> None:
    Path("own").mkdir()
    Path("base.yaml").write_text("seed: 7\n")
    Path("own/mine.yaml").write_text("extends: ../base.yaml\n")
    assert sim("check", "own/mine.yaml").exit_code == 2
    assert sim("check", "own/mine.yaml", "base.yaml").exit_code == 0
    assert sim("check", "own/mine.yaml", "--allow", "base.yaml").exit_code == 0


def test_describe_says_where_a_value_comes_from(sim: Sim) -> None:
    Path("x.yaml").write_text(
        "behaviour: {effort: {response: {value: 0.5, source: literature P38, note: mixed}}}\n"
    )
    result = sim("describe", "x.yaml", "--only", "effort.response")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "# x, in force from the founding\n"
        "behaviour.effort.response = 0.5\n"
        "    share; 0 to 1; default 1.0; literature (P38); set in x.yaml:1:40\n"
    )
    assert "values in force at some time" in result.stdout


def test_describe_without_a_file_tells_the_defaults(sim: Sim) -> None:
    result = sim("describe", "--only", "world.municipality")
    assert "world.municipality.units = 21\n    units; 2 to 60; default 21; assumption (P1)" in result.stdout


@pytest.mark.parametrize(
    ("options", "word", "message"),
    [
        ([], "frobnicate", "no parameter mentions frobnicate\n"),
        ([], "manipulabilty", "no parameter mentions manipulabilty; did you mean manipulability?\n"),
        (["--outcomes"], "pay_ginny", "no outcome mentions pay_ginny; did you mean pay_gini?\n"),
        (["--kinds"], "three_prat", "no kind mentions three_prat; did you mean three_part?\n"),
        (["--mechanisms"], "xyzzy", "no mechanism mentions xyzzy\n"),
    ],
)
def test_describe_of_what_nothing_mentions_is_wrong_input(
    sim: Sim, options: list[str], word: str, message: str
) -> None:
    result = sim("describe", *options, "--only", word)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)


def test_describe_kinds(sim: Sim) -> None:
    result = sim("describe", "--kinds", "floating_pay")
    assert "regime.floating_pay: {kind: fixed}\n" in result.stdout
    assert "floating_share = 0.4  [share of normal pay; 0 to 0.6; assumption]" in result.stdout
    assert "regime.posts" not in result.stdout
    every = sim("describe", "--kinds").stdout
    assert "regime.posts: {kind: fixed}" in every
    assert "regime.adjustment.triggers.<name>: {kind: last_in_department}" in every


def test_describe_lists_every_outcome_with_unit_and_definition(sim: Sim) -> None:
    told = sim("describe", "--outcomes").stdout
    for name, one in OUTCOMES.items():
        assert f"{name}: {one.label} [{one.unit}; {one.kind}; from " in told
        assert f"    {one.meaning}\n" in told
    for name, unit in UNITS.items():
        assert f"{name}: {unit.meaning}" in told
    chosen = sim("describe", "--outcomes", "--only", "morale").stdout
    first = "morale: morale [morale points; mean; from columns morale over at_work; more is better]\n"
    assert chosen.startswith(first)
    assert "exits" not in chosen


def test_describe_lists_outcomes_in_chinese(sim: Sim) -> None:
    told = sim("describe", "--outcomes", "--lang", "zh").stdout
    with speaking("zh"):
        for name, one in OUTCOMES.items():
            assert f"{name}: {tr(one.label)} [" in told
            assert f"    {tr(one.meaning)}\n" in told
    wrong = sim("describe", "--outcomes", "--lang", "de")
    assert (wrong.exit_code, wrong.stderr) == (2, "lang = 'de': must be one of en, zh\n")


def test_describe_schema_is_json(sim: Sim) -> None:
    assert json.loads(sim("describe", "--schema").stdout)["title"] == "Scenario of the new area"


def test_new_writes_a_scenario_that_loads_and_changes_nothing(sim: Sim) -> None:
    for name in ("civil_service", "four_systems"):
        Path(f"{name}.yaml").write_text(
            (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8"
        )
    result = sim("new", "mine", "--extends", "four_systems.yaml")
    assert (result.exit_code, result.stdout) == (0, "wrote mine.yaml; edit it, then: sim check mine.yaml\n")
    mine, policy = load("mine.yaml"), load("four_systems.yaml")
    assert mine.question == "What changes, compared with four_systems?"
    assert mine.at(9) == policy.at(9)
    assert mine.at(8) == policy.at(8)


def test_every_line_that_new_comments_out_can_be_used(sim: Sim) -> None:
    for name in ("civil_service", "four_systems"):
        Path(f"{name}.yaml").write_text(
            (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8"
        )
    sim("new", "mine", "--extends", "four_systems.yaml")
    text = Path("mine.yaml").read_text(encoding="utf-8")
    assert text.count("      # regime.") > 40
    Path("mine.yaml").write_text(text.replace("      # regime.", "      regime."), encoding="utf-8")
    assert load("mine.yaml").at(9) == load("four_systems.yaml").at(9)


def started(sim: Sim) -> str:
    """What `sim new` writes for a scenario on top of the four systems."""
    for name in ("civil_service", "four_systems"):
        shipped_text = (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")
        Path(f"{name}.yaml").write_text(shipped_text, encoding="utf-8")
    assert sim("new", "mine", "--extends", "four_systems.yaml").exit_code == 0
    return Path("mine.yaml").read_text(encoding="utf-8")


def test_new_says_what_every_key_means(sim: Sim) -> None:
    lines = started(sim).splitlines()
    keys = [place for place, line in enumerate(lines) if line.startswith("      # regime.")]
    assert len(keys) > 40
    assert [lines[place] for place in keys if not lines[place - 1].startswith("      ## ")] == []
    place = lines.index("      # regime.adjustment.enforcement: 1.0 # share, 0 to 1, seed P10")
    assert lines[place - 1] == "      ## Flagged people who are acted on; about .15 at P10."


def test_every_other_kind_that_new_shows_can_be_used_as_it_stands(sim: Sim) -> None:
    text = started(sim)
    blocks = re.findall(r"(?:^      ### regime\S+: # .+\n(?:      ###   .+\n)+)", text, re.MULTILINE)
    shown = {re.search(r"kind: (\w+)", block)[1] for block in blocks}
    regime = load("four_systems.yaml").at(9).regime
    used = {getattr(regime, slot).kind for slot in SLOTS} | {
        one.kind for one in regime.adjustment.listed.values()
    }
    assert shown | used == {
        kind for kinds in REGISTRY.values() for kind in kinds if not kind.startswith("test_")
    }
    for block in blocks:
        Path("mine.yaml").write_text(
            text.replace(block, block.replace("      ### ", "      ")), encoding="utf-8"
        )
        changed = load("mine.yaml").at(9).regime
        slot, kind = re.search(r"regime\.(\w+)", block)[1], re.search(r"kind: (\w+)", block)[1]
        kinds = {getattr(changed, slot).kind} | {one.kind for one in changed.adjustment.listed.values()}
        assert kind in kinds, block


def test_new_refuses_to_overwrite(sim: Sim) -> None:
    Path("base.yaml").write_text("seed: 7\n")
    Path("mine.yaml").write_text("seed: 8\n")
    result = sim("new", "mine", "--extends", "base.yaml")
    assert result.exit_code == 2
    assert result.stderr == "mine.yaml is there already; choose another name or folder\n"
    assert Path("mine.yaml").read_text() == "seed: 8\n"


@pytest.mark.parametrize("name", ["../up", "two words", "", "_x"])
def test_new_refuses_names_that_are_none(name: str, sim: Sim) -> None:
    Path("base.yaml").write_text("seed: 7\n")
    result = sim("new", name, "--extends", "base.yaml")
    assert result.exit_code == 2
    assert "is not a name" in result.stderr
    assert [path.name for path in Path().iterdir()] == ["base.yaml"]


def test_new_quotes_names_that_yaml_would_misread(sim: Sim) -> None:
    Path("base.yaml").write_text("seed: 7\n")
    assert sim("new", "2024", "--extends", "base.yaml").exit_code == 0
    assert load("2024.yaml").name == "2024"


def test_new_elsewhere_says_how_to_allow_the_baseline(sim: Sim) -> None:
    Path("base.yaml").write_text("seed: 7\n")
    result = sim("new", "mine", "--extends", "base.yaml", "--out", "own")
    assert "sim check own/mine.yaml --allow base.yaml" in result.stdout
    assert sim("check", "own/mine.yaml", "--allow", "base.yaml").exit_code == 0


def test_new_into_a_folder_that_cannot_be_written(sim: Sim) -> None:
    Path("base.yaml").write_text("seed: 7\n")
    Path("taken").write_text("")
    result = sim("new", "mine", "--extends", "base.yaml", "--out", "taken")
    assert result.exit_code == 2
    assert result.stderr == "taken/mine.yaml cannot be written: File exists\n"


@pytest.mark.usefixtures("forget_rules")
def test_a_rule_file_of_the_user_makes_its_kind_known(sim: Sim) -> None:
    Path("map_rules.py").write_text(RULE.format(name="MappedPosts", kind="mapped"))
    Path("x.yaml").write_text("regime: {posts: {kind: mapped}}\n")
    assert "is unknown" in sim("check", "x.yaml").stderr
    assert sim("check", "x.yaml", "--rules", "map_rules.py").exit_code == 0
    assert "Posts that are drawn on a map." in sim("describe", "--kinds", "posts").stdout


@pytest.mark.usefixtures("forget_rules")
def test_a_rule_file_stands_in_the_manifest_of_what_uses_it(sim: Sim) -> None:
    from sim.lab.questions.run import planned_manifest
    from sim.scenario.loader import load

    Path("drawn_rules.py").write_text(RULE.format(name="DrawnPosts", kind="drawn"))
    Path("x.yaml").write_text("regime: {posts: {kind: drawn}}\n")
    Path("y.yaml").write_text("name: y\n")
    assert sim("check", "x.yaml", "--rules", "drawn_rules.py").exit_code == 0
    assert planned_manifest(load("x.yaml"))["rules_files"] == ["drawn_rules.py"]
    assert planned_manifest(load("y.yaml"))["rules_files"] == []


def test_a_scenario_that_forgot_its_baseline_is_told(sim: Sim) -> None:
    Path("base.yaml").write_text("seed: 7\n")
    Path("mine.yaml").write_text("extends: base.yaml\n")
    said = sim("check", "base.yaml", "mine.yaml")
    assert said.exit_code == 0
    first, warned, second = said.stdout.splitlines()
    assert first.startswith("OK base.yaml: base, ")
    assert warned.startswith(
        "  base extends no file, and none of the eight parts of its regime is set (posts: open"
    )
    assert second.startswith("OK mine.yaml: mine, ")


@pytest.mark.usefixtures("forget_rules")
@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "broken_rules.py",
            "x = 1\ny = 1/0\n",
            "--rules broken_rules.py:2: ZeroDivisionError: division by zero\n",
        ),
        (
            "open_rules.py",
            "def f(:\n",
            "--rules open_rules.py:1: SyntaxError: invalid syntax\n",
        ),
        (
            "my-rules.py",
            "",
            "--rules my-rules.py: the file's name must be a Python name, such as my_rules.py\n",
        ),
        ("json.py", "", "--rules json.py: Python already has a module named json; rename the file\n"),
        ("rules.txt", "", "--rules rules.txt: there is no such Python file\n"),
    ],
)
def test_wrong_rule_files(name: str, text: str, message: str, sim: Sim) -> None:
    Path(name).write_text(text)
    Path("x.yaml").write_text("seed: 1\n")
    result = sim("check", "x.yaml", "--rules", name)
    assert (result.exit_code, result.stderr) == (2, message)
