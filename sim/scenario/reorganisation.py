"""When a timeline may change something, and which departments it may merge."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.people.founding import departments_by_kind
from sim.people.roster import roster_of
from sim.scenario.messages import Problems, show
from sim.scenario.node import Place
from sim.settings.place import Structure, World
from sim.settings.terms import AREA_LEVEL

if TYPE_CHECKING:
    from sim.scenario.phases import Change
    from sim.scenario.stages import Stage
    from sim.scenario.where import Where

FOUNDING_ONLY = (
    ("department_size",),
    ("manager_share",),
    ("ranks",),
    ("rank_shares",),
    ("manager_rank_shares",),
    ("posts_by_rank",),
    ("area_level", "interdependence"),
    ("new_cities", "interdependence"),
    ("parks", "number"),
    ("parks", "staff"),
)
"""Settings of the structure that only say what is founded; a later change of them would move nothing."""


def check_quarters(quarters: Iterable[tuple[int, Place]], horizon: int, problems: Problems) -> None:
    """A change must fall between the founding and the quarter before the last."""
    for quarter, place in quarters:
        if not 0 <= quarter <= horizon - 1:
            allowed = f"0 to {horizon - 1}, one less than horizon.quarters"
            problems.add(place, f"timeline.quarter = {show(quarter)} is outside the horizon ({allowed})")


def check_structures(
    world: World,
    founded: Structure,
    changes: Sequence["Change"],
    places: Sequence[Place],
    problems: Problems,
) -> None:
    """A reorganisation merges departments; it cannot found any, nor merge those of a roster's real people.

    Args:
        places: where each change is written.
    """
    for change, place in zip(changes, places, strict=True):
        _refuse_fixed(founded, change.structure, place, problems)
    there = departments_by_kind(world, founded)
    for change, place in zip(changes, places, strict=True):
        after = there if change.structure is founded else departments_by_kind(world, change.structure)
        if not world.roster:
            there = _merged(there, after, change.quarter, place, problems)
        elif after != there:
            text = (
                "timeline.set.structure: departments cannot be merged where world.roster says which there are"
            )
            problems.add(place, text)


def check_places(
    world: World, reached: Sequence["Stage"], changes: Sequence["Change"], problems: Problems
) -> None:
    """An entry with `where` must mean some departments."""
    for stage, change in zip(reached, changes, strict=True):
        there = _departments(world, change.structure)
        for placed in stage.placed:
            if placed.where is None:
                continue
            cells = placed.where.cells((*world.new_cities, AREA_LEVEL))
            meant = sum(number for cell, number in there.items() if cell in cells)
            if math.floor(placed.where.departments_share * meant + 0.5) == 0:
                text = (
                    f"timeline.where: {placed.where.words()} means none of the departments there are "
                    f"({meant} in these places and of these kinds)"
                )
                problems.add(placed.place, text + _hint(placed.where, change.structure))


def _hint(where: "Where", structure: Structure) -> str:
    """What is missing where the departments of parks are meant and there are none."""
    if where.department_kinds != ("operator",) or structure.parks.staff:
        return ""
    return "; operator departments are those of parks with staff: set structure.parks.staff"


def _departments(world: World, structure: Structure) -> dict[tuple[str, str], int]:
    """Departments of each organisation and kind, by their names."""
    roster = roster_of(world)
    if roster is None:
        return departments_by_kind(world, structure)
    names = (*world.new_cities, AREA_LEVEL)
    counted = Counter(
        (names[organisation], kind.name.lower())
        for organisation, kind in zip(
            np.repeat(np.arange(len(names)), roster.departments_by_organisation), roster.kinds, strict=True
        )
    )
    return dict(counted)


def _refuse_fixed(founded: Structure, after: Structure, place: Place, problems: Problems) -> None:
    """What exists cannot be founded otherwise."""
    for path in FOUNDING_ONLY:
        before, now = founded, after
        for name in path:
            before, now = getattr(before, name), getattr(now, name)
        if before != now:
            key = ".".join(path)
            text = f"timeline.set.structure.{key}: it only says what is founded; a timeline cannot change it"
            problems.add(place, text)


def _merged(
    there: dict[tuple[str, str], int],
    after: dict[tuple[str, str], int],
    quarter: int,
    place: Place,
    problems: Problems,
) -> dict[tuple[str, str], int]:
    """The departments of each organisation and kind that are left."""
    for (organisation, kind), number in after.items():
        if number > there[organisation, kind]:
            text = (
                f"timeline.set.structure: {organisation} would get {number} {kind} departments after quarter "
                f"{quarter} where it has {there[organisation, kind]}; "
                "a reorganisation merges departments and founds none"
            )
            problems.add(place, text)
    return {key: min(number, after[key]) for key, number in there.items()}
