"""Folders that are either finished or not there: written under a hidden name, renamed when complete."""

import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sim.core.errors import UserError
from sim.study.checked import settle

PARTIAL = ".partial-"
LASTING = ".unfinished-"
OWNER = "owner.json"
FORGOTTEN_AFTER = 7 * 24 * 3600.0
"""Seconds after which an unfinished folder is removed even if its owner cannot be asked."""


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
        (partial / OWNER).unlink()
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
    _enter(folder)
    try:
        yield folder
    except BaseException:
        (folder / OWNER).unlink(missing_ok=True)
        raise
    (folder / OWNER).unlink(missing_ok=True)
    _settle(folder)
    _publish(folder, parent / final)


def _enter(folder: Path) -> None:
    """Make the folder if need be, and say whose it is."""
    refuse_if_taken(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / OWNER).write_text(_signed(), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            f"the output folder {folder.parent} cannot be written: {reason}; choose another one"
        ) from None


def refuse_if_taken(folder: Path) -> None:
    """Leave a folder alone in which another process of this machine is at work.

    Raises:
        UserError: there is one.
    """
    owner = _owner(folder)
    if owner and owner != os.getpid() and is_alive(owner):
        raise UserError(f"process {owner} is at work on {folder}: wait until it is done, or stop it")


def _owner(folder: Path) -> int:
    """The process at work in a folder, if it says so and is of this machine; else 0."""
    try:
        owner = json.loads((folder / OWNER).read_text(encoding="utf-8"))
        return int(owner["process"]) if owner["machine"] == platform.node() else 0
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _signed() -> str:
    return json.dumps({"process": os.getpid(), "machine": platform.node()})


def _claim(parent: Path) -> Path:
    partial = parent / f"{PARTIAL}{uuid4().hex[:12]}"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        clean(parent)
        partial.mkdir()
        (partial / OWNER).write_text(_signed(), encoding="utf-8")
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        reason = error.strerror or str(error)
        raise UserError(
            f"the output folder {parent} cannot be written: {reason}; choose another one"
        ) from None
    return partial


def clean(parent: Path) -> None:
    """Remove unfinished folders whose process is no more."""
    for partial in parent.glob(f"{PARTIAL}*"):
        if _is_abandoned(partial):
            shutil.rmtree(partial, ignore_errors=True)


def _is_abandoned(partial: Path) -> bool:
    try:
        old = time.time() - partial.stat().st_mtime > FORGOTTEN_AFTER
        owner = json.loads((partial / OWNER).read_text(encoding="utf-8"))
        here = owner["machine"] == platform.node()
        return old or (here and not is_alive(int(owner["process"])))
    except (OSError, ValueError, KeyError, TypeError):
        return _is_stale(partial)


def _is_stale(partial: Path) -> bool:
    """Without an owner's note: older than a minute, so that one that is just being made survives."""
    try:
        return time.time() - partial.stat().st_mtime > 60.0
    except OSError:
        return False


def is_alive(process: int) -> bool:
    """Whether a process of this machine exists."""
    if sys.platform == "win32":  # asking would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
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
    """Rename; an older folder of the name is first moved out of the way, then removed."""
    aside = final.with_name(f"{PARTIAL}{uuid4().hex[:12]}")
    if final.exists():
        final.replace(aside)
    try:
        partial.replace(final)
    except OSError:
        if aside.exists():
            aside.replace(final)
        raise
    shutil.rmtree(aside, ignore_errors=True)
