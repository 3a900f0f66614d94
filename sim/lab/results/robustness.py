"""How far results stand over the assumed ranges: see `sim.lab.estimates.robustness`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.lab.results.result import Analysis
from sim.lab.results.study import Study

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Headline:
    """That the effect of a scenario on an outcome is above (`sign` 1) or below (−1) zero."""

    scenario: str
    outcome: str
    sign: int


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
