"""How much the headline hangs on what is assumed of leaving, replacing, attracting and responding.

python scripts/headline_sensitivity.py [REPLICATIONS]

Prints the table that README quotes: the full regime's relative effect on true output per post against the civil
service, over the last eight quarters, with the 95 % interval over replications, one assumed number moved at a time.
"""

import sys
from pathlib import Path

import sim

SCENARIOS = Path(__file__).parent.parent / "scenarios"
MOVED = {
    "behaviour.quits.base_contract": (0.002, 0.01, 0.03, 0.05),
    "behaviour.ability.ramp_start": (0.5, 0.65, 0.82, 1.0),
    "behaviour.ability.ramp_quarters": (1.0, 3.0, 6.0),
    "behaviour.hiring.vacancy_quarters": (0, 1, 2),
    "behaviour.hiring.sorting": (0.0, 2.0, 4.0),
    "behaviour.effort.response": (0.0, 1.0),
}
"""Resignations of contract staff a year; newcomers' first output, how long they learn, quarters a post stays vacant;
how far pay at risk attracts abler people; how much of the response to incentives happens."""


def main(replications: int) -> None:
    """One comparison a value; both regimes take it."""
    for key, values in MOVED.items():
        for value in values:
            pair = [
                sim.load(SCENARIOS / f"{name}.yaml", set={key: value})
                for name in ("civil_service", "four_systems")
            ]
            effects = sim.compare(pair, replications=replications).effects
            row = effects[effects.outcome == "output_per_post"].iloc[0]
            base = row.difference / row.relative
            low, high = row.low / base, row.high / base
            print(
                f"{key} {value}: {row.relative:+.1%} ({low:+.1%} to {high:+.1%}), {replications} replications"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
