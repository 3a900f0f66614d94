"""`sim roster template`: an empty roster that says what belongs into it."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.ending import told
from sim.cli.options import Allow, ScenarioFile
from sim.cli.saying import say

ForeignTable = Annotated[
    Path, typer.Argument(metavar="FILE", help="A table of another form: CSV or spreadsheet.")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Where to write it; by default to the screen."),
]
app = typer.Typer(name="roster", help="Found an area from a roster of your own.", no_args_is_help=True)


@app.callback()
def _every() -> None:
    """Found an area from a roster of your own."""


@app.command()
@told
def template(
    out: Out = None,
    departments: Annotated[
        bool, typer.Option("--departments", help="Also say how a list of departments is checked.")
    ] = False,
) -> None:
    """Write an empty roster with its columns described.

    The lines above the names of the columns are comments.
    """
    from sim.scenario.roster.columns import COLUMNS, described

    columns = "".join(f"#   {line}\n" for line in described())
    names = ",".join(column.name for column in COLUMNS)
    text = f"{INTRODUCTION}{columns}{DEPARTMENTS if departments else ''}{names}\n"
    _give(text, out, "fill it, name it in a scenario as world.roster, then: sim check SCENARIO")


@app.command()
@told
def key(scenario: ScenarioFile, allow: Allow = None) -> None:
    """Write who is who in an anonymous roster, into the folder of the roster."""
    from sim.scenario.roster.key import write_key

    say(f"wrote {write_key(scenario, allow or [])}; keep it where the roster is")


@app.command()
@told
def guess(
    file: ForeignTable,
    out: Out = None,
) -> None:
    """Propose how a table becomes a roster: a mapping to be checked and completed."""
    from sim.scenario.roster.guess import guess as proposed

    _give(proposed(file), out, f"check it, then: sim roster convert {file} --map {out}")


@app.command()
@told
def convert(
    file: ForeignTable,
    mapping: Annotated[Path, typer.Option("--map", metavar="MAPPING", help="What is what, in YAML.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ROSTER", help="By default FILE.roster.csv, beside it.")
    ] = None,
) -> None:
    """Turn a table into a roster.

    The mapping that was used is written beside the roster.
    """
    from sim.scenario.roster.convert import convert as converted

    roster = out or file.with_name(f"{file.stem}.roster.csv")
    used, notes = converted(file, mapping, roster)
    say(f"wrote {roster} and {used}")
    for note in notes:
        say(f"  {note}")


INTRODUCTION = """\
# A roster: one line a post. Above the names of the columns lines that begin with # are comments; below, they are posts.
# Keep it anonymous: a result stores the roster it was founded from, unless the scenario says
#   world: {roster: {file: roster.csv, anonymous: true}}
# Times are in years; 2.5 is a number. Days (of birth, of entry) are read with {file: roster.csv, as_of: 2024-12-31}.
# All simulated areas start with these people in these posts; their ability is not in any roster and is drawn.
# CSV (UTF-8, UTF-16, GB18030; commas, semicolons, tabs), .xlsx, .xls and .ods are read; `sim check` says how.
"""
DEPARTMENTS = """\
# To have the names of the departments checked, list them in the scenario, each with its organisation:
#   world:
#     roster: roster.csv
#     roster_departments: [area_level/finance, fengdong/investment]
# Then a line with another department, and a listed department without a line, are errors.
"""


def _give(text: str, out: Path | None, then: str) -> None:
    """Print a text, or write it into a new file and say what to do with it then."""
    from sim.core.files import new_text

    if out is None:
        say(text, nl=False)
        return
    with new_text(out) as file:
        file.write(text)
    say(f"wrote {out}; {then}")
