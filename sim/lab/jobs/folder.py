"""Folders that are either finished or not there: written under a hidden name, renamed when complete."""

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
OWNER = "owner.lock"
FORGOTTEN_AFTER = 7 * 24 * 3600.0
"""Seconds after which an unfinished folder of another machine is removed."""


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
    """Keep other processes off a folder, made if it is not there, while it is worked on.

    The mark that is left there names process and machine. That of a process of this machine that is no more is passed
    over, also where its number has been given to another since.

    Raises:
        UserError: another process works on it, or it cannot be written.
    """
    from filelock import SoftFileLock, Timeout

    lock = SoftFileLock(folder / OWNER, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        who = f"process {lock.pid}" if lock.pid else "another process"
        raise UserError(
            f"{who} works on {folder}: wait for it, or stop it first (if it is no longer sim, remove {OWNER} there)"
        ) from None
    except (OSError, ValueError) as error:
        raise unwritable(folder, error) from None
    try:
        yield
    finally:
        lock.release()


def unwritable(folder: Path, error: OSError | ValueError) -> UserError:
    """The message on a folder that cannot be written."""
    reason = getattr(error, "strerror", None) or str(error)
    return UserError(f"the output folder {folder} cannot be written: {reason}; choose another one")


def refuse_if_taken(folder: Path) -> None:
    """Leave a folder alone in which another process is at work.

    Raises:
        UserError: there is one.
    """
    if (folder / OWNER).exists():
        with signed(folder):
            pass


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
        return time.time() - partial.stat().st_mtime > FORGOTTEN_AFTER
    except OSError:
        return False


def is_alive(process: int) -> bool:
    """Whether a process of this machine exists."""
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
        for path in (*(inner for inner in folder.rglob("*") if inner.is_dir()), folder):
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
