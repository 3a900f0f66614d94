"""`sim trace SCENARIO --person N`: one life under two regimes."""

from functools import partial
from typing import Annotated

import typer

from sim.cli.ending import told
from sim.cli.options import (
    RESULTS,
    Changes,
    Common,
    Out,
    Quiet,
    ScenarioFile,
    Seed,
    Settings,
    answer,
    loaded,
)


@told
def trace(
    *,
    scenario: ScenarioFile,
    person: Annotated[
        str | None,
        typer.Option(
            "--person",
            metavar="NUMBER",
            help="Number, or id of the roster; by default whoever is flagged and whose pay differs most.",
        ),
    ] = None,
    pick: Annotated[
        str | None,
        typer.Option(
            "--pick",
            metavar="EVENT",
            help="Somebody to whom it happens: flagged, promoted, demoted, reposted, entered_reservoir, caught, "
            "dismissed, not_renewed, resigned, retired.",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="SCENARIO",
            help="The other regime; by default the one before the reform, kept.",
        ),
    ] = None,
    replication: Annotated[int, typer.Option("--replication", min=0, help="Which new area.")] = 0,
    settings: Settings = None,
    seed: Seed = None,
    out: Out = RESULTS,
    common: Common,
    quiet: Quiet = False,
) -> None:
    """Tell one simulated person's story under two regimes.

    With the same luck, quarter by quarter.
    """
    scenarios = loaded([scenario, *([against] if against else [])], Changes(settings, seed), common)
    from sim.lab.questions.trace import trace as question

    followed = partial(question, person=person, pick=pick, replication=replication, out=out)
    answer(followed, scenarios[0], against=scenarios[1] if against else None, common=common, quiet=quiet)
