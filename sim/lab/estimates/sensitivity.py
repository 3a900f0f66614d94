"""Which assumptions and levers a result hangs on: indices of every factor, by what the study's design allows.

The number analysed at a point is the mean over replications of the paired difference to the baseline. `morris` is read
as screening, `sobol` as shares of variance, any other design by regression.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Floats
from sim.core.errors import UserError
from sim.lab.estimates import sensitivity_methods as methods
from sim.lab.estimates.intervals import mean_interval
from sim.lab.estimates.points import (
    asked_outcomes,
    by_replication,
    cube,
    failed_points,
    noise_share,
    refuse_failures,
)
from sim.lab.estimates.sensitivity_methods import Found
from sim.lab.estimates.units import SHARE_OF_VARIANCE, with_units
from sim.lab.language.wording import counted
from sim.lab.results.result import Analysis
from sim.lab.results.store import study_in
from sim.lab.results.study import Study
from sim.outcomes.outcomes import unit_of

if TYPE_CHECKING:
    import pandas

INDEX_COLUMNS = ("scenario", "outcome", "unit", "factor", "measure", "value", "low", "high")
PAIR_COLUMNS = ("scenario", "outcome", "unit", "first", "second", "value", "low", "high")
UNITS_OF_MEASURES = {
    **dict.fromkeys(("S1", "S2", "ST"), SHARE_OF_VARIANCE),
    "src": "SD of the outcome per SD of the factor",
    "prcc": "correlation",
}
"""Units of indices; the others are in the outcome's."""
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


def sensitivity(study: Study | str | Path, outcomes: Sequence[str] | None = None) -> Sensitivity:
    """Indices of every factor for every compared scenario and outcome.

    Args:
        study: a finished study, or the folder it is stored in.
        outcomes: which; by default all that were kept.

    Raises:
        UserError: no study; an outcome that was not kept; a design of coalitions, which `attribute` reads; too few
            points; a point that failed, where the design needs all.
    """
    import pandas

    study = study_in(study)
    chosen = asked_outcomes(study, outcomes)
    left_out = tuple(failed_points(study))
    _refuse(study, left_out)
    rows, pairs, quality = [], [], []
    for scenario in study.compared:
        for outcome in chosen:
            wide = by_replication(study, outcome, scenario).drop(index=list(left_out))
            keys = {"scenario": scenario, "outcome": outcome}
            indices, of_pairs, explained = _indices(study, wide.to_numpy(dtype=np.float64), left_out)
            rows += _rows(keys, [{"factor": factor.name} for factor in study.factors], indices, "measure")
            both = combinations((factor.name for factor in study.factors), 2)
            pairs += _rows(keys, [{"first": one, "second": other} for one, other in both], of_pairs)
            quality.append({**keys, **_quality(wide), **explained})
    return Sensitivity(
        study,
        pandas.DataFrame(rows, columns=list(INDEX_COLUMNS)),
        pandas.DataFrame(pairs, columns=list(PAIR_COLUMNS)),
        with_units(pandas.DataFrame(quality)),
        left_out,
    )


def _refuse(study: Study, left_out: tuple[int, ...]) -> None:
    """Refuse what cannot be analysed, before anything is."""
    if study.design == "coalitions":
        raise UserError(
            f"study {study.name} is a design of coalitions: read it with attribute, not sensitivity"
        )
    if study.design in MAIN:
        refuse_failures(study, f"a design of kind {study.design}")
        _check_size(study)
        return
    least = len(study.factors) + 4
    there = len(study.settings) - len(left_out)
    if there < least:
        raise UserError(
            f"study {study.name}: {counted(there, 'point')} without a failure, regression on "
            f"{counted(len(study.factors), 'factor')} needs "
            f"at least {least}"
        )


def _check_size(study: Study) -> None:
    """Whether the points are whole trajectories, or whole blocks of Saltelli's design, and at least two of them."""
    factors, points = len(study.factors), len(study.settings)
    block = factors + 1 if study.design == "morris" else factors + 2
    if study.design == "sobol" and study.manifest["design"]["second_order"]:
        block = 2 * factors + 2
    if points % block or points < 2 * block:
        raise UserError(
            f"study {study.name}: {points} points are not at least two whole blocks of {block}, as a design of kind "
            f"{study.design} with {factors} factors has"
        )


def _indices(study: Study, wide: Floats, left_out: tuple[int, ...]) -> tuple[Found, Found, dict[str, float]]:
    """By factor, by pair, and R²; nothing where the value is constant or missing somewhere."""
    values = _at_points(wide)
    nothing = {"r2": float("nan"), "rank_r2": float("nan")}
    if _status(values) != "analysed":
        return {}, {}, nothing
    if study.design == "morris":
        return methods.screening(cube(study), values), {}, nothing
    if study.design == "sobol":
        second = bool(study.manifest["design"]["second_order"])
        return *methods.variance_shares(values, len(study.factors), second), nothing
    inside = ~study.settings["point"].isin(left_out).to_numpy()
    indices, r2, rank_r2 = methods.regression(cube(study)[inside], values)
    return indices, {}, {"r2": r2, "rank_r2": rank_r2}


def _at_points(wide: Floats) -> Floats:
    """Mean over the replications that a point has: sequential studies have more at some than at others."""
    return mean_interval(wide.T).mean


def _status(values: Floats) -> str:
    if np.isnan(values).any():
        return "undefined"
    return "constant" if np.ptp(values) <= 1e-12 * max(1.0, float(np.abs(values).max())) else "analysed"


def _quality(wide: "pandas.DataFrame") -> dict[str, Any]:
    cells = wide.to_numpy(dtype=np.float64)
    values = _at_points(cells)
    status = _status(values)
    known = status == "analysed"
    return {
        "points": len(wide),
        "replications": wide.shape[1],
        "status": status,
        "variance": float(values.var(ddof=1)) if status != "undefined" else float("nan"),
        "noise_share": noise_share(cells) if known else float("nan"),
    }


def _rows(
    keys: dict[str, str], named: list[dict[str, str]], indices: Found, measure: str = ""
) -> list[dict[str, Any]]:
    """One row a name and measure."""
    rows = []
    for name, columns in indices.items():
        tag = {"unit": UNITS_OF_MEASURES.get(name, unit_of(keys["outcome"]))}
        tag |= {measure: name} if measure else {}
        for place, names in enumerate(named):
            value, low, high = (float(column[place]) for column in columns)
            rows.append({**keys, **names, **tag, "value": value, "low": low, "high": high})
    return rows
