"""The people and the events of a run as data frames."""

from typing import TYPE_CHECKING

import numpy as np

from sim.outcomes.frames import frame, joined, publish, published, sorted_frame

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
    return sorted_frame(joined(blocks), model.recorder.names, ["replication", "quarter"])
