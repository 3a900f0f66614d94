"""What every trigger is: a hit this period, counted in a row, and the fear of it."""

from typing import ClassVar, NamedTuple

import numpy as np

from sim.core.arrays import Floats, Integers, Mask
from sim.people.view import View
from sim.response.foresight import (
    by_strikes,
    density_at_own_effort,
    fear_of_a_hit,
    strike_values,
    strike_values_with_effort,
)
from sim.response.side_effects import turn_taking
from sim.response.standing import Standing
from sim.rules.base import Rule
from sim.rules.contests import Equals
from sim.settings.terms import Follows

FOLLOWS = "What follows: exit, reservoir, demotion (else the reservoir) or re-posting."


class Count(NamedTuple):
    """What a trigger says of a period: strikes after it, and who has enough of them in a row."""

    strikes: Integers
    flagged: Mask


class Trigger(Rule):
    """One way of being found unfit for the post. Periods are years unless `quarterly`."""

    slot: ClassVar[str] = "trigger"
    kind: str
    quarterly: ClassVar[bool] = False
    takes_turns: ClassVar[bool] = False
    """Whether colleagues can agree on who is `lowest`, so that nobody is hit twice running (B18)."""
    ranks_indicators: ClassVar[bool] = False
    """Whether departments' indicators have to be ranked among the municipal units for it."""
    in_a_row: int
    follows: Follows

    def eligible(self, view: View) -> Mask:
        """Who can be hit this period."""
        raise NotImplementedError

    def hit(self, view: View) -> Mask:
        """Who is hit this period, among the eligible."""
        raise NotImplementedError

    def lowest(self, view: View, among: Mask) -> Mask:
        """Who of `among` the hit would fall on, one in each ranking group; for triggers that take turns."""
        return view.last_of_group(view.staff.annual_score, among)

    @property
    def colludes(self) -> bool:
        """Whether turns are worth taking: one hit alone does no harm."""
        return self.takes_turns and self.in_a_row >= 2

    def is_relative(self, standing: Standing) -> bool:
        """Whether the hit is a place in a ranking, so that the fear of it vanishes if all rivals rise too."""
        return True

    @property
    def starts_afresh(self) -> bool:
        """Whether a period without a hit clears the strikes."""
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
        return self.quarterly or view.closes_year

    def count(self, view: View, strikes: Integers) -> Count:
        """Strikes grow with a hit and start afresh without one (unless they stay); others keep theirs."""
        eligible, hit = self.eligible(view), self.hit(view)
        spared = 0 if self.starts_afresh else strikes
        grown = np.where(eligible, np.where(hit, strikes + 1, spared), strikes)
        return Count(grown, hit & (grown >= self.in_a_row))

    def fear(self, standing: Standing, strikes: Integers, loss: float) -> Floats:
        """Marginal reward of escaping the next hit, for every number of strikes already there.

        Less is feared where the department may take turns (B18).
        """
        alone = self._fear_alone(standing, strikes, loss)
        if standing.collusion == 0 or not self.colludes:
            return alone
        return alone * (1 - turn_taking(standing.collusion, loss, standing.year.size))

    def _fear_alone(self, standing: Standing, strikes: Integers, loss: float) -> Floats:
        """The same where nobody takes turns."""
        mind = standing.foresight if self.in_a_row > 1 else None
        if mind is not None and mind.year is not None:
            return self._fear_by_iteration(standing, strikes, loss)
        density, chance = self.risk(standing)
        discount = self._discount(standing)
        if mind is None:
            return np.asarray(
                density * by_strikes(strikes, strike_values(chance, loss, discount, self.in_a_row))
            )
        quarters = 1 if self.quarterly else standing.view.quarters_left
        period = quarters / standing.view.quarters_per_year
        return fear_of_a_hit((density, chance), strikes, mind, loss, discount, self.in_a_row, period)

    def _fear_by_iteration(self, standing: Standing, strikes: Integers, loss: float) -> Floats:
        """The same by iteration: what a strike is worth in a whole year ahead, then what escaping one is."""
        mind, year, reach = standing.foresight, standing.whole_year(), self.reach(standing)
        assert mind is not None  # else there is nothing to reckon with
        period, left = 1.0, standing.view.quarters_left / standing.view.quarters_per_year
        if self.quarterly:
            period, left = 1 / standing.view.quarters_per_year, 1.0
        values = strike_values_with_effort(
            lambda more: self.risk(year.shifted(reach * more)),
            mind,
            loss,
            self._discount(standing),
            self.in_a_row,
            period,
        )
        value = by_strikes(strikes, values)
        now = density_at_own_effort(
            lambda more: self.risk(standing.shifted(reach * left * more)), mind, value
        )
        return now * value

    def _discount(self, standing: Standing) -> float:
        per_period = 1 / standing.view.quarters_per_year if self.quarterly else 1.0
        return float(standing.stakes.discount**per_period)


def reach_of(own_share: float, view: View) -> Floats:
    """How far one SD of own score moves what is `own_share` one's own and for the rest the department's mean."""
    return np.asarray(own_share + (1 - own_share) / view.people_of_department)
