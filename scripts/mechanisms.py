"""Reckon what each of the 48 mechanisms moves in the whole reform, and store it beside their facts.

python scripts/mechanisms.py [--replications 20]
"""

import argparse

from sim.core.shipped import SCENARIOS
from sim.lab.questions.mechanisms import effects_in
from sim.scenario.mechanisms import EFFECTS, REFORM, store_effects

SCENARIO = SCENARIOS / f"{REFORM}.yaml"


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
