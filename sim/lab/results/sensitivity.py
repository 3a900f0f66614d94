"""How much every factor of a study moves its effects: see `sim.lab.estimates.sensitivity`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.lab.results.result import Analysis
from sim.lab.results.study import Study

if TYPE_CHECKING:
    import pandas

MAIN = {"morris": "mu_star", "sobol": "ST"}
"""By which measure factors are ordered; by `prcc` in every other design."""


@dataclass(frozen=True, eq=False)
class Sensitivity(Analysis):
    """How much every factor moves every outcome's effect.

    Attributes:
        study: what was analysed.
        table: one row a scenario, outcome, factor and measure: `unit, value, low, high`. Measures are `mu`, `mu_star`,
            `sigma` (screening), `S1`, `ST` (shares of variance) or `src`, `prcc` (regression).
        pairs: second order shares of variance, one row a pair of factors; empty in other designs.
        quality: one row a scenario and outcome: `unit` (of the outcome; the variance is in its square), `points,
            replications` (the most that a point has), `variance` between points, `noise_share` of it that is luck of
            the replications, `r2` and `rank_r2` of the regressions (else NaN), and `status`: `analysed`, `constant` (no
            point differs from another) or `undefined` (missing at some point).
        left_out: points that failed; only regression does without them.
    """

    kind = "sensitivity"
    study: Study
    table: "pandas.DataFrame"
    pairs: "pandas.DataFrame"
    quality: "pandas.DataFrame"
    left_out: tuple[int, ...] = ()

    @property
    def main(self) -> str:
        """The measure by which factors are ordered."""
        return MAIN.get(self.study.design, "prcc")

    @property
    def points(self) -> int:
        """How many points were analysed."""
        return len(self.study.settings) - len(self.left_out)

    def ranked(self, scenario: str, outcome: str) -> "pandas.DataFrame":
        """The factors by the size of the main measure, largest first."""
        rows = self.table[(self.table["scenario"] == scenario) & (self.table["outcome"] == outcome)]
        mine = rows[rows["measure"] == self.main].dropna(subset="value")
        return mine.iloc[np.argsort(-mine["value"].abs().to_numpy(), kind="stable")]

    def frames(self) -> dict[str, "pandas.DataFrame"]:
        """Its tables by name."""
        return {"indices": self.table, "pairs": self.pairs, "quality": self.quality}

    def __repr__(self) -> str:
        return f"Sensitivity({self.study.name!r}, {self.study.design}, points={self.points})"
