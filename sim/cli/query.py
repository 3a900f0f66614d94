"""`sim query "SQL"`: questions to the stored tables."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.ending import told
from sim.cli.options import RESULTS
from sim.cli.saying import say
from sim.core.errors import UserError

if TYPE_CHECKING:
    import pandas

MOST_ROWS = 50
WIDEST_CELL = 40
FORMATS = {".csv": "csv", ".json": "json"}


@told
def query(
    sql: Annotated[str | None, typer.Argument(metavar="[SQL]", help="One SELECT, in quotes.")] = None,
    tables: Annotated[
        bool, typer.Option("--tables", help="List the tables, their columns and numbers of rows.")
    ] = False,
    folders: Annotated[
        list[Path] | None,
        typer.Option("--in", metavar="FOLDER", help="A folder of results, or one result. Repeatable."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="All rows as JSON, one object a row.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="All rows as CSV.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write there; by default CSV.")
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", help="Time that the query may take.")] = 60.0,
    gigabytes: Annotated[float, typer.Option("--gigabytes", help="Memory that it may need.")] = 2.0,
) -> None:
    """Ask the stored tables in SQL.

    Reads only. Tables of one name in different results are united; result and scenario say where a row is from.
    """
    if (sql is None) != tables:
        raise UserError('write one SELECT in quotes, as in sim query "select * from results", or --tables')
    form = _form(as_json, as_csv, out)
    asked = folders or [RESULTS]
    from sim.lab.questions.query import query as ask
    from sim.lab.questions.query import views

    found = views(asked, _warn) if sql is None else ask(sql, asked, _warn, seconds, gigabytes)
    if form is None:
        say(_listed(found) if sql is None else as_table(found))
    elif out is None:
        say(_written(found, form), nl=False)
    else:
        out.write_text(_written(found, form), encoding="utf-8")
        say(f"{len(found):,} rows: {out}", err=True)


def _warn(sentence: str) -> None:
    say(f"Warning: {sentence}", err=True)


def _form(as_json: bool, as_csv: bool, out: Path | None) -> str | None:
    """`csv`, `json`, or None for a table to look at.

    Raises:
        UserError: both are asked for, or the file cannot be written.
    """
    if as_json and as_csv:
        raise UserError("--json and --csv: choose one")
    if out is not None and (out.is_dir() or not out.parent.is_dir()):
        raise UserError(f"--out {out}: " + ("is a folder" if out.is_dir() else f"no folder {out.parent}"))
    if as_json or as_csv:
        return "json" if as_json else "csv"
    return None if out is None else FORMATS.get(out.suffix.lower(), "csv")


def _written(found: "pandas.DataFrame", form: str) -> str:
    if form == "csv":
        return found.to_csv(index=False, lineterminator="\n")
    return str(found.to_json(orient="records", indent=1, force_ascii=False, date_format="iso")) + "\n"


def as_table(found: "pandas.DataFrame") -> str:
    """Aligned columns of at most 50 rows, numbers on the right, and how many rows there are."""
    from sim.lab.language.wording import columns_of

    shown = found.head(MOST_ROWS)
    columns = [[str(name), *map(_cell, shown.iloc[:, place])] for place, name in enumerate(found.columns)]
    right = [kind.kind in "iuf" for kind in found.dtypes]
    widths = [max(map(columns_of, column)) for column in columns]
    lines = []
    for cells in zip(*columns, strict=True):
        padded = [
            " " * (width - columns_of(cell)) + cell if is_number else cell + " " * (width - columns_of(cell))
            for cell, width, is_number in zip(cells, widths, right, strict=True)
        ]
        lines.append("  ".join(padded).rstrip())
    count = f"{len(found):,} row{'' if len(found) == 1 else 's'}"
    more = f"; the first {MOST_ROWS} are shown, --csv or --json gives all" if len(found) > MOST_ROWS else ""
    return "\n".join([*lines, f"({count}{more})"])


def _cell(value: object) -> str:
    """Numbers with six digits, nothing where there is no value."""
    import pandas

    if isinstance(value, float):
        return "" if value != value else f"{value:.6g}"
    missing = value is None or value is pandas.NaT or value is pandas.NA
    text = "" if missing else " ".join(str(value).split())
    return text if len(text) <= WIDEST_CELL else text[: WIDEST_CELL - 3] + "..."


def _listed(found: "pandas.DataFrame") -> str:
    """One block a view: its name, its rows, its columns."""
    import textwrap

    blocks = []
    for name, rows, columns in found.itertuples(index=False):
        quoted = [column if column.isidentifier() else f'"{column}"' for column in columns]
        told = textwrap.wrap(", ".join(quoted), 96, initial_indent="    ", subsequent_indent="    ")
        blocks.append("\n".join([f"{name}: {rows:,} row{'' if rows == 1 else 's'}", *told]))
    return "\n".join(blocks)
