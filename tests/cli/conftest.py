"""Commands run in this process, in a folder of their own."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.rules.base import REGISTRY

Sim = Callable[..., Result]


@pytest.fixture
def sim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sim:
    """Run `sim` with some words in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")

    def command(*words: str) -> Result:
        return CliRunner().invoke(app, list(words), prog_name="sim")

    return command


@pytest.fixture
def forget_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what a rule file registers and where it is looked for."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    for slot, kinds in REGISTRY.items():
        monkeypatch.setitem(REGISTRY, slot, dict(kinds))
