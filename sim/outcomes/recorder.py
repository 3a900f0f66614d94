"""What a run records, quarter by quarter."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Column
from sim.outcomes.books import Books
from sim.outcomes.frames import department_rows, no_work_yet, published
from sim.outcomes.groups import group_rows
from sim.outcomes.names import Names
from sim.outcomes.outcome import Sums
from sim.outcomes.outcomes import evaluate
from sim.outcomes.snapshot import Snapshot, gini, stock_and_flow, sums

if TYPE_CHECKING:
    import pandas


class Recorder:
    """Outcomes by quarter and organisation, for the area, and by department at every year's close.

    With a `window`, its first and last quarter, nothing of other quarters is recorded; the books are closed in all.
    """

    def __init__(
        self,
        names: Names,
        departments: bool,
        panel: bool,
        panel_every: int = 1,
        window: tuple[int, int] | None = None,
    ) -> None:
        self.names = names
        self.books = Books()
        self._window = window
        self._with_departments, self._with_panel, self._panel_every = departments, panel, panel_every
        self._quarters: list[Mapping[str, Column]] = []
        """Sums, not yet outcomes: those are worth reckoning for all quarters at once."""
        self._area: list[Mapping[str, Column]] = []
        self._departments: list[Mapping[str, Column]] = []
        self._panel: list[Mapping[str, Column]] = []
        self._groups: list[Mapping[str, Column]] = []
        self._flags_of_year = np.zeros(0, dtype=np.int64)

    def watches(self, quarter: int) -> bool:
        """Whether anything of a quarter is recorded."""
        return self._window is None or self._window[0] <= quarter <= self._window[1]

    def observe(self, scene: Snapshot) -> None:
        """Close the books, and record the quarter if it is watched."""
        if self._with_departments:
            self._count_flags(scene)
        if not self.watches(scene.quarter):
            self.books.close(scene, stock_and_flow(scene))
            return
        totals = sums(scene)
        self.books.close(scene, totals)
        self._record(scene, totals)
        if self.names.groups:
            highest = int(scene.posts.rank.max(initial=1))
            self._groups.append(group_rows(scene, len(self.names.groups), highest))
        if self._with_departments and scene.quarter % scene.quarters_per_year == 0:
            self._departments.append(department_rows(scene, self._flags_of_year))
        if self._with_panel and scene.quarter % self._panel_every == 0:
            present = scene.staff.employed | (scene.staff.left_quarter == scene.quarter)
            rows = published(scene.staff, scene, np.asarray(present))
            rows |= {name: column[present] for name, column in scene.of_study.items()}
            self._panel.append(rows | {"quarter": np.full(rows["person"].size, scene.quarter)})

    def _record(self, scene: Snapshot, totals: Sums) -> None:
        each = (scene.replications.size, scene.organisations_each)
        area = {name: values.reshape(each).sum(axis=1) for name, values in totals.items()}
        if scene.quarter == 0:
            no_work_yet(totals, area)
        self._outside(scene, totals, area)
        self._inequality(scene, totals, area)
        quarter = np.full(scene.replications.size, scene.quarter)
        self._area.append({"replication": scene.replications, "quarter": quarter} | evaluate(area))
        keys = {
            "replication": np.repeat(scene.replications, each[1]),
            "quarter": np.repeat(quarter, each[1]),
            "organisation": np.tile(np.arange(each[1]), each[0]),
        }
        self._quarters.append(keys | totals)

    def _outside(self, scene: Snapshot, totals: Sums, area: Sums) -> None:
        """What is of the new cities (the area level and the area show their mean), and of the area as a whole."""
        for name, values in scene.of_new_cities.items():
            area[name] = values.mean(axis=1)
            totals[name] = np.column_stack([values, area[name]]).ravel()
        for name, value in scene.of_area.items():
            area[name], totals[name] = np.array(value), np.repeat(value, scene.organisations_each)

    def _inequality(self, scene: Snapshot, totals: Sums, area: Sums) -> None:
        staff, worked = scene.staff, scene.staff.worked
        pay, organisation = np.asarray(staff.pay[worked]), staff.organisation[worked].astype(np.intp)
        ascending, place = np.argsort(pay), organisation // scene.organisations_each
        totals["pay_gini"] = gini(pay, ascending, organisation, scene.organisations)
        area["pay_gini"] = gini(pay, ascending, place, scene.replications.size)

    def _count_flags(self, scene: Snapshot) -> None:
        """Flags of the year so far, by department."""
        flagged = np.bincount(
            scene.events.of("flagged", "department").astype(np.int64), minlength=scene.departments.size
        )
        if scene.quarter % scene.quarters_per_year != 1 and scene.quarters_per_year > 1:
            flagged[: self._flags_of_year.size] += self._flags_of_year
        self._flags_of_year = flagged

    @property
    def latest_area(self) -> Mapping[str, Column]:
        """The last recorded quarter's row of every replication's area."""
        return self._area[-1]

    def area(self) -> "pandas.DataFrame":
        """Outcomes of the whole area: one row a replication and quarter."""
        from sim.outcomes.frames import frame

        return frame(self._area, self.names, ["replication", "quarter"])

    def tables(self) -> dict[str, "pandas.DataFrame"]:
        """Everything recorded, as data frames sorted by replication and quarter."""
        from sim.outcomes.frames import frame, joined

        totals = joined(self._quarters)
        keys = ["replication", "quarter", "organisation"]
        tables = {
            "quarters": frame([{key: totals[key] for key in keys} | evaluate(totals)], self.names, keys),
            "area": self.area(),
            "departments": frame(self._departments, self.names, ["replication", "quarter", "department"]),
        }
        if self.names.groups:
            tables["groups"] = frame(self._groups, self.names, ["replication", "quarter", "group"])
        if self._with_panel:
            tables["staff_panel"] = frame(self._panel, self.names, ["replication", "quarter", "person"])
        return tables
