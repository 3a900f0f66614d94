"""Columns become data frames with published ids: numbers within the replication, names of new cities."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Column, Counts, Mask, NamedColumns
from sim.core.groups import count_by, sum_by
from sim.outcomes.names import DEPARTMENT_COLUMNS, Names
from sim.outcomes.outcome import AT_WORK, WORKED, Sums
from sim.outcomes.outcomes import OUTCOMES, shown_in
from sim.outcomes.snapshot import COLUMNS_AT_WORK, COLUMNS_OF_WORK, Snapshot
from sim.people.columns import STAFF
from sim.settings.terms import Kind

if TYPE_CHECKING:
    import pandas

INTERNAL = ("stream", "worked_in", "last_department", "regime", "scale", "cut")
"""Columns of the staff table that mean nothing outside a run."""


def frame(blocks: Sequence[Mapping[str, Column]], names: Names, keys: Sequence[str]) -> "pandas.DataFrame":
    """Blocks of columns joined, named, sorted by `keys`."""
    import pandas

    if not blocks:
        return pandas.DataFrame({key: [] for key in keys})
    return sorted_frame(joined(blocks), names, keys)


def sorted_frame(columns: Mapping[str, Column], names: Names, keys: Sequence[str]) -> "pandas.DataFrame":
    """Columns in the order of `keys`, named; each is copied once, which a frame of its own would not."""
    import pandas

    order = np.lexsort([columns[key] for key in reversed(keys)])
    found: dict[str, Any] = {
        name: column.take(order) for name, column in columns.items() if name not in names.unused
    }
    if "organisation" in found:
        found["organisation"] = names.organisation(found["organisation"])
    if "group" in found:
        found["group"] = names.group(found["group"])
    found |= names.of_roster(found)
    return pandas.DataFrame(found, copy=False)


def joined(blocks: Sequence[Mapping[str, Column]]) -> NamedColumns:
    """At least one block, one after the other."""
    names = dict.fromkeys(name for block in blocks for name in block)
    return {name: _joined(name, blocks) for name in names}


def _joined(name: str, blocks: Sequence[Mapping[str, Column]]) -> Column:
    """One column of all blocks; NaN where a block has none. Joined at once: a frame a block costs ten times as much."""
    present = [block[name] for block in blocks if name in block]
    if len(present) == len(blocks):
        return np.concatenate(present)
    dtype = object if present[0].dtype.kind == "U" else np.float64
    missing = {
        block["quarter"].size: np.full(block["quarter"].size, np.nan) for block in blocks if name not in block
    }
    parts = [block[name] if name in block else missing[block["quarter"].size] for block in blocks]
    return np.concatenate([part.astype(dtype) for part in parts])


def published(staff: Any, scene: Snapshot, among: Mask) -> NamedColumns:
    """The columns of the people in `among`, with numbers that do not depend on which replications share the table."""
    rows = np.flatnonzero(among)  # usually few
    columns = {
        term.name: _widened(staff[term.name].take(rows)) for term in STAFF if term.name not in INTERNAL
    }
    return publish(columns, scene)


def _widened(column: Column) -> Column:
    """Quarters are stored in two bytes, in which whoever multiplies them would soon be wrong."""
    return column.astype(np.int32) if column.dtype == np.int16 else column


def publish(rows: NamedColumns, scene: Snapshot) -> NamedColumns:
    """Organisation, department and post as numbers within the replication; -1 stays -1."""
    found = dict(rows)
    found["organisation"] = found.pop("organisation") % scene.organisations_each
    tables = dict.fromkeys(DEPARTMENT_COLUMNS, scene.departments) | {"post": scene.posts}
    for name, table in tables.items():
        if name in found:
            found[name] = np.where(found[name] >= 0, np.append(table.number, -1)[found[name]], -1)
    return found


def department_rows(scene: Snapshot, flags: Counts) -> NamedColumns:
    """One row an open department at a year's close; `flags` are those of the year."""
    departments, found = scene.departments, _department_sums(scene)
    rows = {
        "replication": np.array(departments.replication),
        "quarter": np.full(departments.size, scene.quarter),
        "department": np.array(departments.number),
        "organisation": departments.organisation % scene.organisations_each,
        "kind": np.array([kind.name.lower() for kind in Kind])[departments.kind],
        "difficulty": np.array(departments.difficulty),
        **{name: OUTCOMES[name].of(found) for name in shown_in("department")},
        "flags": flags,
    }
    return {name: values[departments.open] for name, values in rows.items()}


def _department_sums(scene: Snapshot) -> Sums:
    """What a department's outcomes are made of: as for an organisation."""
    staff, size = scene.staff, scene.departments.size
    own = np.where(staff.at_work, staff.department, 0)
    worked_in = np.where(staff.worked, staff.worked_in, 0)
    found = {name: sum_by(np.asarray(staff[name]), worked_in, size, staff.worked) for name in COLUMNS_OF_WORK}
    for name in COLUMNS_AT_WORK:
        found[name] = sum_by(np.asarray(staff[name]), own, size, staff.at_work)
    if scene.quarter == 0:
        no_work_yet(found)
    return found | {
        "posts": scene.departments.posts.astype(np.float64),
        AT_WORK: count_by(own, size, staff.at_work).astype(np.float64),
        WORKED: count_by(worked_in, size, staff.worked).astype(np.float64),
    }


def no_work_yet(*totals: Sums) -> None:
    """At the founding nobody has worked: what comes of work is not 0 but missing."""
    of_work = {name for one in OUTCOMES.values() if one.of.work for name in (*one.of.plus, *one.of.minus)}
    for found in totals:
        for name in of_work & found.keys():
            found[name] = np.full(found[name].size, np.nan)
