"""Item 5: how long somebody waits at the command line, imports included."""

import subprocess
import sys
import tempfile

from measuring import ROOT, Result, interleaved, result
from settings import SCENARIO


def sim(*words: str) -> None:
    """One command in a process of its own."""
    subprocess.run([sys.executable, "-m", "sim", *words], cwd=ROOT, check=True, capture_output=True)


def run_once() -> None:
    """One replication of the full regime, stored with its report."""
    with tempfile.TemporaryDirectory() as folder:
        sim("run", str(SCENARIO), "--replications", "1", "--out", folder)


def measure(quick: bool, repeats: int) -> list[Result]:
    """Wall-clock time is what is asked, processor time stands beside it."""
    sim("--help")
    times = interleaved({"help": lambda: sim("--help"), "run": run_once}, 1 if quick else max(repeats, 5))
    aims = {"help": ("sim --help", "<= 0.3"), "run": ("sim run, one replication", "<= 2")}
    found = []
    for name, (title, aim) in aims.items():
        found.append(result(5, title, [one.wall for one in times[name]], "s wall", aim))
        found.append(result(5, title, [one.cpu for one in times[name]], "s processor"))
    return found
