"""Fingerprints of the shipped scenarios: what small runs of them gave when somebody last looked.

They come last among the tests: they say that something changed, never that it is right. `make fingerprints` prints
what changed and stores the new ones.
"""

import json
import math
import sys
from pathlib import Path

from sim.model import NewAreaModel
from tests.shipped import shipped

HERE = Path(__file__).parent
STORED = HERE / "fingerprints.json"
SCENARIOS = shipped()
SMALL = {"structure.department_size.mean": 8, "horizon.quarters": 16}


def fingerprint(scenario: Path) -> dict[str, float]:
    """Mean of every recorded outcome after the reform, over two replications."""
    area = NewAreaModel(str(scenario), rng=1, replications=range(2), **SMALL).run().tables()["area"]
    means = area[area.quarter > 8].drop(columns=["replication", "quarter"]).mean()
    return {name: float(f"{value:.9g}") for name, value in means.items() if not math.isnan(value)}


def changes(stored: dict[str, float], found: dict[str, float]) -> list[str]:
    """What differs by more than rounding, one line an outcome."""
    return [
        f"{name}: {stored.get(name)} -> {found.get(name)}"
        for name in sorted(stored.keys() | found.keys())
        if not math.isclose(
            stored.get(name, math.inf), found.get(name, -math.inf), rel_tol=1e-6, abs_tol=1e-9
        )
    ]


def main() -> None:
    """Print the differences, and store the new fingerprints where asked to."""
    stored = json.loads(STORED.read_text()) if STORED.exists() else {}
    found = {path.stem: fingerprint(path) for path in SCENARIOS}
    for name, values in found.items():
        for line in changes(stored.get(name, {}), values):
            print(f"{name}: {line}")
    if "--update" in sys.argv:
        STORED.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
