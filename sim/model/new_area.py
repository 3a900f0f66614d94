"""The new area: one quarter on one page, and what Mesa expects of a model."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.core.errors import UserError
from sim.core.memory import keep_freed_memory
from sim.model.adjustment import adjust, wait
from sim.model.development import develop
from sim.model.live import LiveAgents
from sim.model.outside import of_area, of_new_cities
from sim.model.pay import pay
from sim.model.people import recruit, respond
from sim.model.reform import found
from sim.model.state import State
from sim.model.work import measure, open_quarter, work
from sim.model.year import appraise, close_year
from sim.observe import OUTCOMES, Recorder, Snapshot
from sim.observe.frames import published
from sim.scenario.loader import load

if TYPE_CHECKING:
    import pandas

    from sim.scenario.schema import Scenario

QUARTER: tuple[Callable[[State], None], ...] = (
    open_quarter,
    work,
    measure,
    pay,
    appraise,
    close_year,
    adjust,
    wait,
    respond,
    recruit,
    develop,
)
"""The processes of a quarter, in the order ODD.md states; the model observes after the last one."""


class NewAreaModel(LiveAgents, mesa.Model):
    """A new area under a personnel regime.

    Args:
        scenario: a scenario, or the path of a scenario file; None means every default.
        rng: the integer that seeds everything; by default the scenario's seed.
        replications: numbers of the replications simulated side by side; by default replication 0 alone.
        window: first and last quarter that are recorded; by default all. The books are closed in every quarter.
        overrides: dotted scenario keys, as `**{"regime.floating_pay.floating_share": 0.2}`.

    Raises:
        UserError: where the scenario or an override is wrong.
    """

    def __init__(
        self,
        scenario: "Scenario | str | Any | None" = None,
        *,
        rng: int | None = None,
        replications: Iterable[int] = (0,),
        window: tuple[int, int] | None = None,
        **overrides: Any,
    ) -> None:
        self.settings: Scenario = load({} if scenario is None else scenario, set=overrides)
        seed = self.settings.seed if rng is None else int(rng)
        super().__init__(rng=seed)
        keep_freed_memory()
        self.state = State(self.settings, seed, replication_numbers(replications))
        self.state.employee_at = self.employee_at
        found(self.state)
        record = self.settings.record
        kept = "departments" in record, "staff" in record
        self.recorder = Recorder(self.state.world.new_cities, *kept, self.settings.staff_every, window)
        self.datacollector = mesa.DataCollector(
            model_reporters={name: partial(latest, name) for name in OUTCOMES}
        )
        self.observe()

    def step(self) -> None:
        """One quarter."""
        self.state.quarter += 1
        for process in QUARTER:
            process(self.state)
        self.observe()
        self._archive_leavers()

    def run(self, on_quarter: Callable[[], None] | None = None) -> "NewAreaModel":
        """All quarters up to the horizon."""
        while self.running:
            self.step()
            if on_quarter is not None:
                on_quarter()
        return self

    def observe(self) -> None:
        """Record outcomes, close the books, end the quarter's log."""
        recorded = self.recorder.watches(self.state.quarter)
        self.recorder.observe(self.snapshot())
        self.state.events.close(self.state.quarter, recorded)
        if recorded:
            self.datacollector.collect(self)
        self.running = self.state.quarter < self.settings.horizon.quarters

    def _archive_leavers(self) -> None:
        """Keep the last state of the quarter's leavers; their rows go at the year's close."""
        staff = self.state.staff
        gone = staff.left_quarter == self.state.quarter
        if self.recorder.watches(self.state.quarter) and gone.any():
            self.state.former.append(published(staff, self.snapshot(), gone))
        if self.state.closes_year:
            staff.keep(staff.employed)

    def snapshot(self) -> Snapshot:
        """The state as it can be seen from outside."""
        state = self.state
        return Snapshot(
            quarter=state.quarter,
            quarters_per_year=state.year,
            replications=state.replications,
            organisations_each=state.organisations_each,
            staff=state.staff,
            posts=state.posts,
            departments=state.departments,
            events=state.events,
            parks=state.parks,
            of_new_cities=of_new_cities(state),
            of_area=of_area(state),
            authorised=state.authorised,
            operators_replaced=state.operators_replaced,
            intrinsic=state.intrinsic,
            ability_tenths=state.population.ability_tenths,
            funds=state.funds
            if state.regime.floating_pay.bound_by_fund
            else np.full_like(state.funds, np.inf),
        )

    @property
    def residuals(self) -> dict[str, float]:
        """Largest residual so far of every accounting identity."""
        return self.recorder.books.residuals

    @property
    def former(self) -> list[dict[str, Any]]:
        """Blocks of people who left in earlier years."""
        return self.state.former

    def tables(self) -> dict[str, "pandas.DataFrame"]:
        """Everything recorded: quarters, area, departments, staff, events, and staff_panel if asked for."""
        from sim.model.tables import events_table, staff_table

        found = self.recorder.tables()
        return found | {"staff": staff_table(self), "events": events_table(self)}


def latest(outcome: str, model: NewAreaModel) -> float:
    """The last recorded value of an outcome for the whole area, mean over replications."""
    values = model.recorder.latest_area[outcome]
    return float(values.sum() / values.size)


def replication_numbers(replications: Iterable[int]) -> NDArray[np.int64]:
    """Sorted, each once, as the tables need them.

    Raises:
        UserError: for no replication at all, or a negative number.
    """
    numbers = np.unique(np.asarray(list(replications), dtype=np.int64))
    if numbers.size == 0 or numbers[0] < 0:
        raise UserError(
            f"replications: expected numbers from 0 on, at least one of them; got {numbers.tolist()}"
        )
    return numbers
