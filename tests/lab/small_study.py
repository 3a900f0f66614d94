"""A study that runs in seconds: a small area, two regimes, a few points."""

import json
import signal
import subprocess
import sys
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

import pandas

from tests.model.small import FOLDER, SMALL

ROOT = Path(__file__).parents[2]
OUTCOMES = ["output_per_post", "ability", "reporting_gap"]
BASIC: dict[str, Any] = {
    "name": "tiny",
    "scenarios": [str(FOLDER / "civil_service.yaml"), str(FOLDER / "four_systems.yaml")],
    "set": dict(SMALL) | {"horizon.quarters": 12},
    "levers": {"regime.floating_pay.floating_share": [0.1, 0.4]},
    "uncertainties": {"behaviour.quits.base_contract": {"low": 0.01, "high": 0.2}},
    "outcomes": OUTCOMES,
    "design": {"kind": "grid", "steps": 3},
    "replications": 3,
}


def study_file(folder: Path, **changes: Any) -> Path:
    """A study file with the given settings; None takes one away."""
    given = {name: value for name, value in (BASIC | changes).items() if value is not None}
    path = folder / f"{given['name']}.yaml"
    path.write_text(json.dumps(given), encoding="utf-8")  # JSON is YAML
    return path


def sim(*arguments: Any, **options: Any) -> subprocess.CompletedProcess[str]:
    """The command line, as a user types it."""
    command = [sys.executable, "-m", "sim", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)


def start(*arguments: Any, ignored: Collection[int] = (), **options: Any) -> subprocess.Popen[str]:
    """The same, left running: it hears all signals but those `ignored`, whatever the tests themselves ignore."""
    command = [sys.executable, "-m", "sim", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=ROOT, preexec_fn=partial(hear_signals, ignored), **pipes, **options)


def hear_signals(ignored: Collection[int] = ()) -> None:
    """Hear every signal that ends a command but those `ignored`, whatever was inherited."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)


def assert_same_tables(one: Path, other: Path) -> None:
    """Bit for bit."""
    for name in ("points", "runs", "failures", "effects"):
        found, expected = (pandas.read_parquet(folder / f"{name}.parquet") for folder in (one, other))
        pandas.testing.assert_frame_equal(found, expected, check_exact=True, obj=name)
