"""The books: accounting identities that every run must satisfy in every quarter."""

from typing import Any

import numpy as np

from sim.core.arrays import Floats
from sim.outcomes.outcome import LEAVERS, Sums
from sim.outcomes.snapshot import Snapshot

TOLERANCE = 1e-6
"""Residuals above this are told as a warning."""


class Books:
    """Accounting identities, checked every quarter; the largest residual of each is kept."""

    def __init__(self) -> None:
        self.residuals: dict[str, float] = {}
        self._people: Floats | None = None

    def close(self, scene: Snapshot, totals: Sums) -> None:
        staff = scene.staff
        self._keep(
            "people_in_one_place",
            np.abs(staff.employed * 1 - staff.on_post - staff.in_reservoir).max(initial=0),
        )
        held = np.bincount(staff.post[staff.on_post], minlength=scene.posts.size)
        occupied = scene.posts.kept & (scene.posts.vacant_since < 0)
        self._keep("one_person_a_post", np.abs(held - occupied).max(initial=0))
        parts = staff.base_pay + staff.quarterly_pay + staff.grade_pay + staff.annual_pay
        self._keep("pay_is_its_parts", np.abs(staff.pay - parts).max(initial=0.0))
        body = staff.organisation
        if scene.funds.size > scene.organisations:
            body = body + scene.organisations * staff.regime.astype(np.int64)
        floating = np.bincount(body, weights=staff.pay - staff.base_pay, minlength=scene.funds.size)
        self._keep("funds_not_overspent", np.maximum(0.0, floating - scene.funds).max(initial=0.0))
        self._stock_and_flow(scene, totals)

    def _stock_and_flow(self, scene: Snapshot, totals: Sums) -> None:
        shape = (scene.replications.size, scene.organisations_each)
        people = totals["headcount"].reshape(shape).sum(axis=1)
        flow = (totals["hired"] - totals[LEAVERS]).reshape(shape).sum(axis=1)
        if self._people is not None:
            self._keep("people_stock_and_flow", np.abs(people - self._people - flow).max(initial=0.0))
        self._people = people

    def _keep(self, name: str, residual: Any) -> None:
        self.residuals[name] = max(self.residuals.get(name, 0.0), float(residual))
