"""A study: scenarios run at many settings of levers and assumptions, and the paired effects at every point."""

from sim.core.arrays import Floats
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.lab.results.manifest import StudyManifest
from sim.lab.results.result import Result

if TYPE_CHECKING:
    import pandas

    from sim.lab.estimates.levers import Crossed

CROSSING = ("grid", "list", "factorial")
"""Designs whose points differ in one factor alone."""
KEYS = ("point", "scenario", "replication")


@dataclass(frozen=True)
class Factor:
    """What a study varies.

    Attributes:
        name: the dotted key of a setting, or the name of a part of the regime (in a design of coalitions).
        role: "lever" (policy), "uncertainty" (an assumption) or "part".
        low: least value of a range; NaN where values are listed.
        high: greatest value of a range; NaN where values are listed.
        values: the values it takes where they are listed, else empty.
        whole: whether only whole numbers make sense.
        unit: of the setting; "" for parts and where it has none.
    """

    name: str
    role: str
    low: float = float("nan")
    high: float = float("nan")
    values: tuple[Any, ...] = ()
    whole: bool = False
    unit: str = ""

    def written(self) -> dict[str, Any]:
        """As JSON would hold it."""
        ends = {} if self.values else {"low": self.low, "high": self.high}
        values = list(self.values)
        return {
            "name": self.name,
            "role": self.role,
            "values": values,
            "whole": self.whole,
            "unit": self.unit,
            **ends,
        }

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Factor":
        """The factor that `written` wrote."""
        nan = float("nan")
        low, high = float(given.get("low", nan)), float(given.get("high", nan))
        return cls(
            given["name"], given["role"], low, high, tuple(given["values"]), given["whole"], given["unit"]
        )


@dataclass(frozen=True, eq=False)
class Study(Result):
    """A finished study.

    Attributes:
        points: one row a point, in the design's order: `point` and one column a factor. In a design of coalitions the
            eight parts are boolean columns: whether the regime has the part, or the baseline's.
        units: the points' places in the unit cube, shape (points, factors); NaN where values are listed.
        runs: one row a point, scenario and replication: `point, scenario, replication` and one column an outcome, its
            mean over the window. Points that failed have no rows. The baseline is one of the scenarios.
        failures: one row a failure: `point, scenario, first, stop, stage, error, traceback`.
        factors: what is varied, in the order of the columns.
        manifest: how it came about; `baseline` names the baseline (None with one scenario), `scenarios` all of them,
            `design` is a mapping with `kind` (grid, list, latin_hypercube, sobol, morris, factorial, coalitions)
            and its settings, `outcomes` describes outcomes (`label, unit, good, meaning`), `window` the quarters.
    """

    kind = "study"
    FRAMES: ClassVar[tuple[str, ...]] = ("points", "runs", "failures", "effects", "levers", "interactions")
    points: "pandas.DataFrame"
    units: Floats
    runs: "pandas.DataFrame"
    failures: "pandas.DataFrame"
    factors: tuple[Factor, ...]
    manifest: StudyManifest
    folder: Path | None = None
    reused: bool = False

    @classmethod
    def further(
        cls, frames: Mapping[str, Any], manifest: StudyManifest, runs: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Factors and places of the points, which leave the manifest."""
        factors = tuple(Factor.read(one) for one in manifest.pop("factors"))
        units = np.array(manifest.pop("units"), dtype=np.float64).reshape(len(frames["points"]), -1)
        return {"factors": factors, "units": units}

    def frames(self) -> dict[str, "pandas.DataFrame"]:
        """The tables that are stored, by name; those of levers where points differ in one of them alone."""
        left_out = () if self.crosses else ("levers", "interactions")
        return {name: getattr(self, name) for name in self.FRAMES if name not in left_out}

    def column_units(self) -> dict[str, str]:
        """Units of the factors."""
        return {factor.name: factor.unit for factor in self.factors}

    def written(self) -> StudyManifest:
        """The manifest with the factors and the places of the points."""
        factors = [factor.written() for factor in self.factors]
        return {**self.manifest, "factors": factors, "units": self.units.tolist()}

    @property
    def settings(self) -> "pandas.DataFrame":
        """One row a point, in the design's order: `point` and one column a factor."""
        return self.points

    @property
    def baseline(self) -> str | None:
        """The scenario that the others are compared with; None where there is only one."""
        name: str | None = self.manifest["baseline"]
        return name

    @property
    def scenarios(self) -> list[str]:
        """Names of the scenarios, the baseline among them."""
        return list(self.manifest["scenarios"])

    @property
    def compared(self) -> list[str]:
        """Scenarios other than the baseline; the only one where there is no baseline."""
        return [name for name in self.scenarios if name != self.baseline]

    @property
    def outcomes(self) -> list[str]:
        """The outcomes that were kept."""
        return [name for name in self.runs.columns if name not in KEYS]

    @property
    def design(self) -> str:
        """Kind of the design."""
        return str(self.manifest["design"]["kind"])

    @cached_property
    def effects(self) -> "pandas.DataFrame":
        """The paired effect of every scenario on every outcome at every point: see `all_effects`."""
        effects: pandas.DataFrame = self.derived("effects")
        return effects

    @cached_property
    def differences(self) -> "dict[str, pandas.DataFrame]":
        """Paired effects of every compared scenario; levels where there is no baseline.

        One row a point in the design's order, one column an outcome and replication; NaN where a point failed. A point
        of which some replications failed is missing as a whole: those that did not fail are no fair draw.
        """
        import pandas

        keys = ["scenario", "point", "replication"]
        wide = pandas.DataFrame(self.runs.set_index(keys)[self.outcomes].unstack("replication"))
        places = self.settings["point"]

        def of(scenario: str) -> "pandas.DataFrame":
            rows = wide[wide.index.get_level_values("scenario") == scenario]
            return rows.droplevel("scenario").reindex(places)

        base = 0.0 if self.baseline is None else of(self.baseline)
        return {
            name: (of(name) - base).drop(index=list(self.failed)).reindex(places) for name in self.compared
        }

    @property
    def crosses(self) -> bool:
        """Whether the design sets factors to listed values, so that points differ in one of them alone."""
        return self.design in CROSSING and bool(self.factors)

    def crossed(self, scenario: str) -> "Crossed":
        """The points as crossings of the factors' values, with the paired effects of a scenario."""
        points: Crossed = self.derived("crossed", scenario)
        return points

    @cached_property
    def levers(self) -> "pandas.DataFrame":
        """What each factor does at each of its values, a scenario after the other; empty where the design has none."""
        return self._by_scenario(lambda crossed: crossed.lever_effects())

    @cached_property
    def interactions(self) -> "pandas.DataFrame":
        """What two factors do together beyond what each does alone, a scenario after the other."""
        return self._by_scenario(lambda crossed: crossed.interactions())

    def _by_scenario(self, of: "Callable[[Crossed], pandas.DataFrame]") -> "pandas.DataFrame":
        import pandas

        names = self.compared if self.crosses else []
        parts = [of(self.crossed(name)).assign(scenario=name) for name in names]
        return pandas.concat(parts, ignore_index=True) if parts else pandas.DataFrame()

    @cached_property
    def failed(self) -> tuple[int, ...]:
        """Points without a complete set of runs, in the design's order."""
        scenarios = self.runs.groupby("point")["scenario"].nunique()
        complete = set(scenarios.index[scenarios == len(self.scenarios)])
        recorded = set(self.failures["point"]) if len(self.failures) else set()
        return tuple(int(one) for one in self.settings["point"] if one not in complete or one in recorded)

    def paired(self, outcome: str) -> "pandas.DataFrame":
        """Differences to the baseline, replication by replication: point, scenario, replication, effect.

        Where there is no baseline, levels instead of differences. Points of which a run failed are left out.
        """
        whole = ~self.runs["point"].isin(self.failures["point"])
        runs = self.runs.loc[whole, [*KEYS, outcome]].rename(columns={outcome: "effect"})
        if self.baseline is None:
            return runs
        base = runs[runs.scenario == self.baseline].drop(columns="scenario")
        others = runs[runs.scenario != self.baseline]
        joined = others.merge(base, on=["point", "replication"], suffixes=("", "_baseline"))
        joined["effect"] -= joined.pop("effect_baseline")
        paired: pandas.DataFrame = joined.reset_index(drop=True)
        return paired

    def relative(self, outcome: str) -> "pandas.DataFrame":
        """As `paired`, with the effect over the size of the baseline's mean at the same point."""
        base = self.runs[self.runs.scenario == self.baseline].groupby("point")[outcome].mean().abs()
        paired = self.paired(outcome)
        return paired.assign(effect=paired.effect / paired.point.map(base.where(base > 1e-9)))

    def __repr__(self) -> str:
        return f"Study({self.name!r}, points={len(self.settings)}, runs={len(self.runs)}, folder={str(self.folder)!r})"
