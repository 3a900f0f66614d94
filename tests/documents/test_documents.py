"""What the documents say is so: commands exist, links lead somewhere, examples run."""

import ast
import pkgutil
import re
import subprocess
import sys
from contextlib import chdir
from io import BytesIO
from pathlib import Path

import jupytext
import nbformat
import pytest
from matplotlib.figure import Figure
from nbclient import NotebookClient
from ruamel.yaml import YAML
from typer.testing import CliRunner

from sim.cli import app
from sim.outcomes.outcome import happened, row
from sim.outcomes.outcomes import OUTCOMES
from sim.rules.base import REGISTRY
from sim.scenario.describe import kind_rows, rows
from sim.scenario.roster.mapping import read_mapping
from sim.scenario.roster.source import RosterFile
from sim.scenario.schema import Scenario

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
STUDIES = (ROOT / "STUDIES.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "ODD.md",
    "STUDIES.md",
    "ROSTERS.md",
    "CHANGELOG.md",
    "docs/architecture.md",
]


def blocks(text, language):
    """Fenced blocks of a language."""
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text, flags=re.MULTILINE | re.DOTALL)


def sim(*arguments, cwd=ROOT):
    """A command in this process."""
    with chdir(cwd):
        return CliRunner().invoke(app, [*arguments], prog_name="sim")


def sim_alone(*arguments, cwd):
    """A command in a process of its own, which what it registers dies with."""
    return subprocess.run([sys.executable, "-m", "sim", *arguments], cwd=cwd, capture_output=True, text=True)


def test_readme_is_short():
    assert len(README.splitlines()) <= 200


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


def keys_of_scenarios():
    """Every key of a scenario file, those of all kinds of rules included, with a dot on either side."""
    of_kinds = [
        f".regime.{slot}.{row.path}."
        for slot in REGISTRY
        for _, declared in kind_rows(slot).values()
        for row in declared
    ]
    return [*(f".{row.path}." for row in rows(Scenario())), *of_kinds]


def named_in_submodels():
    """What has a dot within and stands in backticks in section 7 of ODD.md, files apart."""
    text = (ROOT / "ODD.md").read_text(encoding="utf-8").partition("\n## 7. ")[2].partition("\n## 8. ")[0]
    named = set(re.findall(r"`([a-z_]+(?:\.[a-z_*]+)+)`", text))
    return {name for name in named if not name.endswith((".py", ".md", ".yaml"))}


def test_keys_of_the_submodels_are_keys_of_scenarios():
    keys = keys_of_scenarios()
    named = {name for name in named_in_submodels() if not name.startswith(("sim.", "core."))}
    assert len(named) > 80
    pattern = {name: re.escape(f".{name}.").replace(r"\*", "[a-z_]+") for name in named}
    assert [name for name in sorted(named) if not any(re.search(pattern[name], key) for key in keys)] == []


def test_functions_of_the_submodels_exist():
    named = {name for name in named_in_submodels() if name.startswith(("sim.", "core."))}
    assert len(named) > 4
    for name in named:
        pkgutil.resolve_name(name if name.startswith("sim.") else f"sim.{name}")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_make_targets_exist(name):
    wanted = set(
        re.findall(
            r"`?make ([a-z]+)`?",
            " ".join(re.findall(r"(?:^\$ |`)make [a-z]+", (ROOT / name).read_text(), re.M)),
        )
    )
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    assert wanted
    assert wanted - targets == set()


def test_commands_exist():
    lines = [
        line[2:]
        for block in blocks(README, "console")
        for line in block.splitlines()
        if line.startswith("$ sim ")
    ]
    commands = {line.split()[1] for line in lines}
    assert commands == {
        *("check", "run", "compare", "sweep", "describe", "new", "open"),
        *("roster", "decompose", "trace", "validate"),
        *("sensitivity", "attribute", "robust", "merge", "evaluate", "calibrate", "query"),
        "scenarios",
    }
    for command in commands:
        words = ["roster", "template"] if command == "roster" else [command]
        shown = sim(*words, "--help")
        assert shown.exit_code == 0
        for line in lines:
            if line.split()[1] == command:
                assert [
                    option for option in re.findall(r"--[a-z]+", line) if option not in shown.stdout
                ] == []


def test_the_scenario_in_the_readme_is_right(tmp_path):
    (text,) = blocks(README, "yaml")
    for source in (ROOT / "scenarios").glob("*.yaml"):
        (tmp_path / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "gentle.yaml").write_text(text, encoding="utf-8")
    found = sim("check", "gentle.yaml", cwd=tmp_path)
    assert (found.exit_code, found.stderr) == (0, "")


def test_the_study_in_the_documents_is_right(tmp_path):
    study, sequential, evaluation = blocks(STUDIES, "yaml")
    for source in (ROOT / "scenarios").glob("*.yaml"):
        (tmp_path / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "one.yaml").write_text(study, encoding="utf-8")
    other = re.sub(r"^replications: 10$", sequential.strip(), study, flags=re.M)
    (tmp_path / "other.yaml").write_text(other, encoding="utf-8")
    (tmp_path / "pilot.yaml").write_text(evaluation, encoding="utf-8")
    found = sim("check", "one.yaml", "other.yaml", "pilot.yaml", cwd=tmp_path)
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout.count("40 points (latin_hypercube), 2 scenarios, 10 replications of each") == 2


def test_the_python_in_the_readme_runs(monkeypatch, tmp_path):
    (text,) = blocks(README, "python")
    for source in (ROOT / "scenarios").glob("*.yaml"):
        (tmp_path / "scenarios").mkdir(exist_ok=True)
        small = source.read_text(encoding="utf-8")
        if source.stem == "civil_service":
            small += "\nstructure: {department_size: {mean: 8}}\n"
        (tmp_path / "scenarios" / source.name).write_text(small, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {}
    exec(text, space)
    assert len(space["comparison"].effects) > 10
    assert space["model"].steps == 1


def test_the_outcome_in_contributing_is_a_row_that_is_not_there_yet():
    (example,) = [block for block in blocks(CONTRIBUTING, "python") if block.startswith("row(")]
    outcome = eval(example, {"row": row, "happened": happened})
    assert outcome.name not in OUTCOMES
    assert outcome.of.events == ("converted",)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_of_the_package_that_a_document_names_are_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"`(sim/[\w/]+(?:\.\w+|/))`", text.split("## [0.1.0]")[0]))
    assert sorted(one for one in named if not (ROOT / one).exists()) == []


def test_the_personal_rule_in_contributing_runs(tmp_path):
    (rule,) = [block for block in blocks(CONTRIBUTING, "python") if "PersonalTrigger" in block]
    (scenario,) = [block for block in blocks(CONTRIBUTING, "yaml") if "low_morale" in block]
    (tmp_path / "scenarios").mkdir()
    for source in (ROOT / "scenarios").glob("*.yaml"):
        (tmp_path / "scenarios" / source.name).write_text(
            source.read_text(encoding="utf-8"), encoding="utf-8"
        )
    (tmp_path / "my_rules.py").write_text(rule, encoding="utf-8")
    (tmp_path / "low_morale.yaml").write_text(scenario, encoding="utf-8")
    shrunk = ["--set", "structure.department_size.mean=6", "--set", "horizon.quarters=12"]
    command = ["run", "low_morale.yaml", "--rules", "my_rules.py", "--replications", "1", *shrunk]
    assert sim_alone(*command[:2], cwd=tmp_path).returncode == 2, "the kind is unknown without its module"
    found = sim_alone(*command, cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    assert len(list((tmp_path / "results").iterdir())) == 1


def test_the_state_table_is_current():
    checked = subprocess.run(
        [sys.executable, "scripts/odd_tables.py", "--check"], cwd=ROOT, capture_output=True
    )
    assert checked.returncode == 0, checked.stdout


def smaller(parameters):
    """The same parameters with less to do."""
    less = {
        "REPLICATIONS": 2,
        "TRAJECTORIES": 3,
        "POINTS": 10,
        "SETTINGS": {"structure.department_size.mean": 6},
    }
    if (
        not {"TRAJECTORIES", "POINTS"}.isdisjoint(parameters.split()) or "REPLICATIONS = 4" in parameters
    ):  # studies
        less["SETTINGS"] |= {
            "horizon.quarters": 12,
            "structure.area_level.departments": 2,
            "structure.new_cities.departments": 5,
        }
    names = [node.targets[0].id for node in ast.parse(parameters).body]
    assert set(names) <= set(less)
    assert {"REPLICATIONS", "SETTINGS"} <= set(names)
    return "\n".join(f"{name} = {less[name]!r}" for name in names)


NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
IN_A_KERNEL = "04_write_a_rule"
"""The notebook whose rules are to die with their process; it shows that notebooks run in Jupyter's kernel at all."""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run(path, monkeypatch):
    """Every cell, after one with other parameters: a few replications of a smaller area."""
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "outputs are stripped in git"
    tagged = [
        place for place, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])
    ]
    assert len(tagged) == 1
    notebook.cells.insert(tagged[0] + 1, nbformat.v4.new_code_cell(smaller(notebook.cells[tagged[0]].source)))
    monkeypatch.chdir(ROOT)
    if path.stem == IN_A_KERNEL:
        NotebookClient(
            notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
        ).execute()
        assert any(cell.get("outputs") for cell in notebook.cells)
    else:
        space: dict[str, object] = {}
        shown = [run_cell(cell.source, space) for cell in notebook.cells if cell.cell_type == "code"]
        assert any(value is not None for value in shown)


def run_cell(source, space):
    """Run a cell in this process; what its last line gives, drawn if it is a figure."""
    *before, last = ast.parse(source.replace("%matplotlib inline", "pass")).body
    shown = isinstance(last, ast.Expr)
    exec(compile(ast.Module(before if shown else [*before, last], []), "<cell>", "exec"), space)
    value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), space) if shown else None
    if isinstance(value, Figure):
        value.savefig(BytesIO())
    return value


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_paired(path):
    notebook, script = nbformat.read(path, as_version=4), jupytext.read(path.with_suffix(".py"))
    assert [(cell.cell_type, cell.source) for cell in notebook.cells] == [
        (cell.cell_type, cell.source) for cell in script.cells
    ]


PLOTTING = {"matplotlib", "seaborn", "pandas", "numpy"}


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.py")), ids=lambda path: path.stem)
def test_notebooks_import_only_the_laboratory_and_what_draws(path):
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    standard = {name for name in names if name.split(".")[0] in sys.stdlib_module_names}
    assert {name.split(".")[0] for name in names - standard} <= PLOTTING | {"sim"}


def test_what_rosters_may_say_is_what_the_document_says(tmp_path):
    """Every setting of a roster file and of a mapping is in the example, and the examples are right."""
    _, settings, mapping = blocks((ROOT / "ROSTERS.md").read_text(encoding="utf-8"), "yaml")
    written = YAML(typ="safe").load(settings)["roster"]
    told = RosterFile.model_validate(written | {"as_of": str(written["as_of"])})
    assert set(written) == set(type(told).model_fields)
    file = tmp_path / "mapping.yaml"
    file.write_text(mapping, encoding="utf-8")
    found = read_mapping(file)
    assert found.taken["department_kind"].otherwise == "administrative"
    assert found.others.posts.rounded == "half_up"
