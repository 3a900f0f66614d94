"""SQL over everything that is stored: `query`.

Tables of the same name from different results are one view, with the columns `result` and `scenario` before the
others. The statement is run by DuckDB in memory. The Parquet files are opened here and handed to it; it may itself
touch no file, no network and no setting, and runs a single SELECT.
"""

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import UserError
from sim.core.text import did_you_mean
from sim.lab.jobs.catalogue import DESCRIBED, Catalogue, StoredTable, catalogue_of
from sim.lab.questions.limits import GIGABYTES, SECONDS, answer, limits_of

if TYPE_CHECKING:
    import pandas
    from duckdb import DuckDBPyConnection

LABELS = ("result", "scenario")
"""Which result and which scenario a row comes from; a table's own `scenario` is kept."""
RESULTS = "results"
"""The view of the results themselves."""
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
}
"""No file, no network, no extension, and no variable of this program taken for a table."""
MOST_WORDS = 300
"""Length at which a message of the database is cut."""
LISTING = re.compile(r"\s*show\s+(all\s+)?tables\s*;?\s*$", re.IGNORECASE)
"""Lists the views; not the stored tables of which they are made."""
Tell = Callable[[str], None]


def query(
    sql: str,
    folders: str | Path | Sequence[str | Path] = "results",
    tell: Tell | None = None,
    seconds: float = SECONDS,
    gigabytes: float = GIGABYTES,
) -> "pandas.DataFrame":
    """Run one SELECT over the stored tables.

    Args:
        sql: DuckDB's SQL. The views are named as the tables: `area`, `quarters`, `departments`, `staff`, `events` of
            runs (those inside comparisons too), `effects`, `levels`, ... of comparisons, `points`, `parts`, ... and
            `results` with one row a result. Columns with dots or blanks are quoted: `"regime.posts.kind"`.
        folders: folders of results, or single results.
        tell: called with a warning for every damaged result, which is left out; by default Python's warnings.
        seconds: the query may take.
        gigabytes: of memory that the query, and its answer, may need.

    Returns:
        The answer, with the columns that the statement names.

    Raises:
        UserError: no such folder; not one SELECT; an unknown table or column; anything but reading; more time or
            memory than is allowed.
    """
    _check_text(sql)
    limits = limits_of(seconds, gigabytes)
    lists = LISTING.match(sql) is not None
    catalogue = catalogue_of(_paths(folders), is_read=lambda name: lists or name.lower() in sql.lower())
    _warn(catalogue, tell)
    with _connected(catalogue, gigabytes) as (connection, columns), _told(columns, sql):
        _refuse_all_but_reading(sql)
        rows = answer(connection, sql, limits)
        return rows[rows["name"].isin(list(columns))] if lists else rows


def views(
    folders: str | Path | Sequence[str | Path] = "results", tell: Tell | None = None
) -> "pandas.DataFrame":
    """The views that `query` knows: `view, rows, columns`, the names of the columns as a list.

    Raises:
        UserError: no such folder, or nothing stored in it.
    """
    import pandas

    catalogue = catalogue_of(_paths(folders), is_read=lambda _: True)
    _warn(catalogue, tell)
    with _connected(catalogue) as (connection, columns):
        rows = [
            {"view": name, "rows": _count(connection, name), "columns": names}
            for name, names in columns.items()
        ]
    return pandas.DataFrame(rows)


def _count(connection: "DuckDBPyConnection", name: str) -> int:
    counted = connection.execute(f"select count(*) from {_quoted(name)}").fetchone()
    return int(counted[0]) if counted else 0


def _paths(folders: Any) -> list[Path]:
    given = [folders] if isinstance(folders, (str, Path)) else list(folders)
    if not given or not all(isinstance(one, (str, Path)) and str(one) for one in given):
        raise UserError(f"folders = {folders!r}: must be the path of a folder of results, or several")
    return [Path(one) for one in given]


def _warn(catalogue: Catalogue, tell: Tell | None) -> None:
    for sentence in catalogue.damaged:
        if tell is not None:
            tell(sentence)
        else:
            warnings.warn(sentence, UserWarning, stacklevel=3)


@contextmanager
def _connected(
    catalogue: Catalogue, gigabytes: float = GIGABYTES
) -> "Iterator[tuple[DuckDBPyConnection, dict[str, list[str]]]]":
    """A database that holds the views and is locked, and the columns of every view."""
    import duckdb
    import pandas

    limited = {**LOCKED, "memory_limit": f"{round(gigabytes * 1000)}MB"}
    connection = duckdb.connect(":memory:", config=limited)
    try:
        by_name: dict[str, list[StoredTable]] = {}
        for table in catalogue.tables:
            by_name.setdefault(table.name, []).append(table)
        connection.register(RESULTS, pandas.DataFrame(catalogue.results, columns=list(DESCRIBED)))
        columns = {RESULTS: list(DESCRIBED)}
        for name in sorted(by_name):
            tables = [table for table in by_name[name] if table.is_checked]
            columns[name] = _make_view(connection, name, tables) if tables else []
        connection.execute("set lock_configuration = true")
        yield connection, columns
    finally:
        connection.close()


def _make_view(connection: "DuckDBPyConnection", name: str, tables: list[StoredTable]) -> list[str]:
    """Unite the tables of one name; columns that some of them lack are empty there."""
    parts = [_labelled(connection, f"{name}__{place}", table) for place, table in enumerate(tables)]
    connection.execute(f"create view {_quoted(name)} as {' union all by name '.join(parts)}")
    described = connection.execute(f"select * from {_quoted(name)} limit 0").description or []
    return [str(column[0]) for column in described]


def _labelled(connection: "DuckDBPyConnection", name: str, table: StoredTable) -> str:
    """A SELECT of one stored table with the columns that tell where it comes from."""
    from pyarrow import ArrowException, dataset

    try:
        opened = dataset.dataset(table.path, format="parquet")
    except (OSError, ArrowException) as error:
        raise UserError(f"{table.path} cannot be read: {_in_a_line(str(error))}") from None
    connection.register(name, opened)
    own = set(opened.schema.names)
    labels = {"result": table.result, "scenario": table.scenario}
    added = ", ".join(
        f"{_text(value)} as {label}"
        for label, value in labels.items()
        if label == "result" or label not in own
    )
    kept = "*" if "scenario" not in own else "scenario, * exclude (scenario)"
    renamed = " rename (result as own_result)" if "result" in own else ""
    return f"select {added}, {kept}{renamed} from {_quoted(name)}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str | None) -> str:
    return "cast(null as varchar)" if value is None else "'" + value.replace("'", "''") + "'"


def _check_text(sql: str) -> None:
    """Refuse what no statement can be.

    Raises:
        UserError: no text, an empty one, or one with half a character.
    """
    if not isinstance(sql, str) or not sql.strip():
        raise UserError("the query is empty: write a SELECT, as in select * from results")
    try:
        sql.encode()
    except UnicodeEncodeError as error:
        raise UserError(f"the query holds half of a character at place {error.start + 1}") from None


def _refuse_all_but_reading(sql: str) -> None:
    """Refuse what is not exactly one SELECT (WITH, FROM, VALUES, DESCRIBE and SHOW count as such).

    Raises:
        UserError: it is not.
    """
    import duckdb

    try:
        kinds = [statement.type for statement in duckdb.extract_statements(sql)]
    except ValueError:  # a statement that the database knows and its library for Python does not
        raise UserError("a query only reads: it is a SELECT, not a statement of another kind") from None
    if len(kinds) != 1:
        raise UserError(f"a query is one SELECT, not {len(kinds)} statements")
    if kinds[0] != duckdb.StatementType.SELECT:
        raise UserError(f"a query only reads: it is a SELECT, not {kinds[0].name.replace('_', ' ')}")


@contextmanager
def _told(columns: dict[str, list[str]], sql: str) -> Iterator[None]:
    """Turn what the database says of `sql` into one line."""
    import duckdb

    try:
        yield
    except duckdb.PermissionException:
        raise UserError(
            "a query reads the stored tables only: no file, no network, no extension, no setting"
        ) from None
    except duckdb.Error as error:
        raise UserError(_explained(str(error), columns, sql)) from None


def _explained(said: str, columns: dict[str, list[str]], sql: str) -> str:
    """The database's message, or ours where a name is unknown."""
    known = list(columns)
    named = [name for name in known if name.lower() in sql.lower()]
    names = list(dict.fromkeys(column for name in named or known for column in columns[name]))
    table = re.search(r'Table with name "?(.+?)"? does not exist|Referenced table "(.+?)" not found', said)
    if table:
        word = table[1] or table[2]
        return (
            _about_dots(word, names) or f"there is no table {word}{did_you_mean(word, known, by_name=False)}"
        )
    column = re.search(r'[Cc]olumn "(.+?)" not found|have a column named "(.+?)"', said)
    if column:
        word = column[1] or column[2]
        return f"there is no column {word}{_near(word, names, said)}"
    first = said.partition("\n\nLINE")[0]
    return f"the query cannot be run: {_in_a_line(first)}"


def _about_dots(word: str, names: Iterable[str]) -> str:
    """A setting's name holds dots, which SQL reads as table and column."""
    dotted = [name for name in names if name.startswith(f"{word}.")]
    return f'there is no table {word}; a column with dots is quoted, as in "{dotted[0]}"' if dotted else ""


def _near(word: str, names: list[str], said: str) -> str:
    """The nearest column; of the tables in the statement if the database names one."""
    candidates = re.search(r"Candidate bindings: (.*)", said)
    near = re.findall(r'"([^"]+)"', candidates[1]) if candidates else []
    close = did_you_mean(word, names, by_name=False)
    if "did you mean" in close:
        return close
    return f"; did you mean {near[0]}?" if near else "; sim query --tables lists the columns"


def _in_a_line(text: str) -> str:
    return " ".join(text.split())[:MOST_WORDS]
