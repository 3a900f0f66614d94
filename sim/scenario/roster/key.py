"""Who is who in an anonymous roster: a list that stays in the folder of the roster."""

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

from sim.core.errors import UserError
from sim.core.files import new_text
from sim.scenario.loader import layered_files, load
from sim.scenario.messages import Problems
from sim.scenario.roster.anonymous import Pseudonyms
from sim.scenario.roster.into_scenario import HIDDEN, notes_of, read_lines


def write_key(scenario: str | Path, allow: Collection[str | Path] = ()) -> Path:
    """Write the key of an anonymous roster beside it, `staff.key.csv`; gives back where.

    Raises:
        UserError: the scenario is wrong, its roster is not anonymous, or the file is there already.
    """
    world = load(scenario, allow=allow).world
    layers = layered_files(scenario, allow, Problems())
    source = layers.roster if layers else None
    if source is None or HIDDEN not in notes_of(world.roster):
        raise UserError(
            f"{scenario} has no anonymous roster: world.roster: {{file: staff.csv, anonymous: true}}"
        )
    lines = read_lines(source, world.model_copy(update={"roster_departments": ()}))
    file = Path(source.table.source)
    out = file.with_name(f"{file.stem}.key.csv")
    with new_text(out) as opened:
        csv.writer(opened, lineterminator="\n").writerows(_key(Pseudonyms.of(lines.names, lines.rows)))
    return out


def _key(hidden: Pseudonyms) -> Iterator[tuple[str, str, str]]:
    yield "what", "in results", "in the roster"
    yield from (("person", number, name) for name, number in hidden.ids.items())
    yield from (("department", number, name) for name, number in hidden.departments.items())
