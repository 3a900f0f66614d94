"""What a run leaves behind: its tables and the manifest that says how they came about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.lab.results.manifest import RunManifest
from sim.lab.results.result import Result

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, eq=False)
class Tables(Result):
    """The tables of one run of one scenario, all replications together.

    Attributes:
        quarters: one row a replication, quarter and new city (or `area_level`); quarter 0 is the founding state.
        area: one row a replication and quarter, the whole area.
        departments: one row a replication, department and year's close (and quarter 0).
        staff: one row for every person ever employed, in the last state.
        staff_panel: `staff` at every quarter, or None where the scenario does not record it.
        events: one row an event of a person.
        groups: one row a replication, quarter and group of people, or None where there are no groups.
        manifest: the resolved scenario, seed, replications, versions, units of the outcomes, assumptions.
    """

    kind = "run"
    FRAMES = ("quarters", "area", "departments", "staff", "staff_panel", "events", "groups")
    quarters: "pandas.DataFrame"
    area: "pandas.DataFrame"
    departments: "pandas.DataFrame"
    staff: "pandas.DataFrame"
    events: "pandas.DataFrame"
    manifest: RunManifest
    staff_panel: "pandas.DataFrame | None" = None
    groups: "pandas.DataFrame | None" = None
    folder: Path | None = None
    reused: bool = False

    @property
    def replications(self) -> int:
        """How many replications were run."""
        return int(self.manifest["replications"])

    @property
    def window(self) -> tuple[int, int] | None:
        """First and last quarter over which its report takes means; None for the last eight."""
        first, last = self.manifest.get("window") or (0, 0)
        return (int(first), int(last)) if last else None

    def __getitem__(self, name: str) -> "pandas.DataFrame":
        """One table: `tables["area"]` is `tables.area`.

        Raises:
            KeyError: there is none of that name; the message lists those there are.
        """
        frames = self.frames()
        if name not in frames:
            raise KeyError(f"there is no table {name!r}; there is {', '.join(frames)}")
        return frames[name]

    def __iter__(self) -> Iterator[str]:
        """Names of the tables, so that `"staff_panel" in tables` can be asked."""
        return iter(self.frames())

    __str__ = object.__str__  # a run is shown, not summed up

    def __repr__(self) -> str:
        return f"Tables({self.name!r}, replications={self.replications}, folder={str(self.folder)!r})"
