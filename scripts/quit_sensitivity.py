"""How much one assumed number matters: the full regime's effect on true output a post, by contract staff's quits.

python scripts/quit_sensitivity.py [REPLICATIONS]

Prints the table that README quotes: relative difference to the civil service over the last eight quarters, with the
95 % interval over replications.
"""

import sys
from pathlib import Path

import sim

SCENARIOS = Path(__file__).parent.parent / "scenarios"
QUITS = (0.002, 0.01, 0.03, 0.05)


def main(replications: int) -> None:
    """One comparison a value; the baseline has no contract staff, so only the regime changes."""
    for quits in QUITS:
        pair = [
            sim.load(SCENARIOS / f"{name}.yaml", set={"behaviour.quits.base_contract": quits})
            for name in ("civil_service", "four_systems")
        ]
        effects = sim.compare(pair, replications=replications).effects
        row = effects[effects.outcome == "output_per_post"].iloc[0]
        base = row.difference / row.relative
        low, high = row.low / base, row.high / base
        print(f"{quits:.3f}: {row.relative:+.1%} ({low:+.1%} to {high:+.1%}), {replications} replications")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
