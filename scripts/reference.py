"""Run the reference comparison and studies again and keep what is small enough for git: results/reference.

python scripts/reference.py [--replications 40]
"""

import argparse
import shutil
import tempfile
from pathlib import Path

import sim
from sim.lab.questions.analyses import keep
from sim.lab.results.as_text import write_csv
from sim.lab.results.comparison import Comparison
from sim.lab.results.store import write_report

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "results" / "reference"
STUDIES = ROOT / "scenarios" / "studies"
SCENARIOS = (
    "civil_service",
    "contract_only",
    "forced_ranking",
    "floating_pay_only",
    "placebo_lottery",
    "four_systems",
    "absolute_standard",
    "fair_ranking",
)
KEPT = {".md", ".csv", ".png"}
LARGE = {"at_points.csv"}
"""A row a headline and point: made again in minutes, and too large to look through."""


def main() -> None:
    """Compare the regimes; run the studies and what they are asked; keep reports, tables and figures as PNG."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=40)
    replications = parser.parse_args().replications
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as elsewhere:
        _compare(Path(elsewhere), replications)
        _ask(Path(elsewhere))
    for path in FOLDER.rglob("*"):
        if path.is_file() and (path.suffix not in KEPT or path.name in LARGE):
            path.unlink()
    print(f"Report: {FOLDER / 'report.md'}")


def _compare(elsewhere: Path, replications: int) -> None:
    paths = [ROOT / "scenarios" / f"{name}.yaml" for name in SCENARIOS]
    write_summary(FOLDER, sim.compare(paths, replications=replications, workers=2, out=elsewhere))


def write_summary(folder: Path, comparison: Comparison) -> None:
    """Write what is small: report, figures and effects as text, without the tables of the runs."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("effects", "levels"):
        write_csv(folder / f"{name}.csv", getattr(comparison, name))
    write_report(folder, comparison.document())


def _ask(elsewhere: Path) -> None:
    """Which part does the work; what the effect hangs on; how much of the assumption space it survives."""
    for name, asked in (("parts", "attribute"), ("screening", "sensitivity"), ("assumptions", "robust")):
        study = sim.run_study(STUDIES / f"{name}.yaml", workers=2, out=elsewhere)
        folder = keep(getattr(sim, asked)(study))
        shutil.copytree(folder, FOLDER / name)


if __name__ == "__main__":
    main()
