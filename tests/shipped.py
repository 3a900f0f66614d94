"""Which scenarios ship: what git keeps, so that a scenario of one's own beside them is nobody's business."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def shipped(folder: str = "scenarios", root: Path = ROOT) -> list[Path]:
    """The YAML files in a folder below `root` that git keeps, by name; all of them where there is no git."""
    there = sorted((root / folder).glob("*.yaml"))
    command = ["git", "-C", str(root), "ls-files", "-z", "--", folder]
    try:
        answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        return there
    known = set(answer.stdout.split("\0"))
    return [path for path in there if path.relative_to(root).as_posix() in known]
