"""How far results stand over the assumed ranges: headlines (T11), regret (T23), good enough, boxes (T7, T8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.core.errors import UserError
from sim.core.text import nearest_word
from sim.lab.estimates.headlines import (
    Headline,
    default_headlines,
    headline_of,
    rows_of,
    state_shares,
    states_at_points,
)
from sim.lab.estimates.points import asked_outcomes, check_sizes, failed_points, good_of, places
from sim.lab.estimates.prim import find_boxes
from sim.lab.estimates.regret import best_by_region, good_enough, regrets
from sim.lab.language.wording import counted
from sim.lab.results.result import Analysis
from sim.lab.results.store import study_in
from sim.lab.results.study import Study

if TYPE_CHECKING:
    import pandas

BOX_COLUMNS = ("scenario", "outcome", "sign", "box", "factor", "unit", "low", "high", "quasi_p")
BOX_SHARES = ("coverage", "density", "mass", "points", "cases", "search_p")


@dataclass(frozen=True, eq=False)
class Robustness(Analysis):
    """How far results stand over the assumed ranges.

    Attributes:
        study: what was analysed.
        headlines: what was asked.
        table: one row a headline and state (`by_estimate` besides the four that exclude one another): `scenario,
            outcome, sign, state, count, points, share, low, high` (Wilson's intervals).
        at_points: one row a headline and point: `mean, low, high, state`.
        regret: one row a point, scenario and outcome with a good direction: `regret`, how much better the best regime
            does at the point.
        regrets: by scenario and outcome: `mean, p90, max, best_share, points`.
        satisficing: by scenario: share of the points where it does at least as well as the baseline on all outcomes
            with a good direction, by estimate (`share, low, high`) and not clearly worse (`not_worse` and bounds).
        boxes: where headlines flip, one row a box and restricted factor, with the `base_density` of all points.
        regions: the best regime by thirds of the two factors that matter most.
        left_out: points of which a run failed.
        asked: whether the headlines were asked for; otherwise they are signs of medians over the same points.
    """

    kind = "robustness"
    study: Study
    headlines: tuple[Headline, ...]
    table: "pandas.DataFrame"
    at_points: "pandas.DataFrame"
    regret: "pandas.DataFrame"
    regrets: "pandas.DataFrame"
    satisficing: "pandas.DataFrame"
    boxes: "pandas.DataFrame"
    regions: "pandas.DataFrame"
    left_out: tuple[int, ...] = ()
    asked: bool = True

    @property
    def points(self) -> int:
        """How many points were analysed."""
        return len(self.study.settings) - len(self.left_out)

    def frames(self) -> dict[str, "pandas.DataFrame"]:
        """Its tables by name."""
        names = ("at_points", "regrets", "satisficing", "boxes", "regions")
        return {"headlines": self.table, **{name: getattr(self, name) for name in names}}

    def __repr__(self) -> str:
        return f"Robustness({self.study.name!r}, headlines={len(self.headlines)}, points={self.points})"


def robust(
    study: Study | str | Path,
    headlines: Sequence[str | Headline] | None = None,
    sesoi: Mapping[str, float] | None = None,
) -> Robustness:
    """How far headlines and regimes stand over the points of a study.

    Args:
        study: a finished study with a baseline, or the folder it is stored in; of any design but coalitions; points
            that failed are left out.
        headlines: what should hold, as `"four_systems:output_per_post>0"`; by default those of the study's manifest
            (`headlines`), else, for every compared scenario and key outcome, the sign of the median effect over the
            points.
        sesoi: smallest effects of interest by outcome, in its unit: where an interval lies within, the headline is
            negligible at the point; by default those of the study's manifest (`sesoi`), else none.

    Raises:
        UserError: no study, coalitions, no baseline, fewer than two points, a headline of what is not in the study.
    """
    claims = [headline_of(claim) if isinstance(claim, str) else claim for claim in headlines or ()]
    study = study_in(study)
    _refuse(study)
    claims = claims or [headline_of(text) for text in study.manifest.get("headlines", ())]
    _check(study, claims, sesoi or {})
    chosen = tuple(dict.fromkeys(claims)) or default_headlines(study)
    least = {**study.manifest.get("sesoi", {}), **(sesoi or {})}
    at_points = states_at_points(study, chosen, least)
    good = [name for name in dict.fromkeys(headline.outcome for headline in chosen) if good_of(study, name)]
    regret, summary = regrets(study, good)
    return Robustness(
        study,
        chosen,
        state_shares(chosen, at_points),
        at_points,
        regret,
        summary,
        good_enough(study, good),
        _boxes(study, chosen, at_points),
        best_by_region(study, good),
        tuple(failed_points(study)),
        bool(claims),
    )


def _refuse(study: Study) -> None:
    there = len(study.settings) - len(failed_points(study))
    problems = []
    if study.design == "coalitions":
        problems.append(
            f"study {study.name} is a design of coalitions: its points are no assumptions; use attribute"
        )
    if study.baseline is None:
        problems.append(f"study {study.name} has no baseline: nothing can hold against it")
    if there < 2:
        problems.append(
            f"study {study.name} has {counted(there, 'point')} without a failure: at least 2 are needed"
        )
    if problems:
        raise UserError("\n".join(problems))


def _check(study: Study, headlines: Sequence[Headline], sesoi: Mapping[str, float]) -> None:
    compared = ", ".join(study.compared)
    problems = [
        f"headline on {headline.scenario}: study {study.name} compares {compared}{_meant(headline, study)}"
        for headline in headlines
        if headline.scenario not in study.compared
    ]
    problems += [
        f"headline with sign {headline.sign}: must be 1 or -1"
        for headline in headlines
        if headline.sign not in (1, -1)
    ]
    if problems:
        raise UserError("\n".join(problems))
    asked_outcomes(study, [headline.outcome for headline in headlines])
    check_sizes(study, sesoi)


def _meant(headline: Headline, study: Study) -> str:
    """The scenario that was perhaps meant."""
    if headline.scenario == study.baseline:
        return f" with {headline.scenario}"
    close = nearest_word(headline.scenario, study.compared)
    return f"; did you mean {close}?" if close else ""


def _boxes(study: Study, headlines: Sequence[Headline], at_points: "pandas.DataFrame") -> "pandas.DataFrame":
    """Where the effect clearly has the other sign."""
    import pandas

    lying, rows = places(study), []
    for headline in headlines:
        states = rows_of(at_points, headline)
        cases = (states["state"] == "flips").to_numpy()
        boxes = find_boxes(lying.loc[states["point"]].to_numpy(dtype=np.float64), cases)
        for number, box in enumerate(boxes, 1):
            shares = {name: getattr(box, name) for name in BOX_SHARES}
            shares["base_density"] = float(cases.mean())
            for side in box.restrictions:
                factor = study.factors[side.factor]
                limits = {"factor": factor.name, "unit": factor.unit, "low": side.low, "high": side.high}
                keys = {
                    "scenario": headline.scenario,
                    "outcome": headline.outcome,
                    "sign": headline.sign,
                    "box": number,
                }
                rows.append({**keys, **limits, "quasi_p": side.quasi_p, **shares})
    return pandas.DataFrame(rows, columns=[*BOX_COLUMNS, *BOX_SHARES, "base_density"])
