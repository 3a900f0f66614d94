"""Reads one sheet in a process of its own: a damaged workbook may take all memory, or end the process that reads it.

Run as a script, with the workbook, the sheet ("" for the first) and the most memory in bytes; prints JSON. It imports
nothing of the project, so that it starts at once.
"""

import json
import sys
from datetime import date, datetime
from typing import Any


def limit_memory(most: int) -> None:
    """Let the process have no more than this, where the system knows how."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, ValueError, OSError):
        pass


def sheet(path: str, wanted: str) -> dict[str, Any]:
    """Names of the sheets, the name of the one that was read, and its rows as text; or an error."""
    import python_calamine

    try:
        with python_calamine.load_workbook(path) as book:
            names = book.sheet_names
            name = wanted or names[0]
            if name not in names:
                return {"names": names, "missing": name}
            found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except python_calamine.PasswordError:
        return {"error": "it is locked with a password"}
    except (python_calamine.CalamineError, IndexError, ValueError, OSError) as error:
        return {"error": str(error).rstrip(".") or type(error).__name__}
    return {"names": names, "name": name, "rows": [[written(value) for value in row] for row in found]}


def written(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as 2024-12-31, line breaks as spaces."""
    if isinstance(value, str):
        return " ".join(value.splitlines()) if "\n" in value or "\r" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


if __name__ == "__main__":
    limit_memory(int(sys.argv[3]))
    json.dump(sheet(sys.argv[1], sys.argv[2]), sys.stdout)
