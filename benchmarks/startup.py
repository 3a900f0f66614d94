"""Item 5: how long somebody waits at the command line, imports included.

Python keeps compiled modules, as it does for everybody who has used the program once. What takes loading the required
packages alone, before a line of the laboratory is read, stands beside it.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measuring import ROOT, Result, interleaved, result
from settings import SCENARIO

PACKAGES = "import numpy, scipy.special, pandas, pydantic, typer, mesa"
DRAWN = ", matplotlib.figure"


def python(folder: str | None, *words: str) -> None:
    """A process of its own, whose compiled modules are kept in a folder, or where they usually are."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    settings["OPENBLAS_NUM_THREADS"] = "1"
    if folder is not None:
        settings["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
    subprocess.run([sys.executable, *words], cwd=ROOT, env=settings, check=True, capture_output=True)


def run_once(folder: str | None, *options: str) -> Callable[[], None]:
    """One replication of the full regime, stored."""

    def simulate() -> None:
        with tempfile.TemporaryDirectory() as out:
            python(folder, "-m", "sim", "run", str(SCENARIO), "--replications", "1", "--out", out, *options)

    return simulate


def measure(quick: bool, repeats: int) -> list[Result]:
    """Wall-clock time is what is asked, processor time stands beside it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "compiled").mkdir()
        kept = None if quick else folder  # to compile everything takes longest
        cases = {
            "help": lambda: python(kept, "-m", "sim", "--help"),
            "run": run_once(kept),
            "bare": run_once(kept, "--no-report"),
            "packages": lambda: python(kept, "-c", PACKAGES),
            "drawing": lambda: python(kept, "-c", PACKAGES + DRAWN),
        }
        for once in () if quick else cases.values():
            once()
        times = interleaved(cases, 1 if quick else max(repeats, 5))
    titles = {
        "help": ("sim --help", "<= 0.3"),
        "run": ("sim run, one replication, report and four figures", "<= 2"),
        "bare": ("sim run --no-report, one replication", "<= 2"),
        "packages": ("loading the packages alone, without matplotlib", ""),
        "drawing": ("loading the packages alone, with matplotlib", ""),
    }
    found = []
    for name, (title, aim) in titles.items():
        found.append(result(5, title, [one.wall for one in times[name]], "s wall", aim))
        found.append(result(5, title, [one.cpu for one in times[name]], "s processor"))
    return found
