"""A part of a study: every n-th point, worked on elsewhere and merged later."""

from typing import NamedTuple

from sim.core.errors import UserError
from sim.lab.designs.plan import Plan


class StudyPart(NamedTuple):
    """Which part of a study's points is done: the `number`-th of `of`."""

    number: int
    of: int


def part_of(text: str) -> StudyPart:
    """The part that `2/8` names; `0/8` is the eighth, for job arrays that count from 0.

    Raises:
        UserError: it is not of that form.
    """
    first, slash, last = text.partition("/")
    numbers = first.isdecimal() and last.isdecimal() and len(text) < 20
    if slash and numbers and int(first) <= int(last) > 0:
        return StudyPart(int(first) or int(last), int(last))
    raise UserError(
        f"--shard {text}: write i/n with i from 1 to n, as in 2/8; or from 0, where 0 is the n-th"
    )


def folder_name(plan: Plan, part: StudyPart) -> str:
    """`study-<name>` or `evaluate-<name>`, and which part of it."""
    ending = f".part-{part.number}-of-{part.of}" if part.of > 1 else ""
    kind = "study" if plan.evaluation is None else "evaluate"
    return f"{kind}-{plan.name}{ending}"


def points_in(plan: Plan, part: StudyPart) -> range:
    """The points of a part: every n-th, so that parts take equally long."""
    return range(part.number - 1, len(plan.points), part.of)
