"""What only whoever studies the staff must see: strikes, and how far everybody is from every threshold."""

import numpy as np

from sim.core.arrays import Floats
from sim.model.jurisdictions import DISTANCE, STRIKES
from sim.model.state import State


def of_study(state: State) -> dict[str, Floats]:
    """Further columns of the staff panel, shape of the staff: `strikes_TRIGGER`, `distance_THRESHOLD`."""
    staff = state.staff
    strikes = {"strikes_" + name: np.full(staff.size, np.nan) for name in state.triggers}
    for one in state.jurisdictions:
        for name, trigger in one.regime.adjustment.listed.items():
            rows = slice(None) if one.rows is None else one.rows
            strikes["strikes_" + name][rows] = trigger.hits(one.staff[STRIKES + name])
    distances = {
        name.replace(DISTANCE, "distance_", 1): np.array(staff[name])
        for name in staff.names
        if name.startswith(DISTANCE)
    }
    return strikes | distances
