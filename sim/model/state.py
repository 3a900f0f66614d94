"""The state of a run, and the few ways in which it is written: taking a post, leaving one, leaving altogether."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.core.arrays import Column, Counts, Floats, Integers, Mask, NamedColumns, Rows, Streams
from sim.core.draws import Draws, streams
from sim.core.events import EventLog
from sim.model.labour import Labour
from sim.model.parks import found_parks
from sim.model.services import found_service
from sim.people.founding import department_streams, found_departments, found_posts, found_staff, post_comfort
from sim.people.people import Newcomers, Population
from sim.people.view import View
from sim.response.municipality import Peers
from sim.settings.behaviour import Behaviour
from sim.settings.terms import NOBODY, RANK_CELLS

if TYPE_CHECKING:
    from sim.people.agents import Employee
    from sim.rules.regime import Regime
    from sim.scenario.schema import Scenario

STRIKES = "strikes."
DISTANCE = "distance."
"""Columns for studies alone, which only a run that records the staff has."""
LEFT_WITH = ("ability", "rank", "age_quarters", "service_quarters")
"""What the log of events says of whoever leaves."""
REMOVALS = ("dismissed", "not_renewed")
"""Ways of leaving that colleagues see as being sent away."""


class Flags(NamedTuple):
    """How many of a department's staff, and of an organisation's managers, a trigger flags in a quarter."""

    departments: Integers
    organisations: Integers


class State:
    """Everything that changes in a run of one or many replications side by side.

    Args:
        scenario: what is simulated, and the one integer all luck comes from.
        replications: numbers of the replications that share the tables.
    """

    def __init__(self, scenario: "Scenario", replications: Counts) -> None:
        self.scenario = scenario
        self.draws = Draws(scenario.seed)
        self.replications = replications
        self.quarter = 0
        self.year = scenario.calendar.quarters_per_year
        self.world, self.structure = scenario.world, scenario.structure
        self.organisations_each = len(self.world.new_cities) + 1
        founding = scenario.at(0)
        self.regime: Regime = founding.regime
        self.behaviour = founding.behaviour
        self.population = self._population()
        self.departments = found_departments(
            self.world, self.structure, self.behaviour, self.draws, replications
        )
        self.posts = found_posts(self.world, self.structure, self.departments, replications)
        self.posts["comfort"] = post_comfort(self.posts, self.draws, np.arange(self.posts.size))
        self.staff = found_staff(self.population, self.posts, self.departments)
        self.labour = Labour(self)
        self.former: list[NamedColumns] = []
        self._by_group = ("group",) if self.world.people.groups else ()
        """What events tell of people besides who and where they are."""
        self.events = EventLog(kept="events" in scenario.record)
        self.scale = np.ones(replications.size)
        self._found_outside()
        self._found_expectations()
        self.funds = np.zeros(self.organisations)
        self.transition_ends = 0
        self.agency_staff = np.zeros(replications.size)
        self.authorised, self.authorised_then = np.zeros(self.organisations), np.zeros(self.organisations)
        self.organs_then = np.zeros(self.organisations, dtype=np.int64)
        self.restore_authorised(self.everywhere)
        self.service = found_service(self)
        self.operators_replaced = np.zeros(self.organisations)
        self.parks = found_parks(self)
        self.intrinsic = 0.0
        self.course: State | None = None
        """The same area under the rule itself, where others are flagged than those whom it hits."""
        self.employee_at: Callable[[int], Employee] | None = None

    def _found_outside(self) -> None:
        """The new cities' growth and the municipal units they are ranked among."""
        replications, scenario = self.replications, self.scenario
        self.growth = np.full((replications.size, self.organisations_each - 1), self.world.growth.base)
        self.growth_shock: Floats | None = None
        self.municipal_rank = np.zeros((replications.size, self.organisations_each - 1), dtype=np.int64)
        self.department_stream = department_streams(self.departments)
        self.growth_stream = self._stream_of_new_cities()
        self.peers = Peers(self.world.municipality, self.department_stream, replications)
        self.ranks_indicators = any(
            trigger.ranks_indicators
            for phase in scenario.phases
            for trigger in phase.regime.adjustment.listed.values()
        )

    def _found_expectations(self) -> None:
        """What people have seen of openings and flags, and what floating pay is worth to them."""
        self.floating_worth = np.zeros(self.replications.size)
        self.openings = np.zeros((self.replications.size, RANK_CELLS))
        """Promotions to, and hires at, each rank since the last year's close."""
        self.turnover = np.full_like(self.openings, self.behaviour.stakes.expected_turnover)
        """Share of the posts of each rank that people expect to open in a year."""
        self.flags: dict[str, Flags] = {}
        """This quarter's flags by trigger."""
        self.flags_of_year: dict[str, Floats] = {}
        """Flags of each trigger since the last year's close, shape (replications,)."""
        self.named: dict[str, Floats] = {}
        """The same of the year before that close; -1 before the first one."""

    def restore_authorised(self, where: Mask) -> None:
        """The authorised headcount of these organisations is the number of their departments' posts."""
        posts = self.posts
        of_departments = np.bincount(posts.organisation[posts.department >= 0], minlength=self.organisations)
        self.authorised[where] = of_departments[where]
        self.measure_organs(where)

    def measure_organs(self, where: Mask) -> None:
        """From now on the number of organs is measured from what it is now."""
        departments = self.departments
        organs = np.bincount(departments.organisation[departments.open], minlength=self.organisations)
        self.authorised_then[where] = self.authorised[where]
        self.organs_then[where] = organs[where]

    def _stream_of_new_cities(self) -> Streams:
        numbers = np.arange(self.organisations_each - 1, dtype=np.int64)
        return streams(self.replications[:, None], numbers[None, :] + (1 << 43))

    def adopt_seed(self, seed: int) -> None:
        """Luck is another from now on."""
        self.draws = Draws(seed)
        self.population = self._population()

    def adopt_behaviour(self, behaviour: Behaviour) -> None:
        """People respond differently from now on."""
        self.behaviour = behaviour
        self.population = self._population()

    def _population(self) -> Population:
        return Population(self.world, self.behaviour, self.draws, self.year)

    @property
    def organisations(self) -> int:
        """Organisations of all replications together."""
        return self.organisations_each * self.replications.size

    @property
    def everywhere(self) -> Mask:
        """All organisations of all replications."""
        return np.ones(self.organisations, dtype=bool)

    @property
    def closes_year(self) -> bool:
        return self.quarter % self.year == 0

    @property
    def reformed(self) -> bool:
        """Whether a change of the timeline has come into force."""
        changes = self.scenario.changes
        return bool(changes) and self.quarter > changes[0]

    def holds(self, what: str) -> bool:
        """Whether the scenario holds `what` ("effort", "gaming", "workforce") fixed by now."""
        begin = self.scenario.held_after
        return what in self.scenario.hold and begin is not None and self.quarter > begin

    @property
    def expected_penalty(self) -> float:
        """What an SD gamed for a year is reckoned to cost in audits: πF."""
        return self.regime.appraisal.audits * self.behaviour.stakes.caught

    def view(self) -> View:
        """A fresh look at the state as it stands."""
        return View(
            staff=self.staff.to_read,
            posts=self.posts.to_read,
            departments=self.departments.to_read,
            organisations=self.organisations,
            quarter=self.quarter,
            quarters_per_year=self.year,
            draws=self.draws,
            standard=self.population.standard,
            ranks_people=self.regime.appraisal.ranks_people,
            municipal_units=self.world.municipality.units,
            holder_share=self.world.municipality.holder_share,
            ranks=self.structure.ranks,
            employee_at=self.employee_at,
        )

    def place_of(self, replication: Integers) -> Rows:
        """Where in the tables of replications each replication number stands."""
        return np.searchsorted(self.replications, replication)

    def area_of_staff(self) -> Integers:
        """Everybody's area, counted from 0 over the replications."""
        return np.asarray(self.staff.organisation // self.organisations_each)

    def record(self, event: str, rows: Rows, **details: Column) -> None:
        """Log an event for the people in `rows`."""
        if not rows.size:
            return
        staff = self.staff
        names = ("replication", "person", "organisation", "department", *self._by_group)
        columns = {name: staff[name][rows] for name in names}
        self.events.record(event, columns | details)

    def moves(self, rows: Rows, departments: Integers | None = None) -> dict[str, Integers]:
        """The departments that people leave and enter, to be logged; by default they stay in their own."""
        left = self.staff.department[rows]
        return {
            "department_left": left,
            "department_entered": left if departments is None else departments,
        }

    @property
    def records_staff(self) -> bool:
        """Whether the staff is recorded, for whoever studies it."""
        return "staff" in self.scenario.record

    def note_distance(self, name: str, distance: Floats) -> None:
        """Keep how far everybody is from a threshold, in SD, until its next period; where the staff is recorded."""
        if self.records_staff:
            self.staff.add_column(DISTANCE + name, "f8", np.nan)
            self.staff[DISTANCE + name] = distance

    def forget_distances(self, of: str) -> None:
        """Thresholds whose name begins so are no longer in force."""
        for name in [name for name in self.staff.names if name.startswith(DISTANCE + of)]:
            self.staff.drop_column(name)

    def strikes(self) -> dict[str, Integers]:
        """Strikes of everybody by trigger."""
        staff = self.staff.to_read
        return {name: staff[STRIKES + name] for name in self.regime.adjustment.listed}

    def vacate(self, rows: Rows) -> None:
        """The posts of the people in `rows` fall vacant."""
        held = self.staff.post[rows]
        self.posts.vacant_since[held[held >= 0]] = self.quarter
        self.staff.post[rows] = NOBODY

    def see_openings(self, rows: Rows) -> None:
        """Everybody in the area sees that the people in `rows` came to their rank from below or from outside."""
        cell = self.area_of_staff()[rows] * RANK_CELLS + self.staff.rank[rows]
        seen = np.bincount(cell, minlength=self.openings.size)
        self.openings += seen.reshape(self.openings.shape)

    def clear_year(self, rows: Rows) -> None:
        """Scores of the year so far no longer count."""
        self.staff.score_sum[rows] = 0.0
        self.staff.gaming_sum[rows] = 0.0
        self.staff.quarters_scored[rows] = 0

    def end_probation(self, rows: Rows) -> None:
        """The people in `rows` are on probation no longer, however it ended."""
        self.staff.probation_quarters[rows] = -1
        self.staff.probation_sum[rows] = 0.0

    def clear_strikes(self, rows: Rows) -> None:
        for name in self.regime.adjustment.listed:
            self.staff[STRIKES + name][rows] = 0

    def leave(self, rows: Rows, event: str, severance: Floats | None = None) -> None:
        """The people in `rows` leave the administration."""
        if not rows.size:
            return
        owed = np.zeros(rows.size) if severance is None else severance[rows]
        known = {name: self.staff[name][rows] for name in LEFT_WITH}
        self.record(event, rows, severance=owed, **known)
        self.vacate(rows)
        staff = self.staff
        self.end_probation(rows)
        staff.employed[rows] = False
        staff.removed[rows] = event in REMOVALS
        staff.department[rows] = NOBODY
        staff.reservoir_since[rows] = -1
        staff.returning[rows] = -1
        staff.left_quarter[rows] = self.quarter

    def enter_reservoir(self, rows: Rows) -> None:
        """The people in `rows` lose their post but stay employed."""
        if not rows.size:
            return
        self.record("entered_reservoir", rows)
        self.vacate(rows)
        self.clear_year(rows)
        self.end_probation(rows)
        self.staff.department[rows] = NOBODY
        self.staff.reservoir_since[rows] = self.quarter

    def take_post(self, rows: Rows, posts: Rows) -> None:
        """The people in `rows` move to `posts`; a new role changes ability, a new department the rater."""
        if not rows.size:
            return
        staff, posts_rule = self.staff, self.regime.posts
        changed = self.posts.manager[posts] != staff.manager[rows]
        new_rank = posts_rule.rank_taken(
            self.posts.rank[posts], self.posts.manager[posts], staff.rank[rows], self.structure.ranks
        )
        by_rank = self.behaviour.ability.role_change_by == "rank"
        self.vacate(rows)
        self._change_role(rows[changed | (by_rank & (new_rank != staff.rank[rows]))])
        self.set_rank(rows, new_rank)
        staff.post[rows] = posts
        staff.manager[rows] = self.posts.manager[posts]
        staff.quarters_in_post[rows] = 0
        moved = self.posts.department[posts] != staff.department[rows]
        new_work = moved | changed
        staff.ramp_gap[rows] = np.where(new_work, 1 - self.behaviour.ability.ramp_start_insiders, 0.0)
        staff.reservoir_since[rows] = -1
        staff.returning[rows] = -1
        self.posts.vacant_since[posts] = -1
        staff.department[rows] = self.posts.department[posts]
        self.change_department(rows[moved])

    def set_rank(self, rows: Rows, rank: Integers) -> None:
        """A changed rank starts its own time."""
        staff = self.staff
        changed = rows[staff.rank[rows] != rank]
        staff.quarters_in_rank[changed] = 0
        staff.excellent_in_rank[changed] = 0
        staff.rank[rows] = rank

    def _change_role(self, rows: Rows) -> None:
        """Another role asks for other abilities, and people know less of how good they are at it (B1)."""
        if not rows.size:
            return
        staff, population = self.staff, self.population
        mean, (kept, doubt) = population.mean_ability, population.known_in_new_role
        of_group = population.groups.effects.ability[staff.group[rows]]
        staff.ability[rows] = of_group + population.ability_in_new_role(
            staff.ability[rows] - of_group, self.quarter, staff.stream[rows]
        )
        staff.belief[rows] = mean + kept * (staff.belief[rows] - mean)
        staff.belief_variance[rows] = kept**2 * staff.belief_variance[rows] + doubt

    def change_department(self, rows: Rows) -> None:
        """Tenure and scores start afresh, under another rater."""
        staff = self.staff
        persistent = self.population.persistent_variance(staff.manager[rows])
        staff.quarters_in_department[rows] = 0
        self.clear_year(rows)
        staff.rater_error[rows] = np.sqrt(persistent) * self.draws.normal(
            "new_rater", self.quarter, staff.stream[rows]
        )
        staff.belief_variance[rows] += persistent

    def has_contract(self, rows: NamedColumns) -> Mask:
        """Who is on a contract without end although appointments are established (mixed status)."""
        share = self.world.people.contract_share
        return np.asarray(self.draws.uniform("status", self.quarter, rows["stream"]) < share)

    def hire(self, posts: Rows) -> None:
        """People from outside take `posts`; they are the best of those whom the regime attracts."""
        self.posts.occupants[posts] += 1
        self.posts.vacant_since[posts] = -1
        shift = (
            self.behaviour.hiring.sorting * self.floating_worth[self.place_of(self.posts.replication[posts])]
        )
        who = Newcomers(self.posts, posts, self.posts.occupants[posts] - 1, self.quarter)
        rows = self.population.newcomers(who, self.departments, shift)
        leader, manager = self.posts.leader[posts], self.posts.manager[posts]
        rank = self.regime.posts.rank_taken(
            self.posts.rank[posts], manager, np.zeros(posts.size, dtype=np.int64), self.structure.ranks
        )
        rows["rank"] = np.where(leader, self.structure.ranks.leader, rank)
        rows["contract"] = ~leader & (self.regime.appointment.by_contract | self.has_contract(rows))
        rows["ramp_gap"] = np.full(posts.size, 1 - self.behaviour.ability.ramp_start)
        rows["contract_end"] = np.where(
            rows["contract"], self.regime.appointment.contract_end(self.quarter, self.year), 0
        )
        new = self.staff.append(rows, posts.size)
        hired = np.arange(new.start, new.stop)
        self.see_openings(hired[~leader])
        self.record("hired", hired, ability=self.staff.ability[new])
