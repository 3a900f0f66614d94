"""The state of a run, and the few ways in which it is written: taking a post, leaving one, leaving altogether."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Column, Counts, Floats, Integers, Mask, NamedColumns, Rows, Streams
from sim.core.draws import Draws, streams
from sim.core.events import EventLog
from sim.model.jurisdictions import DISTANCE, STRIKES, Jurisdictions
from sim.model.labour import Labour
from sim.model.operators import bid
from sim.model.parks import found_parks
from sim.model.services import found_service
from sim.people.founding import (
    department_streams,
    found_departments,
    found_posts,
    found_staff,
    post_comfort,
)
from sim.people.parks import market_gain
from sim.people.people import Newcomers, Population
from sim.people.skills import RoleChange
from sim.people.staff import SomeStaff
from sim.people.view import View
from sim.response.municipality import Peers
from sim.settings.behaviour import Behaviour
from sim.settings.terms import NOBODY, RANK_CELLS, Kind

if TYPE_CHECKING:
    from sim.model.flags import Flags
    from sim.people.agents import Employee
    from sim.rules.regime import Regime
    from sim.scenario.schema import Scenario

LEFT_WITH = ("ability", "age_quarters", "service_quarters")
"""What the log of events says of whoever leaves."""
CAME_WITH = ("ability", "age_quarters")
"""What it says of whoever is hired."""
REMOVALS = ("dismissed", "not_renewed")
"""Ways of leaving that colleagues see as being sent away."""


class State(Jurisdictions):
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
        self.regimes: tuple[Regime, ...] = founding.regimes
        """The regimes in force side by side; `departments.regime` and `staff.regime` are places in it."""
        self.behaviour = founding.behaviour
        self.population = self._population()
        self.departments = found_departments(
            self.world, self.structure, self.behaviour, self.draws, replications
        )
        self.posts = found_posts(self.world, self.structure, self.departments, replications)
        self.posts["comfort"] = post_comfort(self.posts, self.draws, np.arange(self.posts.size))
        self.staff = found_staff(self.population, self.structure, self.posts, self.departments)
        self.staff["last_department"] = self.staff.department
        self.leader_regime = np.zeros(self.organisations, dtype=np.int8)
        """Of the leaders of each organisation, who work in no department; and their pay scale."""
        self.leader_scale = np.ones(self.organisations)
        self.labour = Labour(self)
        self.former: list[NamedColumns] = []
        self._by_group = ("group",) if self.world.people.groups else ()
        """What events tell of people besides who and where they are."""
        self.events = EventLog(kept="events" in scenario.record)
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
        self.intrinsic = np.zeros(1)
        """Effort without any reward, by regime."""
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
            for regime in phase.regimes
            for trigger in regime.adjustment.listed.values()
        )

    def _found_expectations(self) -> None:
        """What people have seen of openings and flags, and what floating pay is worth to them."""
        self.floating_worth = np.zeros(self.replications.size)
        """Mean worth of floating pay to people at work, shape (regimes × replications,)."""
        self.openings = np.zeros((self.replications.size, RANK_CELLS))
        """Promotions to, and hires at, each rank since the last year's close."""
        self.turnover = np.full_like(self.openings, self.behaviour.stakes.expected_turnover)
        """Share of the posts of each rank that people expect to open in a year."""
        self.flags: dict[tuple[int, str], Flags] = {}
        """This quarter's flags by regime and trigger."""

    def restore_authorised(self, where: Mask) -> None:
        """The authorised headcount of these bodies is the number of their departments' posts."""
        posts = self.posts
        of_departments = np.bincount(self.body_of_posts[posts.department >= 0], minlength=self.bodies)
        self.authorised[where] = of_departments[where]
        self.measure_organs(where)

    def measure_organs(self, where: Mask) -> None:
        """From now on the number of organs is measured from what it is now."""
        departments = self.departments
        counted = departments.open & (departments.kind != Kind.OPERATOR)
        organs = np.bincount(self.body_of_departments[counted], minlength=self.bodies)
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

    def view(self, regime: "Regime | None" = None, rows: Rows | None = None) -> View:
        """A fresh look at the state as it stands.

        Args:
            regime: whose rules look; the first in force by default.
            rows: the people who are looked at; None for all.
        """
        rules, employee_at = regime or self.regimes[0], self.employee_at
        if rows is not None and employee_at is not None:
            employee_at = partial(_employee_in, employee_at, rows)
        return View(
            staff=self.staff.to_read if rows is None else SomeStaff(self.staff, rows),
            posts=self.posts.to_read,
            departments=self.departments.to_read,
            organisations=self.organisations,
            quarter=self.quarter,
            quarters_per_year=self.year,
            draws=self.draws,
            standard=self.population.standard,
            ranks_people=rules.appraisal.ranks_people,
            grade_multipliers=rules.appraisal.multipliers_of_list,
            municipal_units=self.world.municipality.units,
            holder_share=self.world.municipality.holder_share,
            ranks=self.structure.ranks,
            employee_at=employee_at,
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
        names = ("replication", "person", "organisation", "department", "rank", *self._by_group)
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

    def forget_distances(self, of: str, rows: Rows) -> None:
        """For people in `rows` thresholds of this name (those that begin so, where it ends in _) hold no longer."""
        for name in list(self.staff.names):
            if name == DISTANCE + of or (of.endswith("_") and name.startswith(DISTANCE + of)):
                self.staff[name][rows] = np.nan
                if np.isnan(self.staff[name]).all():
                    self.staff.drop_column(name)

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
        for name in self.triggers:
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
        staff = self.staff
        changed = self.posts.manager[posts] != staff.manager[rows]
        new_rank = self.rank_taken(posts, staff.rank[rows])
        by_rank = self.behaviour.ability.role_change_by == "rank"
        self.vacate(rows)
        another = changed | (by_rank & (new_rank != staff.rank[rows]))
        self._change_role(rows[another], new_rank[another])
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

    def _change_role(self, rows: Rows, taken: Integers) -> None:
        """Another role asks for other abilities, and people know less of how good they are at it (B1)."""
        if not rows.size:
            return
        staff, population = self.staff, self.population
        of_group = population.groups.effects.ability[staff.group[rows]]
        change = RoleChange(
            staff.ability[rows] - of_group,
            self.quarter,
            staff.stream[rows],
            *(self._profile(ranks) for ranks in (staff.first_role[rows], staff.role[rows], taken)),
        )
        mean, kept, doubt = population.known_in_new_role(change)
        staff.ability[rows] = of_group + population.ability_in_new_role(change)
        staff.belief[rows] = mean + kept * (staff.belief[rows] - mean)
        staff.belief_variance[rows] = kept**2 * staff.belief_variance[rows] + doubt
        staff.role[rows] = taken

    def _profile(self, role: Integers) -> Integers:
        """Which of the profiles of skills a role has: its rank's, or that of staff or managers."""
        if self.behaviour.ability.role_change_by == "rank":
            return role.astype(np.int64) - 1
        return (role >= self.structure.ranks.first_manager).astype(np.int64)

    def change_department(self, rows: Rows) -> None:
        """Tenure and scores start afresh, under another rater."""
        staff = self.staff
        persistent = self.population.persistent_variance(staff.manager[rows])
        staff.last_department[rows] = staff.department[rows]
        for name in ("scale", "cut"):
            staff[name][rows] = self.departments[name][staff.department[rows]]
        self.change_regime(rows, self.departments.regime[staff.department[rows]])
        staff.quarters_in_department[rows] = 0
        self.clear_year(rows)
        staff.rater_error[rows] = np.sqrt(persistent) * self.draws.normal(
            "new_rater", self.quarter, staff.stream[rows]
        )
        staff.belief_variance[rows] += persistent

    def has_contract(self, stream: Streams) -> Mask:
        """Who is on a contract without end although appointments are established (mixed status)."""
        share = self.world.people.contract_share
        return np.asarray(self.draws.uniform("status", self.quarter, stream) < share)

    def hire(self, posts: Rows, shift: Floats) -> None:
        """People from outside take `posts`; they are the best of applicants whose mean ability is shifted."""
        self.posts.occupants[posts] += 1
        self.posts.vacant_since[posts] = -1
        regime = self.regime_of_posts()[posts]
        shift = shift + market_gain(self.structure, self.departments, self.posts.department[posts])
        who = Newcomers(self.posts, posts, self.posts.occupants[posts] - 1, self.quarter)
        rows = self.population.newcomers(who, self.departments, shift, self.behaviour.hiring.spread)
        rows["ability"] = bid(self, posts, rows["ability"])
        leader = self.posts.leader[posts]
        rank = self.rank_taken(posts, np.zeros(posts.size, dtype=np.int64))
        rows["rank"] = np.where(leader, self.structure.ranks.leader, rank)
        rows["role"] = rows["first_role"] = rows["rank"]
        by_contract = self.by_regime(lambda one: one.appointment.by_contract, regime)
        rows["contract"] = ~leader & (by_contract | self.has_contract(who.stream))
        rows["ramp_gap"] = np.full(posts.size, 1 - self.behaviour.ability.ramp_start)
        end = self.by_regime(lambda one: one.appointment.contract_end(self.quarter, self.year), regime)
        rows["contract_end"] = np.where(rows["contract"], end, 0)
        rows |= {"regime": regime, "last_department": rows["department"]}
        of_department = self.departments.scale[rows["department"]]
        rows["scale"] = np.where(leader, self.leader_scale[rows["organisation"]], of_department)
        rows["cut"] = np.where(leader, 1.0, self.departments.cut[rows["department"]])
        new = self.staff.append(rows, posts.size)
        hired = np.arange(new.start, new.stop)
        self.see_openings(hired[~leader])
        self.record("hired", hired, **{name: self.staff[name][new] for name in CAME_WITH})


def _employee_in(employee_at: "Callable[[int], Employee]", rows: Rows, row: int) -> "Employee":
    """The person in a row of those rows."""
    return employee_at(int(rows[row]))
