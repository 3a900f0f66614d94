"""A text that was read before is composed once, and told at its own place all the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.core.errors import UserError
from sim.scenario.loader import load


@pytest.mark.parametrize("text", ["sead: 3\n", "seed: [3\n"], ids=["a wrong key", "no YAML"])
def test_the_same_text_in_two_files_names_each(write: Callable[..., Path], text: str) -> None:
    for name in ("one.yaml", "other.yaml", "one.yaml"):
        with pytest.raises(UserError, match=rf"^{name}:\d+:\d+: "):
            load(write(text, name))
