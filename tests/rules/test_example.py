"""The rule that CONTRIBUTING adds: its class, worked case and twin are enough, and agree."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from sim.rules.adjustment import incompetent_grade
from sim.rules.base import REGISTRY
from sim.scenario.loader import load
from tests.model.small import SMALL
from tests.oracle import rules as twins
from tests.oracle.equality import compare
from tests.rules.test_cases import test_worked_case as work_the_case

TEXT = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")


def block(language: str, holds: str) -> str:
    """The one example in a language that holds some words."""
    [found] = [one for one in re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL) if holds in one]
    return str(found)


@pytest.fixture(autouse=True)
def _added(monkeypatch: pytest.MonkeyPatch) -> None:
    """The class and its twin, each written at the end of the file that CONTRIBUTING names."""
    monkeypatch.setitem(REGISTRY, "trigger", dict(REGISTRY["trigger"]))
    monkeypatch.setattr(twins, "TWINS", twins.TWINS | {})
    exec(
        block("python", 'class BottomShare(Trigger):\n    """'),
        vars(incompetent_grade) | {"__name__": "mine"},
    )
    exec(block("python", '@twin("trigger", "bottom_share")'), vars(twins) | {"__name__": "mine"})


def test_its_worked_cases() -> None:
    cases = YAML(typ="safe").load(block("yaml", "citation: P11"))["cases"]
    assert len(cases) == 2
    for case in cases:
        work_the_case("trigger.bottom_share", case)


@pytest.mark.parametrize("in_a_row", [1, 2])
def test_its_twin(in_a_row: int) -> None:
    assert ("trigger", "bottom_share") in twins.TWINS
    trigger = {"kind": "bottom_share", "share": 0.3, "in_a_row": in_a_row}
    changes = {"horizon.quarters": 12, "regime.adjustment.triggers": {"mine": trigger}}
    assert compare(load("four_systems", set=SMALL | changes), 1) == []
