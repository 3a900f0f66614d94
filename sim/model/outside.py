"""What is recorded of the new cities and of the area besides sums over people."""

import numpy as np

from sim.core.arrays import Floats
from sim.model.state import State


def of_new_cities(state: State) -> dict[str, Floats]:
    """Growth, rank, and service on economic and service matters, shape (replications, new cities)."""
    queues = state.service.queues
    found = {
        "growth": state.growth,
        "load": _if_served(state, state.service.loads.new_cities),
        "municipal_rank": np.where(state.municipal_rank > 0, state.municipal_rank, np.nan),
    }
    for kind in ("economic", "service"):
        found[f"turnaround_{kind}"] = _if_served(state, queues[kind].turnaround)
        found[f"service_quality_{kind}"] = _if_served(state, queues[kind].quality)
    return found


def of_area(state: State) -> dict[str, Floats]:
    """Service on social matters, service as a whole, agencies, and the labour market, shape (replications,)."""
    service = state.service
    cost = [queue.user_cost for queue in service.queues.values()]
    mean_cost = (cost[0].mean(axis=1) + cost[1].mean(axis=1) + cost[2]) / 3
    served = {
        "turnaround_social": service.social.turnaround,
        "service_quality_social": service.social.quality,
        "service_quality": service.mean_quality,
        "user_cost": mean_cost,
        "experience_kept": service.kept,
    }
    found = {name: _if_served(state, values) for name, values in served.items()}
    whole = {"social_transferred": service.transferred, "agency_staff": state.agency_staff}
    return found | whole | {"labour_market": state.labour.cycle}


def _if_served(state: State, values: Floats) -> Floats:
    """Missing at the founding, when nothing has been served."""
    return values if state.quarter else np.full_like(values, np.nan)
