"""Rules of the user's own: the only way in which code that is not part of sim runs."""

import importlib
import sys
import traceback
from pathlib import Path

from sim.core.errors import UserError
from sim.rules.base import REGISTRY
from sim.rules.faults import said


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
    except (Exception, SystemExit) as error:
        raise UserError(_told(file, path, error)) from None
    if Path(module.__file__ or "").resolve() != path:
        raise UserError(f"--rules {file}: Python already has a module named {path.stem}; rename the file")
    if not any(rule.__module__ == path.stem for kinds in REGISTRY.values() for rule in kinds.values()):
        raise UserError(
            f'--rules {file}: defines no rule; a rule is a class with kind: Literal["name"] = "name"'
        )


def _told(file: Path, path: Path, error: BaseException) -> str:
    """The error with the line of the user's file in which it arose."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    told = said(error)
    if isinstance(error, SyntaxError) and error.filename == str(path):
        lines, told = [error.lineno], f"{type(error).__name__}: {error.msg}"
    place = f"{file}:{lines[-1]}" if lines else str(file)
    return f"--rules {place}: {told}"
