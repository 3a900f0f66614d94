"""Reckon what each of the 48 mechanisms moves in the whole reform, and store it beside their facts.

python scripts/mechanisms.py [--replications 20]

What a mechanism moves is the reform as it is less the reform without it.
"""

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.shipped import SCENARIOS
from sim.lab.estimates.effects import LAST_QUARTERS, window_means
from sim.lab.estimates.intervals import mean_interval
from sim.lab.jobs.executor import executor_of
from sim.lab.jobs.simulate import simulate_all
from sim.scenario.loader import load
from sim.scenario.mechanisms import EFFECTS, MECHANISMS, REFORM, Effect, Mechanism

if TYPE_CHECKING:
    import pandas

SCENARIO = SCENARIOS / f"{REFORM}.yaml"
ALIKE = 0.05
"""Replications that differ by no more than this share of the effect say the same: it comes as a constant."""


def effects_in(
    scenario: str | Path,
    replications: int,
    workers: int = 1,
    mechanisms: Sequence[Mechanism] = MECHANISMS,
    given: Mapping[str, Any] | None = None,
) -> Iterator[Effect]:
    """Every mechanism that the scenario has, paired replication by replication.

    Args:
        scenario: the whole reform.
        replications: of each run.
        workers: processes.
        mechanisms: which; the absent ones are left out.
        given: settings of every run.

    Raises:
        UserError: a mechanism names a setting that is not there.
    """
    import pandas

    present = [one for one in mechanisms if not one.absent]
    usual = {**(given or {}), "replications": replications, "record": []}
    scenarios = [load(scenario, set=usual)]
    scenarios += [load(scenario, set={**usual, **one.without}) for one in present]
    last = scenarios[0].horizon.quarters
    with executor_of(workers) as executor:
        runs = simulate_all(scenarios, executor)
        areas = (pandas.concat([part.frames["area"] for part in parts]) for parts in runs)
        whole = next(areas)
        for one, area in zip(present, areas, strict=True):
            yield effect(one, whole, area, one.window or (last - LAST_QUARTERS + 1, last))


def effect(
    one: Mechanism, whole: "pandas.DataFrame", without: "pandas.DataFrame", window: tuple[int, int]
) -> Effect:
    """The outcome of a mechanism with it less without it."""
    from sim.outcomes import OUTCOMES

    means = [window_means(area, [one.outcome], window)[one.outcome] for area in (whole, without)]
    differences = np.asarray(means[0] - means[1], dtype=np.float64)
    found = mean_interval(differences[:, None])
    spread = np.ptp(differences) if differences.size else 0.0
    return Effect(
        number=one.number,
        outcome=one.outcome,
        unit=OUTCOMES[one.outcome].unit,
        first=window[0],
        last=window[1],
        replications=int(found.count[0]),
        with_it=float(means[0].mean()),
        without_it=float(means[1].mean()),
        difference=float(found.mean[0]),
        low=float(found.low[0]),
        high=float(found.high[0]),
        constant=differences.size > 1 and bool(spread <= ALIKE * np.abs(differences).max(initial=0.0)),
    )


def store_effects(effects: list[Effect]) -> None:
    """Write them, a line each."""
    with EFFECTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Effect._fields)
        for one in effects:
            writer.writerow(
                [f"{x:.6g}" if isinstance(x, float) else int(x) if isinstance(x, bool) else x for x in one]
            )


def main() -> None:
    """Write sim/scenario/mechanism_effects.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    found = []
    for one in effects_in(SCENARIO, options.replications, options.workers):
        print(
            f"{one.number:2} {one.outcome}: {one.difference:+.4g} ({one.low:.4g} to {one.high:.4g})",
            flush=True,
        )
        found.append(one)
    store_effects(found)
    print(EFFECTS)


if __name__ == "__main__":
    main()
