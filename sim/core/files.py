"""Files written for somebody: none that is there already is touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sim.core.errors import UserError


@contextmanager
def new_text(path: Path) -> Iterator[TextIO]:
    """A new text file in UTF-8; its folder is made.

    Raises:
        UserError: it is there already, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="") as file:
            yield file
    except FileExistsError:
        raise UserError(f"{path} is there already; choose another name") from None
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise UserError(f"{path} cannot be written: {said}") from None
