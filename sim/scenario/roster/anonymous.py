"""Numbers in place of ids and names of departments, so that neither leaves the folder of a roster.

Numbers follow the order of what they stand for: posts are numbered by these orders, so that the simulation is the
same with and without.
"""

from dataclasses import dataclass
from typing import Self


def _numbered(letter: str, names: set[str]) -> dict[str, str]:
    width = len(str(len(names)))
    return {name: f"{letter}{number:0{width}d}" for number, name in enumerate(sorted(names), start=1)}


@dataclass(frozen=True)
class Pseudonyms:
    """What stands for whom.

    Attributes:
        names: of the columns.
        ids, departments: number by id, and by name of the department.
    """

    names: list[str]
    ids: dict[str, str]
    departments: dict[str, str]

    @classmethod
    def of(cls, names: list[str], rows: list[tuple[int, list[str]]]) -> Self:
        """Numbers for all ids and departments of a checked roster."""
        ids, departments = (
            {values[names.index(name)] for _, values in rows} - {""} for name in ("id", "department")
        )
        return cls(names, _numbered("p", ids), _numbered("d", departments))

    def row(self, values: list[str]) -> list[str]:
        """A line with numbers instead."""
        hidden = list(values)
        for name, stands in (("id", self.ids), ("department", self.departments)):
            place = self.names.index(name)
            hidden[place] = stands.get(values[place], "")
        return hidden

    def listed(self, department: str) -> str:
        """`organisation/department` with the number of the department."""
        organisation, _, name = department.partition("/")
        return f"{organisation}/{self.departments[name]}"
