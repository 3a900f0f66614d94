"""Numbers fitted to targets: see `sim.lab.estimates.fit`."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.lab.results.manifest import CalibrationManifest
from sim.lab.results.result import Drawn, Result

if TYPE_CHECKING:
    import pandas

COMPLETE, FAILED = "complete", "failed"
"""What became of a trial."""


@dataclass(frozen=True, eq=False)
class Calibration(Result, Drawn):
    """A finished calibration.

    Attributes:
        fit: one row a target: `target` (from 1), `outcome, unit, of, window, value, error, error_source, source,
            note`;
            at the best trial `obtained, replication_error, off` (in combined standard deviations) and `share` (its part
            of the loss); at the start `start_obtained, start_off`.
        trials: one row a trial, in order: `trial, state` (complete or failed), `loss`, one column a number that was
            moved, `message` (of what failed). Trial 0 is the scenario as it is, moved into the ranges.
        obtained: one row a complete trial and target: `trial, target, outcome, unit, obtained,
            replication_error`.
        ranges: one row a number: `parameter, unit, start, best, low, high, log`; `near_low, near_high` among the `near`
            trials, and `span`, the share of the searched range that they cover.
    """

    kind = "calibration"
    FRAMES = ("fit", "trials", "obtained", "ranges")
    fit: "pandas.DataFrame"
    trials: "pandas.DataFrame"
    obtained: "pandas.DataFrame"
    ranges: "pandas.DataFrame"
    manifest: CalibrationManifest
    folder: Path | None = None
    reused: bool = False

    @property
    def scenario(self) -> str:
        """Name of the scenario whose numbers were moved."""
        return str(self.manifest["scenario_name"])

    def column_units(self) -> dict[str, str]:
        """Units of the numbers that were moved."""
        return dict(zip(self.ranges["parameter"], self.ranges["unit"], strict=True))

    @property
    def best(self) -> dict[str, Any]:
        """The numbers of the trial of least loss, by key."""
        whole = {one["key"] for one in self.manifest["free"] if one["whole"]}
        pairs = zip(self.ranges["parameter"], self.ranges["best"], strict=True)
        return {key: int(value) if key in whole else float(value) for key, value in pairs}

    @property
    def best_trial(self) -> int:
        """The trial of least loss; the first of several."""
        return best_of(self.trials)

    @property
    def loss(self) -> float:
        """The least loss."""
        return float(self.trials["loss"].min())

    @property
    def replications(self) -> int:
        """Replications of every run."""
        return int(self.manifest["replications"])

    @property
    def failures(self) -> "pandas.DataFrame":
        """The trials that failed."""
        failed: pandas.DataFrame = self.trials[self.trials["state"] == FAILED]
        return failed

    def __repr__(self) -> str:
        return f"Calibration({self.name!r}, loss={self.loss:.4g}, folder={str(self.folder)!r})"


def best_of(trials: "pandas.DataFrame") -> int:
    """The trial of least loss, the first of several; trials are numbered as their rows."""
    return int(np.nanargmin(trials["loss"].to_numpy(dtype=np.float64)))
