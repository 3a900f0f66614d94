"""Shards: the rows that one batch of tasks yields, written whole or not at all, and known to be intact when read."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from sim.core.errors import UserError
from sim.study.execution.tasks import Task
from sim.study.folder import settle
from sim.study.provenance import fingerprint

if TYPE_CHECKING:
    import pandas

SHARDS = "shards"
UNFINISHED = ".unfinished-"
PLAN_HASH = b"plan"
KEYS = ["point", "scenario", "replication"]
TROUBLE = ["stage", "error", "traceback"]


def name_of(tasks: Sequence[Task]) -> str:
    """A name of its own for the shard of these tasks."""
    first = tasks[0]
    return (
        f"{first.point:07d}-{first.first:06d}-{fingerprint('shard', [list(task) for task in tasks])}.parquet"
    )


def write_shard(folder: Path, rows: "pandas.DataFrame", tasks: Sequence[Task], plan_hash: str) -> None:
    """Write rows under a hidden name, make sure they are on the disk, and rename.

    Raises:
        OSError: the disk is full or cannot be written; nothing is left behind.
    """
    import pyarrow
    from pyarrow import parquet

    shards = folder / SHARDS
    shards.mkdir(exist_ok=True)
    hidden = shards / f"{UNFINISHED}{uuid4().hex}"
    table = pyarrow.Table.from_pandas(rows, preserve_index=False)
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), PLAN_HASH: plan_hash.encode()})
    try:
        parquet.write_table(table, hidden, compression="zstd", write_page_checksum=True)
        settle(hidden)
        hidden.replace(shards / name_of(tasks))
    except BaseException:
        with suppress(OSError):
            hidden.unlink(missing_ok=True)
        raise


def read_shard(path: Path, plan_hash: str) -> "pandas.DataFrame | None":
    """The rows of a shard; None if it is damaged.

    Raises:
        UserError: it belongs to another study.
    """
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path, page_checksum_verification=True) as file:
            table = file.read()
        given = (table.schema.metadata or {}).get(PLAN_HASH, b"").decode()
        found: pandas.DataFrame = table.to_pandas()
    except (OSError, pyarrow.ArrowException, ValueError):
        return None
    if not {*KEYS, *TROUBLE} <= {*found.columns}:
        return None
    if given != plan_hash:
        raise UserError(
            f"{path} is of another study ({given or 'unknown'}, not {plan_hash}): it is not merged"
        )
    return found


def read_shards(folder: Path, plan_hash: str) -> "tuple[pandas.DataFrame | None, list[str]]":
    """All rows of a folder's shards, and the names of shards that were damaged; those are removed.

    Of a replication that failed and was done later, the later row stays; a row that is there twice stays once.

    Raises:
        UserError: a shard belongs to another study, or two disagree on a replication.
    """
    import pandas

    parts, damaged = [], []
    for path in sorted((folder / SHARDS).glob("[!.]*.parquet")):
        rows = read_shard(path, plan_hash)
        if rows is None:
            damaged.append(path.name)
            path.unlink()
        else:
            parts.append(rows)
    if not parts:
        return None, damaged
    return single(pandas.concat(parts, ignore_index=True)), damaged


def single(rows: "pandas.DataFrame") -> "pandas.DataFrame":
    """Every replication once, in order; results before failures.

    Raises:
        UserError: two rows of one replication differ.
    """
    rows = rows.assign(failed=rows["error"].notna())
    rows = rows.sort_values([*KEYS, "failed"], kind="stable")
    done = rows[~rows["failed"]]
    values = [name for name in rows.columns if name not in (*TROUBLE, "failed")]
    distinct = done.drop_duplicates(values)
    if distinct.duplicated(KEYS).any():
        point = distinct.loc[distinct.duplicated(KEYS), "point"].iloc[0]
        raise UserError(
            f"two shards disagree on point {point}: they were not made by the same code on like machines"
        )
    found: pandas.DataFrame = rows.drop_duplicates(KEYS).drop(columns="failed").reset_index(drop=True)
    return found


def clean(folder: Path) -> None:
    """Remove what an interrupted writer left."""
    for path in (folder / SHARDS).glob(f"{UNFINISHED}*"):
        with suppress(OSError):
            path.unlink()
