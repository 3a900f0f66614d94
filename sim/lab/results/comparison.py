"""Several regimes compared under the same luck."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.lab.results.digest import FRAME_NAMES, Digest
from sim.lab.results.manifest import ComparisonManifest
from sim.lab.results.result import Drawn, Result
from sim.lab.results.tables import Tables

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, eq=False)
class Comparison(Result, Drawn):
    """Scenarios compared with a baseline, replication by replication.

    Attributes:
        tables: the runs by scenario name.
        digest: the small tables that reports and figures are made of.
    """

    kind = "comparison"
    FRAMES = (*FRAME_NAMES, "groups")
    tables: dict[str, Tables]
    digest: Digest
    manifest: ComparisonManifest
    folder: Path | None = None
    reused: bool = False

    @classmethod
    def further(
        cls,
        frames: Mapping[str, Any],
        manifest: ComparisonManifest,
        runs: Mapping[str, Any],
    ) -> dict[str, Any]:
        """The runs, and what is reported of them."""
        first, last = manifest["window"]
        digest = Digest(
            **{name: frames[name] for name in FRAME_NAMES},
            manifests={name: run.manifest for name, run in runs.items()},
            baseline=manifest["baseline"],
            window=(first, last),
            baseline_why=manifest.get("baseline_why", "asked"),
            groups=frames.get("groups"),
        )
        return {"tables": dict(runs), "digest": digest}

    def frames(self) -> dict[str, "pandas.DataFrame"]:
        """The tables that are stored, by name."""
        return self.digest.frames()

    def runs_within(self) -> dict[str, Tables]:
        """The runs, by name."""
        return self.tables

    @staticmethod
    def names_within(manifest: ComparisonManifest) -> list[str]:
        """Names of the runs."""
        return manifest["scenarios"]

    @property
    def effects(self) -> "pandas.DataFrame":
        """One row an outcome and scenario: the paired difference of window means to the baseline.

        Columns: outcome, unit, scenario, baseline, window, difference, low, high, replications, relative.
        """
        return self.digest.effects

    @property
    def levels(self) -> "pandas.DataFrame":
        """Window means: outcome, unit, scenario, window, mean, low, high, replications."""
        return self.digest.levels

    @property
    def paths(self) -> "pandas.DataFrame":
        """Levels and paired differences by outcome, scenario and quarter, with units."""
        return self.digest.paths

    @property
    def baseline(self) -> str:
        """Name of the scenario that the others are compared with."""
        return str(self.digest.baseline)

    __str__ = object.__str__  # a comparison is shown, not summed up

    def __repr__(self) -> str:
        return f"Comparison({list(self.tables)}, baseline={self.baseline!r}, folder={str(self.folder)!r})"
