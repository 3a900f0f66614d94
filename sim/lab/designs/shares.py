"""A share of a study: every n-th point, worked on elsewhere and merged later."""

from typing import NamedTuple

from sim.core.errors import UserError
from sim.lab.designs.plan import Plan


class Share(NamedTuple):
    """Which share of a study's points is done: part `number` of `of`."""

    number: int
    of: int


def share_of(text: str) -> Share:
    """The share that `2/8` names; `0/8` is the eighth, for job arrays that count from 0.

    Raises:
        UserError: it is not of that form.
    """
    first, slash, last = text.partition("/")
    numbers = first.isdecimal() and last.isdecimal() and len(text) < 20
    if slash and numbers and int(first) <= int(last) > 0:
        return Share(int(first) or int(last), int(last))
    raise UserError(
        f"--shard {text}: write i/n with i from 1 to n, as in 2/8; or from 0, where 0 is the n-th"
    )


def folder_name(plan: Plan, share: Share) -> str:
    """`study-<name>`, and which share of it."""
    part = f".part-{share.number}-of-{share.of}" if share.of > 1 else ""
    return f"study-{plan.name}{part}"


def points_in(plan: Plan, share: Share) -> range:
    """The points of a share: every n-th, so that shares take equally long."""
    return range(share.number - 1, len(plan.points), share.of)
