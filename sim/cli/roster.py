"""`sim roster template`: an empty roster that says what belongs into it."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.ending import told

app = typer.Typer(name="roster", help="Found an area from a roster of your own.", no_args_is_help=True)


@app.callback()
def _every() -> None:
    """Found an area from a roster of your own."""


@app.command()
@told
def template(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where to write it; by default to the screen."),
    ] = None,
    departments: Annotated[
        bool, typer.Option("--departments", help="Also say how a list of departments is checked.")
    ] = False,
) -> None:
    """Write an empty roster with its columns described.

    The lines that begin with # are comments, which a scenario skips.
    """
    text = _template(departments)
    if out is None:
        typer.echo(text, nl=False)
        return
    _write(out, text)
    typer.echo(f"wrote {out}; fill it, name it in a scenario as world.roster, then: sim check SCENARIO")


def _template(departments: bool) -> str:
    from sim.scenario.roster_columns import COLUMNS, described

    listed = DEPARTMENTS if departments else ""
    told_columns = "".join(f"#   {line}\n" for line in described())
    return f"{INTRODUCTION}{told_columns}{listed}{','.join(column.name for column in COLUMNS)}\n"


INTRODUCTION = """\
# A roster: one line a post, separated by commas, text in UTF-8. Lines that begin with # are skipped.
# Keep it anonymous: a result stores the roster it was founded from. Times are in years; 2.5 is a number.
# All simulated areas start with these people in these posts; their ability is not in any roster and is drawn.
"""
DEPARTMENTS = """\
# To have the names of the departments checked, list them in the scenario, each with its organisation:
#   world:
#     roster: roster.csv
#     roster_departments: [area_level/finance, fengdong/investment]
# Then a line with another department, and a listed department without a line, are errors.
"""


def _write(out: Path, text: str) -> None:
    from sim.core.errors import UserError

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UserError(f"{out} is there already; choose another name") from None
    except OSError as error:
        raise UserError(f"{out} cannot be written: {error.strerror}") from None
