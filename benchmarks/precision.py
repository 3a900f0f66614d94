"""Item 6: how long it takes to know an effect to a given precision.

The effect of the full regime on true output a post, over the last eight quarters, against the civil service. Once with
common random numbers and stopping when the interval is narrow; once with the same number of replications fixed
beforehand for both scenarios under different seeds, the number being the one that gives the same width, known from the
spread of the levels. Both are timed in full, writing included.
"""

import math
import tempfile
from typing import Any

import numpy as np
from measuring import Result, Time, ratios, result, timed
from settings import BASELINE, SCENARIO

import sim
from sim.scenario.loader import load

OUTCOMES = {"output_per_post": 0.0016, "ability": 0.02}
"""Half widths of the 95 % interval."""
LEAST, STEP, MOST = 10, 5, 500
VARIED = "behaviour.stakes.discount"
"""A study varies something: here one assumption, hardly."""


def design(scenarios: list[Any], replications: Any, outcome: str) -> dict[str, Any]:
    """A study of two points, nearly alike."""
    there = load(SCENARIO).behaviour.stakes.discount
    return {
        "name": "precision",
        "question": "How long does it take to know the effect?",
        "scenarios": [str(one) for one in scenarios],
        "outcomes": [outcome],
        "uncertainties": {VARIED: [there, 0.99 * there]},
        "design": {"kind": "grid"},
        "replications": replications,
    }


def studied(given: dict[str, Any], seed: int) -> tuple[Any, Time]:
    """A study and the time it took."""
    found: list[Any] = []

    def conduct() -> None:
        with tempfile.TemporaryDirectory() as folder:
            found.append(sim.run_study(given, seed=seed, out=folder))

    time = timed(conduct)
    return found[0], time


def levels(study: Any, outcome: str) -> dict[str, Any]:
    """Values of an outcome at the first point by scenario, in the order of replications."""
    first = study.runs[study.runs.point == study.points.point.iloc[0]]
    return {name: np.asarray(rows[outcome]) for name, rows in first.groupby("scenario")}


def measure(quick: bool, repeats: int) -> list[Result]:
    """Each outcome, each repeat under another seed."""
    found: list[Result] = []
    for outcome, width in OUTCOMES.items():
        wanted = width * (3 if quick else 1)
        rule = {"half_widths": {outcome: wanted}, "least": LEAST, "step": STEP, "most": MOST}
        paired, independent, numbers = [], [], []
        for seed in range(1, repeats + 1):
            study, time = studied(design([BASELINE, SCENARIO], rule, outcome), seed)
            values = levels(study, outcome)
            spread = sum(float(np.var(one, ddof=1)) for one in values.values())
            effect = np.diff(list(values.values()), axis=0)[0]
            reached = 1.96 * float(np.std(effect, ddof=1)) / math.sqrt(effect.size)
            needed = max(2, math.ceil(1.96**2 * spread / reached**2))
            alone = [
                studied(design([scenario], needed, outcome), 1000 * seed + number)[1]
                for number, scenario in enumerate((BASELINE, SCENARIO))
            ]
            paired.append(time)
            independent.append(Time(*(sum(parts) for parts in zip(*alone, strict=True))))
            numbers.append((effect.size, needed))
        name = f"{outcome} to ±{wanted:g}"
        found += [
            result(
                6, f"{name}: replications, common numbers", [float(n) for n, _ in numbers], "replications"
            ),
            result(6, f"{name}: replications, independent", [float(n) for _, n in numbers], "replications"),
            result(6, f"{name}: time, independent over common", ratios(independent, paired), "times", ">= 4"),
        ]
    return found
