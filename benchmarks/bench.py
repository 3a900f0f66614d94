"""Everything that is measured, in one run on one machine.

    python benchmarks/bench.py [--only speed scale sweeps startup precision plans] [--repeats 3] [--quick]

Prints medians with their range, and writes `results.csv` and `results.png` beside this file; with `--quick` sizes are
small and nothing is written unless `--out` says where.
"""

import argparse
from importlib import import_module
from pathlib import Path

from measuring import RESULTS, keep, show

from sim.lab.jobs.threads import use_one_thread

PARTS = ("speed", "scale", "sweeps", "startup", "precision", "plans")


def main() -> None:
    """Measure the parts asked for, one after the other; each is kept as soon as it is known."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="small sizes, to try it")
    parser.add_argument("--out", type=Path, help="folder of the table and the figure")
    options = parser.parse_args()
    folder = options.out or (None if options.quick else RESULTS.parent)
    use_one_thread()  # before NumPy is loaded, which the parts do: everything is measured by core
    for name in options.only:
        found = import_module(name).measure(options.quick, options.repeats)
        show(found)
        if folder is not None:
            keep(found, folder / RESULTS.name)
            import_module("figure").draw(folder / RESULTS.name, folder / "results.png")


if __name__ == "__main__":
    main()
