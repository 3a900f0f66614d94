"""What tests of several folders use. They run as commands do: with one thread, and few looks for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sim.lab.jobs.threads import use_one_thread

if TYPE_CHECKING:
    from matplotlib.figure import Figure

use_one_thread()  # before NumPy is loaded
gc.set_threshold(100_000)


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
    from matplotlib.figure import Figure

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", _empty)
        patch.setattr(Figure, "get_layout_engine", lambda figure: None)
        yield


def _empty(figure: "Figure", to: Any, **options: Any) -> None:
    if isinstance(to, str | Path):
        Path(to).write_bytes(b"")
