"""Speed of the engine against the one-person-at-a-time twin, measured in one run on one machine.

    python benchmarks/bench.py [--repeats 3]

Prints nanoseconds per person-quarter (founding and recording included) and ratios of medians; repeats are
interleaved, so that a machine that slows down slows down everything.
"""

import argparse
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from sim.model import NewAreaModel  # noqa: E402
from sim.scenario.loader import load  # noqa: E402
from tests.oracle.equality import twin_of  # noqa: E402

SCENARIO = ROOT / "scenarios" / "four_systems.yaml"
LARGE = {"structure.new_cities.departments": 4980, "horizon.quarters": 12}
PEOPLE_A_REPLICATION = 1396
CHUNK = 20


def case_size(replications: int) -> Callable[[], float]:
    """The case's size with many replications, as `sim run` lays them out: chunks side by side."""
    scenario = load(SCENARIO)

    def run() -> float:
        for first in range(0, replications, CHUNK):
            NewAreaModel(
                scenario, rng=1, replications=range(first, min(first + CHUNK, replications))
            ).run().tables()
        return PEOPLE_A_REPLICATION * replications * float(scenario.horizon.quarters)

    return run


def one_large() -> float:
    """One area of about 100,000 people."""
    scenario = load(SCENARIO, set=LARGE)
    model = NewAreaModel(scenario, rng=1)
    people = model.staff.size
    model.run().tables()
    return float(people * scenario.horizon.quarters)


def twin(quarters: int) -> Callable[[], float]:
    """The twin at the case's size."""
    scenario = load(SCENARIO, set={"horizon.quarters": quarters})

    def run() -> float:
        model = twin_of(scenario, 1, 0)
        for _ in range(quarters):
            model.step()
        return float(PEOPLE_A_REPLICATION * quarters)

    return run


def nanoseconds(run: Callable[[], float]) -> float:
    """Nanoseconds per person-quarter of one call."""
    start = time.perf_counter()
    person_quarters = run()
    return (time.perf_counter() - start) / person_quarters * 1e9


def main() -> None:
    """Time every case in turn, several times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--replications", type=int, default=100)
    options = parser.parse_args()
    cases = {
        f"engine, {options.replications} replications of the case": case_size(options.replications),
        "engine, one area of 100,000 people": one_large,
        "twin, one person at a time": twin(16),
    }
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(options.repeats):
        for name, run in cases.items():
            times[name].append(nanoseconds(run))
    medians = {name: statistics.median(values) for name, values in times.items()}
    reference = medians["twin, one person at a time"]
    print(
        f"{platform.machine()} {platform.system()}, Python {platform.python_version()}, {options.repeats} repeats"
    )
    print(f"{'':48}{'ns per person-quarter':>24}{'twin over this':>16}")
    for name, median in medians.items():
        spread = f"({min(times[name]):.0f}–{max(times[name]):.0f})"
        print(f"{name:48}{median:>10.0f} {spread:>13}{reference / median:>15.1f}×")


if __name__ == "__main__":
    main()
