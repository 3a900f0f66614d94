"""What a rule may look at: the people, the posts, the calendar, the standard and the luck. Nothing to write to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats, Integers, Mask, Streams
from sim.core.draws import Draws, streams
from sim.core.groups import count_by
from sim.people.staff import Departments, Posts, Staff
from sim.settings.terms import HIGHEST_MANAGER_RANK

if TYPE_CHECKING:
    from sim.people.agents import Employee


GROUP_KEYS = 1 << 40
"""Offset that keeps the luck of groups apart from the luck of people."""


@dataclass(frozen=True)
class Standard:
    """The founding distribution of annual scores, against which absolute cuts are set, and the SD of ability in it."""

    mean: float
    sd: float
    ability_sd: float = 1.0


@dataclass(frozen=True)
class View:
    """One quarter as a rule sees it. Arrays over people have the staff's length.

    `appraised` is all False before the year's last quarter.
    """

    staff: Staff
    posts: Posts
    departments: Departments
    organisations: int
    quarter: int
    quarters_per_year: int
    draws: Draws
    standard: Standard
    ranks_people: bool
    municipal_units: int = 21
    holder_share: float = 0.5
    employee_at: Callable[[int], "Employee"] | None = None

    @property
    def closes_year(self) -> bool:
        return self.quarter % self.quarters_per_year == 0

    @property
    def quarters_left(self) -> int:
        """Quarters of the year still to be worked, this one included."""
        return self.quarters_per_year - (self.quarter - 1) % self.quarters_per_year

    @cached_property
    def replications(self) -> Integers:
        """Numbers of the replications that share the tables, ascending."""
        return np.asarray(np.unique(self.departments.replication))

    @cached_property
    def area(self) -> Integers:
        """The area everybody belongs to, counted from 0 over the replications."""
        return np.asarray(self.staff.organisation // (self.organisations // self.replications.size))

    @cached_property
    def people_of_department(self) -> Floats:
        """At work in everybody's department, at least 1: one person moves its mean by one part in so many."""
        staff = self.staff
        people = np.bincount(staff.department[staff.at_work], minlength=self.departments.size)
        return np.asarray(np.maximum(people[staff.department], 1), dtype=np.float64)

    @cached_property
    def known_ease(self) -> Floats:
        """What the difficulty of the own department adds to scores; 0 for whoever has none."""
        departments = self.departments
        return np.asarray(
            np.append(departments.hard_share * departments.difficulty, 0.0)[self.staff.department]
        )

    @cached_property
    def highest_rank(self) -> int:
        """The rank that nobody rises above: 5, or 6 where departments have such posts."""
        of_departments = self.posts.rank[~self.posts.leader]
        return max(HIGHEST_MANAGER_RANK, int(of_departments.max(initial=0)))

    @cached_property
    def ranking_group(self) -> Integers:
        """Staff are ranked in their department, managers in their organisation; 0 where nobody is ranked."""
        staff = self.staff
        group = np.where(staff.manager, self.departments.size + staff.organisation, staff.department)
        return np.where(staff.at_work, group, 0).astype(np.intp)

    @property
    def groups(self) -> int:
        """How many ranking groups there are."""
        return self.departments.size + self.organisations

    @cached_property
    def group_stream(self) -> Streams:
        """One stream a ranking group, the same whatever replications share the table."""
        departments = self.departments
        a_replication = self.organisations // self.replications.size
        number = np.concatenate([departments.number, -1 - np.arange(self.organisations) % a_replication])
        replication = np.concatenate([departments.replication, np.repeat(self.replications, a_replication)])
        return streams(replication, number + GROUP_KEYS)

    @cached_property
    def ranked(self) -> Mask:
        """Ranked within the quarter: at work under the regime, a full year in the department."""
        long_enough = self.staff.quarters_in_department >= self.quarters_per_year
        return np.asarray(self.staff.at_work & long_enough & self.ranks_people)

    @cached_property
    def appraised(self) -> Mask:
        """Appraised for the year: scored in every quarter of it in the same department."""
        full = self.staff.quarters_scored == self.quarters_per_year
        return np.asarray(self.staff.at_work & full & self.ranks_people & self.closes_year)

    def employee(self, row: int) -> "Employee":
        """The person in a row as a Mesa agent, for rules that look at one employee at a time."""
        if self.employee_at is None:
            raise LookupError("this view has no model behind it, so there are no agents to look at")
        return self.employee_at(row)

    def size_of_group(self, among: Mask) -> Integers:
        """How many of `among` are in each person's ranking group, shape of the staff."""
        return count_by(self.ranking_group, self.groups, among).take(self.ranking_group)
