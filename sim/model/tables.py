"""The people and the events of a run as data frames."""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.observe.frames import frame, named, publish, published

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
    log = model.state.events
    parts = []
    for event, quarter, block in log.blocks:
        rows: dict[str, Any] = publish(block, scene)
        parts.append(
            pandas.DataFrame({"quarter": np.full(rows["person"].size, quarter), "event": event} | rows)
        )
    if not parts:
        return pandas.DataFrame(
            columns=["replication", "quarter", "event", "person", "new_city", "department"]
        )
    table = pandas.concat(parts, ignore_index=True)
    table["new_city"] = named(table["new_city"].to_numpy(), model.recorder.names)
    return table.sort_values(["replication", "quarter"], kind="stable", ignore_index=True)
