"""`import sim` and `sim --help` load nothing heavy."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {
    "IPython",
    "duckdb",
    "matplotlib",
    "mesa",
    "networkx",
    "numpy",
    "optuna",
    "pandas",
    "pyarrow",
    "pydantic",
    "rich",
    "ruamel",
    "scipy",
    "seaborn",
    "sqlalchemy",
}


def loaded_by(code: str) -> set[str]:
    """The packages that a fresh Python has loaded after `code`."""
    last = "import sys; print('|' + ' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    words = [sys.executable, "-c", f"{code}\n{last}"]
    printed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return set(printed.rpartition("|")[2].split())


HELP = "import sys\nfrom sim.cli import app\nsys.argv = {words}\ntry: app()\nexcept SystemExit: pass"


@pytest.mark.parametrize(
    "code",
    ["import sim", "import sim.cli", HELP.format(words=["sim", "--help"])],
    ids=["import", "command line", "help"],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    packages = loaded_by(code)
    assert "sim" in packages
    assert packages & HEAVY == set()


@pytest.mark.parametrize("command", ["run", "compare", "sweep", "check", "describe", "new", "open", "query"])
def test_the_help_of_a_command_loads_only_what_typer_itself_needs(command: str) -> None:
    packages = loaded_by(HELP.format(words=["sim", command, "--help"]))
    assert packages & (HEAVY - {"pydantic"}) == set()


def test_checking_files_loads_no_engine_and_no_figures() -> None:
    packages = loaded_by("from sim.scenario.loader import load; load('scenarios/four_systems.yaml')")
    assert packages & {"mesa", "pandas", "pyarrow", "matplotlib", "seaborn", "networkx", "rich"} == set()


def test_public_names_are_there_when_asked_for() -> None:
    import sim

    assert set(sim.__all__) <= set(dir(sim))
    assert sim.load({"seed": 3}).seed == 3
    assert sim.UserError.__name__ == "UserError"
    with pytest.raises(AttributeError, match="module 'sim' has no attribute 'frobnicate'"):
        _ = sim.frobnicate


@pytest.mark.parametrize(
    "name", ["load", "run", "compare", "sweep", "open", "NewAreaModel", "Scenario", "Tables", "Comparison"]
)
def test_every_public_name_leads_somewhere(name: str) -> None:
    import sim

    assert callable(getattr(sim, name))


def test_python_m_sim_is_sim() -> None:
    words = [sys.executable, "-m", "sim", "--version"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "sim 0.1.0\n")
