"""What a report must say of the roster a place was founded from: what it left open, and how that was filled."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sim.core.text import message
from sim.people.roster import Roster, read_roster
from sim.scenario.roster.into_scenario import about_roster, notes_of

DRAWN = {
    "age_years": "drawn as invented founders' ages are (world.people), or a hire's age and the service since",
    "service_years": "the age less the age of a hire, drawn (world.people), at least a year",
    "years_in_department": "five years, or all the service if that is less",
    "years_in_rank": "drawn evenly up to four years, or all the service if that is less",
    "grade_last": "drawn by world.people.last_grades; none within the first year of service",
    "annual_pay": "drawn: the founding scale times what somebody else of the roster gets for it; acts on nothing",
    "group": "drawn by the shares of world.people.groups",
}
"""How each thing that nobody knows is filled."""


def unknown_of(world: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """An assumption for every column of a roster that says nothing of somebody.

    Args:
        world: settings of the place, as a resolved scenario holds them.
    """
    roster = _roster(world)
    people = len(roster.people()) if roster else 0
    for name, count in (roster.unknown if roster else {}).items():
        yield {
            "path": f"world.roster {name}",
            "value": message("unknown of {count} of {people} people", count=count, people=people),
            "unit": "people",
            "source": "assumption",
            "citation": "",
            "doc": DRAWN[name],
            "since": 0,
        }


def roster_warnings(worlds: Iterable[Mapping[str, Any]]) -> list[str]:
    """What was assumed of the rosters of these places, each once."""
    found = dict[str, None]()
    for world in worlds:
        file = about_roster(str(world["roster"])).partition(":")[0]
        for one in unknown_of(world):
            column = one["path"].partition(" ")[2]
            found[
                message(
                    "roster {file}: {column} {value}: {how}",
                    file=file,
                    column=column,
                    value=one["value"],
                    how=one["doc"],
                )
            ] = None
        merged = [note for note in notes_of(str(world["roster"])) if note.startswith("spellings")]
        for note in (*_part_time(_roster(world)), *merged):
            found[message("roster {file}: {note}", file=file, note=note)] = None
    return list(found)


def remarks(world: Mapping[str, Any]) -> Iterator[str]:
    """What `sim check` says of a roster: what was read and how, then what is missing in it."""
    roster = _roster(world)
    if roster is None:
        return
    yield f"roster {about_roster(str(world['roster']))}"
    yield from notes_of(str(world["roster"]))
    for one in unknown_of(world):
        yield f"{one['path'].partition(' ')[2]} {one['value']}: {one['doc']}"
    yield from _part_time(roster)
    without, several = sum(head == 0 for head in roster.heads), sum(head > 1 for head in roster.heads)
    if without:
        yield f"departments without a post of a head (rank 5): {without}; nobody is promoted to head there"
    if several:
        yield f"departments with several heads (rank 5): {several}; each is a manager of the same rank"


def _part_time(roster: Roster | None) -> Iterator[str]:
    weights = roster.part_time if roster else []
    if weights:
        yield message(
            "{count} people work part-time, {posts} full-time posts in all; each counts as a whole one",
            count=len(weights),
            posts=f"{sum(weights):.6g}",
        )


def _roster(world: Mapping[str, Any]) -> Roster | None:
    return read_roster(str(world["roster"]), tuple(world["new_cities"]))
