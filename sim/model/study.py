"""What only whoever studies the staff must see: strikes, and how far everybody is from every threshold."""

import numpy as np

from sim.core.arrays import Floats
from sim.model.state import DISTANCE, STRIKES, State


def of_study(state: State) -> dict[str, Floats]:
    """Further columns of the staff panel, shape of the staff: `strikes_TRIGGER`, `distance_THRESHOLD`."""
    staff = state.staff
    strikes = {
        "strikes_" + name: np.asarray(trigger.hits(staff[STRIKES + name]), dtype=np.float64)
        for name, trigger in state.regime.adjustment.listed.items()
    }
    distances = {
        name.replace(DISTANCE, "distance_", 1): np.array(staff[name])
        for name in staff.names
        if name.startswith(DISTANCE)
    }
    return strikes | distances
