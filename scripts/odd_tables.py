"""Write the tables of state variables in ODD.md from the columns' declarations.

python scripts/odd_tables.py [--check]

With --check nothing is written; the script ends with 1 if ODD.md is not current.
"""

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from sim.model.state import STRIKES
from sim.world.columns import DEPARTMENTS, POSTS, STAFF, ColumnTerm

ODD = Path(__file__).parent.parent / "ODD.md"
BEGIN, END = "<!-- state:begin -->\n", "<!-- state:end -->"
TABLES = {"Employees": STAFF, "Posts": POSTS, "Departments": DEPARTMENTS}


def row(term: ColumnTerm) -> str:
    """One state variable as a row of a Markdown table; `-` where there is no unit."""
    return f"| {term.name} | {np.dtype(term.dtype).name} | {term.unit or '-'} | {term.meaning} |"


def table(title: str, terms: Iterable[ColumnTerm]) -> str:
    """The state variables of one kind of entity."""
    head = [f"**{title}**", "", "| variable | type | unit | meaning |", "|---|---|---|---|"]
    return "\n".join([*head, *map(row, terms)]) + "\n"


def strikes() -> str:
    """The columns that come and go with the regime."""
    return f"Besides, every employee has `{STRIKES}NAME` for each trigger in force: periods hit in a row.\n"


def state_tables() -> str:
    """What belongs between the markers."""
    return "\n".join([*(table(title, terms) for title, terms in TABLES.items()), strikes()])


def current(text: str) -> str:
    """The document with the tables as they should be.

    Raises:
        SystemExit: the markers are missing, or there are several.
    """
    if (text.count(BEGIN), text.count(END)) != (1, 1):
        raise SystemExit(f"{ODD.name} must hold {BEGIN.strip()} and {END} once each")
    within = re.compile(f"(?<={BEGIN}).*?(?={END})", flags=re.DOTALL)
    return within.sub(lambda _: state_tables(), text)


def main() -> None:
    """Write ODD.md, or check it."""
    parser = argparse.ArgumentParser(description="Write the tables of state variables in ODD.md.")
    parser.add_argument("--check", action="store_true", help="Write nothing; end with 1 if not current.")
    options = parser.parse_args()
    text = ODD.read_text(encoding="utf-8")
    wanted = current(text)
    if text == wanted:
        return
    if options.check:
        sys.exit(f"the tables in {ODD.name} are not current: python scripts/odd_tables.py")
    ODD.write_text(wanted, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
