"""`sim trace SCENARIO --person N`: one life under two regimes."""

from typing import Annotated

import typer

from sim.cli.ending import told
from sim.cli.options import (
    RESULTS,
    Again,
    Allow,
    Lang,
    Out,
    Quiet,
    Rules,
    ScenarioFile,
    Seed,
    Settings,
    known_language,
    loaded,
    show,
)


@told
def trace(
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
    again: Again = False,
    lang: Lang = "en",
    allow: Allow = None,
    rules: Rules = None,
    quiet: Quiet = False,
) -> None:
    """Tell one simulated person's story under two regimes.

    With the same luck, quarter by quarter.
    """
    known_language(lang)
    given = loaded([scenario, *([against] if against else [])], settings, allow, rules, seed)
    from sim.cli.progress import bar
    from sim.lab.questions.trace import trace as follow

    with bar(quiet) as progress:
        found = follow(
            given[0],
            person,
            against=given[1] if against else None,
            replication=replication,
            progress=progress,
            out=out,
            again=again,
            pick=pick,
        )
    show(found, lang, quiet)
