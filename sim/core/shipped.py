"""Where the shipped files are: beside the package in a clone, inside it where a wheel was installed."""

from collections.abc import Collection
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
INSIDE = PACKAGE / "shipped" / "scenarios"
SCENARIOS = INSIDE if INSIDE.is_dir() else PACKAGE.parent / "scenarios"
"""Scenarios, their schema, and the folders of studies, targets, evaluations, rosters and validation cases."""
SCENARIO, STUDY, TARGETS, EVALUATION = "", "studies", "targets", "evaluations"
"""Folders of what can be named instead of a file."""
ANY = (SCENARIO, STUDY, TARGETS, EVALUATION)


def file_named(said: str | Path, folder: Path = Path(), kinds: tuple[str, ...] = (SCENARIO,)) -> Path:
    """The file that a user means: that of the path; else, of a bare name, the shipped one.

    Where a file of that name with .yaml stands beside, which one is meant is for the user to say.

    Args:
        said: a path, or the name of a file with or without .yaml.
        folder: what paths are relative to.
        kinds: what may be meant, the likeliest first.

    Returns:
        The path as it was said, if there is no such file.
    """
    path, name = Path(folder, said), Path(said).name
    if _is_file(path) or not name or name != str(said):
        return path
    if _is_file(path.with_name(f"{name}.yaml")):
        return path
    shipped = (SCENARIOS / kind / full for kind in kinds for full in (f"{name}.yaml", name))
    return next((one for one in shipped if _is_file(one)), path)


def _is_file(path: Path) -> bool:
    """No where a name is too long, or none at all."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_shipped(path: Path) -> bool:
    """Whether a file is one that everybody has."""
    return path.resolve().is_relative_to(SCENARIOS)


def strays(path: Path, folder: Path, allowed: Collection[str | Path] = ()) -> str:
    """Why a file that a study or targets file names may not be read; "" if it may.

    What a file names stays in the file's own folder, or in the one around it where that is `studies`, `targets` or
    `evaluations`: whoever is sent a study is not made to read files of theirs.
    """
    tree = folder.resolve()
    tree = tree.parent if tree.name in (STUDY, TARGETS, EVALUATION) else tree
    real = path.resolve()
    if real.is_relative_to(tree) or is_shipped(path) or real in {Path(one).resolve() for one in allowed}:
        return ""
    return f"lies outside the folder of the file that names it; if that is meant, name it with --allow {path}"


def shipped_names(kind: str = SCENARIO) -> list[str]:
    """Names of the shipped scenarios, studies or targets, in order."""
    return sorted(path.stem for path in (SCENARIOS / kind).glob("*.yaml"))
