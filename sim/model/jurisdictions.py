"""Regimes in force side by side: who is under which, and what of the state goes with a regime (ODD.md §7.25)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.arrays import Column, Counts, Floats, Integers, Mask, Rows
from sim.people.staff import Staff
from sim.people.view import View
from sim.settings.terms import NOBODY

if TYPE_CHECKING:
    from sim.model.state import State
    from sim.people.staff import Departments, Posts
    from sim.rules.regime import Regime
    from sim.settings.place import Structure

STRIKES = "strikes."
DISTANCE = "distance."
"""Columns for studies alone, which only a run that records the staff has."""


@dataclass(frozen=True)
class Jurisdiction:
    """A regime in force and the people under it.

    Attributes:
        number: place among the regimes in force.
        rows: the rows of its people; None where these are all people.
        view: what its rules may look at: its own people, and all posts and departments.
    """

    state: "State"
    number: int
    regime: "Regime"
    rows: Rows | None
    view: View

    @property
    def staff(self) -> Staff:
        """Its people, to be read."""
        return self.view.staff

    def put(self, column: str, values: Any) -> None:
        """Write a column of its people."""
        if self.rows is None:
            self.state.staff[column] = values
        else:
            self.state.staff[column][self.rows] = values
            self.staff.__dict__.pop(column, None)  # it is read anew

    def note_distance(self, name: str, distance: Floats) -> None:
        """Keep how far its people are from a threshold, in SD, until its next period; where the staff is recorded."""
        if self.state.records_staff:
            self.state.staff.add_column(DISTANCE + name, "f8", np.nan)
            self.put(DISTANCE + name, distance)

    def whole(self, rows: Rows) -> Rows:
        """The rows of the table that some of its rows are."""
        return rows if self.rows is None else self.rows[rows]

    def where(self, mask: Mask) -> Rows:
        """The rows of the table where a mask over its people holds."""
        return self.whole(np.flatnonzero(mask))

    def spread(self, values: Column) -> Column:
        """A column of its people as a new one of everybody, 0 for the others."""
        if self.rows is None:
            return np.array(values)
        column = np.zeros(self.state.staff.size, dtype=values.dtype)
        column[self.rows] = values
        return column

    def governs(self, regime: Integers) -> Mask:
        """Of posts or departments, by the regime that each is under, those that are under this one."""
        if self.rows is None:
            return np.ones(regime.size, dtype=bool)
        return np.asarray(regime == self.number)

    @property
    def bodies(self) -> slice:
        """Its part of what there is once for every regime and organisation."""
        many = self.state.organisations
        return slice(self.number * many, (self.number + 1) * many)


class Jurisdictions:
    """What a state knows of the regimes in force. Under one regime nothing is looked up and nothing is copied.

    Attributes:
        regimes: those in force; `departments.regime` and `staff.regime` are places among them.
        leader_regime: that of each organisation's leaders, who work in no department.
    """

    regimes: "tuple[Regime, ...]"
    staff: Staff
    posts: "Posts"
    departments: "Departments"
    leader_regime: Integers
    authorised: Floats
    replications: Counts
    organisations_each: int
    structure: "Structure"

    @property
    def organisations(self) -> int:
        """Organisations of all replications together."""
        return self.organisations_each * self.replications.size

    @property
    def jurisdictions(self: "State") -> list[Jurisdiction]:  # type: ignore[misc]
        """The regimes that anybody is under, each with a fresh look at its own people."""
        if len(self.regimes) == 1:
            return [Jurisdiction(self, 0, self.regimes[0], None, self.view())]
        everybody = np.argsort(self.staff.regime, kind="stable")
        ends = np.cumsum(np.bincount(self.staff.regime, minlength=len(self.regimes)))
        shares = zip(self.regimes, np.split(everybody, ends[:-1]), strict=True)
        return [
            Jurisdiction(self, number, regime, rows, self.view(regime, rows))
            for number, (regime, rows) in enumerate(shares)
            if rows.size
        ]

    def by_regime(self, what: Callable[["Regime"], Any], numbers: Integers | None = None) -> Any:
        """What a regime says, for everybody, or for each of the `numbers` of regimes; one value under one regime."""
        if len(self.regimes) == 1:
            return what(self.regimes[0])
        said = np.array([what(regime) for regime in self.regimes])
        return said[self.staff.regime if numbers is None else numbers]

    def expected_penalty(self: "State", regime: "Regime") -> float:  # type: ignore[misc]
        """What an SD gamed for a year is reckoned to cost in audits: πF."""
        return regime.appraisal.audits * self.behaviour.stakes.caught

    @property
    def triggers(self) -> list[str]:
        """Names of the triggers that any regime in force lists."""
        return list(dict.fromkeys(name for regime in self.regimes for name in regime.adjustment.listed))

    @property
    def bodies(self) -> int:
        """What has a fund and an authorised headcount: every organisation, once for each regime in force."""
        return len(self.regimes) * self.organisations

    @property
    def everywhere(self) -> Mask:
        """All bodies of all replications."""
        return np.ones(self.bodies, dtype=bool)

    def _body(self, organisation: Integers, regime: Integers) -> Integers:
        """Number of a body: those of the first regime come first. Under one regime that of the organisation."""
        if len(self.regimes) == 1:
            return organisation
        return np.asarray(organisation + self.organisations * regime.astype(np.int64))

    @property
    def body_of_staff(self) -> Integers:
        return self._body(self.staff.organisation, self.staff.regime)

    @property
    def body_of_departments(self) -> Integers:
        return self._body(self.departments.organisation, self.departments.regime)

    @property
    def body_of_posts(self) -> Integers:
        return self._body(self.posts.organisation, self.regime_of_posts())

    def regime_of_posts(self) -> Integers:
        """Of a department's post that of the department; of leaders' and of gone posts that of the leaders."""
        posts, departments = self.posts, self.departments
        of_leaders = self.leader_regime[posts.organisation]
        own = np.where(posts.department >= 0, departments.regime[posts.department], of_leaders)
        return np.asarray(own)

    @property
    def authorised_by_organisation(self) -> Floats:
        """Authorised headcount under all regimes together, shape (organisations,)."""
        return np.asarray(self.authorised.reshape(-1, self.organisations).sum(axis=0))

    def rank_taken(self, posts: Rows, old: Integers) -> Integers:
        """Rank after taking posts, by the rule of the regime each is under; `old` is 0 for somebody from outside."""
        numbers, new = self.regime_of_posts()[posts], np.array(old)
        for number, regime in enumerate(self.regimes):
            here = numbers == number
            at = posts[here]
            new[here] = regime.posts.rank_taken(
                self.posts.rank[at], self.posts.manager[at], old[here], self.structure.ranks
            )
        return new

    def change_regime(self: "State", rows: Rows, regime: Integers) -> None:  # type: ignore[misc]
        """People who come into a department of another regime are under it from now on.

        Whoever comes from an established post to a contract, or back, takes what a hire would get; strikes that mean
        nothing there are dropped.
        """
        if len(self.regimes) == 1:
            return
        staff = self.staff
        changed = staff.regime[rows] != regime
        rows, now, before = rows[changed], regime[changed], staff.regime[rows[changed]]
        staff.regime[rows] = now
        by_contract = np.array([one.appointment.by_contract for one in self.regimes])
        other = by_contract[now] != by_contract[before]
        ends = np.array([one.appointment.contract_end(self.quarter, self.year) for one in self.regimes])
        staff.contract[rows[other]] = by_contract[now[other]]
        staff.contract_end[rows[other]] = np.where(by_contract[now[other]], ends[now[other]], 0)
        same_grades = np.array(
            [[one.appraisal == other.appraisal for one in self.regimes] for other in self.regimes]
        )
        staff.grade_place[rows[~same_grades[now, before]]] = NOBODY
        self.carry_strikes(rows, self.regimes, before)
        self.end_lost_probation(rows)

    def end_lost_probation(self: "State", rows: Rows) -> None:  # type: ignore[misc]
        """Whose regime knows no probation is on none."""
        known = np.array([regime.adjustment.has_probation for regime in self.regimes])
        self.end_probation(rows[~known[self.staff.regime[rows]]])

    def carry_strikes(self: "State", rows: Rows, regimes: "tuple[Regime, ...]", before: Integers) -> None:  # type: ignore[misc]
        """Strikes of people who come under another regime are kept as its trigger of that name keeps them, or dropped.

        Args:
            regimes: those in force before.
            before: which of them each of the people was under.
        """
        now = self.staff.regime[rows]
        for old, new in np.unique(np.column_stack([before, now]), axis=0).tolist():
            who = rows[(before == old) & (now == new)]
            left, listed = regimes[old].adjustment.listed, self.regimes[new].adjustment.listed
            for name in self.triggers:
                strikes, trigger = self.staff[STRIKES + name], listed.get(name)
                if trigger is None:
                    strikes[who] = 0
                    self.forget_distances("trigger_" + name, who)
                else:
                    strikes[who] = trigger.taken_over(strikes[who], left.get(name, trigger))
