"""Groups of people who differ in a named way: in what they can do, in how they are rated, in whether they stay."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from annotated_types import Ge, Le, Len

from sim.core.parameters import ROUNDING, Complaint, Settings, param
from sim.settings.terms import MOST_RANKS

ByRank = Annotated[tuple[Annotated[float, Ge(0), Le(1)], ...], Len(0, MOST_RANKS)]


class Group(Settings):
    """One group. Who belongs to it is drawn by each person's own luck, the same under every regime."""

    share: float = param(
        0.5,
        unit="share",
        source="assumption",
        ge=0,
        le=1,
        doc="Share of the group among those who come; over all groups the shares sum to 1.",
    )
    at_founding: ByRank = param(
        (),
        unit="share",
        source="assumption",
        doc="Share of the group among the founders of each rank, the lowest rank first; empty: share. Of a roster it "
        "holds for whom its column group says nothing of.",
    )
    ability: float = param(
        0.0,
        unit="ability SD",
        source="assumption",
        ge=-3,
        le=3,
        doc="How much abler the group's people are than others who come by the same luck.",
    )
    rating_bias: float = param(
        0.0,
        unit="ability SD",
        source="assumption",
        ge=-3,
        le=3,
        doc="What raters add to every score of the group's people, whatever their work.",
    )
    quits: float = param(
        0.0,
        unit="logit",
        source="assumption",
        ge=-5,
        le=5,
        doc="Added to the log-odds of the group's people of resigning in a year; leaders' apart.",
    )


def complaints_of_groups(groups: Mapping[str, Group]) -> Iterator[Complaint]:
    """Whatever is wrong among groups: their names, their shares."""
    for name in groups:
        if not name.isidentifier():
            yield f"groups.{name}", "a group's name is one word of letters, digits and _"
    if not groups:
        return
    total = sum(group.share for group in groups.values())
    if abs(total - 1) > ROUNDING:
        shares = " + ".join(f"{name} {group.share:g}" for name, group in groups.items())
        yield "groups", f"the shares {shares} = {total:.6g}; together they must be 1"
    yield from _at_founding(groups)


def _at_founding(groups: Mapping[str, Group]) -> Iterator[Complaint]:
    """The shares at the founding stand in all groups or in none, and sum to 1 on every rank."""
    lengths = {name: len(group.at_founding) for name, group in groups.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        yield (
            "groups",
            f"at_founding has unequal numbers of ranks ({told}); give all groups one share a rank, or none",
        )
        return
    sums = [sum(shares) for shares in zip(*(group.at_founding for group in groups.values()), strict=True)]
    for rank, total in enumerate(sums, start=1):
        if abs(total - 1) > ROUNDING:
            yield (
                "groups",
                f"at_founding: the shares at rank {rank} sum to {total:.6g}; together they must be 1",
            )
