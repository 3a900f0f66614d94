"""The 48 mechanisms of the seed article (mechanisms.yaml), and what each moves in the whole reform."""

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sim.scenario.messages import Problems
from sim.scenario.node import plain
from sim.scenario.yaml_source import parse, read_text

FACTS = Path(__file__).with_name("mechanisms.yaml")
EFFECTS = Path(__file__).with_name("mechanism_effects.csv")
REFORM = "full_reform"
"""The scenario in which all of them are on, as far as the article gives a size."""


@dataclass(frozen=True)
class Mechanism:
    """One mechanism: what the article says, where it is held, and how it shows; see mechanisms.yaml."""

    number: int
    chinese: str
    english: str
    key: str
    outcome: str
    direction: int
    move: dict[str, Any]
    scenario: str = "four_systems"
    given: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    without: dict[str, Any] = field(default_factory=dict)
    absent: str = ""
    idle: str = ""
    window: tuple[int, int] | None = None


class Effect(NamedTuple):
    """What a mechanism moves in the whole reform: `outcome` with it less without it, over a window of quarters.

    `low` and `high` are the 95 % interval over replications; `constant` where every replication says the same.
    """

    number: int
    outcome: str
    unit: str
    first: int
    last: int
    replications: int
    with_it: float
    without_it: float
    difference: float
    low: float
    high: float
    constant: bool


def _read() -> tuple[Mechanism, ...]:
    problems = Problems()
    tree = parse(read_text(FACTS), FACTS.name, problems)
    problems.stop()
    assert tree is not None
    return tuple(Mechanism(**facts) for facts in plain(tree))


MECHANISMS: tuple[Mechanism, ...] = _read()


@cache
def stored_effects() -> dict[int, Effect]:
    """The effects that `make mechanisms` wrote, by number."""
    with EFFECTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    whole, words = ("number", "first", "last", "replications"), ("outcome", "unit")
    effects = {}
    for row in rows:
        facts: dict[str, Any] = {name: row[name] if name in words else float(row[name]) for name in row}
        facts |= {name: int(row[name]) for name in whole} | {"constant": row["constant"] == "1"}
        effects[facts["number"]] = Effect(**facts)
    return effects
