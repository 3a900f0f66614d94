"""The kinds of designs: what each needs of its factors, how many points it has, and where in the unit cube they lie.

Latin hypercubes: T14. Trajectories (T1) and Saltelli's design (T4) are drawn by SALib (T19).
"""

from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats
from sim.core.text import did_you_mean
from sim.lab.designs.study_file import (
    Coalitions,
    Design,
    Factorial,
    Grid,
    LatinHypercube,
    Listed,
    Morris,
    Sequential,
    Sobol,
)
from sim.lab.results.study import Factor
from sim.rules.base import SLOTS
from sim.scenario.messages import Problems

if TYPE_CHECKING:
    from sim.lab.designs.factors import Varied
    from sim.lab.designs.study_file import StudyFile

MOST_POINTS = 1_000_000


def parts() -> list[Factor]:
    """The eight parts of a regime, as the factors of a design of coalitions."""
    return [Factor(slot, "part", values=(False, True)) for slot in SLOTS]


def number_of_points(design: Design, factors: "list[Varied]") -> int:
    """How many points a design has, without making them."""
    count = len(factors)
    match design:
        case Grid(steps=steps):
            return prod(len(one.cut(steps)) for one in factors)
        case Listed(points=points):
            return len(points)
        case LatinHypercube(points=number):
            return number
        case Sobol(base=base, second_order=second):
            return base * (2 * count + 2 if second else count + 2)
        case Morris(trajectories=trajectories):
            return trajectories * (count + 1)
        case Factorial():
            return int(2**count)
        case Coalitions():
            return int(2 ** len(SLOTS))


def check_design(study: "StudyFile", factors: "list[Varied]", problems: Problems) -> None:
    """What a design needs of its factors."""
    design, place = study.design, study.node.value["design"].place
    if isinstance(design, Coalitions):
        _check_coalitions(study, factors, problems)
        return
    if not factors and not problems:
        problems.add(place, f"design: a {design.kind} needs levers or uncertainties to vary")
    for text in _complaints(design, factors):
        problems.add(place, f"design{text}")
    if isinstance(design, Listed):
        _check_listed(design, factors, study, problems)
    number = number_of_points(design, factors) if factors else 0
    if number > MOST_POINTS:
        problems.add(place, f"design: {number:,} points are more than {MOST_POINTS:,}; make it coarser")


def _check_coalitions(study: "StudyFile", factors: "list[Varied]", problems: Problems) -> None:
    place = study.node.value["design"].place
    if factors:
        text = "design: coalitions vary the regime's parts only; leave out levers and uncertainties"
        problems.add(place, text)
    if isinstance(study.replications, Sequential):
        problems.add(place, "design: coalitions need a fixed number of replications, the same at every point")
    if len(study.scenarios) != 2:
        problems.add(place, "design: coalitions need two scenarios, the baseline and the regime")


def _complaints(design: Design, factors: "list[Varied]") -> Iterator[str]:
    if isinstance(design, Sobol) and design.base & (design.base - 1):
        yield f".base = {design.base} is not a power of 2, which a Sobol sequence needs"
    if isinstance(design, Morris) and design.levels % 2:
        yield f".levels = {design.levels} is odd; Morris's steps need an even number"
    if isinstance(design, Factorial):
        yield from (
            f": a factorial needs two values of {one.factor.name}" for one in factors if len(one.ends()) != 2
        )


def _check_listed(design: Listed, factors: "list[Varied]", study: "StudyFile", problems: Problems) -> None:
    keys = [one.factor.name for one in factors]
    said = study.node.value["design"].value["points"]
    for point, node in zip(design.points, said.value, strict=True):
        for key in point.keys() - set(keys):
            problems.add(node.place, f"design.points: {key} is not a factor{did_you_mean(key, keys)}")
        for key in (key for key in keys if key not in point):
            problems.add(node.place, f"design.points: a point lacks {key}")


def sample(design: LatinHypercube | Sobol | Morris, count: int) -> Floats:
    """Places in the unit cube, shape (points, factors)."""
    if isinstance(design, LatinHypercube):
        from scipy.stats import qmc

        sampler = qmc.LatinHypercube(count, rng=np.random.default_rng(design.seed))
        return np.asarray(sampler.random(design.points), dtype=np.float64)
    problem = {
        "num_vars": count,
        "names": [str(number) for number in range(count)],
        "bounds": [[0.0, 1.0]] * count,
    }
    if isinstance(design, Sobol):
        from SALib.sample import sobol

        drawn = sobol.sample(problem, design.base, calc_second_order=design.second_order, seed=design.seed)
    else:
        from SALib.sample import morris

        drawn = morris.sample(problem, design.trajectories, num_levels=design.levels, seed=design.seed)
    return np.asarray(drawn, dtype=np.float64)
