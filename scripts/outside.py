"""Build the wheel, install it in a fresh environment, and run the README's first five minutes in an empty folder.

    python scripts/outside.py

Libraries come from the package index or pip's cache, in the versions of constraints.txt. Two replications a command are
enough to see that it works.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPLICATIONS = "2"
LEAST_COMMANDS = 10
FOLDER = "results/FOLDER"
"""What the README writes for the folder of any result."""


def commands() -> list[list[str]]:
    """The words of every command of the README's first five minutes."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^## First five minutes$.*?^```console\n(.*?)^```$", text, re.M | re.S)
    lines = block[1].splitlines() if block else []
    found = [shlex.split(line.removeprefix("$ ")) for line in lines if line.startswith("$ sim ")]
    if len(found) < LEAST_COMMANDS:
        raise SystemExit("README.md: the commands of the first five minutes are not found")
    return [
        [REPLICATIONS if before == "--replications" else word for before, word in pairs(one)] for one in found
    ]


def pairs(words: list[str]) -> list[tuple[str, str]]:
    """Every word with the one before it."""
    return list(zip(["", *words], words, strict=False))


def run(words: list[str | Path], where: Path, **environment: str) -> None:
    """Run a command and say how long it took.

    Raises:
        SystemExit: it failed; what it printed is shown.
    """
    begun = time.monotonic()
    done = subprocess.run(
        words,
        cwd=where,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        raise SystemExit(f"{done.stdout}\nfailed in an empty folder: {shlex.join(map(str, words))}")
    print(
        f"{time.monotonic() - begun:6.1f} s  {shlex.join([Path(words[0]).name, *map(str, words[1:])])}",
        flush=True,
    )


def main() -> None:
    """Build, install, run."""
    with tempfile.TemporaryDirectory() as folder:
        there, empty = Path(folder), Path(folder) / "empty"
        run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", there], ROOT)
        [wheel] = there.glob("*.whl")
        venv.create(there / "environment", with_pip=True)
        programs = there / "environment" / ("Scripts" if os.name == "nt" else "bin")
        empty.mkdir()
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([programs / "python", *install, "-c", ROOT / "constraints.txt", wheel], empty)
        for words in commands():
            results = sorted(one.as_posix() for one in (empty / "results").glob("*"))
            given = [results[0] if word == FOLDER else word for word in words]
            run([programs / given[0], *given[1:]], empty, PYTHONSAFEPATH="1")
        run([programs / "sim", "doctor"], empty)


if __name__ == "__main__":
    main()
