"""Names of departments: which spellings are one department, and which of them stand under a unit of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sim.scenario.messages import show
from sim.scenario.roster.values import bare, folded

Written = tuple[str, str, str]
"""Organisation, unit above and department, as written."""


@dataclass
class Names:
    """The names of a roster's departments.

    Attributes:
        similar: ask, one or different (`world.roster.similar_names`).
    """

    similar: str
    first: dict[Written, int] = field(default_factory=dict)
    _named: dict[Written, str] = field(default_factory=dict)

    def add(self, written: Written, line: int) -> None:
        """Note a spelling, in the order of the lines."""
        self.first.setdefault(written, line)

    def of(self, written: Written) -> str:
        """The name of the department, that of the unit above in front of it."""
        if not self._named:
            self._named = dict(self._chosen())
        return self._named[written]

    def _chosen(self) -> Iterator[tuple[Written, str]]:
        for spellings in self._groups():
            names = sorted({_joined(one) for one in spellings})
            for one in spellings:
                yield one, names[0] if self.similar == "one" else _joined(one)

    def _groups(self) -> list[list[Written]]:
        """Spellings that differ little, in the order of the lines."""
        found: dict[tuple[str, ...], list[Written]] = {}
        for one in self.first:
            found.setdefault(tuple(folded(part) for part in one), []).append(one)
        return list(found.values())

    @property
    def taken_as_one(self) -> int:
        """How many spellings were taken to be another's."""
        return sum(len(group) - 1 for group in self._groups()) if self.similar == "one" else 0

    def questions(self, cure: str) -> Iterator[tuple[int, str]]:
        """Line and text of every doubt about a name.

        Args:
            cure: how to say `similar_names: one`.
        """
        for group in self._groups() if self.similar != "one" else ():
            for one in group[1:]:
                if self.similar == "different" and _joined(one) != _joined(group[0]):
                    continue
                yield self.first[one], _question(one, group[0], self.first[group[0]], self.similar, cure)
        yield from self._parents()

    def _parents(self) -> Iterator[tuple[int, str]]:
        """A department stands under a unit in all of its lines or in none."""
        under = {(organisation, name): parent for organisation, parent, name in self.first if bare(parent)}
        for (organisation, parent, name), line in self.first.items():
            other = under.get((organisation, name), "")
            if other and not bare(parent):
                yield (
                    line,
                    f"department {show(bare(name))} has no parent here, but {show(bare(other))} in another line",
                )


def _joined(one: Written) -> str:
    _, parent, name = one
    return f"{bare(parent)}/{bare(name)}" if bare(parent) else bare(name)


def _question(one: Written, other: Written, line: int, similar: str, cure: str) -> str:
    both = f"department {show(_joined(one))} is written {show(_joined(other))} in line {line}"
    if _joined(one) == _joined(other):
        both = f"department {show('/'.join(filter(None, one[1:])))} has other spaces around it in line {line}"
        if similar == "different":
            return f"{both}, and no table can keep them apart: write one of them otherwise"
    return f"{both}; are they one? Say it: {cure} (or different)"
