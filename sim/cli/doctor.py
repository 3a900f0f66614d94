"""`sim doctor`: what is here, what is missing, and how to get it."""

import os
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from sim.cli.ending import FAILED, told
from sim.cli.saying import say
from sim.core.shipped import SCENARIO, SCENARIOS, STUDY, TARGETS, shipped_names

if TYPE_CHECKING:
    from packaging.requirements import Requirement

PROJECT = "four-fixes-four-systems"
LEAST_PYTHON = (3, 12)
EXTRAS = {
    "cluster": "studies on a Dask cluster",
    "notebooks": "the notebooks",
    "page": "Mesa's page",
}
"""Extras by what they are for; those of developers are left out."""


class Finding(NamedTuple):
    """One thing looked at: whether it is there, what it is, what to do, and whether sim can do without."""

    there: bool
    what: str
    cure: str = ""
    needed: bool = True

    def __str__(self) -> str:
        state = "ok" if self.there else "missing" if self.needed else "optional"
        return f"{state:<9} {self.what}" + (f": {self.cure}" if self.cure and not self.there else "")


@told
def doctor() -> None:
    """Say what is missing and how to get it.

    Looks at Python, libraries, shipped files and the folder of results. Exits 1 if something needed is missing.
    """
    found = list(findings())
    for one in found:
        say(str(one))
    if any(one.needed and not one.there for one in found):
        raise typer.Exit(FAILED)


def findings() -> Iterator[Finding]:
    """Everything that is looked at, in order."""
    version = ".".join(map(str, sys.version_info[:3]))
    least = ".".join(map(str, LEAST_PYTHON))
    yield Finding(sys.version_info >= LEAST_PYTHON, f"Python {version}", f"install Python {least} or newer")
    yield from _libraries()
    yield from _files()
    yield _results()


def _libraries() -> Iterator[Finding]:
    from packaging.requirements import Requirement

    try:
        needs = [Requirement(one) for one in metadata.requires(PROJECT) or ()]
    except metadata.PackageNotFoundError:
        yield Finding(False, f"{PROJECT} is not installed", "make setup, or python -m pip install -e .")
        return
    yield from _group(
        [one for one in needs if one.marker is None or one.marker.evaluate({"extra": ""})], "libraries", True
    )
    for extra, use in EXTRAS.items():
        more = [one for one in needs if one.marker is not None and one.marker.evaluate({"extra": extra})]
        if more:
            yield from _group(more, f"extra {extra} ({use})", False)


def _group(needs: "list[Requirement]", what: str, needed: bool) -> Iterator[Finding]:
    """One finding a group: the libraries it lacks, or that they are there."""
    lacking = [f"{one.name}{one.specifier}" for one in needs if not _satisfied(one)]
    cure = f"{sys.executable} -m pip install {' '.join(map(_quoted, lacking))}"
    listed = f"{what}: {', '.join(lacking)}" if lacking else f"{what}, {len(needs)}"
    yield Finding(not lacking, listed, cure, needed)


def _quoted(need: str) -> str:
    return f"'{need}'" if set(need) & set("<>=!~") else need


def _satisfied(need: "Requirement") -> bool:
    try:
        return need.specifier.contains(metadata.version(need.name), prereleases=True)
    except metadata.PackageNotFoundError:
        return False


def _files() -> Iterator[Finding]:
    from sim.lab.language.language import CHINESE_FONT

    cure = "install the package again"
    counts = {kind or "scenarios": len(shipped_names(kind)) for kind in (SCENARIO, STUDY, TARGETS)}
    listed = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    yield Finding(all(counts.values()), f"shipped files in {SCENARIOS}, {listed}", cure)
    yield Finding(CHINESE_FONT.is_file(), "the font of Chinese figures", cure)


def _results() -> Finding:
    writable = os.access(Path(), os.W_OK)
    return Finding(
        writable, "this folder can be written to, for results", "go to another folder, or use --out FOLDER"
    )
