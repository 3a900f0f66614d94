"""Write the tables of ODD.md (state variables, outcomes, mechanisms) from their declarations.

python scripts/odd_tables.py [--check]

With --check nothing is written; the script ends with 1 if ODD.md is not current.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from sim.model.state import STRIKES
from sim.outcomes import OUTCOMES, Outcome
from sim.outcomes.units import UNITS
from sim.people.columns import DEPARTMENTS, PARKS, POSTS, STAFF, ColumnTerm
from sim.scenario.mechanisms import MECHANISMS, Mechanism
from sim.scenario.messages import show

ODD = Path(__file__).parent.parent / "ODD.md"
TABLES = {"Employees": STAFF, "Posts": POSTS, "Departments": DEPARTMENTS, "Parks": PARKS}
WAYS = {1: "up", -1: "down", 0: "open"}


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


def outcome_table() -> str:
    """Every recorded outcome."""
    head = ["| outcome | unit | kind | from | meaning | more is |", "|---|---|---|---|---|---|"]
    rows = [outcome_row(one) for one in OUTCOMES.values()]
    units = [f"- {name}: {unit.meaning}" for name, unit in UNITS.items()]
    return "\n".join([*head, *rows, "", "Units:", "", *units]) + "\n"


def outcome_row(one: Outcome) -> str:
    """One outcome as a row of a Markdown table."""
    good = {1: "better", -1: "worse", 0: "-"}[one.good]
    kind = f"{one.kind}, exit" if one.exit else one.kind
    return f"| {one.name} | {one.unit} | {kind} | {one.of.counted_from} | {one.meaning} | {good} |"


def mechanism_table() -> str:
    """The 48 mechanisms of the article."""
    head = ["| # | article | mechanism | key | moved to | then |", "|---|---|---|---|---|---|"]
    rows = [
        f"| {one.number} | {one.chinese} | {one.english} | `{one.key}` | {moved(one)} "
        f"| {one.outcome}: {WAYS[one.direction]} |"
        for one in MECHANISMS
    ]
    return "\n".join([*head, *rows]) + "\n"


def moved(one: Mechanism) -> str:
    """What the tests move: the value alone where it is that of the mechanism's own key."""
    told = {key: str(value) if isinstance(value, dict) else show(value) for key, value in one.move.items()}
    if list(told) == [one.key]:
        return told[one.key]
    return ", ".join(f"`{key}` = {value}" for key, value in told.items())


SECTIONS = {"state": state_tables, "outcomes": outcome_table, "mechanisms": mechanism_table}


def current(text: str) -> str:
    """The document with the tables as they should be.

    Raises:
        SystemExit: the markers of a table are missing, or there are several.
    """
    for name, made in SECTIONS.items():
        begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
        if (text.count(begin), text.count(end)) != (1, 1):
            raise SystemExit(f"{ODD.name} must hold {begin.strip()} and {end} once each")
        head, _, rest = text.partition(begin)
        text = head + begin + made() + end + rest.partition(end)[2]
    return text


def main() -> None:
    """Write ODD.md, or check it."""
    parser = argparse.ArgumentParser(description="Write the tables of ODD.md.")
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
