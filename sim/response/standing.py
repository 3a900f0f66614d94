"""Where people believe they stand, built once a quarter: what a rule needs to say what effort is worth."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from sim.core.arrays import Column, Counts, Floats, Integers, Mask
from sim.core.groups import count_within, ratio
from sim.core.orders import LARGEST_TABLE, Noise, chance_of, crossing, density_of, quantile_of
from sim.people.view import View
from sim.settings.behaviour import Effort, Stakes
from sim.settings.terms import RANK_CELLS


@dataclass(frozen=True)
class Contest:
    """A ranking as its members expect it. Arrays over people; zeros outside `member`.

    Attributes:
        member: takes part.
        size: members of the own group, own included.
        own: own expected score.
        own_sd: own uncertainty of it, belief and noise together.
        rivals: the other members' mean expected score.
        spread: root mean square of the own and the rivals' uncertainty, the unit of `z`.
        z: (own − rivals) / spread.
        noise: shape that everybody takes the uncertainty to have.
        shift: by how much more than expected each alone is taken to score; rivals are not.
    """

    member: Mask
    size: Integers
    own: Floats
    own_sd: Floats
    rivals: Floats
    spread: Floats
    z: Floats
    noise: Noise = "normal"
    shift: Floats | float = 0.0

    def crossing(self, lowest: Integers, size: Integers | None = None) -> tuple[Floats, Floats]:
        """Density per SD of own score, and chance, of being among the `lowest` of the own group.

        `size` narrows or widens the contest to so many people, believed to be like the own group. Among very many the
        boundary is a fixed cut: the rivals' quantile.
        """
        size = self.size if size is None else size
        contested = (lowest > 0) & (lowest < size)
        rows = np.flatnonzero(self.member & contested & (self.spread > 0))
        density, chance = np.zeros(self.member.size), np.zeros(self.member.size)
        fixed = (size.take(rows) > LARGEST_TABLE) & (self.own_sd.take(rows) > 0)
        few, many = rows[~fixed], rows[fixed]
        if few.size:
            slope, chance[few] = crossing(size[few], lowest[few], self.z[few], self.noise)
            density[few] = slope / self.spread[few]
        if many.size:
            density[many], chance[many] = self._among_many(many, lowest[many] / size[many])
        return density, chance

    def _among_many(self, rows: Integers, share: Floats) -> tuple[Floats, Floats]:
        """The same for `rows` at the score below which `share` of their rivals are expected."""
        spread, sd = self.spread.take(rows), self.own_sd.take(rows)
        scatter = np.sqrt(np.maximum(2 * spread**2 - sd**2, 0.0))
        cut = self.rivals.take(rows) + scatter * quantile_of(self.noise, share)
        gap = (cut - self.own.take(rows)) / sd
        return density_of(self.noise, gap) / sd, chance_of(self.noise, gap)

    @cached_property
    def passing(self) -> Floats:
        """Density per SD of own score of passing one rival of the own group."""
        if self.noise == "normal":
            spread = np.where(self.spread > 0, self.spread, 1.0) * np.sqrt(2.0)
            return np.asarray(density_of("normal", self.z / np.sqrt(2.0)) / spread)
        pair = np.full(self.member.size, 2)
        return self.crossing(np.ones_like(pair), size=pair)[0]

    def shifted(self, by: Floats) -> "Contest":
        """The same ranking for people who each alone expect to score `by` more."""
        step = np.where(self.spread > 0, by / np.where(self.spread > 0, self.spread, 1.0), 0.0)
        return replace(self, own=self.own + by, z=self.z + step, shift=self.shift + by)

    def density_at(self, cut: Floats | float) -> Floats:
        """Density of the own score at a fixed cut."""
        density = density_of(self.noise, (cut - self.own) / self._safe_sd) / self._safe_sd
        return np.where(self.member & (self.own_sd > 0), density, 0.0)

    def chance_below(self, cut: Floats | float) -> Floats:
        """Chance that the own score falls below a fixed cut."""
        return np.where(self.member, chance_of(self.noise, (cut - self.own) / self._safe_sd), 0.0)

    def in_area(self, view: View, member: Mask, value: Floats, variance: Floats) -> "Contest":
        """The ranking of `member` in the whole area by another value, given its mean and variance for each of them.

        `value` is what is expected without `shift`; both have the shape of the staff.
        """
        rows, areas = np.flatnonzero(member), view.replications.size
        area, own, doubt = view.area.take(rows), value.take(rows), variance.take(rows)
        count = np.bincount(area, minlength=areas)
        total = np.bincount(area, weights=own, minlength=areas)
        deviation = own - ratio(total, count).take(area)
        scatter = ratio(np.bincount(area, weights=deviation**2 + doubt, minlength=areas), count)
        size = count.take(area)
        spread = np.sqrt(0.5 * (doubt + scatter.take(area)))
        others = np.where(size > 1, (total.take(area) - own) / np.maximum(size - 1, 1), own)
        shifted = own + np.broadcast_to(self.shift, member.shape)[rows]
        z = np.where(size > 1, ratio(shifted - others, spread), 0.0)
        whole = partial(_in_rows, member.size, rows)
        return Contest(
            member,
            size=whole(size),
            own=whole(shifted),
            own_sd=whole(np.sqrt(doubt)),
            rivals=whole(others),
            spread=whole(spread),
            z=whole(z),
            noise=self.noise,
            shift=self.shift,
        )

    @cached_property
    def _safe_sd(self) -> Floats:
        return np.where(self.own_sd > 0, self.own_sd, 1.0)


def _in_rows(size: int, rows: Integers, values: Column) -> Column:
    """A column of `size` with the values in these rows, 0 elsewhere."""
    column = np.zeros(size, dtype=values.dtype)
    column[rows] = values
    return column


@dataclass(frozen=True)
class CutDensity:
    """Density of the own annual score at the grade boundaries, per SD of own score, shape of the staff.

    `steps` are (density, whether a rank) at every boundary of a list of grades, the lowest first, where there is one.
    `failing_chance` is the believed chance of ending below the lowest boundary; `bottom_is_rank` says whether the
    lower boundaries are places in a ranking (the excellent one always is).
    """

    basically_competent: Floats
    competent: Floats
    excellent: Floats
    failing_chance: Floats
    bottom_is_rank: bool = False
    top_is_rank: bool = True
    steps: tuple[tuple[Floats, bool], ...] = ()


@dataclass(frozen=True)
class Foresight:
    """What people know of themselves who reckon with how hard they would work with and without a strike.

    Attributes:
        effort: the settings of effort.
        now: everybody's effort of last quarter, which all expected scores hold.
        slope: how much the score rises with effort.
        floating_share: share of pay that floats, for people at work.
        year: the ranking of a whole year that begins now, whatever this year has brought so far; None unless values
            are found by iteration.
        cuts: what the appraisal rule says of the grade boundaries in any ranking of annual scores; None likewise.
        other_reward: marginal reward that does not come from triggers.
    """

    effort: Effort
    now: Floats
    slope: Floats
    floating_share: Floats
    year: Contest | None
    cuts: Callable[[Contest], CutDensity] | None
    other_reward: Floats


@dataclass(frozen=True)
class Standing:
    """What `worth` may use.

    Attributes:
        view: the quarter.
        own: own expected score of the quarter.
        quarter: the ranking of the quarter's scores.
        year: the ranking of the annual scores, for those who can still be appraised this year.
        indicator: the ranking of departments' indicators among the municipal units, for those who hold one.
        cuts: densities at the grade boundaries, from the appraisal rule.
        stakes: what adverse events are worth.
        pay: normal yearly pay in mean annual pay.
        pay_step: normal yearly pay gained by one rank.
        floating_share: share of pay that floats under the regime in force.
        fund_factor: what growth makes of the own organisation's fund.
        field: the group within which promotion is contested, for people (`field`) and posts (`post_field`).
        fields: how many such groups there are.
        gain: how much of a surprise in a year's score people's belief takes in (the Kalman gain).
        ratchet: what is left of the reward for meeting a target once next year's target is reckoned with.
        has_targets: whether targets are set.
        turnover: share of the posts of each rank that people expect to open in a year, shape (replications, ranks).
        named: flags of each trigger last year, shape (replications,), by trigger; before there were any, −1.
        collusion: chance that a department of 20 takes turns in being last, at a loss of half a year's pay.
        foresight: for people who reckon with their own later effort; else none.
    """

    view: View
    own: Floats
    quarter: Contest
    year: Contest
    indicator: Contest
    cuts: CutDensity
    stakes: Stakes
    pay: Floats
    pay_step: Floats
    floating_share: float
    fund_factor: Floats
    field: Integers
    post_field: Integers
    fields: int
    gain: Floats
    ratchet: Floats
    has_targets: bool
    turnover: Floats
    named: Mapping[str, Floats]
    collusion: float = 0.0
    foresight: Foresight | None = None
    _reckoned: dict[str, Floats] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, what: str, reckon: Callable[[], Floats]) -> Floats:
        """What `reckon` gives, reckoned the first time that it is asked for under the name `what`."""
        if what not in self._reckoned:
            self._reckoned[what] = reckon()
        return self._reckoned[what]

    def rivals_for_promotion(self) -> Counts:
        """How many contend for the next opening, own included: everybody on the same rank in the field of promotion."""
        cell = self.field * RANK_CELLS + self.view.staff.rank
        return count_within(cell, self.fields * RANK_CELLS, self.year.member)

    def expected_openings(self) -> Floats:
        """Openings that everybody expects in a year on the next rank of the field of promotion, at most 1."""
        posts, rank = self.view.posts, self.view.staff.rank
        above = np.bincount(self.post_field * RANK_CELLS + posts.rank, minlength=self.fields * RANK_CELLS)
        turnover = np.pad(self.turnover, ((0, 0), (0, 1)))
        expected = turnover.ravel().take(self.view.area * turnover.shape[1] + rank + 1)
        cell = self.field * RANK_CELLS + rank
        return np.asarray(np.minimum(1.0, expected * np.append(above, 0).take(cell + 1)))

    def last_named(self, trigger: str) -> Floats:
        """How many a trigger flagged last year in everybody's area; -1 before there was such a year."""
        return np.asarray(self.named[trigger][self.view.area])

    def earning(self, more: Floats) -> "Standing":
        """The same for people whose work earns so much more besides; nothing new for who does not look ahead."""
        mind = self.foresight
        if mind is None:
            return self
        return replace(self, foresight=replace(mind, other_reward=mind.other_reward + more))

    def shifted(self, by: Floats) -> "Standing":
        """The same for people who each alone expect to score `by` more this year. Needs values by iteration."""
        year, quarter = self.year.shifted(by), self.quarter.shifted(by)
        return replace(
            self, year=year, quarter=quarter, indicator=self.indicator.shifted(by), cuts=self._cuts(year)
        )

    def whole_year(self) -> "Standing":
        """The same as if the year began now. Needs values by iteration."""
        assert self.foresight is not None
        assert self.foresight.year is not None
        return replace(self, year=self.foresight.year, cuts=self._cuts(self.foresight.year))

    def _cuts(self, year: Contest) -> CutDensity:
        assert self.foresight is not None
        assert self.foresight.cuts is not None
        return self.foresight.cuts(year)


def contest(
    view: View,
    member: Mask,
    own: Floats,
    belief_variance: Floats,
    noise_variance: Floats,
    noise: Noise = "normal",
) -> Contest:
    """The ranking that `member` expect, given each one's expected score and its two kinds of uncertainty."""
    group, groups = view.ranking_group, view.groups
    rows = np.flatnonzero(member)
    inside, theirs = group.take(rows), own.take(rows)
    count = np.bincount(inside, minlength=groups)
    total = np.bincount(inside, weights=theirs, minlength=groups)
    deviation = theirs - ratio(total, count).take(inside)
    squares = deviation * deviation + belief_variance.take(rows)
    scatter = ratio(np.bincount(inside, weights=squares, minlength=groups), count)
    size = np.where(member, count.take(group), 0)
    alone = size < 2
    rivals = np.where(alone, own, (total.take(group) - own) / np.maximum(size - 1, 1))
    own_variance = belief_variance + noise_variance
    spread = np.sqrt(0.5 * (own_variance + scatter.take(group) + noise_variance))
    z = np.where(alone, 0.0, (own - rivals) / np.where(spread > 0, spread, 1.0))
    return Contest(member, size, own, np.sqrt(own_variance), rivals, spread, z, noise)
