"""Run the reference comparison again and keep what is small enough for git: results/reference.

python scripts/reference.py [--replications 40]
"""

import argparse
import shutil
import tempfile
from pathlib import Path

import sim
from sim.study.store import write_summary

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "results" / "reference"
SCENARIOS = (
    "civil_service",
    "contract_only",
    "forced_ranking",
    "floating_pay_only",
    "placebo_lottery",
    "four_systems",
)


def main() -> None:
    """Compare the six regimes; keep the report, the effects and the figures as PNG."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=40)
    replications = parser.parse_args().replications
    paths = [ROOT / "scenarios" / f"{name}.yaml" for name in SCENARIOS]
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as elsewhere:
        comparison = sim.compare(paths, replications=replications, workers=2, out=elsewhere)
        write_summary(FOLDER, comparison)
    for path in FOLDER.rglob("*"):
        if path.suffix in {".svg", ".html", ".parquet"}:
            path.unlink()
    print(f"Report: {FOLDER / 'report.md'}")


if __name__ == "__main__":
    main()
