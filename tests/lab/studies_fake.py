"""Studies whose effects are known, made without simulating anything."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas

from sim.lab.results.study import Factor, Study

Known = Callable[[Any], Any]
"""Units of shape (points, factors) to effects, one a point."""
OUTCOMES: dict[str, dict[str, Any]] = {
    "output_per_post": {"label": "true output per post", "unit": "mean output", "good": 1, "meaning": ""},
    "morale": {"label": "morale", "unit": "ability SD", "good": 1, "meaning": ""},
    "cost_per_output": {
        "label": "cost of true output",
        "unit": "mean annual pay per mean output",
        "good": -1,
        "meaning": "",
    },
}


def factors_of(names: Sequence[str], low: float = 0.0, high: float = 1.0) -> tuple[Factor, ...]:
    return tuple(Factor(name, "uncertainty", low, high) for name in names)


def study_of(
    units: Any,
    effects: dict[str, dict[str, Known]],
    design: dict[str, Any],
    replications: int = 2,
    noise: float = 0.0,
    names: Sequence[str] | None = None,
    baseline: str | None = "civil_service",
    failed: Sequence[int] = (),
    seed: int = 0,
) -> Study:
    """A study of which the paired effect of scenario and outcome at a point is known, plus noise of the replications.

    The baseline's level is 10 plus luck that all scenarios share, so that pairing takes it out.
    """
    units = np.asarray(units, dtype=float)
    random = np.random.default_rng(seed)
    count = len(units)
    named = tuple(names or [f"behaviour.x{place + 1}" for place in range(units.shape[1])])
    points = pandas.DataFrame(units, columns=list(named))
    points.insert(0, "point", np.arange(count))
    outcomes = list(next(iter(effects.values())))
    keys = {
        "point": np.repeat(np.arange(count), replications),
        "replication": np.tile(np.arange(replications), count),
    }
    luck = {name: 10.0 + random.normal(size=replications)[keys["replication"]] for name in outcomes}
    frames = [] if baseline is None else [pandas.DataFrame({**keys, "scenario": baseline, **luck})]
    for scenario, known in effects.items():
        columns = {
            name: luck[name] * (baseline is not None)
            + np.repeat(of(units), replications)
            + noise * random.normal(size=len(keys["point"]))
            for name, of in known.items()
        }
        frames.append(pandas.DataFrame({**keys, "scenario": scenario, **columns}))
    runs = pandas.concat(frames, ignore_index=True)
    runs = runs[~runs["point"].isin(failed)][["point", "scenario", "replication", *outcomes]]
    scenarios = [*([] if baseline is None else [baseline]), *effects]
    failures = pandas.DataFrame(
        [(point, scenarios[-1], 0, 8, "quarter", "overflow", "") for point in failed],
        columns=["point", "scenario", "first", "stop", "stage", "error", "traceback"],
    )
    manifest = {
        "name": "known",
        "baseline": baseline,
        "scenarios": scenarios,
        "design": design,
        "outcomes": {name: OUTCOMES.get(name, {}) for name in outcomes},
        "window": [33, 40],
    }
    return Study(points, units, runs.reset_index(drop=True), failures, factors_of(named), manifest)
