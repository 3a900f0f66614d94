"""A regime: one rule in each of the eight slots.

Which kinds a slot can be is looked up in the table of registered kinds whenever a regime is made, so that a
rule registered later, by a user's own module, is as good as a shipped one.
"""

from typing import Any

from pydantic import SerializeAsAny, ValidationInfo, field_validator

from sim.core.parameters import Settings
from sim.rules.adjustment import AdjustmentRule, NoAdjustment
from sim.rules.appointment import AppointmentRule, Established
from sim.rules.appraisal import AppraisalRule, NoAppraisal
from sim.rules.base import REGISTRY, SLOTS
from sim.rules.contributions import ContributionsRule, NoTargets
from sim.rules.floating_pay import FixedPay, FloatingPayRule
from sim.rules.posts import OpenPosts, PostsRule
from sim.rules.ranks import FlatRanks, RanksRule
from sim.rules.salaries import EqualSalaries, SalariesRule


class Regime(Settings):
    """Four fixes and four systems. Every slot defaults to its null kind, under which nothing happens."""

    posts: SerializeAsAny[PostsRule] = OpenPosts()
    ranks: SerializeAsAny[RanksRule] = FlatRanks()
    contributions: SerializeAsAny[ContributionsRule] = NoTargets()
    salaries: SerializeAsAny[SalariesRule] = EqualSalaries()
    appointment: SerializeAsAny[AppointmentRule] = Established()
    appraisal: SerializeAsAny[AppraisalRule] = NoAppraisal()
    adjustment: SerializeAsAny[AdjustmentRule] = NoAdjustment()
    floating_pay: SerializeAsAny[FloatingPayRule] = FixedPay()

    def by_rule(self) -> "Regime":
        """The same regime with those flagged whom its triggers hit."""
        return self.model_copy(update={"adjustment": self.adjustment.by_rule()})

    @field_validator(*SLOTS, mode="before")
    @classmethod
    def _by_kind(cls, value: Any, info: ValidationInfo) -> Any:
        """A mapping becomes an instance of the kind it names, of the null kind where it names none."""
        if not isinstance(value, dict):
            return value
        slot = str(info.field_name)
        kind, known = value.get("kind", null_kind(slot)), REGISTRY[slot]
        if kind not in known:
            raise ValueError(f"unknown kind {kind!r}; known: {', '.join(sorted(known))}")
        return known[kind].model_validate(value)


def null_kind(slot: str) -> str:
    """The kind of `slot` that does nothing; "" for triggers, which have none."""
    return str(Regime.model_fields[slot].default.kind) if slot in SLOTS else ""
