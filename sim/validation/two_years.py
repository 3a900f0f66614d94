"""V4 and V5: how often rating errors hit, once and twice running."""

import math
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import integrate, stats
from scipy.special import ndtr, ndtri

from sim.core.arrays import Floats
from sim.validation.case import Case, Check, Setting, exact, of_mean, panel_of
from sim.validation.forced_distribution import best_of

if TYPE_CHECKING:
    import pandas

    from sim.lab.results.tables import Tables
    from sim.scenario.schema import Scenario

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(80)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
AVERAGE = 0.05
"""SD of ability around the mean within which somebody counts as average."""


def ability_variance(scenario: "Scenario") -> float:
    """Variance of the ability of founders: v²·Var(best of n) + 1 − v², by quadrature."""
    hiring = scenario.behaviour.hiring
    count = 1 / hiring.selection_ratio
    spread = best_of(count, 2) - best_of(count) ** 2
    return hiring.validity**2 * spread + 1 - hiring.validity**2


def correlations(scenario: "Scenario") -> tuple[float, float]:
    """(r, correlation of two years' errors): reliability, and what persists of the error from year to year."""
    rating = scenario.behaviour.rating
    return rating.reliability_staff, rating.persistent_share * rating.persistence


# --- V4: below a standard

V4_CELLS: dict[str, dict[str, Any]] = {
    "r = .5": {},
    "r = .3": {"behaviour.rating.reliability_staff": 0.3},
    "r = .8": {"behaviour.rating.reliability_staff": 0.8},
    "r = .5, half the error persists at .9": {
        "behaviour.rating.persistent_share": 0.5,
        "behaviour.rating.persistence": 0.9,
    },
}


def bottom_twice(setting: Setting) -> Iterator[Check]:
    """Shares of people below the standard once and twice, and of the average among them; the placebo."""
    for label, changes in V4_CELLS.items():
        scenario = setting.scenario("v4_bottom_twice", changes)
        run = setting.run(scenario)
        yield from _failing(label, scenario, _panel(run))
    yield from _placebo(setting)
    yield from _reservoir(setting)


def _panel(run: "Tables") -> "pandas.DataFrame":
    """One row a person: standardised ability, and the annual score and grade of both years."""
    panel = panel_of(run)
    wide = panel[panel.quarter > 0].pivot_table(
        index=["replication", "person"], columns="quarter", values=["annual_score", "grade", "rank_share"]
    )
    wide.columns = [f"{key[0]}_{key[1]}" for key in wide.columns.to_flat_index()]
    founders = panel[panel.quarter == 0].set_index(["replication", "person"])
    return wide.join(founders[["ability", "department"]])


def _failing(label: str, scenario: "Scenario", people: "pandas.DataFrame") -> Iterator[Check]:
    r, carried = correlations(scenario)
    cut = float(ndtri(scenario.regime.appraisal.incompetent_share))  # type: ignore[attr-defined]
    once, both = people.grade_1 == 0, (people.grade_1 == 0) & (people.grade_2 == 0)
    spread = math.sqrt(ability_variance(scenario))
    talent = (people.ability - _mean(scenario)) / spread
    rho = r + (1 - r) * carried
    yield _share("V4", f"flagged in a year, {label}", float(ndtr(cut)), once)
    yield _share("V4", f"flagged twice running, {label}", _both_below(cut, rho), both)
    near = talent.abs() < AVERAGE
    at = (cut) / math.sqrt(1 - r)
    yield _share("V4", f"the average person flagged in a year, {label}", float(ndtr(at)), once[near], 2e-4)
    yield _share(
        "V4", f"the average person flagged twice, {label}", _both_below(at, carried), both[near], 1e-4
    )
    worst = talent < ndtri(0.1)
    expected = 1 - _worst_and_twice(cut, r, carried) / _both_below(cut, rho)
    yield _share("V4", f"flagged twice, not in the true lowest tenth, {label}", expected, ~worst[both])


def average_below(share: float, r: float, times: int) -> float:
    """P(somebody of mean ability is below the standard of the lowest `share` so many `times`), errors independent."""
    return float(ndtr(ndtri(share) / math.sqrt(1 - r))) ** times


def _mean(scenario: "Scenario") -> float:
    """Mean ability of founders."""
    hiring = scenario.behaviour.hiring
    return hiring.validity * best_of(1 / hiring.selection_ratio)


def _share(case: str, quantity: str, expected: float, hit: "pandas.Series[Any]", gate: float = 0.0) -> Check:
    """A check of a share of people, whose error is binomial (in a ranking rather less)."""
    error = math.sqrt(max(expected * (1 - expected), 1e-12) / max(len(hit), 1))
    why = "people within a band of abilities stand for the average person" if gate else ""
    return Check(case, quantity, expected, float(hit.mean()), error, gate, "A", because=why)


def _both_below(cut: float, rho: float) -> float:
    """P(both of two standard normals of correlation ρ below the cut)."""
    return float(stats.multivariate_normal.cdf([cut, cut], cov=[[1, rho], [rho, 1]]))


def _worst_and_twice(cut: float, r: float, carried: float) -> float:
    """P(ability in the lowest tenth, and below the cut in both years)."""

    def density(t: float) -> float:
        at = (cut - math.sqrt(r) * t) / math.sqrt(1 - r)
        return float(stats.norm.pdf(t)) * _both_below(at, carried)

    return float(integrate.quad(density, -8, ndtri(0.1))[0])


def _placebo(setting: Setting) -> Iterator[Check]:
    """Without any treatment the flagged improve, by regression to the mean; compared with themselves they do not."""
    scenario = setting.scenario("v4_bottom_twice")
    r, carried = correlations(scenario)
    people = _panel(setting.run(scenario))
    sd = math.sqrt(ability_variance(scenario) / r)
    flagged = people.grade_1 == 0
    rise = (people.annual_score_2 - people.annual_score_1)[flagged] / sd
    share = scenario.regime.appraisal.incompetent_share  # type: ignore[attr-defined]
    expected = (1 - r) * (1 - carried) * float(stats.norm.pdf(ndtri(share))) / share
    by_replication = rise.groupby(level="replication").mean()
    yield of_mean("V4", "naive improvement of the flagged, no treatment (SD)", expected, by_replication)
    untreated = setting.scenario("v4_bottom_twice", {"regime.adjustment.kind": "none"})
    other = _panel(setting.run(untreated))
    paired = (people.annual_score_2 - other.annual_score_2)[flagged]
    yield exact("V4", "paired effect of being flagged without treatment", 0.0, float(paired.abs().max()))


def _reservoir(setting: Setting) -> Iterator[Check]:
    """Whoever a lottery sent to the reservoir, against the same people without it: the training and nothing else."""
    untreated = setting.scenario("v4_reservoir", {"regime.adjustment.kind": "none"})
    base = _last_scores(setting.run(untreated))
    for gain in (0.0, 0.2):
        scenario = setting.scenario("v4_reservoir", {"regime.adjustment.reservoir.training_gain": gain})
        run = setting.run(scenario)
        events = run.events[run.events.event == "returned"]
        times = events.groupby(["replication", "person"]).size()
        found = (_last_scores(run) - base).reindex(times.index[times == 1]).dropna()
        quantity = f"paired effect of a reservoir that trains by {gain}, drawn by lot (SD)"
        check = of_mean("V4", quantity, gain, found.groupby(level="replication").mean())
        yield check._replace(gate=1e-9, because="nothing differs but the training, to rounding")


def _last_scores(run: "Tables") -> "pandas.Series[float]":
    """The last annual score of everybody who was scored in the last quarter, by replication and person."""
    panel = panel_of(run)
    last = panel[(panel.quarter == panel.quarter.max()) & (panel.quarters_scored > 0)]
    scores: pandas.Series[float] = last.set_index(["replication", "person"])["annual_score"]
    return scores


# --- V5: last of a department

V5_CELLS: dict[str, dict[str, Any]] = {
    **{f"n = 10, r = {r}": {"behaviour.rating.reliability_staff": r} for r in (0.3, 0.5, 0.7, 0.9)},
    "n = 5, r = .5": {"structure.department_size.mean": 5},
    "n = 20, r = .5": {"structure.department_size.mean": 20, "structure.new_cities.departments": 100},
    "n = 10, r = .5, the error persists": {
        "behaviour.rating.persistent_share": 0.6,
        "behaviour.rating.persistence": 1.0,
    },
}


MORE_SIZES = {2: 500, 3: 400, 30: 50, 40: 50}
"""Departments by how many people they have, for the figure."""


def last_twice(setting: Setting) -> Iterator[Check]:
    """The average person, everybody, and the truly worst; of further sizes the average person alone."""
    for label, changes in V5_CELLS.items():
        yield from _last(label, *_ran(setting, changes))
    for size, departments in MORE_SIZES.items():
        changes = {"structure.department_size.mean": size, "structure.new_cities.departments": departments}
        yield from islice(_last(f"n = {size}, r = .5", *_ran(setting, changes)), 2)


def _ran(setting: Setting, changes: dict[str, Any]) -> tuple["Scenario", "pandas.DataFrame"]:
    scenario = setting.scenario("v5_last_twice", changes)
    return scenario, _panel(setting.run(scenario))


def _last(label: str, scenario: "Scenario", people: "pandas.DataFrame") -> Iterator[Check]:
    r, carried = correlations(scenario)
    size = int(scenario.structure.department_size.mean)
    lowest = 0.5 / size + 1e-9
    first, second = people.rank_share_1 < lowest, people.rank_share_2 < lowest
    near = (people.ability - _mean(scenario)).abs() < AVERAGE * math.sqrt(ability_variance(scenario))
    yield _share("V5", f"the average person last, {label}", average_last(size, r), first[near], 3e-4)
    expected = average_last_twice(size, r, carried)
    yield _share("V5", f"the average person last twice, {label}", expected, (first & second)[near], 2e-4)
    yield _share("V5", f"flagged in two years, {label}", flagged_twice(size, r, carried), first & second)
    worst = people.ability == people.groupby(["replication", "department"])["ability"].transform("min")
    yield _share("V5", f"the truly worst ranked last, {label}", worst_last(size, r), first[worst])


def average_last(size: int, r: float) -> float:
    """P(somebody of mean ability has the lowest of n ratings)."""
    return float(WEIGHTS @ (1 - ndtr(math.sqrt(1 - r) * NODES)) ** (size - 1))


def average_last_twice(size: int, r: float, carried: float) -> float:
    """The same twice running: rivals' abilities, and `carried` of all errors, are the same in both years."""
    return _twice(size, r, carried, math.sqrt(1 - r), carried)


def flagged_twice(size: int, r: float, carried: float) -> float:
    """P(anybody is last twice running)."""
    return _twice(size, r, carried, 1.0, r + (1 - r) * carried)


def _twice(size: int, r: float, carried: float, own_sd: float, own_correlation: float) -> float:
    """P(last in both years) of somebody whose two ratings have this SD and correlation."""
    first, second = np.meshgrid(NODES, NODES, indexing="ij")
    weights = np.outer(WEIGHTS, WEIGHTS)
    other = own_correlation * first + math.sqrt(1 - own_correlation**2) * second
    rho = r + (1 - r) * carried
    above = _both_above(own_sd * first.ravel(), own_sd * other.ravel(), rho)
    return float(weights.ravel() @ above ** (size - 1))


def _both_above(a: Floats, b: Floats, rho: float) -> Floats:
    """P(X > a, Y > b) of standard normals of correlation ρ: ∫ φ(x)·Φ(−(b − ρx)/√(1 − ρ²)) over x > a."""
    nodes, weights = np.polynomial.legendre.leggauss(160)
    top = 9.0
    half = (top - np.minimum(a, top)) / 2
    x = (top + np.minimum(a, top))[:, None] / 2 + half[:, None] * nodes
    inside = stats.norm.pdf(x) * ndtr((rho * x - b[:, None]) / math.sqrt(max(1 - rho**2, 1e-12)))
    return np.asarray(half * (inside @ weights))


def worst_last(size: int, r: float) -> float:
    """P(the lowest ability has the lowest rating): over the density of the lowest ability and of its rating."""
    t = np.linspace(-7, 5, 401)[:, None]
    e = NODES[None, :]
    own = math.sqrt(r) * t + math.sqrt(1 - r) * e
    grid = np.linspace(-8, 8, 1001)

    def beaten(ability: float, rating: Floats) -> Floats:
        """P(a rival is rated above | the rival is abler)."""
        u = grid[grid > ability]
        mass = stats.norm.pdf(u)
        chance = ndtr((math.sqrt(r) * u[None, :] - rating[:, None]) / math.sqrt(1 - r))
        return np.asarray((chance * mass).sum(axis=1) / mass.sum())

    inner = np.array(
        [WEIGHTS @ beaten(float(one), row) ** (size - 1) for one, row in zip(t[:, 0], own, strict=True)]
    )
    density = size * stats.norm.pdf(t[:, 0]) * stats.norm.sf(t[:, 0]) ** (size - 1)
    return float(np.trapezoid(inner * density, t[:, 0]))


BOTTOM_TWICE = Case(
    "V4",
    "the lowest tenth two years running, and the placebo",
    "bivariate normal probabilities",
    bottom_twice,
)
LAST_TWICE = Case("V5", "last of n two years running", "order statistics of correlated ratings", last_twice)
