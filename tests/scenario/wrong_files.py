"""Wrong files and settings with the messages that they get: what is read by another way must say as much."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.core.errors import UserError
from sim.lab.designs.plan import plan_of, wrong_points
from sim.lab.designs.read_targets import read_targets
from sim.outcomes import OUTCOMES
from sim.scenario.loader import load
from sim.scenario.roster.mapping import read_mapping

LIST = Path(__file__).with_name("wrong_files.yaml")
BESIDE = {
    "old.yaml": "name: old\n",
    "new.yaml": (
        "name: new\n"
        "timeline:\n"
        "  - quarter: 8\n"
        "    set:\n"
        "      regime.floating_pay: {kind: three_part, floating_share: 0.4, "
        "quarterly_part: 0.4, grade_part: 0.3, annual_part: 0.3}\n"
        "      regime.adjustment:\n"
        "        kind: triggers\n"
        "        triggers:\n"
        "          last: {kind: last_in_department}\n"
        "          bottom: {kind: bottom_of_organisation}\n"
        "  - quarter: 12\n"
        "    set: {behaviour.effort.response: 0.5, structure.new_cities.departments: 40}\n"
    ),
    "broken.yaml": "name: broken\nregme: {}\nseed: -1\n",
    "apart.yaml": "name: apart\nbehaviour: {effort: {response: 0.1}}\nhorizon: {quarters: 12}\n",
    "../away.yaml": "name: away\n",
}
"""What stands beside the wrong files."""


def _study(text: str) -> None:
    wrong = wrong_points(plan_of(_file(text)))
    if wrong:
        raise UserError("\n".join(wrong))


READERS: dict[str, Callable[[Any], object]] = {
    "study": _study,
    "targets": lambda text: read_targets(_file(text), OUTCOMES),
    "mapping": lambda text: read_mapping(_file(text)),
    "change": lambda settings: load("new.yaml").with_(**settings),
}


def _file(text: str) -> Path:
    path = Path("x.yaml")
    path.write_text(text, encoding="utf-8")
    return path


def messages_of(kind: str, given: Any, folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    """The lines that a wrong file of a kind, or wrong settings, get."""
    for name, text in BESIDE.items():
        path = folder / "inner" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    patch.chdir(folder / "inner")
    try:
        READERS[kind](given)
    except UserError as error:
        return str(error).replace(os.fspath(folder), "FOLDER").splitlines()
    return []
