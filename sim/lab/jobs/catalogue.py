"""Which tables stand in folders of results: read from the manifests, whatever kind of result they belong to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.lab.jobs.folder import PARTIAL
from sim.lab.results.checked import CURE, Damaged
from sim.lab.results.files import ENDING, MANIFEST, inside, read_manifest, table_of

DESCRIBED = ("result", "kind", "name", "seed", "replications", "created", "folder")
"""What is told of every result."""
RUNS = "runs"
"""Where a comparison keeps the runs it is made of."""


@dataclass(frozen=True)
class StoredTable:
    """One table of one stored result.

    Attributes:
        name: `area`, `quarters`, `points`, ...
        path: the Parquet file.
        result: name of the folder of the result; that of a comparison for the runs inside it.
        scenario: the scenario it is about; None where the result is about several.
        is_checked: whether its bytes were compared with their checksum; only then may it be opened.
    """

    name: str
    path: Path
    result: str
    scenario: str | None
    is_checked: bool


@dataclass
class Catalogue:
    """What folders of results hold.

    Attributes:
        tables: every table of every result that is whole.
        results: one mapping a result, with the keys `DESCRIBED`.
        damaged: a sentence for every result that is left out.
    """

    tables: list[StoredTable] = field(default_factory=list)
    results: list[dict[str, Any]] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def catalogue_of(folders: Sequence[Path], is_read: Callable[[str], bool]) -> Catalogue:
    """The results in `folders`, each a folder of results or a single result.

    Args:
        folders: unfinished results in them (`.partial-*`) are passed over.
        is_read: whether the table of a name will be read; these are compared with their checksums.

    Raises:
        UserError: a folder is not there, or holds no result that can be read.
    """
    catalogue = Catalogue()
    for name, folder in _labelled(folders):
        _put(catalogue, name, folder, is_read)
    if catalogue.damaged and not catalogue.results:
        raise UserError("\n".join(catalogue.damaged))
    if not catalogue.results:
        where = ", ".join(map(str, folders))
        raise UserError(f"{where} holds no stored result: `sim run` makes one; --in names another folder")
    return catalogue


def _labelled(folders: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Every result once, under the name of its folder; under its whole path where two share a name."""
    paths = {path.resolve(): path for folder in folders for path in _results_in(folder)}
    names = [path.name for path in paths]
    for real, path in paths.items():
        yield (real.name if names.count(real.name) == 1 else str(path)), path


def _results_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        what = "is a file, not a folder of results" if folder.exists() else "is not there"
        raise UserError(f"the folder {folder} {what}")
    if (folder / MANIFEST).is_file():
        return [folder]
    inside = sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))
    return [path for path in inside if not path.name.startswith((PARTIAL, "."))]


def _put(catalogue: Catalogue, name: str, folder: Path, is_read: Callable[[str], bool]) -> None:
    """All tables of a result, its runs included; or, if anything is wrong with it, none."""
    try:
        manifest = read_manifest(folder)
        tables = list(_tables_of(folder, manifest, name, is_read))
        for inner in sorted(folder.glob(f"{RUNS}/*/{MANIFEST}")):
            tables += _tables_of(inner.parent, read_manifest(inner.parent), name, is_read)
    except UserError as error:
        catalogue.damaged.append(f"left out: {error}")
        return
    catalogue.tables += tables
    catalogue.results.append(_row(name, folder, manifest))


def _tables_of(
    folder: Path, manifest: Mapping[str, Any], result: str, is_read: Callable[[str], bool]
) -> Iterator[StoredTable]:
    """The tables that a manifest lists.

    Raises:
        UserError: a table is missing or damaged, or the manifest says nothing that can be understood.
    """
    listed = manifest.get("tables")
    if not isinstance(listed, dict):
        raise UserError(f"{folder} is damaged: its manifest lists no tables")
    for file, checksum in listed.items():
        path = inside(folder, file)
        if path.suffix != ENDING:
            continue
        wanted = is_read(path.stem)
        if wanted:
            table_of(folder, file, checksum)
        elif not path.is_file():
            raise Damaged(f"{folder} is not complete: {file} is missing. {CURE}")
        yield StoredTable(path.stem, path, result, _scenario_of(manifest), wanted)


def _scenario_of(manifest: Mapping[str, Any]) -> str | None:
    """The scenario that a result is about, if it is about one."""
    scenario = manifest.get("scenario")
    inside = scenario.get("name") if isinstance(scenario, dict) else None
    name = manifest.get("scenario_name") or inside
    return str(name) if name else None


def _row(name: str, folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: manifest.get(key) for key in ("name", "seed", "replications", "created")}
    kept = {key: value for key, value in plain.items() if not isinstance(value, (dict, list))}
    return {
        "result": name,
        "kind": str(manifest["result"]),
        "name": kept.get("name"),
        "seed": _whole(kept.get("seed")),
        "replications": _whole(kept.get("replications")),
        "created": kept.get("created"),
        "folder": str(folder),
    }


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and abs(value) < 2**63 else None
