"""`scripts/find_python.sh` runs what it finds, goes on where that fails, and says how to get a Python."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "find_python.sh"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell script")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """An otherwise empty machine: `bin` is all there is on PATH, and the home folder is empty."""
    (tmp_path / "bin").mkdir()
    for name in ("sh", "cat"):
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def put(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def find(machine: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    seen = {"PATH": str(machine / "bin"), "HOME": str(machine), **environment}
    return subprocess.run(["sh", SCRIPT], env=seen, capture_output=True, text=True, check=False)


def test_without_any_python_it_says_how_to_get_one(machine: Path) -> None:
    answer = find(machine)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "No Python 3.12 or newer was found" in answer.stderr
    assert "there is no python at all" in answer.stderr
    assert "make setup PYTHON=/path/to/python3.12" in answer.stderr


def test_what_was_tried_is_named(machine: Path) -> None:
    put(machine / "bin" / "python3.12", "exit 127")
    put(machine / "bin" / "python3", "exit 3")
    answer = find(machine)
    assert answer.returncode == 1
    assert "Tried: python3.12(does-not-run) python3(too-old)" in answer.stderr


def test_a_stand_in_that_fails_is_passed_over(machine: Path) -> None:
    put(machine / "bin" / "python3.12", "echo 'command not found' >&2; exit 127")
    put(machine / ".pyenv" / "versions" / "3.12.1" / "bin" / "python3", f'exec "{sys.executable}" "$@"')
    answer = find(machine)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.strip() == sys.executable


def test_the_python_that_is_named_comes_first(machine: Path) -> None:
    put(machine / "bin" / "python3.12", "echo the-other")
    put(machine / "mine", "echo mine")
    assert find(machine, PYTHON=str(machine / "mine")).stdout == "mine\n"


def test_a_named_python_that_is_too_old_is_said(machine: Path) -> None:
    put(machine / "bin" / "python3.12", "echo the-other")
    put(machine / "old", "exit 3")
    answer = find(machine, PYTHON=str(machine / "old"))
    assert answer.stdout == "the-other\n"
    assert f"PYTHON={machine / 'old'} is not a Python >= 3.12" in answer.stderr


def test_a_python_that_cannot_make_environments_is_told_apart(machine: Path) -> None:
    put(machine / "bin" / "python3", "exit 4")
    answer = find(machine)
    assert answer.returncode == 1
    assert "python3 is new enough but cannot make environments" in answer.stderr
