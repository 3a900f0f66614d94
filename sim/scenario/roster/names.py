"""Names of departments: which spellings are one department, and which of them stand under a unit of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.scenario.messages import show
from sim.scenario.roster.values import bare, folded

Written = tuple[str, str, str]
"""Organisation, unit above and department, as written."""


@dataclass(frozen=True)
class Names:
    """The names of a roster's departments.

    Attributes:
        first: every spelling with the line in which it first stands, in the order of the lines.
        similar: ask, one or different (`world.roster.similar_names`).
    """

    first: Mapping[Written, int]
    similar: str

    @cached_property
    def chosen(self) -> dict[Written, str]:
        """The name of each department, that of the unit above in front of it."""
        is_one = self.similar == "one"
        return {
            one: min(map(_joined, spellings)) if is_one else _joined(one)
            for spellings in self._groups
            for one in spellings
        }

    @cached_property
    def _groups(self) -> list[list[Written]]:
        """Spellings that differ little, in the order of the lines."""
        found: dict[tuple[str, ...], list[Written]] = {}
        for one in self.first:
            found.setdefault(tuple(map(folded, one)), []).append(one)
        return list(found.values())

    @property
    def taken_as_one(self) -> int:
        """How many spellings were taken to be another's."""
        return len(self.first) - len(self._groups) if self.similar == "one" else 0

    def questions(self, cure: str) -> Iterator[tuple[int, str]]:
        """Line and text of every doubt about a name.

        Args:
            cure: how to say `similar_names: one`.
        """
        for main, *others in self._groups if self.similar != "one" else ():
            for one in others:
                if self.similar != "different" or _joined(one) == _joined(main):
                    yield self.first[one], self._question(one, main, cure)
        # a department stands under a unit in all of its lines or in none
        under = {(organisation, name): parent for organisation, parent, name in self.first if bare(parent)}
        for (organisation, parent, name), line in self.first.items():
            other = under.get((organisation, name), "")
            if other and not bare(parent):
                there = f"{show(bare(other))} in another line"
                yield line, f"department {show(bare(name))} has no parent here, but {there}"

    def _question(self, one: Written, other: Written, cure: str) -> str:
        line = self.first[other]
        both = f"department {show(_joined(one))} is written {show(_joined(other))} in line {line}"
        if _joined(one) == _joined(other):
            name = show("/".join(filter(None, one[1:])))
            both = f"department {name} has other spaces around it in line {line}"
            if self.similar == "different":
                return f"{both}, and no table can keep them apart: write one of them otherwise"
        return f"{both}; are they one? Say it: {cure} (or different)"


def _joined(one: Written) -> str:
    _, parent, name = one
    return f"{bare(parent)}/{bare(name)}" if bare(parent) else bare(name)
