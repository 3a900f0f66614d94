"""The small tables that reports and figures are made of: see `sim.lab.estimates.digest`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.lab.results.manifest import Facts, RunManifest

if TYPE_CHECKING:
    import pandas

Row = Mapping[Any, Any]
"""A row of a table: values by column."""


@dataclass(frozen=True, eq=False)
class Digest:
    """What is reported of one run, or of several compared with a baseline.

    Attributes:
        effects: paired differences of window means to the baseline; empty for a single run.
        levels: window means.
        paths: levels and differences quarter by quarter.
        pairs: what is delivered under every regime less that under every other, paired.
        flags: share of the flags by tenth of true ability.
        pay: pay by tenth of true contribution.
        manifests: those of the runs, by scenario, in the order given.
        baseline: its name, or None for a single run.
        window: first and last quarter of the window.
        baseline_why: why it is the baseline: `extended` (by all the others), `first` or `asked`.
        groups: groups of people side by side; None where there are none.
    """

    effects: "pandas.DataFrame"
    levels: "pandas.DataFrame"
    paths: "pandas.DataFrame"
    pairs: "pandas.DataFrame"
    flags: "pandas.DataFrame"
    pay: "pandas.DataFrame"
    manifests: dict[str, RunManifest]
    baseline: str | None
    window: tuple[int, int]
    baseline_why: str = "asked"
    groups: "pandas.DataFrame | None" = None

    @property
    def scenarios(self) -> list[str]:
        """Names of the scenarios, in the order given."""
        return list(self.manifests)

    @property
    def first(self) -> RunManifest:
        """The manifest of the baseline, or of the only run."""
        return self.manifests[self.baseline or self.scenarios[0]]

    @property
    def outcomes(self) -> Facts:
        """The facts of every outcome, see `sim.outcomes.Outcome.facts`."""
        return self.first.get("outcomes", {})

    @property
    def replications(self) -> int:
        """Replications of each scenario."""
        return int(self.first["replications"])

    @property
    def reforms(self) -> list[int]:
        """Quarters after which a regime changes in any of the scenarios."""
        return sorted({quarter for manifest in self.manifests.values() for quarter in changes(manifest.get("scenario", {}))})

    def effect(self, outcome: str, scenario: str) -> Row | None:
        """The row of `effects` on an outcome under a scenario."""
        return self._rows["effects"].get((outcome, scenario))

    def level(self, outcome: str, scenario: str) -> Row | None:
        """The row of `levels` of an outcome under a scenario."""
        return self._rows["levels"].get((outcome, scenario))

    @cached_property
    def _rows(self) -> dict[str, dict[tuple[str, str], Row]]:
        """The rows of both tables, found at once."""
        tables = {"effects": self.effects, "levels": self.levels}
        return {
            name: {(row["outcome"], row["scenario"]): row for row in reversed(frame.to_dict("records"))}
            for name, frame in tables.items()
        }

    def frames(self) -> dict[str, "pandas.DataFrame"]:
        """The tables by name."""
        own = {name: getattr(self, name) for name in FRAME_NAMES}
        return own if self.groups is None else own | {"groups": self.groups}


FRAME_NAMES = ("effects", "levels", "paths", "pairs", "flags", "pay")


def changes(scenario: Mapping[str, Any]) -> list[int]:
    """Quarters after which the timeline of a resolved scenario changes something."""
    return sorted({int(change["quarter"]) for change in scenario.get("timeline") or ()})
