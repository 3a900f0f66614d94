"""Item 6: how long it takes to know an effect to a given precision.

The effect of the full regime over the last eight quarters, against the civil service. Once with common random numbers,
stopping at each point when its intervals are narrow; once with independent seeds and a number of replications fixed
beforehand. That number is the one that gives the same width where it is hardest to get, known from the spread of the
levels: a real user would have to guess it, and to be safe guess higher. Each outcome alone, at the defaults; then the
three together over four points of the assumption space, which is what a study is. Both are timed in full, from the
study's file to its folder.
"""

import math
import tempfile
from typing import Any

import numpy as np
from measuring import Result, Time, ratios, result, timed
from settings import BASELINE, SCENARIO

import sim
from sim.lab.estimates.effects import outcomes_of, window_means
from sim.scenario.loader import load

OUTCOMES = {"output_per_post": 0.002, "ability": 0.008, "reporting_gap": 0.0075}
"""Half widths of the 95 % interval, such that a few dozen replications reach them under common random numbers."""
LEAST, STEP, MOST = 20, 20, 500
NEARLY = {"behaviour.stakes.discount": (0.99, 1.0)}
"""A study varies something: here one assumption, hardly."""
ASSUMED = {"behaviour.quits.base_contract": (0.5, 1.0), "behaviour.effort.cost": (0.5, 1.0)}
"""What is varied in earnest: the factors of the defaults."""


def design(
    scenarios: list[Any], replications: Any, outcomes: list[str], varied: dict[str, tuple[float, ...]]
) -> dict[str, Any]:
    """A grid over some assumptions."""
    there = {path: float(_at(load(SCENARIO), path)) for path in varied}
    return {
        "name": "precision",
        "question": "How long does it take to know the effect?",
        "scenarios": [str(one) for one in scenarios],
        "outcomes": outcomes,
        "uncertainties": {path: [times * there[path] for times in found] for path, found in varied.items()},
        "design": {"kind": "grid"},
        "replications": replications,
    }


def _at(scenario: Any, path: str) -> Any:
    for name in path.split("."):
        scenario = getattr(scenario, name)
    return scenario


def studied(given: dict[str, Any], seed: int) -> tuple[Any, Time]:
    """A study and the time it took."""
    found: list[Any] = []

    def conduct() -> None:
        with tempfile.TemporaryDirectory() as folder:
            found.append(sim.run_study(given, seed=seed, out=folder))

    time = timed(conduct)
    return found[0], time


def needed(study: Any, widths: dict[str, float]) -> int:
    """Replications of each scenario that give every width at every point if scenarios have luck of their own."""
    variances = study.runs.groupby(["point", "scenario"])[list(widths)].var().groupby("point").sum()
    return max(2, math.ceil(1.96**2 * float((variances / np.square(list(widths.values()))).to_numpy().max())))


def compared(widths: dict[str, float], varied: dict[str, tuple[float, ...]], seed: int) -> tuple[Any, ...]:
    """Time and replications a scenario, summed over the points: with common numbers, and with independent ones."""
    rule = {"half_widths": widths, "least": LEAST, "step": STEP, "most": MOST}
    study, paired = studied(design([BASELINE, SCENARIO], rule, list(widths), varied), seed)
    fixed = needed(study, widths)
    alone = [
        studied(design([scenario], fixed, list(widths), varied), 1000 * seed + number)[1]
        for number, scenario in enumerate((BASELINE, SCENARIO))
    ]
    independent = Time(*(sum(parts) for parts in zip(*alone, strict=True)))
    return paired, independent, len(study.runs) / 2, float(fixed * len(study.points))


def variances(replications: int) -> list[float]:
    """Variance of a difference between independent runs over that of a pair, outcome by outcome."""
    found = sim.compare([BASELINE, SCENARIO], replications=replications, out=None)
    window = found.digest.window
    base, full = (window_means(run.area, outcomes_of(found.tables), window) for run in found.tables.values())
    paired = (full - base).var()
    return list(((base.var() + full.var()) / paired)[paired > 0])


def measure(quick: bool, repeats: int) -> list[Result]:
    """Each outcome, then all of them; each repeat under another seed."""
    loose = 4 if quick else 1
    wanted = {name: loose * width for name, width in OUTCOMES.items()}
    cases: dict[str, tuple[dict[str, float], dict[str, tuple[float, ...]]]] = {
        f"{name} to ±{width:g}": ({name: width}, NEARLY) for name, width in wanted.items()
    }
    cases["all three, four points of the assumption space"] = (wanted, ASSUMED)
    ratio = variances(4 if quick else 40)
    found = [result(6, "variance, independent over paired, over the outcomes", ratio, "times")]
    for name, (widths, varied) in cases.items():
        runs = [compared(widths, varied, seed) for seed in range(1, repeats + 1)]
        paired, independent, common, fixed = (list(column) for column in zip(*runs, strict=True))
        found += [
            result(6, f"{name}: common numbers", common, "replications"),
            result(6, f"{name}: independent", fixed, "replications"),
            result(6, f"{name}: independent over common", ratios(independent, paired), "times", ">= 4"),
        ]
    return found
