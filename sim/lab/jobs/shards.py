"""Shards: the rows that one batch of tasks yields, written whole or not at all, and known to be intact when read.

The name of a shard ends with the checksum of its bytes.
"""

import re
import warnings
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import Notice, UserError
from sim.core.fingerprint import fingerprint
from sim.lab.designs.plan import Plan
from sim.lab.designs.provenance import processor
from sim.lab.designs.tasks import Task
from sim.lab.results.checked import checksum_of, read_whole, write_whole

if TYPE_CHECKING:
    import pandas

SHARDS = "shards"
PLAN_HASH, MADE_ON = b"plan", b"processor"
PROCESSOR = "processor"
"""The column that says what a row was made on; it is no part of the tables."""
CHECKSUM = re.compile(r"-([0-9a-f]{64})\.parquet$")
KEYS = ["point", "scenario", "replication"]
TROUBLE = ["stage", "error", "traceback"]


def name_of(tasks: Sequence[Task], checksum: str) -> str:
    """A name of its own for the shard of these tasks, with the checksum of its bytes."""
    first, rest = tasks[0], fingerprint("shard", [list(task) for task in tasks])
    return f"{first.point:07d}-{first.first:06d}-{rest}-{checksum}.parquet"


def write_shard(folder: Path, rows: "pandas.DataFrame", tasks: Sequence[Task], plan_hash: str) -> None:
    """Write rows as a file that is there whole or not at all.

    Raises:
        OSError: the disk is full or cannot be written; nothing is left behind.
    """
    import pyarrow
    from pyarrow import parquet

    shards = folder / SHARDS
    shards.mkdir(exist_ok=True)
    origin = {PLAN_HASH: plan_hash.encode(), MADE_ON: processor().encode()}
    table = pyarrow.table({name: rows[name].to_numpy() for name in rows}, metadata=origin)
    filled = BytesIO()  # of few rows each: dictionaries and statistics would take as long as the rest
    parquet.write_table(table, filled, compression="zstd", use_dictionary=False, write_statistics=False)
    content = filled.getvalue()
    write_whole(shards / name_of(tasks, checksum_of(content)), content)


def read_shard(path: Path, plan: Plan) -> "pandas.DataFrame | None":
    """The rows of a shard; None if it is damaged.

    Raises:
        UserError: it belongs to another study.
    """
    from pyarrow import parquet

    sealed = CHECKSUM.search(path.name)
    try:
        content = read_whole(path, sealed[1]) if sealed else path.read_bytes()
        table = parquet.read_table(BytesIO(content), page_checksum_verification=True)
        said = table.schema.metadata or {}
        given, made_on = said.get(PLAN_HASH, b"").decode(), said.get(MADE_ON, b"unknown").decode()
        rows: pandas.DataFrame = table.to_pandas().assign(**{PROCESSOR: made_on})
    except Exception:  # whatever the library says of bytes that are no table
        return None
    if not {*KEYS, *TROUBLE} <= {*rows.columns}:
        return None
    if given != plan.hash:
        raise UserError(
            f"{path} is of another study ({given or 'unknown'}, not {plan.hash}): it is not merged"
        )
    return rows if sealed else None


def read_shards(folder: Path, plan: Plan) -> "pandas.DataFrame | None":
    """All rows of a folder's shards; those that are damaged are removed, which is told.

    Of a replication that failed and was done later, the later row stays; a row that is there twice stays once.

    Raises:
        UserError: a shard belongs to another study, or two disagree on a replication.
    """
    import pandas

    parts, damaged = [], list[str]()
    for path in sorted((folder / SHARDS).glob("[!.]*.parquet")):
        rows = read_shard(path, plan)
        if rows is None:
            damaged.append(path.name)
            path.unlink()
        else:
            parts.append(rows)
    if damaged:
        removed = f"{folder / SHARDS}: {len(damaged)} damaged shards were removed; their runs are made again"
        warnings.warn(removed, Notice, stacklevel=2)
    return single(pandas.concat(parts, ignore_index=True)) if parts else None


def single(rows: "pandas.DataFrame") -> "pandas.DataFrame":
    """Every replication once, in order; results before failures.

    Raises:
        UserError: two rows of one replication differ.
    """
    rows = rows.assign(failed=rows["error"].notna())
    rows = rows.sort_values([*KEYS, "failed"], kind="stable")
    done = rows[~rows["failed"]]
    values = [name for name in rows.columns if name not in (*TROUBLE, PROCESSOR, "failed")]
    distinct = done.drop_duplicates(values)
    doubled = distinct[distinct.duplicated(KEYS, keep=False)]
    if len(doubled):
        raise UserError(_disagreement(doubled))
    unique: pandas.DataFrame = rows.drop_duplicates(KEYS).drop(columns="failed").reset_index(drop=True)
    return unique


def _disagreement(doubled: "pandas.DataFrame") -> str:
    """What two rows of one replication differ in, and why they may."""
    import numpy as np

    point = doubled["point"].iloc[0]
    pair = doubled[(doubled[KEYS] == doubled[KEYS].iloc[0]).all(axis="columns")]
    numbers = pair.select_dtypes("float").to_numpy()
    size = np.abs(numbers).max(axis=0)
    apart = np.divide(np.ptp(numbers, axis=0), size, out=np.zeros_like(size), where=size > 0)
    differing = f"two shards disagree on point {point}, by up to {np.nanmax(apart, initial=0.0):.1g} of a number's size"
    processors = sorted(set(pair[PROCESSOR]))
    if len(processors) > 1:
        return (
            f"{differing}: they were made on different processors ({'; '.join(processors)}), whose results differ in "
            "the last digits. Merge each point from one of them only"
        )
    return f"{differing}: they were not made by the same code on like machines"
