"""Whether a study has enough replications: see `sim.lab.estimates.convergence`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.lab.results.result import Analysis
from sim.lab.results.study import Study

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, eq=False)
class Convergence(Analysis):
    """How effects settle with the number of replications.

    Attributes:
        study: what was analysed.
        table: one row a scenario, outcome and number of replications: `mean, low, high` of the first so many.
        needed: one row a scenario and outcome: `least` effect of interest, `half_width` now, `needed` replications
            for a half width of it (by the spread seen so far; NaN where it cannot be told).
        points: how many points the effect is averaged over.
    """

    kind = "convergence"
    study: Study
    table: "pandas.DataFrame"
    needed: "pandas.DataFrame"
    points: int

    def frames(self) -> dict[str, "pandas.DataFrame"]:
        """Its tables by name."""
        return {"means": self.table, "needed": self.needed}
