"""Tables and manifests as files: Parquet and JSON, with a checksum of each."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sim.core.errors import UserError
from sim.lab.results.as_text import write_csv
from sim.lab.results.checked import LAYOUT, Damaged, checksum_of, read_record, read_whole, write_record, write_whole
from sim.lab.results.manifest import Manifest

if TYPE_CHECKING:
    import pandas

MANIFEST = "manifest.json"
ENDING = ".parquet"
SCHEMA = LAYOUT
"""Version of the layout of a stored result; part of its hash."""


def write_frames(folder: Path, frames: Mapping[str, "pandas.DataFrame"]) -> dict[str, str]:
    """Write tables as Parquet, and beside it as CSV; returns the checksums of the Parquet by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    return {f"{name}{ENDING}": _write_frame(folder / f"{name}{ENDING}", one) for name, one in frames.items()}


def _write_frame(path: Path, frame: "pandas.DataFrame") -> str:
    filled = BytesIO()
    frame.to_parquet(filled, engine="pyarrow", compression="zstd", index=False)
    write_whole(path, filled.getvalue())
    write_csv(path.with_suffix(".csv"), frame)
    return checksum_of(filled.getvalue())


def read_frames(folder: Path, checksums: Mapping[str, str]) -> dict[str, "pandas.DataFrame"]:
    """The tables that `write_frames` wrote.

    Raises:
        Damaged: a table is missing or not what was written.
    """
    import pandas

    frames = {}
    for file, checksum in checksums.items():
        content = table_of(folder, file, checksum)
        try:
            frames[Path(file).stem] = pandas.read_parquet(BytesIO(content), engine="pyarrow")
        except Exception as error:  # whatever the library says of bytes that are no table
            raise Damaged(f"{folder / file} cannot be read: {error}") from None
    return frames


def table_of(folder: Path, file: str, checksum: str) -> bytes:
    """The content of a stored table.

    Raises:
        Damaged: it is missing or not what was written, or its name leads out of the folder.
    """
    inside(folder, file)
    return read_whole(folder / file, checksum)


def inside(folder: Path, file: str) -> Path:
    """The path of a file that a manifest names.

    Raises:
        Damaged: the name leads out of the folder, or is none.
    """
    try:
        path = folder / file
        if path.resolve().parent == folder.resolve():
            return path
    except (OSError, ValueError):
        raise Damaged(f"{folder} is damaged: its manifest names {file[:80]!r}, which is no file") from None
    raise Damaged(f"{folder} is damaged: its manifest names {file[:80]}, which lies outside")


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest; numbers that JSON lacks become null."""
    write_record(folder / MANIFEST, manifest)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a stored result.

    Raises:
        UserError: there is no such folder, it holds no result, or one of a newer version.
        Damaged: the manifest is not what was written.
    """
    path = folder / MANIFEST
    try:
        if not folder.exists():
            raise UserError(f"{folder}: there is no such folder")
        if not folder.is_dir():
            raise UserError(
                f"{folder} is a file; name the folder of a stored result, such as results/four_systems-..."
            )
        manifest = read_record(path, "the manifest of a result", "schema")
    except FileNotFoundError:
        raise UserError(f"{folder} holds no result: it has no {MANIFEST}{_results_in(folder)}") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read: {error}") from None
    if "result" not in manifest:
        raise Damaged(f"{path} is not the manifest of a result")
    return cast(Manifest, manifest)


def _results_in(folder: Path) -> str:
    """Results one level below, for whoever named the folder above them."""
    names = sorted(
        path.parent.name for path in folder.glob(f"*/{MANIFEST}") if not path.parent.name.startswith(".")
    )
    return f". It contains results: {', '.join(names[:10])}" if names else ""
