"""What becomes of groups of people: one row a replication, quarter and group."""

import numpy as np

from sim.core.arrays import Column, Floats, Mask, NamedColumns
from sim.outcomes.outcome import LEAVERS, ratio_or_nan
from sim.outcomes.outcomes import LEAVING
from sim.outcomes.snapshot import Snapshot

HAPPENING = ("promoted", "demoted", "flagged", "hired")
"""Events that are counted by group; ways of leaving are counted together."""
MEANS = {"ability": "mean_ability", "score": "mean_score", "pay": "mean_pay"}
"""Columns of the staff of which the mean is told: over who is employed, and of scores over who worked the quarter."""


def rank_column(rank: int) -> str:
    """The column that counts a group's people of a rank."""
    return f"rank_{rank}"


def group_rows(scene: Snapshot, groups: int, ranks: int) -> NamedColumns:
    """Who there is of each group at a quarter's end, on which ranks, and what happened to whom.

    Args:
        scene: the quarter's end.
        groups: how many there are.
        ranks: how many ranks there are.
    """
    staff, replications = scene.staff, scene.replications.size
    cell = np.searchsorted(scene.replications, staff.replication) * groups + staff.group
    cells = replications * groups

    def count(which: Mask) -> Floats:
        return np.bincount(cell[which], minlength=cells).astype(float)

    def mean(values: Column, among: Mask) -> Floats:
        return ratio_or_nan(np.bincount(cell[among], weights=values[among], minlength=cells), count(among))

    employed = np.asarray(staff.employed)
    found: NamedColumns = {
        "replication": np.repeat(scene.replications, groups),
        "quarter": np.full(cells, scene.quarter),
        "group": np.tile(np.arange(groups), replications),
        "people": count(employed),
        "founders": count(employed & (staff.hired_quarter == 0)),
    }
    for name, told in MEANS.items():
        found[told] = mean(staff[name], staff.worked if name == "score" else employed)
    found |= _events(scene, groups)
    return found | {rank_column(rank): count(employed & (staff.rank == rank)) for rank in range(1, ranks + 1)}


def _events(scene: Snapshot, groups: int) -> NamedColumns:
    """What happened in the quarter, by group."""
    cells = scene.replications.size * groups

    def happened(event: str) -> Floats:
        where = np.searchsorted(scene.replications, scene.events.of(event, "replication")) * groups
        return np.bincount(where + scene.events.of(event, "group"), minlength=cells).astype(float)

    found: NamedColumns = {name: happened(name) for name in HAPPENING}
    return found | {LEAVERS: sum((happened(name) for name in LEAVING), np.zeros(cells))}
