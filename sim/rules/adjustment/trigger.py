"""What every trigger is: whom it hits in a period, when hits are enough, and what people believe of a hit."""

from collections.abc import Iterator
from typing import ClassVar, Literal, NamedTuple

import numpy as np

from sim.core.arrays import Floats, Integers, Mask
from sim.core.parameters import Complaint, param
from sim.people.view import View
from sim.response.side_effects import turn_taking
from sim.response.standing import Contest, Standing
from sim.rules.adjustment.fear import fear_of
from sim.rules.adjustment.probation import on_probation
from sim.rules.base import Rule
from sim.rules.contests import Equals
from sim.settings.terms import Follows

FOLLOWS = "What follows: exit, reservoir, demotion (else the reservoir), re-posting, or probation."


class Count(NamedTuple):
    """What a trigger says of a period: strikes after it, and who has enough of them."""

    strikes: Integers
    flagged: Mask


class Trigger(Rule):
    """One way of being found unfit for the post. Periods are years, or quarters for whoever is asked every quarter.

    Strikes are hits in a row; with `consecutive: false` hits whenever they came; with `within` the last so many periods
    as binary digits, 1 for a hit, the newest last.
    """

    slot: ClassVar[str] = "trigger"
    kind: str
    quarterly: ClassVar[bool] = False
    takes_turns: ClassVar[bool] = False
    """Whether colleagues can agree on who is `lowest`, so that nobody is hit twice running (B18)."""
    ranks_indicators: ClassVar[bool] = False
    """Whether departments' indicators have to be ranked among the municipal units for it."""
    in_a_row: int
    consecutive: bool = param(
        True,
        unit="yes or no",
        source="seed",
        cite="P22",
        doc="Whether hits must follow one another; no: they count whenever they come, feared as if they had to.",
    )
    within: int = param(
        0,
        unit="periods",
        source="design",
        ge=0,
        le=8,
        doc="in_a_row hits within so many years (quarters, by the clock) are enough; 0: as consecutive says. "
        "Fear reckons with every history of hits; effort.foresight iterated_response does it as own_response.",
    )
    follows: Follows

    def complaints(self) -> Iterator[Complaint]:
        if not self.within:
            return
        if self.within < self.in_a_row:
            yield "within", f"{self.in_a_row} hits (in_a_row) do not fit into {self.within} periods"
        if self.in_a_row == 1:
            yield "within", "one hit is enough (in_a_row = 1), so that within says nothing; set in_a_row"
        if not self.consecutive:
            yield (
                "consecutive",
                f"hits count whenever they come, or within {self.within} periods: leave one out",
            )

    @property
    def every_quarter(self) -> bool:
        """Whether its periods are quarters."""
        return self.quarterly

    def eligible(self, view: View) -> Mask:
        """Who can be hit this period."""
        raise NotImplementedError

    def hit(self, view: View) -> Mask:
        """Who is hit this period, among the eligible."""
        raise NotImplementedError

    def assessed(self, view: View) -> Mask:
        """Whose scores of the period count: appraised for the year, or ranked in the quarter."""
        return view.ranked if self.every_quarter else view.appraised

    def score(self, view: View) -> Floats:
        """Everybody's score of the period."""
        staff = view.staff
        return np.asarray(staff.score if self.every_quarter else staff.annual_score)

    def distance(self, view: View) -> Floats:
        """How far everybody's value of the period is above what brings a hit, in SD; NaN where that cannot be said."""
        return np.full(view.staff.size, np.nan)

    def lowest(self, view: View, among: Mask) -> Mask:
        """Who of `among` the hit would fall on, one in each ranking group; for triggers that take turns."""
        return view.last_of_group(self.score(view), among)

    @property
    def colludes(self) -> bool:
        """Whether it pays to exchange annual scores: one hit alone does no harm, and a probation can be passed."""
        harmless = self.every_quarter or self.follows == "probation"
        return self.takes_turns and self.in_a_row >= 2 and not harmless

    def is_relative(self, standing: Standing) -> bool:
        """Whether the hit is a place in a ranking, so that the fear of it vanishes if all rivals rise too."""
        return True

    def concerns(self, view: View) -> Mask:
        """Whose tier the trigger is about."""
        return np.asarray(view.staff.at_work)

    def peers(self, view: View) -> Mask:
        """Among whom a lottery would draw instead, within the ranking group."""
        return self.eligible(view)

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        """Density of a hit per SD of own score kept up for a year, and the chance of a hit in one period."""
        raise NotImplementedError

    def contest(self, standing: Standing) -> Contest:
        """The ranking of the period's scores, as people expect it."""
        return standing.quarter if self.every_quarter else standing.year

    def of_a_year(self, risk: tuple[Floats, Floats], standing: Standing) -> tuple[Floats, Floats]:
        """A risk by the period's score as `risk` tells it: a year holds several chances of a quarterly hit."""
        density, chance = risk
        return (density * standing.view.quarters_per_year if self.every_quarter else density), chance

    def reach(self, standing: Standing) -> Floats | float:
        """How far what is ranked moves with one SD of own score."""
        return 1.0

    def contenders(self, among: Equals) -> tuple[int, int]:
        """(how many equals contend, how many of them are hit); (0, 0) where it is no contest of staff."""
        return 0, 0

    def team_share(self, standing: Standing) -> Floats | float:
        """How much of the fear a colleague's better work averts as well."""
        return 0.0

    def applies(self, view: View) -> bool:
        """Whether a period ends this quarter."""
        return self.every_quarter or view.closes_year

    def count(self, view: View, strikes: Integers) -> Count:
        """Strikes grow with a hit and start afresh without one (unless they stay); others keep theirs."""
        free = self.open_to(view)
        eligible, hit = self.eligible(view) & free, self.hit(view) & free
        if self.within:
            grown = (strikes.astype(np.int64) << 1 | hit) & ((1 << self.within) - 1)
        else:
            grown = np.where(hit, strikes + 1, 0 if self.consecutive else strikes)
        grown = np.where(eligible, grown, strikes)
        return Count(grown, hit & (self.hits(grown) >= self.in_a_row))

    def open_to(self, view: View) -> Mask:
        """Whom a hit can concern: nobody is put on probation twice at once."""
        if self.follows != "probation":
            return np.ones(view.staff.size, dtype=bool)
        return ~on_probation(view)

    def hits(self, strikes: Integers) -> Integers:
        """How many of the hits that count the strikes hold."""
        return np.bitwise_count(strikes).astype(np.int64) if self.within else strikes

    def taken_over(self, strikes: Integers, before: "Trigger") -> Integers:
        """Strikes as this trigger keeps them, of those that another of the same name has kept."""
        if bool(self.within) == bool(before.within):
            return strikes
        if self.within:
            return (1 << np.minimum(strikes, self.within).astype(np.int64)) - 1
        return before.hits(strikes)

    def fear(self, standing: Standing, strikes: Integers, loss: Floats | float) -> Floats:
        """Marginal reward of escaping the next hit, for every number of strikes already there.

        Less is feared where the department may take turns (B18).
        """
        alone = fear_of(self, standing, strikes, loss)
        if standing.collusion == 0 or not self.colludes:
            return alone
        return alone * (1 - turn_taking(standing.collusion, loss, standing.year.size))


class ClockedTrigger(Trigger):
    """A trigger that can be asked at the year's close, about the year, or every quarter, about the quarter."""

    kind: str
    clock: Literal["year", "quarter"] = param(
        "year",
        unit="choice",
        source="design",
        doc="Whether it is asked at the year's close (annual scores) or every quarter (the quarter's scores).",
    )

    @property
    def every_quarter(self) -> bool:
        return self.clock == "quarter"


def reach_of(own_share: float, view: View) -> Floats:
    """How far one SD of own score moves what is `own_share` one's own and for the rest the department's mean."""
    return np.asarray(own_share + (1 - own_share) / view.people_of_department)
