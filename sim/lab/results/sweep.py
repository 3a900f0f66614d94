"""A sweep: the study of one scenario over a grid of settings, told point by point."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.lab.results.manifest import SweepManifest
from sim.lab.results.study import Factor, Study

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, eq=False)
class Sweep(Study):
    """The study of one scenario at every combination of some values, each point compared with the first.

    Attributes:
        points: one row a point and outcome: `point`, the varied keys, `outcome, unit, window, mean, low, high,
            difference, difference_low, difference_high, replications`. The points alone are `settings`.
        runs: one row a point and replication: `point, scenario, replication` and one column an outcome, its mean over
            the window.
    """

    kind = "sweep"
    FRAMES = ("points", "runs", "levers", "interactions")
    manifest: SweepManifest

    @classmethod
    def further(cls, frames: Mapping[str, Any], manifest: Any, runs: Mapping[str, Any]) -> dict[str, Any]:
        """What a study has and a sweep says by its varied keys; version 0.1 stored no more than these."""
        import pandas

        name, vary = manifest["name"], manifest["vary"]
        if "scenarios" not in manifest:
            manifest |= {"scenarios": [name], "baseline": None, "question": "", "design": {"kind": "grid"}}
            manifest |= {"sesoi": {}, "headlines": []}
        rows = frames["runs"]
        factors = tuple(Factor(key, "lever", values=tuple(values)) for key, values in vary.items())
        columns = ["point", "scenario", "replication", "stage", "error", "traceback"]
        return {
            "runs": rows if "scenario" in rows else rows.assign(scenario=name),
            "factors": factors,
            "units": np.full((manifest["points"], len(factors)), np.nan),
            "failures": pandas.DataFrame(columns=columns),
        }

    def written(self) -> SweepManifest:
        """The manifest, which has the varied keys with their values."""
        return self.manifest

    @property
    def vary(self) -> dict[str, list[Any]]:
        """The varied keys and their values."""
        return self.manifest["vary"]

    @property
    def settings(self) -> "pandas.DataFrame":
        """One row a point, in the design's order: `point` and one column a varied key."""
        import pandas

        rows = zip(*product(*self.vary.values()), strict=True)
        columns = {key: list(values) for key, values in zip(self.vary, rows, strict=True)}
        return pandas.DataFrame({"point": range(self.manifest["points"]), **columns})

    def __repr__(self) -> str:
        return f"Sweep({self.name!r}, vary={self.vary}, folder={str(self.folder)!r})"
