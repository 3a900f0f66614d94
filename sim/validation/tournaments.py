"""V3: the effort of equals who compete for ranks."""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import integrate, optimize, stats
from scipy.special import log_ndtr

from sim.core.orders import Noise
from sim.rules.contests import pays_to_deviate
from sim.settings.behaviour import Effort
from sim.validation.case import Case, Check, Setting, exact

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

SIZES = (2, 3, 5, 10, 20)
LOSERS = (1, 2, 4, 5)
OF_SIZE = 10
OTHER_NOISE = {"logistic": "logistic", "gumbel": "Gumbel"}
"""Shapes of the error besides the normal, and how they are told."""
LEARNT = 0.02
"""Relative difference allowed once people have learnt what their rivals do."""
ALIKE: dict[str, object] = {
    "behaviour.hiring.validity": 1.0,
    "behaviour.hiring.selection_ratio": 0.0001,
    "behaviour.rating.reliability_staff": 0.05,
    "behaviour.rating.reliability_among": "applicants",
    "behaviour.effort.cost": 0.1,
}
"""People whose abilities hardly differ beside the error of a rating."""
BY_RANK: dict[str, object] = {
    "kind": "three_part",
    "floating_share": 0.5,
    "quarterly_part": 1,
    "grade_part": 0,
    "annual_part": 0,
    "rank_weight": 1,
    "growth_link": 0,
    "pot": "open",
    "cap": 10,
}
BY_GRADE = BY_RANK | {"quarterly_part": 0, "grade_part": 1, "grade_multipliers": [2.0, 1.0, 0.7, 0.4]}


def checks(setting: Setting) -> Iterator[Check]:
    """Fines on the lowest and schedules of prizes, for errors of every shape; learning; too high stakes."""
    yield from _fines(setting, SIZES, LOSERS, {}, "")
    changes = {
        "behaviour.stakes.dismissal": 3.0,
        "behaviour.effort.cost": 2.0,
        "behaviour.rating.reliability_staff": 0.8,
    }
    scenario = setting.scenario("v3_tournament", changes)
    yield _check(setting, scenario, "effort, prize 3, cost 2, reliability .8", 1)
    for noise, told in OTHER_NOISE.items():
        shape = {"behaviour.rating.noise": noise}
        yield from _fines(setting, (2, 5, 20), (2, 5), shape, f" {told} errors,")
    yield from _schedules(setting, {}, "")
    for noise, told in OTHER_NOISE.items():
        yield from _schedules(setting, {"behaviour.rating.noise": noise}, f", {told} errors")
    yield from _learning(setting)
    yield from _stakes(setting)


def _sizes(setting: Setting, *wanted: int) -> list[int]:
    """Sizes of departments, or the one that the user asks for instead."""
    each = (setting.scenario("v3_tournament", {"structure.department_size.mean": size}) for size in wanted)
    return list(dict.fromkeys(_size(scenario) for scenario in each))


def _size(scenario: "Scenario") -> int:
    return round(scenario.structure.department_size.mean)


def _fines(
    setting: Setting, sizes: tuple[int, ...], losers: tuple[int, ...], shape: Mapping[str, object], told: str
) -> Iterator[Check]:
    """The last of a department loses, or some of ten."""
    for size in _sizes(setting, *sizes):
        scenario = setting.scenario("v3_tournament", {"structure.department_size.mean": size, **shape})
        yield _check(setting, scenario, f"effort,{told} the last of {size} loses 1", 1)
    [size] = _sizes(setting, OF_SIZE)
    for lowest in (one for one in losers if one <= size / 2):
        scenario = setting.scenario("v3_tournament", {**_lowest(lowest, size), **shape})
        yield _check(setting, scenario, f"effort,{told} the lowest {lowest} of {size} lose 1", lowest)


def _schedules(setting: Setting, shape: dict[str, object], told: str) -> Iterator[Check]:
    """Prizes for several ranks together: c·e* = Σ W_r·β_r."""
    for size in _sizes(setting, 2, 5):
        changes = {"structure.department_size.mean": size, "regime.floating_pay": BY_RANK, **shape}
        scenario = setting.scenario("v3_tournament", changes)
        floating = scenario.regime.floating_pay.share_in_force
        prizes = [floating * 2 * (rank + 0.5) / size for rank in range(size)]
        prizes[0] -= scenario.behaviour.stakes.dismissal
        quantity = f"effort, pay rises by rank and the last of {size} loses 1{told}"
        yield exact("V3", quantity, _worth(scenario, prizes), _effort(setting, scenario))
    for size in (one for one in _sizes(setting, 5, 10) if one > 2):
        scenario = setting.scenario("v3_tournament", _by_grade(size) | shape)
        quantity = f"effort, the best of {size} wins and the last two lose pay and post{told}"
        worth = _worth(scenario, _prizes_by_grade(scenario, size))
        yield exact("V3", quantity, worth, _effort(setting, scenario))


def _by_grade(size: int) -> dict[str, object]:
    """Settings under which the best is excellent, and the last two are incompetent and lose their posts."""
    appraisal = {"kind": "forced_distribution", "smallest_group": 1, "audit_rate": 0}
    return {
        "structure.department_size.mean": size,
        "regime.floating_pay": BY_GRADE,
        "regime.appraisal": appraisal | {"excellent_share": 1 / size, "bottom_share": 2 / size},
        "regime.adjustment.triggers": {"last": {"kind": "incompetent_grade", "follows": "exit"}},
    }


def _prizes_by_grade(scenario: "Scenario", size: int) -> list[float]:
    rule, stakes = scenario.regime.floating_pay, scenario.behaviour.stakes
    best, usual, _, failed = (
        stakes.discount * rule.share_in_force * one
        for one in rule.grade_multipliers  # type: ignore[attr-defined]
    )
    lowest = failed - stakes.dismissal
    return [lowest, lowest, *[usual] * (size - 3), best]


def _worth(scenario: "Scenario", prizes: list[float]) -> float:
    """Effort Σ W_r·β_r/c, the prizes from the lowest rank up."""
    size, noise = len(prizes), scenario.behaviour.rating.noise
    slopes = [rank_slope(rank + 1, size, noise) for rank in range(size)]
    total = sum(prize * slope for prize, slope in zip(prizes, slopes, strict=True))
    return total / sigma(scenario) / scenario.behaviour.effort.cost


def _learning(setting: Setting) -> Iterator[Check]:
    """People who adapt by steps end where those who know begin."""
    for size, damping in ((2, 0.5), (5, 0.2)):
        trigger = {"kind": "last_in_department", "in_a_row": 1, "follows": "reposting"}
        changes = ALIKE | {
            "horizon.quarters": 24,
            "structure.department_size.mean": size,
            "behaviour.effort.damping": damping,
            "behaviour.stakes.reposting": 2.0,
            "regime.adjustment.triggers": {"last": trigger},
        }
        scenario = setting.scenario("v3_tournament", changes)
        behaviour, size = scenario.behaviour, _size(scenario)
        expected = (
            behaviour.stakes.reposting * chance_slope(size, 1) / sigma(scenario) / behaviour.effort.cost
        )
        found = _effort(setting, scenario, scenario.horizon.quarters)
        quantity = f"effort after {scenario.horizon.quarters} steps of {damping}, the last of {size} loses 2"
        why = "people adapt by steps, and what is left of the way is not gone"
        yield Check("V3", quantity, expected, found, 0.0, LEARNT * expected, "A", because=why)


def _stakes(setting: Setting) -> Iterator[Check]:
    """The highest prize for the best of n, over c·σ², that equals can play steadily; runs above it bear a warning."""
    for size in (2, 5, 10):
        limit = largest_stake(size)
        quantity = f"largest winner's prize over c·σ² with an equilibrium, {size} contenders"
        why = "the engine's rule warns where deviating gains more than its tables of ranks may err"
        yield Check("V3", quantity, limit, _warned_from(size), 0.0, 0.002 * limit, "A", because=why)
    two = {"structure.department_size.mean": 2}
    for part in (0.98, 1.02) if _sizes(setting, 2) == [2] else ():
        cost = _stake(setting.scenario("v3_tournament", two | {"behaviour.effort.cost": 1.0}))
        cost /= largest_stake(2) * part
        scenario = setting.scenario("v3_tournament", two | {"behaviour.effort.cost": cost})
        quantity = f"warnings of a run at {part} times that prize, 2 contenders"
        warned = _stake(scenario) > largest_stake(2)
        yield exact("V3", quantity, float(warned), len(setting.run(scenario).warnings))


def _stake(scenario: "Scenario") -> float:
    """What the last loses, over c·σ²."""
    behaviour = scenario.behaviour
    return behaviour.stakes.dismissal / behaviour.effort.cost / sigma(scenario) ** 2


def _warned_from(size: int) -> float:
    """The smallest stake at which the engine's own rule says that it pays to deviate."""
    effort = Effort(cost=1.0, curvature=1.0, scale=100.0)
    low, high = 0.1, 40.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (low, middle) if pays_to_deviate(effort, middle, 1.0, size, size - 1) else (middle, high)
    return low


@cache
def largest_stake(size: int) -> float:
    """The same by quadrature: the stake D (c = σ = 1) at which some effort is worth as much as D·β.

    With two, three or five contenders it pays to give up (almost), with ten or twenty to work harder than all others.
    For ten it is 5.6045. The 5.62 that is printed for it elsewhere is no rounding: there an effort of 1.48 against a
    common one of .86 gains .0005.
    """
    nodes, weights = np.polynomial.legendre.leggauss(200)
    x, weights = 10 * nodes, 10 * weights
    beats = stats.norm.cdf(x) ** (size - 1)
    slope = order_statistic(size, size) / size

    def gain(stake: float) -> float:
        common = stake * slope
        efforts = np.linspace(0, common + 2, 2001)
        efforts = efforts[np.abs(efforts - common) > 0.05]
        winning = stats.norm.pdf(x[None, :] - (efforts - common)[:, None]) @ (weights * beats)
        return float((stake * winning - efforts**2 / 2).max() - stake / size + common**2 / 2)

    return float(optimize.brentq(gain, 1.0, 40.0, xtol=1e-6))


def _lowest(losers: int, size: int) -> dict[str, object]:
    """Settings under which the lowest k of a department lose: a share of an organisation of one department."""
    share = min(0.5, (losers + 0.5) / size)
    trigger = {"kind": "bottom_of_organisation", "share": share, "in_a_row": 1, "follows": "exit"}
    return {
        "structure.department_size.mean": size,
        "structure.new_cities.departments": 1,
        "regime.adjustment.triggers": {"last": trigger},
    }


def _check(setting: Setting, scenario: "Scenario", quantity: str, losers: int) -> Check:
    behaviour, size = scenario.behaviour, _size(scenario)
    slope = chance_slope(size, losers, behaviour.rating.noise)
    expected = behaviour.stakes.dismissal * slope / sigma(scenario) / behaviour.effort.cost
    return exact("V3", quantity, expected, _effort(setting, scenario))


def _effort(setting: Setting, scenario: "Scenario", quarter: int = 1) -> float:
    """Mean effort in a quarter."""
    return float(setting.area(scenario, quarter).effort.mean())


def chance_slope(size: int, losers: int, noise: Noise = "normal") -> float:
    """How fast the chance of being among the k lowest of n equals falls with own score, per SD of the noise."""
    return -sum(rank_slope(rank, size, noise) for rank in range(1, losers + 1))


def rank_slope(rank: int, size: int, noise: Noise = "normal") -> float:
    """Lazear and Rosen's β per SD of the noise: how fast the chance of rank r of n equals rises with own score.

    It is E[−f′/f at order statistic r]/n, as follows from writing out that chance. −f′/f is x itself where the noise
    is normal, (2F − 1)/s where it is logistic (E[F] = r/(n + 1)), and (1 − y)/s where it is Gumbel's, y = −ln F being
    exponentially distributed: E[y] of the r-th smallest score is 1/r + … + 1/n (Rényi 1953). s is the scale of SD 1.
    """
    if noise == "logistic":
        return (2 * rank - size - 1) / size / (size + 1) * math.pi / math.sqrt(3)
    if noise == "gumbel":
        later = sum(1 / place for place in range(rank, size + 1))
        return (1 - later) / size * math.pi / math.sqrt(6)
    return order_statistic(rank, size) / size


@cache
def order_statistic(rank: int, size: int) -> float:
    """Expected r-th smallest of n standard normals, by quadrature."""
    log_count = math.lgamma(size + 1) - math.lgamma(rank) - math.lgamma(size - rank + 1)

    def density(x: float) -> float:
        log = log_count + (rank - 1) * log_ndtr(x) + (size - rank) * log_ndtr(-x)
        return float(x * math.exp(log - x * x / 2) / math.sqrt(2 * math.pi))

    return float(integrate.quad(density, -10, 10, epsabs=1e-12)[0])


def sigma(scenario: "Scenario") -> float:
    """SD of an annual score in the eyes of somebody who knows no more than that all are founders."""
    from sim.validation.two_years import ability_variance

    rating, variance = scenario.behaviour.rating, ability_variance(scenario)
    among = variance if rating.reliability_among == "founders" else 1.0
    return math.sqrt(variance + among * (1 - rating.reliability_staff) / rating.reliability_staff)


CASE = Case("V3", "rank-order tournaments", "Lazear and Rosen 1981; for Gumbel errors Rényi 1953", checks)
