"""What every rule of a regime is: frozen parameters, one decision, and what that decision makes worthwhile.

Defining a class with a `kind` registers it under (slot, kind); the scenario schema is built from that table,
so there is no list to edit.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from inspect import get_annotations
from typing import Any, ClassVar, NamedTuple

import numpy as np

from sim.core.arrays import Floats
from sim.core.parameters import Settings
from sim.response.standing import Standing
from sim.rules.contests import Equals, Prize
from sim.rules.faults import guard, is_own, unanswered

SLOTS = (
    "posts",
    "ranks",
    "contributions",
    "salaries",
    "appointment",
    "appraisal",
    "adjustment",
    "floating_pay",
)
"""The eight parts of a regime, in the order of 四定 (four fixes) and 四制 (four systems)."""

REGISTRY: dict[str, dict[str, type["Rule"]]] = {slot: {} for slot in (*SLOTS, "trigger")}
"""Every registered rule class, by slot and kind. `trigger` holds what `adjustment` lists."""


class Worth(NamedTuple):
    """What a rule makes worthwhile, per employee, in mean annual pay.

    Attributes:
        marginal: M, the reward of one more SD of own score kept up for a year.
        rank_part: the part of M that vanishes if all rivals rise as much.
        team_part: what one more SD in a colleague's work earns as well.
    """

    marginal: Floats
    rank_part: Floats
    team_part: Floats


def worthless(people: int) -> Worth:
    """No reward for anybody."""
    nothing = np.broadcast_to(0.0, people)
    return Worth(nothing, nothing, nothing)


def own_worth(marginal: Floats, rank_part: Floats) -> Worth:
    """A reward that no colleague's work earns."""
    return Worth(marginal, rank_part, np.broadcast_to(0.0, marginal.size))


def once[Of: "Rule"](reckon: Callable[[Of, Standing], Floats]) -> Callable[[Of, Standing], Floats]:
    """A method about a standing that is reckoned the first time it is asked, and kept with the standing."""

    @wraps(reckon)
    def kept(rule: Of, standing: Standing) -> Floats:
        return standing.once(reckon.__name__, lambda: reckon(rule, standing))

    return kept


class Rule(Settings):
    """One part of a regime.

    A subclass names its `slot` and declares `kind: Literal["..."] = "..."`; its first docstring line is
    what `sim describe --kinds` prints. A rule only decides: the model applies what it says. What is wrong among its
    numbers it says itself (`complaints`), and likewise between whom it sets a contest.
    """

    slot: ClassVar[str] = ""
    kind: str

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        super().__pydantic_init_subclass__(**options)
        if is_own(cls):
            guard(cls)
        if cls.slot and "kind" in get_annotations(cls):
            default = cls.model_fields["kind"].default
            if isinstance(default, str):
                _register(cls, default)

    def worth(self, standing: Standing) -> Worth:
        """What this rule makes worthwhile; by default, nothing."""
        return worthless(standing.pay.size)

    def contests(self, among: Equals) -> Iterator[Prize]:
        """The contests it sets between equals; by default, none."""
        yield from ()


def _register(rule: type[Rule], kind: str) -> None:
    """Make a kind known.

    Raises:
        TypeError: a user's class takes the name of a shipped kind, or leaves a question open.
    """
    known = REGISTRY[rule.slot]
    if is_own(rule) and kind in known and not is_own(known[kind]):
        raise TypeError(f"kind {kind!r} of {rule.slot} is that of a shipped rule: choose another name")
    open_questions = unanswered(rule) if is_own(rule) else []
    if open_questions:
        raise TypeError(f"{rule.__name__} does not define {', '.join(open_questions)}")
    known[kind] = rule
