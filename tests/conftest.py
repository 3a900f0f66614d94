"""What tests of several folders use."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure


@pytest.fixture
def undrawn() -> Iterator[None]:
    """Figures are made and stored, but not drawn: for tests of what stands beside them."""
    with without_drawing():
        yield


@pytest.fixture(scope="module")
def undrawn_throughout() -> Iterator[None]:
    """The same for all tests of a file and the fixtures that they share."""
    with without_drawing():
        yield


@contextmanager
def without_drawing() -> Iterator[None]:
    """Finding everything its place in a figure and painting it takes longer than most of what tests ask for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", _empty)
        patch.setattr(Figure, "get_layout_engine", lambda figure: None)
        yield


def _empty(figure: Figure, to: Any, **options: Any) -> None:
    if isinstance(to, str | Path):
        Path(to).write_bytes(b"")
