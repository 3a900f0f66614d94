"""Where an entry of a timeline applies: new cities, the area level, kinds and shares of departments."""

from collections.abc import Collection, Iterable, Iterator
from itertools import product
from typing import Literal

from sim.core.parameters import Complaint, Settings, param
from sim.core.text import did_you_mean
from sim.scenario.messages import Problems, show
from sim.scenario.node import Node
from sim.scenario.validation import settings
from sim.settings.terms import AREA_LEVEL, Kind

LEADERS = "leaders"
QUOTE = '"'
Cell = tuple[str, str]
"""An organisation and a kind of its departments; its leaders, who work in none, are a kind of their own."""
KINDS = tuple(kind.name.lower() for kind in Kind)


class Where(Settings):
    """Places: all that are said must hold. New cities and the area level together are all of them."""

    new_cities: tuple[str, ...] = param(
        (),
        unit="new cities",
        source="design",
        doc="The departments of these; none where only the area level is named, all where neither is.",
    )
    area_level: bool = param(
        False, unit="yes or no", source="design", doc="The departments of the area level, besides new_cities."
    )
    department_kinds: tuple[Literal["economic", "social", "administrative", "operator"], ...] = param(
        (),
        unit="kinds",
        source="design",
        doc="Departments of these kinds only; of all kinds if none is named. Operator: those of parks with staff.",
    )
    departments_share: float = param(
        1.0,
        unit="share",
        source="design",
        gt=0,
        le=1,
        doc="So many of the departments of which all the rest holds, rounded to whole ones, in every replication.",
    )
    drawn: bool = param(
        True,
        unit="yes or no",
        source="design",
        doc="Whether that share is drawn by lot, anew in every replication; no: those with the lowest numbers.",
    )

    def complaints(self) -> Iterator[Complaint]:
        for name in ("new_cities", "department_kinds"):
            said = getattr(self, name)
            twice = sorted({one for one in said if said.count(one) > 1})
            if twice:
                yield name, f"{', '.join(twice)} is named twice"
        if "drawn" in self.model_fields_set and self.departments_share == 1:
            yield (
                "drawn",
                "there is nothing to draw; write departments_share: 0.3 as well, or leave drawn out",
            )

    def means_organisation(self, name: str) -> bool:
        """Whether any department of a new city, or of the area level, is meant."""
        if not self.new_cities and not self.area_level:
            return True
        return self.area_level if name == AREA_LEVEL else name in self.new_cities

    @property
    def whole_organisations(self) -> bool:
        """Whether all departments of an organisation are meant if any is; then its leaders are as well."""
        return not self.department_kinds and self.departments_share == 1

    def cells(self, organisations: Iterable[str]) -> frozenset[Cell]:
        """Where it may apply."""
        all_kinds = (*KINDS, LEADERS) if self.whole_organisations else KINDS
        kinds: tuple[str, ...] = self.department_kinds or all_kinds
        meant = (name for name in organisations if self.means_organisation(name))
        return frozenset(product(meant, kinds))

    def words(self) -> str:
        """As one would write it: `new_cities: [Fengdong]`."""
        said = self.model_dump(exclude_defaults=True, mode="json")
        return ", ".join(f"{name}: {show(value).replace(QUOTE, '')}" for name, value in said.items())


def everywhere(organisations: Iterable[str]) -> frozenset[Cell]:
    """All cells."""
    return frozenset(product(organisations, (*KINDS, LEADERS)))


def read_where(node: Node | None, problems: Problems) -> Where | None:
    """What an entry's `where` says; None where it says nothing, or is wrong."""
    if node is None:
        return None
    if not node.is_mapping:
        text = "timeline.where is not places; write where: {new_cities: [...]}, {area_level: true}, "
        problems.add(node.place, text + "{department_kinds: [...]} or {departments_share: 0.3}")
        return None
    where = settings(Where, node, ("timeline", "where"), problems)
    if where is not None and where == Where():
        text = "timeline.where names no place; leave it out where an entry is meant for everywhere"
        problems.add(node.place, text)
        return None
    return where


def check_names(where: Where, node: Node | None, new_cities: Collection[str], problems: Problems) -> None:
    """New cities must be those of the world."""
    listed = node.child("new_cities") if node is not None else None
    for place, name in enumerate(where.new_cities):
        if name not in new_cities:
            said = listed.child(place) if listed is not None else None
            at = said or listed or node
            text = f'timeline.where.new_cities: there is no new city "{name}"; '
            hint = did_you_mean(name, new_cities)
            known = f"new cities are {', '.join(new_cities)}"
            if at is not None:
                problems.add(at.place, text + known + hint)
