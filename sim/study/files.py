"""Tables and manifests as files: Parquet and JSON, with a checksum of every table."""

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import UserError
from sim.study.as_text import write_csv

if TYPE_CHECKING:
    import pandas

MANIFEST = "manifest.json"
SCHEMA = 2
"""Version of the layout of a stored result; part of its hash."""


def write_frames(folder: Path, frames: Mapping[str, "pandas.DataFrame"]) -> dict[str, str]:
    """Write tables as Parquet, and beside it as CSV; returns the checksums of the Parquet by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    checksums = {}
    for name, frame in frames.items():
        path = folder / f"{name}.parquet"
        frame.to_parquet(path, engine="pyarrow", compression="zstd", index=False)
        checksums[path.name] = _checksum(path)
        write_csv(path.with_suffix(".csv"), frame)
    return checksums


def read_frames(folder: Path, checksums: Mapping[str, str]) -> dict[str, "pandas.DataFrame"]:
    """The tables that `write_frames` wrote.

    Raises:
        UserError: a table is missing or not what was written.
    """
    import pandas

    found = {}
    for file, checksum in checksums.items():
        path = folder / file
        trouble = damage_of(folder, file, checksum)
        if trouble:
            raise UserError(trouble)
        try:
            found[path.stem] = pandas.read_parquet(path, engine="pyarrow")
        except (OSError, ValueError) as error:
            raise UserError(f"{path} cannot be read: {error}") from None
    return found


def damage_of(folder: Path, file: str, checksum: str | None) -> str:
    """What is wrong with a stored table; "" if nothing is. Without a checksum only whether it is there."""
    path = folder / file
    if not path.is_file():
        return f"{folder} is not complete: {file} is missing. Run it again with --again"
    if checksum is not None and _checksum(path) != checksum:
        return f"{folder} is damaged: {file} is not what was written. Run it again with --again"
    return ""


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest; numbers that JSON lacks become null."""
    text = json.dumps(_plain(manifest), indent=1, ensure_ascii=False, allow_nan=False)
    hidden = folder / f".{MANIFEST}"
    hidden.write_text(text + "\n", encoding="utf-8")
    hidden.replace(folder / MANIFEST)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a stored result.

    Raises:
        UserError: there is no such folder, it holds no result, or one of a newer version.
    """
    path = folder / MANIFEST
    if not folder.exists():
        raise UserError(f"{folder}: there is no such folder")
    if not folder.is_dir():
        raise UserError(
            f"{folder} is a file; name the folder of a stored result, such as results/four_systems-..."
        )
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{folder} holds no result: it has no {MANIFEST}{_inside(folder)}") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read: {error}") from None
    return _checked(folder, manifest)


def _inside(folder: Path) -> str:
    """Results one level below, for whoever named the folder above them."""
    found = sorted(
        path.parent.name for path in folder.glob(f"*/{MANIFEST}") if not path.parent.name.startswith(".")
    )
    return f". It contains results: {', '.join(found[:10])}" if found else ""


def _checked(folder: Path, manifest: Any) -> dict[str, Any]:
    if not isinstance(manifest, dict) or "result" not in manifest or "schema" not in manifest:
        raise UserError(f"{folder / MANIFEST} is not the manifest of a result")
    if manifest["schema"] != SCHEMA:
        raise UserError(
            f"{folder} was written in layout {manifest['schema']}, this version reads layout {SCHEMA}: run it again"
        )
    return manifest
