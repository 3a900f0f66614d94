"""V1: what dismissing the lowest of every group does to a workforce's potential."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import integrate, stats

from sim.core.arrays import Floats
from sim.validation.case import Case, Check, Setting, of_mean

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario

YEARS = (2, 3, 5, 10, 30)
COMPANIES = 4000
"""Companies of the independent simulation; its standard error at the tenth year is about .0015."""
NOBODY = 1e-12


def checks(setting: Setting) -> Iterator[Check]:
    """The printed cells, then others: no voluntary turnover, another share, reliability and validity."""
    for label, changes in CELLS.items():
        scenario = setting.scenario("v1_forced_distribution", changes)
        yield from _cell(label, scenario, _potential(setting, scenario))
    for reliability in (0.7, 0.3):
        yield _first_firing(setting, reliability)


def _first_firing(setting: Setting, reliability: float) -> Check:
    """What the first dismissals gain where nobody is selected: fire·E[max of n]·√r, one of n going in each group."""
    changes = {
        "behaviour.rating.reliability_staff": reliability,
        "behaviour.hiring.validity": 0.0,
        "behaviour.hiring.selection_ratio": 1.0,
        "behaviour.quits.base_established": NOBODY,
        "horizon.quarters": 1,
    }
    scenario = setting.scenario("v1_forced_distribution", changes)
    size, share = scenario.structure.department_size.mean, scenario.regime.appraisal.bottom_share  # type: ignore[attr-defined]
    expected = share * best_of(size) * float(np.sqrt(scenario.behaviour.rating.reliability_staff))
    found = _potential(setting, scenario)
    return of_mean(
        "V1", f"gain of the first firing, reliability {reliability}", expected, found[1] - found[0]
    )


CELLS: dict[str, dict[str, Any]] = {
    "as published": {},
    "nobody leaves": {"behaviour.quits.base_established": NOBODY},
    "5 % dismissed": {"regime.appraisal.bottom_share": 0.05},
    "reliability .3": {"behaviour.rating.reliability_staff": 0.3},
    "a fifth leaves": {"behaviour.quits.base_established": 0.2, "replications": 100},
    "one of two hired": {"behaviour.hiring.selection_ratio": 0.5, "replications": 100},
    "validity .6, half hired": {"behaviour.hiring.validity": 0.6, "behaviour.hiring.selection_ratio": 0.5},
}


def _potential(setting: Setting, scenario: "Scenario") -> "pandas.DataFrame":
    """Mean potential, one row a company, one column a quarter."""
    area = setting.run(scenario).area
    return area.pivot_table(index="replication", columns="quarter", values="ability")


def _cell(label: str, scenario: "Scenario", found: "pandas.DataFrame") -> Iterator[Check]:
    hiring = scenario.behaviour.hiring
    first = hiring.validity * best_of(round(1 / hiring.selection_ratio))
    yield of_mean("V1", f"mean potential in year 1, {label}", first, found[0])
    paths = simulated(scenario, max(YEARS))
    for year in YEARS:
        if year - 1 in found:
            path = paths[:, year - 1]
            error = float(path.std() / np.sqrt(path.size))
            quantity = f"mean potential in year {year}, {label}"
            expected = float(path.mean())
            yield of_mean("V1", quantity, expected, found[year - 1], certainty="B", expected_error=error)


@cache
def best_of(count: float, power: int = 1) -> float:
    """Moment of the maximum of `count` standard normals (not necessarily whole), by quadrature."""

    def density(x: float) -> float:
        return float(x**power * count * stats.norm.pdf(x) * stats.norm.cdf(x) ** (count - 1))

    return float(integrate.quad(density, -12, 12)[0])


def simulated(scenario: "Scenario", years: int, seed: int = 20050301) -> Floats:
    """The published specification in forty lines of its own: mean potential, shape (companies, years).

    Groups and their sizes are the scenario's. Each year all are rated, the lowest of each group and those who leave
    go, and are replaced by the best of 1/ratio applicants. Leaving is binomial among those not dismissed.
    """
    luck = np.random.default_rng(seed)
    behaviour, structure = scenario.behaviour, scenario.structure
    appraisal = scenario.regime.appraisal
    groups, size = structure.new_cities.departments, int(structure.department_size.mean)
    quota = float(getattr(appraisal, "bottom_share", 0.0)) * size
    reliability = behaviour.rating.reliability_staff

    def applicants(shape: tuple[int, ...]) -> Floats:
        pool = luck.normal(size=(round(1 / behaviour.hiring.selection_ratio), *shape))
        rest = luck.normal(size=shape)
        validity = behaviour.hiring.validity
        return np.asarray(validity * pool.max(axis=0) + np.sqrt(1 - validity**2) * rest)

    potential = applicants((COMPANIES, groups, size))
    means = [potential.mean(axis=(1, 2))]
    for _ in range(years - 1):
        rating = np.sqrt(reliability) * potential + np.sqrt(1 - reliability) * luck.normal(
            size=potential.shape
        )
        dismissed = np.floor(quota) + (luck.random((COMPANIES, groups)) < quota - np.floor(quota))
        place = rating.argsort(axis=2).argsort(axis=2)
        out = place < dismissed[:, :, None]
        out |= luck.random(potential.shape) < behaviour.quits.base_established
        potential = np.where(out, applicants(potential.shape), potential)
        means.append(potential.mean(axis=(1, 2)))
    return np.stack(means, axis=1)


CASE = Case(
    "V1",
    "forced distribution and workforce potential",
    "Scullen, Bergey and Aiman-Smith 2005 (P22)",
    checks,
    quick=False,
)
