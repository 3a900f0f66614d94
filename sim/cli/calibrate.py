"""`sim calibrate TARGETS.yaml`: numbers moved until a simulation brings about given targets."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.ending import FAILED, end, told
from sim.cli.options import (
    RESULTS,
    Common,
    Out,
    Quiet,
    Seed,
    Workers,
    answer,
    named,
    ready,
)
from sim.core.shipped import TARGETS


@told
def calibrate(
    *,
    targets: Annotated[
        Path,
        typer.Argument(
            metavar="TARGETS",
            help="A targets file, or the name of a shipped one.",
            autocompletion=named(TARGETS),
        ),
    ],
    trials: Annotated[int, typer.Option("--trials", min=1, help="How many points are tried.")] = 100,
    seed: Seed = None,
    out: Out = RESULTS,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with what was stopped.")] = False,
    workers: Workers = 1,
    common: Common,
    quiet: Quiet = False,
) -> None:
    """Fit numbers of a scenario to targets.

    Moves the numbers that the targets file frees until the simulation is nearest to its targets, and says which
    numbers the targets leave open. A fit is no evidence.
    """
    ready(common)
    from sim.lab.questions.calibrate import calibrate as question

    search = partial(question, trials=trials, seed=seed, workers=workers, out=out, resume=resume)
    try:
        answer(search, targets, allow=common.allow or (), common=common, quiet=quiet)
    except KeyboardInterrupt:
        end("interrupted; the finished trials are kept: --resume goes on with them", FAILED)
