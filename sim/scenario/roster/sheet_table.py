"""Tables in spreadsheets (.xlsx, .xls, .ods), read by python-calamine; every value has the name of its cell."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.scenario.messages import did_you_mean
from sim.scenario.node import Place
from sim.scenario.roster.table import Table

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def sheet_table(path: Path, source: str, sheet: str) -> Table:
    """The rows of a sheet.

    Args:
        path: the workbook.
        source: how the user would write it.
        sheet: its name; "" for the first.

    Raises:
        UserError: it is no workbook, it is locked, or there is no such sheet.
    """
    import python_calamine

    try:
        with python_calamine.load_workbook(str(path)) as book:
            names = book.sheet_names
            if sheet and sheet not in names:
                raise UserError(f"{source} has no sheet {sheet}{did_you_mean(sheet, names)}")
            name = sheet or names[0]
            found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except python_calamine.PasswordError:
        raise UserError(f"{source} is locked with a password; save it without one") from None
    except (python_calamine.CalamineError, IndexError, ValueError) as error:
        told = str(error).rstrip(".") or type(error).__name__
        raise UserError(
            f"{source} cannot be read as a spreadsheet: {told}; save it again as .xlsx or as CSV UTF-8"
        ) from None
    rows = [(number, [_written(value) for value in row]) for number, row in enumerate(found, start=1)]
    others = f"; not read: {', '.join(one for one in names if one != name)}" if len(names) > 1 else ""

    def locate(row: int, column: int) -> Place:
        return Place(source, row, column + 1, f"{name}!{letters(column)}{row}")

    there = [(number, row) for number, row in rows if any(value.strip() for value in row)]
    return Table(source, there, locate, (f"sheet {name}{others}",), f"{path.name}, sheet {name}")


def letters(column: int) -> str:
    """What a spreadsheet calls its column, counted from 0: A to Z, AA, AB."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _written(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as 2024-12-31, line breaks as spaces."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time, timedelta)):
        return value.isoformat() if isinstance(value, (date, time)) else str(value)
    return " ".join(str(value).splitlines()) if isinstance(value, str) else str(value)
