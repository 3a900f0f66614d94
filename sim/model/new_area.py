"""The new area: one quarter on one page, and what Mesa expects of a model."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim.core.arrays import Counts, Mask
from sim.core.errors import UserError
from sim.core.memory import keep_freed_memory
from sim.core.seeds import seed_from
from sim.model.adjustment import adjust, wait
from sim.model.development import develop
from sim.model.live import LiveAgents
from sim.model.outside import of_area, of_new_cities
from sim.model.pay import pay
from sim.model.people import recruit, respond
from sim.model.reform import found
from sim.model.state import State
from sim.model.study import of_study
from sim.model.work import measure, open_quarter, work
from sim.model.year import appraise, close_year
from sim.outcomes import OUTCOMES
from sim.outcomes.frames import published
from sim.outcomes.names import Names
from sim.outcomes.recorder import Recorder
from sim.outcomes.snapshot import Snapshot
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


FROM_SCENARIO = "the scenario's seed"
"""The default of `rng`, which None is not: Mesa's None means luck that is new every time."""


class NewAreaModel(LiveAgents, mesa.Model):
    """A new area under a personnel regime.

    Args:
        scenario: a scenario, or the path of a scenario file; None means every default.
        rng: what seeds everything; by default the scenario's seed. Anything that Mesa takes: an integer, integers, a
            `SeedSequence`, a generator (from which one integer is drawn), and None for luck that is new every time.
            `settings.seed` is the integer that was used.
        replications: numbers of the replications simulated side by side; by default replication 0 alone.
        window: first and last quarter that are recorded; by default all. The books are closed in every quarter.
        overrides: dotted scenario keys, as `**{"regime.floating_pay.floating_share": 0.2}`.

    Mesa's page makes the model again from its `model_params`: name the `scenario` there.
    A subclass may bring a `datacollector` of its own: like the model's, it has one row a step, whether or not the
    subclass collects itself.

    Raises:
        UserError: where the scenario, an override or `rng` is wrong.
    """

    def __init__(
        self,
        scenario: "Scenario | str | Any | None" = None,
        *,
        rng: Any = FROM_SCENARIO,
        replications: Iterable[int] = (0,),
        window: tuple[int, int] | None = None,
        **overrides: Any,
    ) -> None:
        self.settings: Scenario = load({} if scenario is None else scenario, set=_seeded(overrides, rng))
        super().__init__(rng=self.settings.seed)
        self._scenario = None  # Mesa's page would make a new model with an empty scenario of Mesa's own
        keep_freed_memory()
        self.state = State(self.settings, replication_numbers(replications))
        self.state.employee_at = self.employee_at
        found(self.state)
        self.course = self._course()
        record = self.settings.record
        kept = "departments" in record, "staff" in record
        self.recorder = Recorder(Names.of(self.state.world), *kept, self.settings.staff_every, window)
        self.datacollector = mesa.DataCollector(
            model_reporters={name: partial(latest, name) for name in OUTCOMES}
        )
        self.observe()
        self._collect()

    def _course(self) -> "NewAreaModel | None":
        """The rule's course of the same luck, where a lottery or a pooled ranking asks how many the rule flags."""
        if not self.settings.selects_otherwise:
            return None
        numbers = self.state.replications.tolist()
        course = NewAreaModel(self.settings.by_rule(), replications=numbers, window=(1, 0))
        self.state.course = course.state
        return course

    def step(self) -> None:
        """One quarter."""
        if self.course is not None:
            self.course.step()
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

    def reset_rng(self, rng: Any = None) -> None:
        """From the next quarter on, the luck of another seed; None keeps the seed. What has happened stays.

        Raises:
            UserError: where Mesa would not take `rng` either.
        """
        if rng is not None:
            self.settings = self.settings.with_(seed=seed_from(rng))
            self.state.adopt_seed(self.settings.seed)
        if self.course is not None:
            self.course.reset_rng(rng)
        super().reset_rng(self.settings.seed)

    def _do_step(self) -> None:
        """Mesa's whole step: that of a subclass, then a row for the collector if the subclass wrote none."""
        super()._do_step()
        self._collect()

    def _collect(self) -> None:
        collector = self.datacollector
        times = *collector._collection_steps[-1:], *collector._agent_records, *collector._agenttype_records
        if self.recorder.watches(self.state.quarter) and self.time not in times:
            collector.collect(self)

    def observe(self) -> None:
        """Record outcomes, close the books, end the quarter's log."""
        recorded = self.recorder.watches(self.state.quarter)
        self.recorder.observe(self.snapshot())
        self.state.events.close(self.state.quarter, recorded)
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
            of_study=of_study(state) if state.records_staff else {},
            authorised=state.authorised_by_organisation,
            operators_replaced=state.operators_replaced,
            intrinsic=state.intrinsic,
            search_cost=state.behaviour.hiring.search_cost,
            ability_tenths=state.population.ability_tenths,
            funds=np.where(self._bound_by_fund(), state.funds, np.inf),
        )

    def _bound_by_fund(self) -> Mask:
        """Bodies whose floating pay may not exceed their fund."""
        bound = [regime.floating_pay.bound_by_fund for regime in self.state.regimes]
        return np.repeat(bound, self.state.organisations)

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
    return float(np.add.reduce(values) / values.size)


def _seeded(overrides: dict[str, Any], rng: Any) -> dict[str, Any]:
    """The overrides with the seed that `rng` stands for; as in Mesa, a `seed` goes before None."""
    given = overrides.get("seed") is not None
    if rng is FROM_SCENARIO or (rng is None and given):
        return overrides
    if given:
        raise UserError("seed and rng are both given; give one of them")
    return overrides | {"seed": seed_from(rng)}


def replication_numbers(replications: Iterable[int]) -> Counts:
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
