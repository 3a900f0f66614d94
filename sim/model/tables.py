"""The people and the events of a run as data frames."""

from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Column, NamedColumns
from sim.outcomes.frames import frame, publish, published, sorted_frame

if TYPE_CHECKING:
    import pandas

    from sim.model.new_area import NewAreaModel


def staff_table(model: "NewAreaModel") -> "pandas.DataFrame":
    """One row for every person ever employed, in the last state."""
    scene, staff = model.snapshot(), model.staff
    still_here = np.asarray(staff.employed | (staff.left_quarter > scene.quarter))
    blocks = [*model.former, published(model.staff, scene, still_here)]
    return frame(blocks, model.recorder.names, ["replication", "person"])


def events_table(model: "NewAreaModel") -> "pandas.DataFrame":
    """Every event, in the order of replications and quarters; details not of an event's kind are missing."""
    import pandas

    scene = model.snapshot()
    blocks = [
        {"quarter": np.full(block["person"].size, quarter), "event": np.full(block["person"].size, event)}
        | publish(block, scene)
        for event, quarter, block in model.state.events.blocks
    ]
    if not blocks:
        return pandas.DataFrame(
            columns=["replication", "quarter", "event", "person", "organisation", "department"]
        )
    names = dict.fromkeys(name for block in blocks for name in block)
    columns = {name: _joined(name, blocks) for name in names}
    return sorted_frame(columns, model.recorder.names, ["replication", "quarter"])


def _joined(name: str, blocks: list[NamedColumns]) -> Column:
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
