"""Outside the clone: a wheel, unpacked elsewhere, does in an empty folder what the clone does."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from scripts import outside

ROOT = Path(__file__).parents[2]
SHIPPED = "sim/shipped/scenarios/"
SHORT = ["--set", "structure.department_size.mean=6", "--set", "horizon.quarters=10"]


def build(source: Path, target: Path, kind: str) -> Path:
    """Build a wheel or an sdist of a project."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    [made] = target.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    pytest.importorskip("hatchling")
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The wheel's content, as an installation would lay it out."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


@pytest.fixture
def sim(installed, tmp_path):
    """Run the command line of the wheel in an empty folder."""
    environment = os.environ | {"PYTHONPATH": str(installed)}

    def run(*words: str, code: int = 0) -> str:
        command = [sys.executable, "-m", "sim", *words]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == code, done.stdout + done.stderr
        assert str(ROOT / "scenarios") not in done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


def tracked(*folders: str) -> list[str]:
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z", *folders], capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git work tree")
    return [name for name in listed.stdout.split("\0") if name]


def test_the_wheel_takes_the_user_s_folder_along(wheel):
    inside = zipfile.ZipFile(wheel)
    names = set(inside.namelist())
    wanted = tracked("scenarios")
    assert len(wanted) > 40
    for name in wanted:
        assert inside.read(f"sim/shipped/{name}") == (ROOT / name).read_bytes(), name
    assert set(tracked("sim")) <= names
    assert {"sim/py.typed", "sim/lab/language/fonts/FourFixesSansSC.otf"} <= names
    assert not [name for name in names if name.startswith(("tests/", "results/", "scenarios/"))]
    assert wheel.stat().st_size < 4_000_000


def test_an_editable_installation_takes_nothing_along(wheel):
    """The files stand in the clone; a copy would grow old."""
    from scripts.take_along import TakeAlong

    taken = {}
    for version in ("editable", "standard"):
        taken[version] = {"force_include": {}}
        TakeAlong.initialize(None, version, taken[version])
    assert taken["editable"]["force_include"] == {}
    assert taken["standard"]["force_include"] == {"scenarios": SHIPPED.rstrip("/")}


def test_the_sdist_makes_the_same_wheel(wheel, tmp_path):
    sdist = build(ROOT, tmp_path / "sdist", "sdist")
    with tarfile.open(sdist) as packed:
        packed.extractall(tmp_path, filter="data")
    again = build(tmp_path / sdist.name.removesuffix(".tar.gz"), tmp_path / "again", "wheel")
    names = [set(zipfile.ZipFile(one).namelist()) for one in (again, wheel)]
    assert names[0] == names[1]


def test_names_are_found_in_an_empty_folder(sim, tmp_path):
    listed = sim("scenarios")
    told = " ".join(listed.split())
    assert "four_systems Do the" in told
    assert "screening Which assumptions" in told
    checked = sim("check", "four_systems", "civil_service.yaml", "first_sweep", "from_roster")
    assert [line.split(": ")[1].split(",")[0] for line in checked.splitlines() if line.startswith("OK")] == [
        "four_systems",
        "civil_service",
        "first_sweep",
        "from_roster",
    ]
    assert "there is no such scenario file; did you mean four_systems?" in sim(
        "check", "four_sistems", code=2
    )
    assert list(tmp_path.iterdir()) == []


def test_a_new_scenario_extends_a_shipped_one_anywhere(sim, tmp_path):
    assert "--allow" not in sim("new", "mine", "--extends", "four_systems")
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert 'extends: "four_systems.yaml"' in text
    assert "OK mine.yaml: mine" in sim("check", "mine.yaml")
    assert "did you mean mine.yaml?" in sim("check", "mine", code=2)


def test_a_scenario_runs_and_is_told_in_chinese(sim, tmp_path):
    sim("run", "four_systems", "--replications", "1", *SHORT, "--lang", "zh")
    [folder] = (tmp_path / "results").iterdir()
    assert "data:font/otf" in (folder / "report.zh.html").read_text(encoding="utf-8")


def test_a_known_result_is_reproduced(sim):
    assert "FAILED" not in sim("validate", "V4", "--quick")


def test_the_doctor_finds_everything(sim, installed):
    told = sim("doctor")
    assert f"ok        shipped files in {installed / SHIPPED.rstrip('/')}" in told
    assert "missing" not in told


def test_python_finds_the_shipped_files_by_name(installed, tmp_path):
    code = (
        "import sim; from pathlib import Path; assert Path(sim.__file__).is_relative_to(Path(sys.argv[1]));"
        "print(sim.load('four_systems').name, sim.NewAreaModel('four_systems').settings.name)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}", installed],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["four_systems", "four_systems"], done.stderr


def test_what_ci_runs_outside_are_the_readme_s_first_commands():
    found = outside.commands()
    assert [words[1] for words in found][:3] == ["scenarios", "check", "run"]
    assert found[2][1:] == ["run", "four_systems", "--replications", "2"]
    assert {"compare", "decompose", "trace", "validate", "new", "open"} <= {words[1] for words in found}
    assert "make outside" in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "python scripts/outside.py" in (ROOT / "Makefile").read_text(encoding="utf-8")
