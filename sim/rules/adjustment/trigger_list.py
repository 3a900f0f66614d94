"""A list of triggers with what follows from them: what a flag costs, and how far that is feared."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import numpy as np
from pydantic import SerializeAsAny, field_validator

from sim.core.arrays import Counts, Floats, Integers
from sim.core.groups import ratio
from sim.core.parameters import param
from sim.response.standing import Standing
from sim.rules.adjustment.probation import Probation, on_probation
from sim.rules.adjustment.reservoir import Reservoir
from sim.rules.adjustment.rule import AdjustmentRule
from sim.rules.adjustment.trigger import Trigger
from sim.rules.base import REGISTRY, Rule, Worth, own_worth, worthless
from sim.rules.contests import Equals, Prize
from sim.settings.behaviour import Stakes
from sim.settings.terms import SEVERITY, Follows, Sanction


class TriggerList(AdjustmentRule):
    """A list of triggers; the flagged are acted on with a given enforcement."""

    kind: Literal["triggers"] = "triggers"
    triggers: dict[str, SerializeAsAny[Trigger]] = param(
        {},
        unit="triggers by name",
        source="seed",
        doc="The ways of being flagged, each under a name of its own.",
    )
    enforcement: float = param(
        1.0,
        unit="share",
        source="seed",
        cite="P10",
        ge=0,
        le=1,
        doc="Flagged people who are acted on; about .15 at P10.",
    )
    selection: Literal["rule", "lottery", "pooled"] = param(
        "rule",
        unit="choice",
        source="design",
        doc="lottery: as many as named are drawn from their groups by lot (placebo); pooled: by fair area-wide scores.",
    )
    expected_flag_share: float = param(
        0.015,
        unit="share a year",
        source="assumption",
        ge=0,
        le=0.5,
        doc="Flags that people expect of each trigger by pooled selection, and applicants of any, before they have "
        "seen a year of them.",
    )
    reservoir: Reservoir = Reservoir()
    probation: Probation = Probation()

    @field_validator("triggers", mode="before")
    @classmethod
    def _by_kind(cls, triggers: Any) -> Any:
        """Each trigger becomes an instance of its registered kind."""
        return {
            name: _trigger(value) if isinstance(value, dict) else value for name, value in triggers.items()
        }

    @property
    def listed(self) -> Mapping[str, Trigger]:
        return dict(
            sorted(self.triggers.items(), key=lambda item: (SEVERITY.index(item[1].follows), item[0]))
        )

    @property
    def chosen_by(self) -> str:
        return self.selection

    def by_rule(self) -> AdjustmentRule:
        return self.model_copy(update={"selection": "rule"})

    @property
    def acted_on_share(self) -> float:
        return self.enforcement

    @property
    def terms(self) -> Reservoir:
        return self.reservoir

    @property
    def probation_terms(self) -> Probation:
        return self.probation

    def loss(self, follows: Follows, standing: Standing) -> Floats | float:
        """What a flag is worth avoiding, in mean annual pay, enforcement included."""
        year, stakes = standing.view.quarters_per_year, standing.stakes
        if follows != "probation":
            return self.enforcement * self.loss_of(follows, stakes, standing.floating_share, year)
        failing = self.loss_of(self.probation.failed, stakes, standing.floating_share, year)
        return self.enforcement * (stakes.status + self.probation.chance_of_failing(standing) * failing)

    def loss_of(self, follows: Sanction, stakes: Stakes, floating: float, quarters_per_year: int) -> float:
        """What a sanction costs where `floating` is the share of pay that floats."""
        terms = self.reservoir
        stay = terms.stay_quarters / quarters_per_year
        waiting = (floating + (1 - floating) * (1 - terms.pay_share)) * stay
        after = terms.demoted_share * stakes.demotion + terms.dismissed_share * stakes.dismissal
        losses = {
            "exit": stakes.dismissal + stakes.status,
            "reservoir": waiting + after + stakes.status,
            "demotion": stakes.demotion + stakes.status,
            "reposting": stakes.reposting + stakes.status,
        }
        return losses[follows]

    def cost_of_flags(
        self,
        named: Mapping[str, Floats],
        people: Counts,
        stakes: Stakes,
        floating: float,
        quarters_per_year: int,
    ) -> Floats:
        """Outsiders expect last year's flags, `expected_flag_share` before the first; a probation is shame alone."""
        cost = np.zeros(people.size)
        for name, trigger in self.listed.items():
            seen = ratio(named[name], people)
            share = np.where(named[name] >= 0, seen, self.expected_flag_share)
            loss = stakes.status
            if trigger.follows != "probation":
                loss = self.loss_of(trigger.follows, stakes, floating, quarters_per_year)
            cost = cost + share * self.enforcement * loss
        return cost

    def contests(self, among: Equals) -> Iterator[Prize]:
        """One a trigger, whose loser bears what follows; none where others are flagged than those whom it hits."""
        floating = among.regime.floating_pay.share_in_force
        for name, trigger in self.listed.items() if self.chosen_by == "rule" else ():
            if trigger.follows == "probation":
                continue  # what it costs depends on who one is, and equals do not differ
            loss = self.loss_of(trigger.follows, among.stakes, floating, among.quarters_per_year)
            yield Prize(name, *trigger.contenders(among), self.enforcement * loss)

    def fear(self, standing: Standing, strikes: dict[str, Integers]) -> Worth:
        total = self._fear_of_failing(standing)
        if self.chosen_by == "lottery":
            return total
        nothing = np.broadcast_to(0.0, standing.pay.size)
        for name, trigger in sorted(self.listed.items(), key=lambda item: item[1].in_a_row):
            loss = self.loss(trigger.follows, standing)
            if trigger.follows == "probation":
                loss = np.where(on_probation(standing.view), 0.0, loss)
            if self.chosen_by == "pooled":
                fear = self._pooled(standing, name, trigger) * loss
                parts = (fear, fear, nothing)
            else:
                besides = standing.earning(total.marginal) if trigger.in_a_row > 1 else standing
                fear = trigger.fear(besides, strikes[name], loss)
                ranked = fear if trigger.is_relative(standing) else nothing
                parts = (fear, ranked, fear * trigger.team_share(standing))
            total = Worth(*(before + part for before, part in zip(total, parts, strict=True)))
        return total

    def _fear_of_failing(self, standing: Standing) -> Worth:
        """What passing is worth to whoever is on probation; nobody else's work moves it."""
        if not self.has_probation:
            return worthless(standing.pay.size)
        year = standing.view.quarters_per_year
        loss = self.loss_of(self.probation.failed, standing.stakes, standing.floating_share, year)
        fear = self.probation.fear(standing, loss)
        return own_worth(fear, np.zeros(fear.size))

    def _pooled(self, standing: Standing, name: str, trigger: Trigger) -> Floats:
        """Density, per SD of own score, of being among those whom the pooled scores of the area name (R11).

        A year's score counts half at once, a quarter next year, and so on.
        """
        view, year = standing.view, standing.year
        member = year.member & trigger.concerns(view)
        own = year.own - year.shift - view.known_ease
        contest = year.in_area(view, member, 0.5 * (view.staff.pooled_score + own), 0.25 * year.own_sd**2)
        first = np.floor(self.expected_flag_share * contest.size + 0.5)
        seen = standing.last_named(name)
        named = np.minimum(np.where(seen >= 0, seen, first), np.maximum(contest.size - 1, 0))
        weight = 0.5 / (1 - standing.stakes.discount / 2)
        return contest.crossing(named.astype(np.int64))[0] * weight


def _trigger(settings: dict[str, Any]) -> Rule:
    kind = settings.get("kind")
    known = REGISTRY["trigger"].get(str(kind))
    if known is None:
        raise ValueError(f"unknown kind {kind!r}; known: {', '.join(sorted(REGISTRY['trigger']))}")
    return known.model_validate(settings)
