"""Where numbers come from: the code, the packages, and one hash for everything that decides a result."""

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from sim.core.fingerprint import fingerprint
from sim.core.shipped import PACKAGE
from sim.version import __version__

REPORTED_PACKAGES = ("numpy", "scipy", "pandas", "pyarrow", "mesa", "pydantic", "matplotlib")
GIT_PATIENCE = 10.0


def code_version() -> dict[str, Any]:
    """Version, commit, whether files were changed since (`dirty`), and a hash of the code itself.

    Without git, `commit` and `dirty` are None and the hash of the code stands alone.
    """
    commit, dirty = _commit()
    return {"version": __version__, "commit": commit, "dirty": dirty, "content": code_content()}


def code_content() -> str:
    """Hash of every Python file of the package, and of the files in which further rules are defined."""
    return fingerprint(_package_content(), sorted(_file_hash(path) for path in rule_files()))


@cache
def _package_content() -> list[tuple[str, str]]:
    files = sorted(PACKAGE.rglob("*.py"))
    return [(path.relative_to(PACKAGE).as_posix(), _file_hash(path)) for path in files]


def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def rule_modules() -> list[str]:
    """Modules outside the package that define rules; worker processes must import them too."""
    from sim.rules.base import REGISTRY

    modules = {rule.__module__ for kinds in REGISTRY.values() for rule in kinds.values()}
    return sorted(name for name in modules if name.split(".")[0] != "sim")


def rule_files() -> Iterable[Path]:
    """The files of the modules outside the package that define rules."""
    for name in rule_modules():
        file = getattr(sys.modules.get(name), "__file__", None)
        if file and Path(file).is_file():
            yield Path(file)


@cache
def _commit() -> tuple[str | None, bool | None]:
    """The commit of the repository that tracks the package, and whether the package differs from it."""
    if _git("ls-files", "--error-unmatch", "__init__.py") is None:
        return None, None
    commit = _git("rev-parse", "HEAD")
    changes = _git("status", "--porcelain", "--", ".")
    return (commit or None), (None if changes is None else bool(changes))


def _git(*arguments: str) -> str | None:
    """What git answers about the package's folder; None where it cannot."""
    command = ["git", "-C", str(PACKAGE), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=GIT_PATIENCE, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


@cache
def processor() -> str:
    """What arithmetic is done with: processors that differ in it give results that may differ in the last digits."""
    import numpy

    known = numpy.show_config(mode="dicts")["SIMD Extensions"]
    chosen = os.environ.get("OPENBLAS_CORETYPE")
    extensions = [
        *(known.get("found") or known["baseline"]),
        *([f"OpenBLAS {chosen}"] if chosen else []),
    ]
    return f"{platform.machine()} with {', '.join(extensions)}"


def packages() -> dict[str, str]:
    """Versions of Python and of the packages that numbers and figures depend on."""
    versions = {"python": ".".join(map(str, sys.version_info[:3]))}
    for name in REPORTED_PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions
