"""ODD.md and the model state the same quarter."""

import re
from pathlib import Path

from sim.model import QUARTER

ODD = (Path(__file__).parents[2] / "ODD.md").read_text(encoding="utf-8")


def stated_processes():
    """The first column of the table of processes, without its heading."""
    table = ODD.partition("<!-- process:begin -->")[2].partition("<!-- process:end -->")[0]
    rows = re.findall(r"^\| *([^|]+?) *\|", table, flags=re.MULTILINE)
    return rows[2:]


def test_the_quarter_runs_what_odd_says_in_its_order():
    names = [process.__name__.replace("_", " ") for process in QUARTER]
    assert stated_processes() == [*names, "observe"]


def test_every_process_says_what_it_does():
    assert [process.__name__ for process in QUARTER if not process.__doc__] == []
