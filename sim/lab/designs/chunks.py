"""How many replications are simulated side by side."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

CHUNK = 40
"""Replications side by side at most: enough to share the cost of array operations."""
CROWD = 60_000
"""Posts side by side at most, as long as there are two replications: beyond, nothing is gained and memory is lost."""


def replications_together(scenario: "Scenario") -> int:
    """Replications of a scenario that are best simulated in one go."""
    from sim.people.founding import posts_in_departments

    posts = posts_in_departments(scenario.world, scenario.structure)
    return max(1, min(CHUNK, CROWD // max(posts, 1)))
