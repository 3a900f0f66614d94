"""`sim decompose A B`: which part of a difference is incentive, selection, gaming or luck."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.ending import told
from sim.cli.options import (
    RESULTS,
    Again,
    Allow,
    Lang,
    Out,
    Outcomes,
    Quiet,
    Replications,
    Rules,
    Seed,
    Settings,
    Through,
    Workers,
    known_language,
    loaded,
    named,
    show,
    window_asked,
)
from sim.core.shipped import SCENARIO


@told
def decompose(
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
    settings: Settings = None,
    seed: Seed = None,
    replications: Replications = None,
    out: Out = Path(RESULTS),
    workers: Workers = 1,
    again: Again = False,
    lang: Lang = "en",
    allow: Allow = None,
    rules: Rules = None,
    quiet: Quiet = False,
) -> None:
    """Split a difference into incentive, selection, gaming, luck.

    Both scenarios run with effort, gaming and workforce held or not, in all combinations (up to 20 runs). The parts
    add up.
    """
    known_language(lang)
    inside = window_asked(window)
    first, second = loaded([baseline, scenario], settings, allow, rules, seed, replications)
    from sim.cli.progress import bar
    from sim.lab.questions.decompose import decompose as decompose_difference

    with bar(quiet) as progress:
        found = decompose_difference(
            first,
            second,
            outcomes=outcomes,
            window=inside,
            workers=workers,
            progress=progress,
            out=out,
            again=again,
        )
    show(found, lang, quiet)
