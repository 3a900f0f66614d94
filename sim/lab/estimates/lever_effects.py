"""The effects of levers and whose they are: which of them move, and which there is room to tell of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.lab.language.wording import label_of, unit_of

if TYPE_CHECKING:
    import pandas

MOST_LEVERS = 4
"""More of them are not told one by one."""


@dataclass(frozen=True, eq=False)
class LeverEffects:
    """What levers do, and whose levers they are.

    Attributes:
        levers, interactions: of `Crossed`.
        terms: facts of the outcomes.
        outcomes: those that are shown, the leading one first.
        scenario, baseline: whose effect against whom the values are; without a baseline they are levels.
        changed: what was changed from the files, as a sentence.
    """

    levers: "pandas.DataFrame"
    interactions: "pandas.DataFrame"
    terms: dict[str, Any]
    outcomes: Sequence[str]
    scenario: str
    baseline: str | None
    changed: str = ""

    @property
    def moved(self) -> list[str]:
        """Levers of which two values can be compared."""
        rows = self.levers[self.levers["value"] != self.levers["first"]] if len(self.levers) else self.levers
        return list(dict.fromkeys(rows["lever"])) if len(rows) else []

    @property
    def leading(self) -> list[str]:
        """Those that there is room to tell of: all of a few, of many those that move the leading outcome most."""
        if len(self.moved) <= MOST_LEVERS:
            return self.moved
        size = {lever: abs(self.of(lever, self.outcomes[0])["difference"].iloc[-1]) for lever in self.moved}
        most = sorted(self.moved, key=lambda lever: -size[lever])[:MOST_LEVERS]
        return [lever for lever in self.moved if lever in most]

    def of(self, lever: str, outcome: str) -> "pandas.DataFrame":
        """One row a value of a lever."""
        rows = self.levers
        return rows[(rows["lever"] == lever) & (rows["outcome"] == outcome)]

    def label(self, outcome: str) -> str:
        """An outcome in words."""
        return label_of(self.terms.get(outcome, {}), outcome)

    def unit(self, outcome: str) -> str:
        """Its unit."""
        return unit_of(self.terms.get(outcome, {}))
