"""A difference between two regimes, part by part: see `sim.lab.estimates.split`."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.lab.results.manifest import DecompositionManifest
from sim.lab.results.result import Drawn, Result

if TYPE_CHECKING:
    import pandas

PARTS = ("incentive", "selection", "gaming", "luck", "other")
TOTAL = "total"


@dataclass(frozen=True, eq=False)
class Decomposition(Result, Drawn):
    """The difference between a regime and its baseline, part by part.

    Attributes:
        parts: one row an outcome and part (`total` included): `outcome, unit, part, window, difference, low, high,
            replications, relative`.
        by_replication: one row a replication, outcome and part: `unit`, `value`; the parts add up to the total.
    """

    kind = "decomposition"
    FRAMES = ("parts", "by_replication")
    parts: "pandas.DataFrame"
    by_replication: "pandas.DataFrame"
    manifest: DecompositionManifest
    folder: Path | None = None
    reused: bool = False

    @property
    def scenario(self) -> str:
        """Name of the regime that is compared."""
        return str(self.manifest["scenario_name"])

    @property
    def baseline(self) -> str:
        """Name of the regime it is compared with."""
        return str(self.manifest["baseline"])

    @property
    def replications(self) -> int:
        """Replications of every run."""
        return int(self.manifest["replications"])

    @property
    def window(self) -> tuple[int, int]:
        """First and last quarter of the means."""
        first, last = self.manifest["window"]
        return int(first), int(last)

    def of(self, outcome: str) -> dict[str, Any]:
        """The rows of an outcome by part, the total among them."""
        rows = self.parts[self.parts["outcome"] == outcome].set_index("part")
        return {str(part): row for part, row in rows.iterrows()}

    def __repr__(self) -> str:
        return f"Decomposition({self.scenario!r} less {self.baseline!r}, folder={str(self.folder)!r})"
