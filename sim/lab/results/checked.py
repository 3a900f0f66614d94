"""Files that are there whole or not at all, and that are known to be what was written.

Every file that is read again passes through here. A checksum (SHA-256) covers every byte: of a record (JSON) it is the
last line of the record itself; of a table it is kept by whoever writes the table, in a record or in the file's name.
"""

import hashlib
import json
import math
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from sim.core.errors import UserError

UNFINISHED = ".unfinished-"
"""How the name of a file begins that is being written."""
LAYOUT = 2
"""Versions of the layout of what is stored: this one's, and that of version 0.1, whose records had no checksum."""
CURE = "Run it again with --again"
OPENING, CLOSING = b',\n "sha256": "', b'"\n}\n'
"""What stands around the checksum of a record, which covers everything before it."""


class Damaged(UserError):  # noqa: N818
    """A stored file is missing or not what was written: what it held has to be made again."""


def checksum_of(content: bytes) -> str:
    """The SHA-256 of a file's content, as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write under a hidden name, wait until it is on the disk, and rename.

    Raises:
        OSError: the disk is full or cannot be written; nothing is left behind.
    """
    hidden = path.with_name(f"{UNFINISHED}{uuid4().hex}")
    try:
        hidden.write_bytes(content)
        settle(hidden)
        hidden.replace(path)
    except BaseException:
        with suppress(OSError):
            hidden.unlink(missing_ok=True)
        raise


def remove_unfinished(folder: Path) -> None:
    """Remove the files that a killed process left half written."""
    for path in folder.glob(f"{UNFINISHED}*"):
        with suppress(OSError):
            path.unlink()


def settle(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY if path.is_dir() or sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_whole(path: Path, checksum: str) -> bytes:
    """The content of a file whose checksum is known.

    Raises:
        Damaged: it is not there, cannot be read, or is not what was written.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Damaged(f"{path.parent} is not complete: {path.name} is missing. {CURE}") from None
    except (OSError, ValueError) as error:
        raise Damaged(f"{path} cannot be read: {error}") from None
    if checksum_of(content) != checksum:
        raise Damaged(f"{path.parent} is damaged: {path.name} is not what was written. {CURE}")
    return content


def write_record(path: Path, record: Mapping[str, Any], indent: int | None = 1) -> None:
    """Write a record as JSON that ends with its own checksum; numbers that JSON lacks become null."""
    text = json.dumps(_plain(record), indent=indent, ensure_ascii=False, allow_nan=False)
    sealed = text.removesuffix("}").rstrip().encode() + OPENING
    write_whole(path, sealed + checksum_of(sealed).encode() + CLOSING)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def read_record(path: Path, what: str, layout: str) -> dict[str, Any]:
    """The record that `write_record` wrote.

    Args:
        path: of the file.
        what: it is, as in "the manifest of a result".
        layout: the key under which the record says in which layout it was written.

    Raises:
        OSError: it is not there.
        Damaged: it is not what was written.
    """
    content = path.read_bytes()
    sealed, opening, checksum = content.rpartition(OPENING)
    try:
        record = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{path} cannot be read: {_in_short(error)}") from None
    if not isinstance(record, dict) or layout not in record:
        raise Damaged(f"{path} is not {what}")
    if record[layout] != LAYOUT:
        raise Damaged(
            f"{path.parent} was written in layout {repr(record[layout])[:40]}, this version reads layout {LAYOUT} "
            f"(layout 1, of version 0.1, has other units): run it again"
        )
    if not opening or checksum != checksum_of(sealed + opening).encode() + CLOSING:
        raise Damaged(f"{path.parent} is damaged: {path.name} is not what was written. {CURE}")
    del record["sha256"]
    return record


def _in_short(error: BaseException) -> str:
    said = "it is nested too deeply" if isinstance(error, RecursionError) else " ".join(str(error).split())
    return said[:200]
