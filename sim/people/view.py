"""What a rule may look at: the people, the posts, the calendar, the standard and the luck. Nothing to write to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Column, Floats, Integers, Mask, Rows, Streams
from sim.core.draws import Draws, streams
from sim.core.groups import count_by, count_within, in_lowest_share, is_lowest
from sim.people.staff import Departments, Posts, Staff
from sim.settings.ranks import USUAL_RANKS, Ranks

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

    `grade_multipliers` are what the grades of a list are worth in pay, the worst first; empty where no list says so.
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
    ranks: Ranks = USUAL_RANKS
    grade_multipliers: tuple[float, ...] = ()
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
    def own_department(self) -> Rows:
        """Everybody's department; 0 for whoever is not at work."""
        return np.where(self.staff.at_work, self.staff.department, 0).astype(np.intp)

    def of_department(self, values: Column) -> Column:
        """What everybody's department has, of one value a department; that of the first for whoever is not at work."""
        return values.take(self.own_department)

    def of_organisation(self, values: Column) -> Column:
        """What everybody's organisation has, of one value an organisation."""
        return np.asarray(values.take(self.staff.organisation))

    @cached_property
    def people_of_department(self) -> Floats:
        """At work in everybody's department, at least 1: one person moves its mean by one part in so many."""
        people = count_by(self.own_department, self.departments.size, self.staff.at_work)
        return np.asarray(np.maximum(people[self.staff.department], 1), dtype=np.float64)

    @cached_property
    def answers_for_indicator(self) -> Mask:
        """Holds the post that answers for the department's municipal indicator."""
        return np.asarray(self.staff.at_work & self.posts.indicator[self.staff.post])

    @cached_property
    def work_of_people(self) -> Integers:
        """A number for everybody's organisation, tier and kind of tasks."""
        staff = self.staff
        own = self.departments.kind[staff.department]
        return np.asarray(8 * staff.organisation + 4 * staff.manager + own)

    @cached_property
    def work_of_posts(self) -> Integers:
        """The same for every post."""
        posts = self.posts
        own = self.departments.kind[posts.department]
        return np.asarray(8 * posts.organisation + 4 * posts.manager + own)

    def moves(self, people: Rows, posts: Rows) -> tuple[Rows, Rows]:
        """(people, the posts they take), without those who hold them already."""
        new = posts != self.staff.post[people]
        return people[new], posts[new]

    def posts_held(self, among: Mask) -> Mask:
        """The posts that `among` hold, one value a post."""
        held = np.zeros(self.posts.size, dtype=bool)
        held[self.staff.post[among]] = True
        return held

    @cached_property
    def known_ease(self) -> Floats:
        """What the difficulty of the own department adds to scores; 0 for whoever has none."""
        departments = self.departments
        return np.asarray(
            np.append(departments.hard_share * departments.difficulty, 0.0)[self.staff.department]
        )

    @cached_property
    def highest_rank(self) -> int:
        """The rank that nobody rises above: the head's, or the leaders' where departments have such posts."""
        of_departments = self.posts.rank[~self.posts.leader]
        return max(self.ranks.highest_manager, int(of_departments.max(initial=0)))

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

    def of_group(self, values: Column) -> Column:
        """What everybody's ranking group has, of one value a group."""
        return values.take(self.ranking_group)

    def size_of_group(self, among: Mask) -> Integers:
        """How many of `among` are in each person's ranking group, shape of the staff."""
        return count_within(self.ranking_group, self.groups, among)

    def lowest_share_of_group(self, share: float, score: Floats, among: Mask) -> Mask:
        """Who of `among` is in the lowest share of their ranking group by score, in whole people."""
        return in_lowest_share(share, self.ranking_group, self.groups, score, among, self.staff.stream)

    def last_of_group(self, score: Floats, among: Mask) -> Mask:
        """Who of `among` has the lowest score in their ranking group."""
        return is_lowest(self.ranking_group, score, among, self.staff.stream)
