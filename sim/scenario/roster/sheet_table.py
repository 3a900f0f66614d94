"""Tables in spreadsheets (.xlsx, .xls, .ods), read by python-calamine; every value has the name of its cell."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.core.text import did_you_mean
from sim.scenario.node import Place
from sim.scenario.roster import workbook
from sim.scenario.roster.table import Table

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
LEAST_MEMORY, MEMORY_A_BYTE = 1 << 30, 400
"""What reading may take: a workbook is packed, and its cells need some hundred times as much."""
PATIENCE, PATIENCE_A_MEGABYTE = 60.0, 30.0
"""Seconds."""
AGAIN = "save it again as .xlsx or as CSV UTF-8"


def sheet_table(path: Path, source: str, sheet: str) -> Table:
    """The rows of a sheet.

    Args:
        path: the workbook.
        source: how the user would write it.
        sheet: its name; "" for the first.

    Raises:
        UserError: it is no workbook, it is locked, or there is no such sheet.
    """
    found = _read(path, source, sheet)
    if "missing" in found:
        raise UserError(f"{source} has no sheet {sheet}{did_you_mean(sheet, found['names'])}")
    name, names = str(found["name"]), found["names"]
    others = f"; not read: {', '.join(one for one in names if one != name)}" if len(names) > 1 else ""

    def locate(row: int, column: int) -> Place:
        return Place(source, row, column + 1, f"{name}!{letters(column)}{row}")

    rows = [(number, row) for number, row in enumerate(found["rows"], start=1) if any(map(str.strip, row))]
    return Table(source, rows, locate, (f"sheet {name}{others}",), f"{path.name}, sheet: {name}")


def _read(path: Path, source: str, sheet: str) -> dict[str, Any]:
    """What `workbook` prints of the file, read in a process of its own.

    Raises:
        UserError: it is no workbook, or too damaged to be read.
    """
    size = path.stat().st_size
    most = LEAST_MEMORY + MEMORY_A_BYTE * size
    command = [sys.executable, "-I", workbook.__file__, str(path), sheet, str(most)]
    patience = PATIENCE + PATIENCE_A_MEGABYTE * size / 1e6
    try:
        done = subprocess.run(command, capture_output=True, timeout=patience, check=False)
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        found = {"error": f"it took more than {patience:.0f} seconds"}
    except ValueError:
        found = {"error": "it is damaged, or far larger than it seems"}
    if "error" in found:
        raise UserError(f"{source} cannot be read as a spreadsheet: {found['error']}; {AGAIN}")
    return found


def letters(column: int) -> str:
    """What a spreadsheet calls its column, counted from 0: A to Z, AA, AB."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
