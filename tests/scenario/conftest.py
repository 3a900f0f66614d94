"""Scenario files in a folder of their own, which is also the working folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.core.errors import UserError
from sim.scenario.loader import load

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a text to a file (by default x.yaml) of the working folder; gives back its relative path."""
    monkeypatch.chdir(tmp_path)

    def written(text: str, name: str = "x.yaml") -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def errors(write: Write) -> Callable[..., list[str]]:
    """The lines of the message with which a text is refused."""

    def refused(text: str, **options: object) -> list[str]:
        with pytest.raises(UserError) as failure:
            load(write(text), **options)  # type: ignore[arg-type]
        return str(failure.value).splitlines()

    return refused
