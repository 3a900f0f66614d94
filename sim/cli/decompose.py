"""`sim decompose A B`: which part of a difference is incentive, selection, gaming or luck."""

from typing import Annotated

import typer

from sim.cli.ending import told
from sim.cli.options import (
    Changes,
    Common,
    Outcomes,
    Quiet,
    Through,
    Work,
    answer,
    loaded,
    named,
    window_asked,
)
from sim.core.shipped import SCENARIO


@told
def decompose(
    *,
    baseline: Annotated[
        str,
        typer.Argument(
            metavar="BASELINE",
            help="A file, or the name of a shipped scenario.",
            autocompletion=named(SCENARIO),
        ),
    ],
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIO", help="The one compared with it.", autocompletion=named(SCENARIO)),
    ],
    outcomes: Outcomes = None,
    window: Through = None,
    changes: Changes,
    work: Work,
    common: Common,
    quiet: Quiet = False,
) -> None:
    """Split a difference into incentive, selection, gaming, luck.

    Both scenarios run with effort, gaming and workforce held or not, in all combinations (up to 20 runs). The parts
    add up.
    """
    inside = window_asked(window)
    both = loaded([baseline, scenario], changes, common)
    from sim.lab.questions.decompose import decompose as question

    answer(question, *both, outcomes=outcomes, window=inside, **vars(work), common=common, quiet=quiet)
