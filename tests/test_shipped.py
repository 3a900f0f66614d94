"""A scenario of one's own in `scenarios` is not taken for a shipped one."""

import subprocess
from pathlib import Path

import pytest

from tests.shipped import ROOT, shipped


def test_a_scenario_of_ones_own_is_not_shipped(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    for name in ("mine", "shipped"):
        (tmp_path / "scenarios" / f"{name}.yaml").write_text("seed: 1\n", encoding="utf-8")
    try:
        subprocess.run(["git", "-C", str(tmp_path), "init", "-q"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git")
    subprocess.run(["git", "-C", str(tmp_path), "add", "scenarios/shipped.yaml"], check=True)
    assert [path.stem for path in shipped(root=tmp_path)] == ["shipped"]


def test_no_test_takes_whatever_lies_in_scenarios_for_shipped() -> None:
    """Copying all that is there harms nobody; looking at it does."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in ROOT.glob("tests/**/*.py")
        if path.name != "shipped.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if '.yaml")' in line and "glob(" in line and "for source in" not in line and "CASES" not in line
    ]
    assert found == []
