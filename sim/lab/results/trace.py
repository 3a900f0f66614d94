"""One simulated person's life under two regimes with the same luck."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.lab.results.manifest import TraceManifest
from sim.lab.results.result import Drawn, Result

if TYPE_CHECKING:
    import pandas

SIDES = ("scenario", "baseline")


@dataclass(frozen=True, eq=False)
class Trace(Result, Drawn):
    """What one person of one replication lived through under a regime and under a baseline.

    Attributes:
        panel: one row a quarter and side (`side` is "scenario" or "baseline"): the person's columns of the staff table.
        events: what happened to the person, one row an event, with `side`.
        manifest: who, why, under which scenarios.
    """

    kind = "trace"
    FRAMES = ("panel", "events")
    panel: "pandas.DataFrame"
    events: "pandas.DataFrame"
    manifest: TraceManifest
    folder: Path | None = None
    reused: bool = False

    @property
    def person(self) -> int:
        """The person's number."""
        return int(self.manifest["person"])

    @property
    def called(self) -> str:
        """The person's id in the roster; without one the number."""
        return str(self.manifest.get("roster_id") or self.person)

    @property
    def names(self) -> dict[str, str]:
        """Names of the two scenarios by side."""
        return {"scenario": str(self.manifest["scenario_name"]), "baseline": str(self.manifest["baseline"])}

    def quarters(self, side: str) -> "pandas.DataFrame":
        """The person's rows under one regime while employed, and the row in which they left."""
        mine = self.panel[self.panel["side"] == side].set_index("quarter")
        gone = mine.index[~mine["employed"]]
        return mine if gone.empty else mine.loc[: gone[0]]

    def happened(self, side: str, quarter: int) -> list[dict[str, Any]]:
        """The events of a quarter under one regime."""
        chosen = (self.events["side"] == side) & (self.events["quarter"] == quarter)
        return [
            {str(key): value for key, value in row.items()} for row in self.events[chosen].to_dict("records")
        ]

    def __repr__(self) -> str:
        return f"Trace(person {self.called}, {list(self.names.values())}, folder={str(self.folder)!r})"
