"""Rules of the user's own: the only way in which code that is not part of sim runs."""

import importlib
import sys
import traceback
from pathlib import Path

from sim.core.errors import UserError


def import_rules(file: Path) -> None:
    """Import a Python file by its name, so that worker processes can import it too.

    Raises:
        UserError: no such file, a name already taken, or an error inside the file (with its line).
    """
    path = file.resolve()
    if not path.is_file() or path.suffix != ".py":
        raise UserError(f"--rules {file}: there is no such Python file")
    if not path.stem.isidentifier():
        raise UserError(f"--rules {file}: the file's name must be a Python name, such as my_rules.py")
    sys.path.append(str(path.parent))
    try:
        module = importlib.import_module(path.stem)
    except Exception as error:
        raise UserError(_told(file, path, error)) from None
    if Path(module.__file__ or "").resolve() != path:
        raise UserError(f"--rules {file}: Python already has a module named {path.stem}; rename the file")


def _told(file: Path, path: Path, error: Exception) -> str:
    """The error with the line of the user's file in which it arose."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    said = str(error)
    if isinstance(error, SyntaxError):
        lines, said = [error.lineno], error.msg
    place = f"{file}:{lines[-1]}" if lines else str(file)
    return f"--rules {place}: {type(error).__name__}: {said}"
