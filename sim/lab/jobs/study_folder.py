"""The folder of a study while it is worked on: fresh, taken up again, or refused with what changed."""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sim.core.errors import Notice, UserError
from sim.lab.designs.differences import differing
from sim.lab.designs.plan import PLAN, Plan, read_plan
from sim.lab.jobs.folder import OWNER, refuse_if_taken, signed, unwritable
from sim.lab.jobs.shards import SHARDS
from sim.lab.results.checked import UNFINISHED, Damaged, read_record, remove_unfinished, write_record
from sim.lab.results.files import MANIFEST

MOST_TOLD = 6


def check_folder(folder: Path, plan: Plan, resume: bool, again: bool) -> None:
    """Refuse a folder that the study cannot be worked on in; nothing is touched.

    Raises:
        UserError: somebody works there; it holds an unfinished study and `resume` is not set, another study, or
            something else.
    """
    try:
        refuse_if_taken(folder)
        if not folder.exists():
            return
        if not (folder / PLAN).exists():
            _refuse_strangers(folder)
        elif not again:
            _refuse_others(folder, plan, resume)
    except OSError as error:
        raise unwritable(folder, error) from None


def begin(folder: Path, plan: Plan, resume: bool, again: bool) -> None:
    """Make a claimed folder ready: empty with the plan in it, or with the shards of an interrupted start.

    Raises:
        UserError: it holds an unfinished study and `resume` is not set, another study, or something else.
    """
    try:
        if again and (folder / PLAN).exists():
            _empty(folder)
        if not (folder / PLAN).exists():
            _refuse_strangers(folder)
        else:
            _refuse_others(folder, plan, resume)
            remove_unfinished(folder / SHARDS)
        _write_plan(folder, plan)
    except OSError as error:
        raise unwritable(folder, error) from None


def _empty(folder: Path) -> None:
    """Remove everything but the note of who works here: the manifest first, the plan last."""
    for path in sorted(folder.iterdir(), key=lambda one: (one.name == PLAN, one.name != MANIFEST)):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != OWNER:
            path.unlink()


def _write_plan(folder: Path, plan: Plan) -> None:
    """Unless it is there already."""
    remove_unfinished(folder)
    with suppress(UserError):
        if read_plan(folder).written == plan.written:
            return
    write_record(folder / PLAN, plan.written, indent=None)


def _refuse_strangers(folder: Path) -> None:
    strangers = sorted(
        path.name for path in folder.iterdir() if path.name != OWNER and not path.name.startswith(UNFINISHED)
    )
    if strangers:
        raise UserError(f"{folder} holds something else ({', '.join(strangers[:4])}): choose another --out")


def _refuse_others(folder: Path, plan: Plan, resume: bool) -> None:
    try:
        old = read_plan(folder)
    except Damaged as error:
        if not resume:
            raise Damaged(f"{folder} is damaged: {error}, or go on with --resume") from None
        warnings.warn(f"{error}; it is written anew", Notice, stacklevel=2)
        return
    if old.hash != plan.hash:
        raise UserError(
            f"{folder} holds a study of that name that cannot be gone on with: {changed(old, plan)}. "
            "Give the study another name, choose another --out, or start it --again"
        )
    failures = _failures(folder)
    if not resume and failures is None:
        how = "with a damaged manifest" if (folder / MANIFEST).exists() else "unfinished"
        raise UserError(f"{folder} holds this study, {how}: go on with --resume, or start it --again")
    if not resume and failures:
        raise UserError(
            f"{folder} holds this study; {failures} of the runs failed: "
            "try them again with --resume, or start it --again"
        )


def is_whole(folder: Path, plan: Plan) -> bool:
    """Whether the plan in a folder is what was written, and this one."""
    with suppress(UserError):
        return read_plan(folder).hash == plan.hash
    return False


def is_finished(folder: Path) -> bool:
    """Whether the study's manifest is there and says that nothing failed."""
    return _failures(folder) == 0


def _failures(folder: Path) -> int | None:
    """Failed runs of a study that came to its end; None of one that did not."""
    try:
        return int(read_record(folder / MANIFEST, "the manifest of a result", "schema")["failures"])
    except (OSError, UserError, ValueError, KeyError, TypeError, OverflowError):
        return None


def changed(old: Plan, new: Plan, sides: tuple[str, str] = ("then", "now")) -> str:
    """What differs between two plans, in words; `sides` are what the two are called."""
    differences = []
    then, now = sides
    if old.code != new.code:
        differences.append(f"the code changed ({old.code} {then}, {new.code} {now})")
    for part in old.deciding:
        if part not in ("code", "points") and old.deciding[part] != new.deciding[part]:
            paths = list(differing(_tree(old.deciding[part]), _tree(new.deciding[part]), part))
            differences += [path.replace("in the baseline", then).replace("here", now) for path in paths]
    if old.deciding["points"] != new.deciding["points"]:
        differences.append(f"the points ({len(old.points)} {then}, {len(new.points)} {now})")
    more = f" and {len(differences) - MOST_TOLD} more" if len(differences) > MOST_TOLD else ""
    return "; ".join(differences[:MOST_TOLD]) + more


def _tree(value: Any) -> Any:
    """Lists as mappings by position, so that single differences can be named."""
    if isinstance(value, list):
        return {str(number): _tree(item) for number, item in enumerate(value)}
    if isinstance(value, dict):
        return {name: _tree(item) for name, item in value.items()}
    return value


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Keep others off the folder, made if it is not there, while it is worked on.

    Raises:
        UserError: another process of this machine works on it, or it cannot be written.
    """
    is_new = not folder.exists()
    try:
        with signed(folder):
            yield
    finally:
        if is_new:
            with suppress(OSError):  # not empty: there is something to keep
                folder.rmdir()
