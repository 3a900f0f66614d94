"""Several regimes compared under the same luck, and a grid of settings compared in the same way."""

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.lab.estimates.digest import Digest
from sim.lab.language.language import speaking
from sim.lab.estimates.levers import Crossed
from sim.lab.results.tables import Tables

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios compared with a baseline, replication by replication.

    Attributes:
        tables: the runs by scenario name.
        digest: the small tables that reports and figures are made of.
        warnings: what makes the comparison less than clean.
        manifest: how it came about.
        folder: where it is stored, or None.
        reused: whether it was read from an earlier comparison of the same input.
    """

    tables: dict[str, Tables]
    digest: Digest
    warnings: tuple[str, ...]
    manifest: dict[str, Any]
    folder: Path | None = None
    reused: bool = False

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

    def figure(self, lang: str = "en") -> "Figure":
        """The overview figure, in English or Chinese (`zh`)."""
        from sim.lab.figures.overview import overview

        with speaking(lang):
            return overview(self.digest)

    def report(self, lang: str = "en") -> str:
        """The report, in Markdown, in English or Chinese (`zh`)."""
        from sim.lab.reports.report import report

        with speaking(lang):
            return report(self.digest, self.warnings).markdown()

    def __repr__(self) -> str:
        return f"Comparison({list(self.tables)}, baseline={self.baseline!r}, folder={str(self.folder)!r})"


@dataclass(frozen=True, eq=False)
class Sweep:
    """One scenario over a grid of settings, each point compared with the first.

    Attributes:
        points: one row a point and outcome: `point`, the varied keys, `outcome, unit, window, mean, low, high,
            difference, difference_low, difference_high, replications`.
        runs: one row a point and replication: `point, replication` and one column an outcome, its mean over the window.
        vary: the varied keys and their values.
        manifest: how it came about.
        folder: where it is stored, or None.
        reused: whether it was read from an earlier sweep of the same input.
    """

    points: "pandas.DataFrame"
    runs: "pandas.DataFrame"
    vary: dict[str, list[Any]]
    manifest: dict[str, Any]
    folder: Path | None = None
    reused: bool = False

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return str(self.manifest["name"])

    @cached_property
    def crossed(self) -> Crossed:
        """The points as crossings of the varied keys' values."""
        outcomes = [name for name in self.runs.columns if name not in ("point", "replication")]
        wide = self.runs.set_index(["point", "replication"])[outcomes].unstack("replication").sort_index()
        places = np.array(list(product(*(range(len(values)) for values in self.vary.values()))))
        values = wide.to_numpy(dtype=np.float64).reshape(len(places), len(outcomes), -1)
        return Crossed(self.vary, places, outcomes, values)

    @cached_property
    def levers(self) -> "pandas.DataFrame":
        """What each lever does at each of its values, against its first value: see `Crossed.lever_effects`."""
        return self.crossed.lever_effects()

    @cached_property
    def interactions(self) -> "pandas.DataFrame":
        """What two levers do together beyond what each does alone: see `Crossed.interactions`."""
        return self.crossed.interactions()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know before using the numbers."""
        return tuple(self.manifest.get("warnings", ()))

    def report(self, lang: str = "en") -> str:
        """The report, in Markdown, in English or Chinese (`zh`)."""
        from sim.lab.reports.sweep_report import sweep_report

        with speaking(lang):
            return sweep_report(self).markdown()

    def __str__(self) -> str:
        from sim.lab.reports.summary import summary

        return summary(self)

    def __repr__(self) -> str:
        return f"Sweep({self.name!r}, vary={self.vary}, folder={str(self.folder)!r})"
