"""Who belongs to which group, and what that does: `world.people.groups`, in alphabetical order, from 0."""

from functools import cached_property
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Counts, Floats, Integers
from sim.settings.people import People
from sim.settings.terms import NOBODY


class Effects(NamedTuple):
    """What belonging to each group does, one value a group; the last, 0, is for people without one (group -1)."""

    ability: Floats
    rating_bias: Floats
    quits: Floats


class Groups:
    """The groups of a place.

    Attributes:
        names: in alphabetical order.
        effects: see `Effects`.
    """

    def __init__(self, people: People) -> None:
        self.names = tuple(sorted(people.groups))
        self._all = [people.groups[name] for name in self.names]
        self.effects = Effects(
            *(np.array([*(getattr(one, name) for one in self._all), 0.0]) for name in Effects._fields)
        )

    def __bool__(self) -> bool:
        return bool(self.names)

    @cached_property
    def _edges(self) -> Floats:
        """Upper edges of the groups' shares but the last one's, shape (groups − 1,)."""
        return np.cumsum([one.share for one in self._all])[:-1]

    @cached_property
    def _edges_at_founding(self) -> Floats | None:
        """The same on every rank, shape (ranks, groups − 1); None where they are not given."""
        if not self._all[0].at_founding:
            return None
        return np.asarray(np.cumsum([one.at_founding for one in self._all], axis=0)[:-1].T)

    def of(self, luck: Floats, rank: Integers, founders: bool) -> Counts:
        """The group of everybody, by a uniform draw each.

        Args:
            luck: uniform draws.
            rank: of the post first held.
            founders: whether these are the people of the founding.
        """
        if not self.names:
            return np.full(luck.size, NOBODY)
        edges = self._edges_at_founding if founders else None
        if edges is None:
            return np.searchsorted(self._edges, luck, side="right")
        return np.asarray((luck[:, None] >= edges[rank - 1]).sum(axis=1))
