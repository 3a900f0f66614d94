"""Fixed posts whose number follows the new city."""

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from sim.core.arrays import Floats
from sim.core.parameters import ROUNDING, Complaint, param
from sim.rules.posts.fixed import RankedPosts


class DynamicPosts(RankedPosts):
    """Fixed posts whose number follows population, economy, contribution and quality (seed: 动态调整机制)."""

    kind: Literal["dynamic"] = "dynamic"
    moves_headcount: ClassVar[bool] = True
    weights: tuple[float, float, float, float] = param(
        (0.25, 0.25, 0.25, 0.25),
        unit="share",
        source="assumption",
        doc="Of population, economy, contribution to the area and quality of development; they sum to 1.",
    )
    step_cap: float = param(
        0.05,
        unit="share a year",
        source="assumption",
        ge=0,
        le=0.1,
        doc="Most that headcount moves in a year.",
    )
    organs: bool = param(
        True,
        unit="yes or no",
        source="seed",
        doc="Whether departments are merged and split as headcount moves.",
    )

    def complaints(self) -> Iterator[Complaint]:
        if abs(sum(self.weights) - 1) > ROUNDING or any(weight < 0 for weight in self.weights):
            yield "weights", f"the weights are {self.weights}: none may be below 0, and they must sum to 1"

    @property
    def moves_organs(self) -> bool:
        return self.organs

    def headcount_change(self, indices: Floats) -> Floats:
        deviation = indices - indices.mean(axis=2, keepdims=True)
        spread = indices.std(axis=2, keepdims=True)
        known = spread >= 1e-12
        score = np.where(known, deviation / np.where(known, spread, 1.0), 0.0)
        return np.asarray(self.step_cap * np.clip(np.tensordot(self.weights, score, axes=1), -1.0, 1.0))
