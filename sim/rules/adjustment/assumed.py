"""Three triggers that fill the place of those the seed counts but does not name: assumed, and in no shipped regime."""

from typing import Literal

import numpy as np
from scipy.special import ndtri

from sim.core.arrays import Floats, Mask
from sim.core.orders import normal_density, tail_quantile
from sim.core.parameters import param
from sim.people.view import View
from sim.response.standing import Standing
from sim.rules.adjustment.trigger import FOLLOWS, Trigger
from sim.settings.terms import Follows


class LostCompetition(Trigger):
    """The post is put up, and somebody from outside is better (assumed; as in a district of Nanjing, P9)."""

    kind: Literal["lost_competition"] = "lost_competition"
    contested_share: float = param(
        0.05, unit="share a year", source="assumption", cite="P9", ge=0, le=1, doc="Posts put up in a year."
    )
    in_a_row: int = param(1, unit="years", source="assumption", ge=1, le=4, doc="Competitions lost running.")
    follows: Follows = param("reservoir", unit="choice", source="assumption", doc=FOLLOWS)

    def concerns(self, view: View) -> Mask:
        return np.asarray(view.staff.at_work & ~view.staff.manager)

    def eligible(self, view: View) -> Mask:
        return np.asarray(view.appraised & ~view.staff.manager)

    def hit(self, view: View) -> Mask:
        staff, standard, draws = view.staff, view.standard, view.draws
        put_up = draws.uniform("post_put_up", view.quarter, staff.stream) < self.contested_share
        rival = standard.mean + standard.ability_sd * draws.normal("challenger", view.quarter, staff.stream)
        return np.asarray(self.eligible(view) & put_up & (rival > staff.belief))

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        """Nobody believes that a better score this year would help."""
        nothing = np.zeros(standing.pay.size)
        return nothing, nothing


class FailedVote(Trigger):
    """Colleagues vote, and too many find the person wanting (assumed; P4 and P9 have such votes)."""

    kind: Literal["failed_vote"] = "failed_vote"
    fail_share: float = param(
        0.01,
        unit="share",
        source="assumption",
        cite="P4",
        ge=0.0001,
        le=0.3,
        doc="People who fail in a year.",
    )
    vote_weight: float = param(
        0.5,
        unit="correlation",
        source="assumption",
        ge=0,
        le=1,
        doc="Of the vote with the place in the ranking.",
    )
    in_a_row: int = param(1, unit="years", source="assumption", ge=1, le=4, doc="Votes failed running.")
    follows: Follows = param("reservoir", unit="choice", source="assumption", doc=FOLLOWS)

    def eligible(self, view: View) -> Mask:
        return view.appraised

    def hit(self, view: View) -> Mask:
        return np.asarray(view.appraised & (self._vote(view) < tail_quantile(self.fail_share)))

    def distance(self, view: View) -> Floats:
        return np.where(view.appraised, self._vote(view) - tail_quantile(self.fail_share), np.nan)

    def _vote(self, view: View) -> Floats:
        """Standard normal: the place in the ranking and what else moves colleagues."""
        staff = view.staff
        noise = np.sqrt(1 - self.vote_weight**2) * view.draws.normal("vote", view.quarter, staff.stream)
        return np.asarray(self.vote_weight * ndtri(staff.rank_share) + noise)

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        year = standing.year
        member = year.member & (year.size > 1) & (year.spread > 0)
        at_cut = float(normal_density(np.array(tail_quantile(self.fail_share))))
        density = self.vote_weight * at_cut / np.where(member, year.spread, 1.0)
        return np.where(member, density, 0.0), np.where(year.member, self.fail_share, 0.0)


class RefusedReposting(Trigger):
    """The department was dissolved, and the person refuses the new place (assumed; law: P5, article 88)."""

    kind: Literal["refused_reposting"] = "refused_reposting"
    refusal_share: float = param(
        0.05, unit="share", source="assumption", cite="P5", ge=0, le=1, doc="People who refuse."
    )
    in_a_row: int = param(1, unit="years", source="assumption", ge=1, le=4, doc="Refusals running.")
    follows: Follows = param("reservoir", unit="choice", source="assumption", doc=FOLLOWS)

    def eligible(self, view: View) -> Mask:
        staff = view.staff
        lately = (staff.displaced >= 0) & (view.quarter - staff.displaced < view.quarters_per_year)
        return np.asarray(staff.at_work & lately)

    def hit(self, view: View) -> Mask:
        luck = view.draws.uniform("refusal", view.quarter, view.staff.stream)
        return np.asarray(self.eligible(view) & (luck < self.refusal_share))

    def risk(self, standing: Standing) -> tuple[Floats, Floats]:
        """It is a choice, not a matter of scores."""
        nothing = np.zeros(standing.pay.size)
        return nothing, nothing
