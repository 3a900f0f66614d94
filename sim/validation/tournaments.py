"""V3: the effort of equals who compete for ranks."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scipy import integrate, stats

from sim.validation.case import Case, Check, Setting, exact

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

SIZES = (2, 3, 5, 10, 20)
LOSERS = (1, 2, 4, 5)
OF_SIZE = 10


def checks(setting: Setting) -> Iterator[Check]:
    """The last of n, for several n; the k lowest of ten; another prize, cost and reliability."""
    for size in SIZES:
        scenario = setting.scenario("v3_tournament", {"structure.department_size.mean": size})
        yield _check(setting, scenario, f"effort, the last of {size} loses 1", size, 1)
    for losers in LOSERS:
        scenario = setting.scenario("v3_tournament", _lowest(losers))
        yield _check(setting, scenario, f"effort, the lowest {losers} of {OF_SIZE} lose 1", OF_SIZE, losers)
    changes = {
        "behaviour.stakes.dismissal": 3.0,
        "behaviour.effort.cost": 2.0,
        "behaviour.rating.reliability_staff": 0.8,
    }
    scenario = setting.scenario("v3_tournament", changes)
    yield _check(setting, scenario, "effort, prize 3, cost 2, reliability .8", 5, 1)


def _lowest(losers: int) -> dict[str, object]:
    """Settings under which the lowest k of a department of ten lose: a share of an organisation of one department."""
    share = min(0.5, (losers + 0.5) / OF_SIZE)
    trigger = {"kind": "bottom_of_organisation", "share": share, "in_a_row": 1, "follows": "exit"}
    return {
        "structure.department_size.mean": OF_SIZE,
        "structure.new_cities.departments": 1,
        "regime.adjustment.triggers": {"last": trigger},
    }


def _check(setting: Setting, scenario: "Scenario", quantity: str, size: int, losers: int) -> Check:
    behaviour = scenario.behaviour
    expected = (
        behaviour.stakes.dismissal * chance_slope(size, losers) / sigma(scenario) / behaviour.effort.cost
    )
    found = setting.run(scenario).area.set_index("quarter")["effort"].loc[1]
    return exact("V3", quantity, expected, float(found.mean() if hasattr(found, "mean") else found))


def chance_slope(size: int, losers: int) -> float:
    """How fast the chance of being among the k lowest of n equals falls with own score, per SD of the noise.

    Lazear and Rosen's β: the slope for rank r is E[order statistic r]/n, so that of the k lowest is their sum.
    """
    return -sum(order_statistic(rank, size) for rank in range(1, losers + 1)) / size


def order_statistic(rank: int, size: int) -> float:
    """Expected r-th smallest of n standard normals, by quadrature."""
    log_count = math.lgamma(size + 1) - math.lgamma(rank) - math.lgamma(size - rank + 1)

    def density(x: float) -> float:
        log = log_count + (rank - 1) * stats.norm.logcdf(x) + (size - rank) * stats.norm.logsf(x)
        return float(x * math.exp(log + stats.norm.logpdf(x)))

    return float(integrate.quad(density, -10, 10, epsabs=1e-12)[0])


def sigma(scenario: "Scenario") -> float:
    """SD of an annual score in the eyes of somebody who knows no more than that all are founders: √(V/r)."""
    from sim.validation.two_years import ability_variance

    return math.sqrt(ability_variance(scenario) / scenario.behaviour.rating.reliability_staff)


CASE = Case("V3", "rank-order tournaments", "Lazear and Rosen 1981 (P21)", checks)
