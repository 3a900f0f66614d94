"""Who comes: founders and hires alike are the best of several applicants by a score of limited validity."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.core.arrays import Floats, Integers, Mask, NamedColumns, Streams
from sim.core.draws import Draws, streams
from sim.core.orders import best_draw, best_of
from sim.core.shapes import shaped, shaped_moments
from sim.people.groups import Groups
from sim.people.roster import roster_of
from sim.people.skills import RoleChange, demands, role_correlations
from sim.people.staff import Departments, Posts
from sim.people.view import Standard
from sim.settings.behaviour import Behaviour
from sim.settings.place import World
from sim.settings.terms import OCCUPANTS

BORN = 0
"""What people bring with them is drawn for this quarter, whenever they come: the second holder of a post is the same
person under every regime, sooner or later."""


@dataclass(frozen=True)
class Newcomers:
    """The posts that are filled from outside, and the how-many-th occupant each gets."""

    posts: Posts
    rows: Integers
    occupant: Integers
    quarter: int

    @property
    def person(self) -> Integers:
        """Their ids."""
        return np.asarray(self.posts.number[self.rows].astype(np.int64) * OCCUPANTS + self.occupant)

    @cached_property
    def stream(self) -> Streams:
        """The keys of their luck."""
        return streams(self.posts.replication[self.rows], self.person)


@dataclass(frozen=True)
class Population:
    """Where people come from, and what their scores look like at founding."""

    world: World
    behaviour: Behaviour
    draws: Draws
    quarters_per_year: int

    @property
    def mean_ability(self) -> float:
        """Expected ability of a hire at an unshifted applicant mean."""
        return self._moments[0]

    @property
    def ability_variance(self) -> float:
        """Variance of the ability of hires."""
        return self._moments[1]

    @property
    def ability_tenths(self) -> tuple[float, float]:
        """Abilities that about a tenth of founders stays below, and that a tenth exceeds (as if normal)."""
        reach = 1.2815515655446004 * float(np.sqrt(self.ability_variance))
        return self.mean_ability - reach, self.mean_ability + reach

    @cached_property
    def _moments(self) -> tuple[float, float]:
        hiring, ability = self.behaviour.hiring, self.behaviour.ability
        mean, variance = best_of(1 / hiring.selection_ratio)
        rest = 1 - hiring.validity**2
        return shaped_moments(
            hiring.validity * mean,
            hiring.validity**2 * variance + rest,
            ability.distribution,
            ability.tail,
            ability.bounds,
        )

    @property
    def standard(self) -> Standard:
        """Mean and SD of the founding annual scores of staff in economic departments."""
        rating = self.behaviour.rating
        error, _ = self.error_variances
        difficulty = (rating.hard_share_economic * self.world.difficulty_sd) ** 2
        score_sd = float(np.sqrt(self.ability_variance + error + difficulty))
        return Standard(self.mean_ability, score_sd, float(np.sqrt(self.ability_variance)))

    @cached_property
    def error_variances(self) -> tuple[float, float]:
        """Of staff and of managers: variance of the error of an annual score, V·(1 − r)/r with V that of ability."""
        rating = self.behaviour.rating
        variance = self.ability_variance if rating.reliability_among == "founders" else 1.0
        reliabilities = rating.reliability_staff, rating.reliability_managers
        staff, managers = (variance * (1 - one) / one for one in reliabilities)
        return staff, managers

    def persistent_variance(self, manager: Mask) -> Floats:
        """Variance of the rater's persistent error."""
        share = self.behaviour.rating.persistent_share
        staff, managers = (share * one for one in self.error_variances)
        return np.where(manager, managers, staff)

    def noise_variance(self, manager: Mask) -> Floats:
        """Variance of the passing error of a quarter's score."""
        staff, managers = self._noise_variances
        return np.where(manager, managers, staff)

    def noise_sd(self, manager: Mask) -> Floats:
        """Its standard deviation."""
        staff, managers = np.sqrt(self._noise_variances)
        return np.asarray(np.where(manager, managers, staff))

    @property
    def _noise_variances(self) -> tuple[float, float]:
        transient = 1 - self.behaviour.rating.persistent_share
        staff, managers = (self.quarters_per_year * transient * one for one in self.error_variances)
        return staff, managers

    @cached_property
    def groups(self) -> Groups:
        """The groups people belong to."""
        return Groups(self.world.people)

    def newcomers(
        self, who: Newcomers, departments: Departments, shift: Floats, spread: float = 1.0
    ) -> NamedColumns:
        """Columns of people from outside taking `who.rows` of the posts.

        Args:
            who: posts and occupant numbers.
            departments: for the difficulty their targets reckon with.
            shift: mean ability of the applicants, one a newcomer.
            spread: of their abilities, over that of founders.
        """
        posts, rows, quarter = who.posts, who.rows, who.quarter
        stream = who.stream
        manager = np.asarray(posts.manager[rows])
        persistent = self.persistent_variance(manager)
        department = posts.department[rows]
        difficulty = np.where(
            department >= 0, departments.difficulty[department] * departments.hard_share[department], 0.0
        )
        expected = self.mean_ability + shift
        years = self.world.people.hires_age(self.draws.uniform("hire_age", BORN, stream))
        age = np.floor(years * self.quarters_per_year)
        group = self._group(who, stream)
        return {
            "replication": posts.replication[rows],
            "person": who.person,
            "stream": stream,
            "leader": posts.leader[rows],
            "manager": manager,
            "organisation": posts.organisation[rows],
            "department": department,
            "post": rows,
            "age_quarters": age.astype(np.int64),
            "group": group,
            "ability": self.abilities(stream, shift, spread) + self.groups.effects.ability[group],
            "rater_error": np.sqrt(persistent) * self.draws.normal("rater_error", BORN, stream),
            "belief": expected,
            "belief_variance": self.ability_variance * spread**2 + persistent,
            "target": expected + difficulty,
            "pooled_score": expected,
            "gaming_luck": self.draws.uniform("can_game", BORN, stream),
            "helping": np.full(rows.size, self.behaviour.helping.usual),
            "hired_quarter": np.full(rows.size, quarter),
        }

    def _group(self, who: Newcomers, stream: Streams) -> Integers:
        """Drawn by everybody's own luck; of a roster's founders as it says."""
        luck, founders = self.draws.uniform("group", BORN, stream), who.quarter == 0
        drawn = self.groups.of(luck, who.posts.rank[who.rows], founders)
        roster = roster_of(self.world) if founders and self.groups else None
        return roster.groups(who.posts.number[who.rows], self.groups.names, drawn) if roster else drawn

    def abilities(self, stream: Streams, shift: Floats, spread: float = 1.0) -> Floats:
        """Ability of the best of 1/selection_ratio applicants (B14)."""
        best = self._shaped(self._entry(stream))
        return np.asarray(shift + best + (spread - 1) * (best - self.mean_ability))

    def _entry(self, stream: Streams) -> Floats:
        """How well people meet the role they applied for, before ability is bent into its shape."""
        luck = self.draws.uniform("selection", BORN, stream), self.draws.normal("ability", BORN, stream)
        return self._best_applicant(*luck)

    def _best_applicant(self, selection: Floats, rest: Floats) -> Floats:
        """The best of 1/selection_ratio applicants, given a uniform and a normal draw; not yet bent into shape."""
        hiring = self.behaviour.hiring
        score = best_draw(selection, 1 / hiring.selection_ratio)
        return np.asarray(hiring.validity * score + np.sqrt(1 - hiring.validity**2) * rest)

    def _shaped(self, x: Floats) -> Floats:
        ability = self.behaviour.ability
        return shaped(x, ability.distribution, ability.tail, ability.bounds)

    def ability_in_new_role(self, change: RoleChange) -> Floats:
        """What people are able to do after a change of role (B1)."""
        terms, draws = self.behaviour.ability, self.draws
        old, quarter, stream = change.ability, change.quarter, change.stream
        if terms.role_change == "skills":
            left, taken = demands(terms.skills, draws, change, self._entry(stream))
            return np.asarray(old + self._shaped(taken) - self._shaped(left))
        if terms.role_change == "redraw":
            selection = draws.uniform("role_selection", quarter, stream)
            return self._shaped(
                self._best_applicant(selection, draws.normal("role_ability", quarter, stream))
            )
        if terms.role_change == "noise":
            luck = draws.uniform("role_noise", quarter, stream)
            new = old + terms.role_change_noise * (2 * luck - 1)
        else:
            luck, kept = draws.normal("role_change", quarter, stream), terms.kept_on_role_change
            redrawn_sd = np.sqrt((1 - kept**2) * self.ability_variance)
            new = self.mean_ability + kept * (old - self.mean_ability) + redrawn_sd * luck
        return np.clip(new, *terms.bounds)

    def known_in_new_role(self, change: RoleChange) -> tuple[float, Floats | float, Floats | float]:
        """What a change of role leaves of what people believed of themselves.

        Returns:
            The mean towards which beliefs go, the share of their distance from it that is left, the variance added.
        """
        terms = self.behaviour.ability
        if terms.role_change == "noise":
            return self.mean_ability, 1.0, terms.role_change_noise**2 / 3
        if terms.role_change == "skills":
            alike = role_correlations(terms.skills)[change.left, change.taken]
            return 0.0, alike, 1 - alike**2
        kept = terms.kept_on_role_change if terms.role_change == "regression" else 0.0
        return self.mean_ability, kept, (1 - kept**2) * self.ability_variance
