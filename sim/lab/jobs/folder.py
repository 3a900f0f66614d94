"""Folders that are either finished or not there: written under a hidden name, renamed when complete."""

import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from sim.core.errors import UserError
from sim.core.fingerprint import fingerprint
from sim.core.interruption import heed
from sim.lab.results.checked import settle

PARTIAL = ".partial-"
LASTING = ".unfinished-"
OWNER = "owner.json"
FORGOTTEN_AFTER = 7 * 24 * 3600.0
"""Seconds after which an unfinished folder is removed if its owner cannot be asked."""


@contextmanager
def new_folder(parent: Path, name: str) -> Iterator[Path]:
    """A folder to fill; on leaving it becomes `parent/name`, or vanishes if anything was raised.

    A folder of that name that exists is replaced.

    Raises:
        UserError: where `parent` cannot be written, before anything else happens.
    """
    partial = _claim(parent)
    try:
        yield partial
        _settle(partial)
        _publish(partial, parent / name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def lasting(parent: Path, name: str) -> Path:
    """Where work on `name` that takes several sittings stands until it is finished."""
    return parent / f"{LASTING}{name}"


@contextmanager
def lasting_folder(parent: Path, name: str, final: str) -> Iterator[Path]:
    """As `new_folder`, but what was done is kept if anything is raised, and found again the next time.

    Args:
        parent: where.
        name: of the work, by which it is found again.
        final: what the folder is called when it is finished.

    Raises:
        UserError: where `parent` cannot be written, or another process is at work there.
    """
    folder = lasting(parent, name)
    with signed(folder):
        yield folder
    _settle(folder)
    _publish(folder, parent / final)


@contextmanager
def signed(folder: Path) -> Iterator[None]:
    """Keep other processes of this machine off a folder, made if it is not there, while it is worked on.

    Raises:
        UserError: one of them works on it, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sign(folder)
    except (OSError, ValueError) as error:
        raise unwritable(folder, error) from None
    try:
        yield
    finally:
        (folder / OWNER).unlink(missing_ok=True)


def unwritable(folder: Path, error: OSError | ValueError) -> UserError:
    """The message on a folder that cannot be written."""
    reason = getattr(error, "strerror", None) or str(error)
    return UserError(f"the output folder {folder} cannot be written: {reason}; choose another one")


def _sign(folder: Path) -> None:
    """Write who works here; of two that try at the same moment only one can."""
    note = json.dumps({"process": os.getpid(), "machine": platform.node()})
    for _ in range(2):
        try:
            with (folder / OWNER).open("x", encoding="utf-8") as file:
                file.write(note)
            return
        except FileExistsError:
            refuse_if_taken(folder)
            (folder / OWNER).unlink(missing_ok=True)
    raise UserError(f"another process has just begun to work on {folder}: wait for it")


def refuse_if_taken(folder: Path) -> None:
    """Leave a folder alone in which another process of this machine is at work.

    Raises:
        UserError: there is one.
    """
    owner = _owner(folder)
    if owner != os.getpid() and is_alive(owner):
        raise UserError(
            f"process {owner} works on {folder}: wait for it, or stop it first "
            f"(if it is no longer sim, remove {OWNER} there)"
        )


def _owner(folder: Path) -> int:
    """The process at work in a folder, if it says so and is of this machine; else 0."""
    try:
        owner = json.loads((folder / OWNER).read_text(encoding="utf-8"))
        return owner["process"] if owner["machine"] == platform.node() else 0
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return 0


def _claim(parent: Path) -> Path:
    partial = parent / hidden_name()
    try:
        parent.mkdir(parents=True, exist_ok=True)
        clean(parent)
        partial.mkdir()
    except (OSError, ValueError) as error:
        raise unwritable(parent, error) from None
    return partial


def hidden_name() -> str:
    """A name for an unfinished folder of this process: whose it is can be read even where nothing is in it yet."""
    return f"{PARTIAL}{_here()}-{os.getpid()}-{uuid4().hex[:12]}"


def _here() -> str:
    """Where process numbers mean the same: this machine, and on Linux this container."""
    space = ""
    with suppress(OSError):
        space = str(Path("/proc/self/ns/pid").readlink())
    return fingerprint("here", platform.node(), space)


def clean(parent: Path) -> None:
    """Remove unfinished folders whose process is no more."""
    for partial in parent.glob(f"{PARTIAL}*"):
        if _is_abandoned(partial):
            shutil.rmtree(partial, ignore_errors=True)


def _is_abandoned(partial: Path) -> bool:
    """Whether the process is of here and gone; of others, whether the folder has been left for a week."""
    here, _, rest = partial.name.removeprefix(PARTIAL).partition("-")
    process = rest.partition("-")[0]
    if here == _here() and process.isdecimal():
        return not is_alive(int(process))
    try:
        return time.time() - partial.stat().st_mtime > FORGOTTEN_AFTER and not is_alive(_owner(partial))
    except OSError:
        return False


def is_alive(process: object) -> bool:
    """Whether a process of this machine exists; what is no number of one does not."""
    if not isinstance(process, int) or isinstance(process, bool) or process <= 0:
        return False
    if sys.platform == "win32":  # asking would end the process
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _settle(folder: Path) -> None:
    """Wait until everything is on the disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            settle(path)
    if sys.platform != "win32":
        for path in (*(found for found in folder.rglob("*") if found.is_dir()), folder):
            settle(path)


def _publish(partial: Path, final: Path) -> None:
    """Rename; an older folder of the name is first moved out of the way, then removed. Nothing if interrupted."""
    heed()
    aside = final.with_name(hidden_name())
    if final.exists():
        final.replace(aside)
    try:
        partial.replace(final)
    except OSError:
        if aside.exists():
            aside.replace(final)
        raise
    shutil.rmtree(aside, ignore_errors=True)
