"""What somebody finds who asks for a module by the place it had in version 0.1: a message that names the new one."""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

TABLE = Path(__file__).with_name("moved.csv")


def places() -> dict[str, str]:
    """Where each module that has moved is now, by where it was."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split(",") for line in lines)


def refusal(before: str) -> ModuleNotFoundError:
    """The error for a module that is asked for by its old name."""
    return ModuleNotFoundError(f"{before} is {places()[before]} since version 0.2", name=before)


class Signpost(MetaPathFinder, Loader):
    """Asked last, when no module of a name is found; a room that is gone stays as an empty one, with signs in it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where an old room was, a room of signs.

        Raises:
            ModuleNotFoundError: the module has moved; with its new name.
        """
        if not fullname.startswith("sim.") or fullname not in places():
            return None
        if any(one.startswith(f"{fullname}.") for one in places()):
            return ModuleSpec(fullname, self, is_package=True)
        raise refusal(fullname)

    def exec_module(self, module: ModuleType) -> None:
        """Let any name that is asked of an old room be refused."""

        def ask(name: str) -> None:
            if name.startswith("__"):
                raise AttributeError(name)
            raise refusal(module.__name__)

        module.__dict__["__getattr__"] = ask


def stand() -> None:
    """Put one up, once."""
    if not any(isinstance(one, Signpost) for one in sys.meta_path):
        sys.meta_path.append(Signpost())
