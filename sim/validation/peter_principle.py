"""V2: what promoting the best, the worst or anybody does to an organisation in which roles differ."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import stats

from sim.core.arrays import Floats, Mask
from sim.core.errors import UserError
from sim.validation.case import Case, Check, Setting, at_most, of_mean

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario
    from sim.settings.people import Ages

WEIGHTS = (1.0, 0.9, 0.8, 0.6, 0.4, 0.2)
"""Responsibility of a level, the top first: what its people's competence counts in the efficiency."""
MEAN, SD, BEST = 7.0, 2.0, 10.0
"""The published scale of competence, of which ability is the standardised form."""
LONG_RUN = 0.75
"""Share of the horizon after which the organisation is taken to have settled."""
RUNS = 2000
"""Organisations of the independent simulation; its standard error is about .02 points."""
STRATEGIES = {"best": "merit", "worst": "reverse_merit", "random": "lottery"}
HYPOTHESES = {"common sense": "noise", "Peter": "redraw"}
ORDER = {"common sense": ("best", "random", "worst"), "Peter": ("worst", "random", "best")}
PUBLISHED = {"common sense": (9.0, -5.0, 2.0), "Peter": (-10.0, 12.0, 1.0)}
"""Changes in points under best, worst, random as printed; the order in which the authors update is not known."""


class Cell(NamedTuple):
    """One hypothesis, one strategy, one way of keeping competence and age within bounds."""

    hypothesis: str
    strategy: str
    bounds: str

    @property
    def changes(self) -> dict[str, Any]:
        """The scenario settings that make it."""
        return {
            "regime.ranks.promotion": STRATEGIES[self.strategy],
            "behaviour.ability.role_change": HYPOTHESES[self.hypothesis],
            "behaviour.ability.distribution": self.bounds,
            "world.people.founder_ages.distribution": self.bounds,
            "world.people.hire_ages.distribution": self.bounds,
        }


def checks(setting: Setting) -> Iterator[Check]:
    """The twelve cells, the orders among them, and the founding they all start from."""
    for bounds in ("clipped", "truncated"):
        for hypothesis in HYPOTHESES:
            yield from _strategies(setting, hypothesis, bounds)
        yield _founding(setting, bounds)


def _strategies(setting: Setting, hypothesis: str, bounds: str) -> Iterator[Check]:
    """Three strategies under one hypothesis, their order, and what was published."""
    obtained = {}
    for place, strategy in enumerate(STRATEGIES):
        cell = Cell(hypothesis, strategy, bounds)
        scenario = _scenario(setting, cell.changes)
        found = change(efficiency(setting, scenario), expected_founding(scenario))
        check = _change(cell, scenario, found)
        obtained[strategy] = check.obtained
        yield check
        if bounds == "clipped":
            told = PUBLISHED[hypothesis][place]
            quantity = f"as printed by the authors, {hypothesis}, {strategy}"
            yield of_mean("V2", quantity, told, found, certainty="C")
    order = ORDER[hypothesis]
    for more, less in pairwise(order):
        quantity = f"change under {less} less that under {more}, {hypothesis}, {bounds}"
        yield at_most("V2", quantity, 0.0, obtained[less] - obtained[more])._replace(certainty="B")


def _scenario(setting: Setting, changes: dict[str, Any]) -> "Scenario":
    """The case's scenario.

    Raises:
        UserError: where an override leaves no pyramid, or nothing recorded.
    """
    scenario = setting.scenario("v2_peter_principle", changes)
    if not scenario.structure.posts_by_rank:
        raise UserError("structure.posts_by_rank is empty: V2 is about a pyramid, as [1, 5, 11, 21, 41, 81]")
    if "staff" not in scenario.record:
        raise UserError(
            "record has no staff: V2 reckons efficiency from everybody's ability; leave staff in it"
        )
    return scenario


def _change(cell: Cell, scenario: "Scenario", found: "pandas.Series[float]") -> Check:
    """The change of efficiency against the independent simulation's over the same years."""
    years = [quarter // scenario.calendar.quarters_per_year for quarter in _settled(scenario)]
    paths = simulated(scenario, max(years))
    change = paths[:, years].mean(axis=1) - expected_founding(scenario)
    quantity = f"change of efficiency, {cell.hypothesis}, {cell.strategy}, {cell.bounds}"
    error = float(change.std() / np.sqrt(change.size))
    return of_mean("V2", quantity, float(change.mean()), found, certainty="B", expected_error=error)


def _founding(setting: Setting, bounds: str) -> Check:
    """All cells start from the same efficiency, which is known exactly."""
    changes = Cell("common sense", "best", bounds).changes | {"horizon.quarters": 1}
    scenario = _scenario(setting, changes)
    found = efficiency(setting, scenario)[0]
    return of_mean("V2", f"efficiency at the founding, {bounds}", expected_founding(scenario), found)


def efficiency(setting: Setting, scenario: "Scenario") -> "pandas.DataFrame":
    """100·Σ competence·weight / (10·Σ weight of posts), one row a replication, one column a recorded quarter."""
    panel = setting.panel(scenario)
    there = panel[(panel.post >= 0) & panel.employed]
    sizes = scenario.structure.posts_by_rank
    weight = np.asarray(WEIGHTS)[len(sizes) - np.asarray(there["rank"], dtype=np.int64)]
    ability: Floats = there["ability"].to_numpy(dtype=np.float64)
    there = there.assign(counts=weight * (MEAN + SD * ability))
    total = there.pivot_table(index="replication", columns="quarter", values="counts", aggfunc="sum")
    efficient: pandas.DataFrame = total * (100 / (BEST * _weight_of_posts(scenario)))
    return efficient


def change(levels: "pandas.DataFrame", founding: float) -> "pandas.Series[float]":
    """Mean over the settled years less the expected founding level, one value a replication.

    The expected level and not each replication's own: what luck put into its founding says nothing of the long run.
    """
    quarters = np.asarray(levels.columns, dtype=np.int64)
    settled = levels.loc[:, quarters >= LONG_RUN * quarters.max()]
    found: pandas.Series[float] = settled.mean(axis=1) - founding
    return found


def _settled(scenario: "Scenario") -> list[int]:
    """The recorded quarters in which the organisation is taken to have settled."""
    last, every = scenario.horizon.quarters, scenario.staff_every
    recorded = range(0, last + 1, every)
    return [quarter for quarter in recorded if quarter >= LONG_RUN * recorded[-1]]


def _weight_of_posts(scenario: "Scenario") -> float:
    sizes = scenario.structure.posts_by_rank
    each = float(np.dot(sizes, WEIGHTS[: len(sizes)]))
    return each * scenario.structure.new_cities.departments


def expected_founding(scenario: "Scenario") -> float:
    """Efficiency of people who have just been drawn: ten times the mean competence."""
    terms = scenario.behaviour.ability
    between = stats.truncnorm(terms.lowest, terms.highest)
    mean = float(between.mean())
    if terms.distribution == "clipped":
        below, above = stats.norm.cdf(terms.lowest), stats.norm.sf(terms.highest)
        mean = float(terms.lowest * below + terms.highest * above + mean * (1 - below - above))
    return 100 / BEST * (MEAN + SD * mean)


# --- the published specification, in some sixty lines of its own


def simulated(scenario: "Scenario", years: int, runs: int = RUNS, seed: int = 20100201) -> Floats:
    """Efficiency by year, shape (runs, years + 1), of one organisation a run.

    Everybody is founded alike. Each year all are a year older; whoever is below the standard or has reached the
    retirement age leaves, as in the engine (the scenario says how that is the published "older than 60"); then, from
    the top down, each vacancy takes the best, the worst or any of the level below who was there; the lowest level
    takes newcomers. Whoever falls below the standard on being promoted leaves a year later.
    """
    luck = np.random.default_rng(seed)
    sizes, people = scenario.structure.posts_by_rank, scenario.world.people
    competence = [_competences(scenario, luck, (runs, size)) for size in sizes]
    age = [_ages(people.founder_ages, luck, (runs, size)) for size in sizes]
    weight = np.asarray(WEIGHTS[: len(sizes)])
    path = []
    for year in range(years + 1):
        if year > 0:
            _one_year(scenario, luck, competence, age)
        total = sum(each * level.sum(axis=1) for each, level in zip(weight, competence, strict=True))
        path.append(100 * total / (BEST * np.dot(sizes, weight)))
    return np.stack(path, axis=1)


def _one_year(
    scenario: "Scenario", luck: np.random.Generator, competence: list[Floats], age: list[Floats]
) -> None:
    people = scenario.world.people
    tests = scenario.regime.adjustment.listed.values()
    standard = max((MEAN + SD * getattr(test, "standard", -np.inf) for test in tests), default=-np.inf)
    for years in age:
        years += 1
    vacant = [(c < standard) | (a >= people.retirement_age) for c, a in zip(competence, age, strict=True)]
    for level in range(len(age) - 1):
        while vacant[level].any():
            if not _promote_one(scenario, luck, competence, age, vacant, level):
                break
    new = vacant[-1]
    competence[-1][new] = _competences(scenario, luck, (int(new.sum()),))
    age[-1][new] = _ages(people.hire_ages, luck, (int(new.sum()),))


def _promote_one(
    scenario: "Scenario",
    luck: np.random.Generator,
    competence: list[Floats],
    age: list[Floats],
    vacant: list[Mask],
    level: int,
) -> bool:
    """One promotion into a level in every run that has a vacancy and a candidate; whether there was any."""
    runs = np.flatnonzero(vacant[level].any(axis=1) & ~vacant[level + 1].all(axis=1))
    if not runs.size:
        return False
    place, below = vacant[level][runs].argmax(axis=1), competence[level + 1][runs]
    promotion = getattr(scenario.regime.ranks, "promotion", "merit")
    wanted = {"merit": below, "reverse_merit": -below}.get(promotion, luck.random(below.shape))
    who = np.where(vacant[level + 1][runs], -np.inf, wanted).argmax(axis=1)
    old = competence[level + 1][runs, who]
    competence[level][runs, place] = _in_new_role(scenario, luck, old)
    age[level][runs, place] = age[level + 1][runs, who]
    vacant[level][runs, place], vacant[level + 1][runs, who] = False, True
    return True


def _in_new_role(scenario: "Scenario", luck: np.random.Generator, old: Floats) -> Floats:
    terms = scenario.behaviour.ability
    if terms.role_change == "redraw":
        return _competences(scenario, luck, old.shape)
    reach = SD * terms.role_change_noise
    ends = MEAN + SD * terms.lowest, MEAN + SD * terms.highest
    return np.clip(old + luck.uniform(-reach, reach, old.shape), *ends)


def _competences(scenario: "Scenario", luck: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    terms = scenario.behaviour.ability
    ends = MEAN + SD * terms.lowest, MEAN + SD * terms.highest
    return _normals(luck, shape, (MEAN, SD), ends, terms.distribution)


def _ages(ages: "Ages", luck: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    return _normals(luck, shape, (ages.mean, ages.sd), (ages.youngest, ages.oldest), ages.distribution)


def _normals(
    luck: np.random.Generator,
    shape: tuple[int, ...],
    moments: tuple[float, float],
    ends: tuple[float, float],
    bounds: str,
) -> Floats:
    """Normal draws within bounds: put on them, or drawn again until they are within."""
    found = luck.normal(*moments, shape)
    while bounds == "truncated" and ((found < ends[0]) | (found > ends[1])).any():
        beyond = (found < ends[0]) | (found > ends[1])
        found[beyond] = luck.normal(*moments, int(beyond.sum()))
    return np.clip(found, *ends)


CASE = Case(
    "V2",
    "the Peter principle",
    "Pluchino, Rapisarda and Garofalo 2010 (P39)",
    checks,
    quick=False,
)
