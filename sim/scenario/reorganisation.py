"""When a timeline may change something, and which departments it may merge."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sim.people.founding import departments_by_kind
from sim.scenario.messages import Problems, show
from sim.scenario.node import Place
from sim.settings.place import Structure, World

if TYPE_CHECKING:
    from sim.scenario.schema import Change

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
