"""`sim sweep`: a scenario on a grid of settings, or a study; `sim merge` puts a study's shares together."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.ending import FAILED, told
from sim.cli.options import (
    RESULTS,
    Again,
    Allow,
    Lang,
    Out,
    Quiet,
    Replications,
    Rules,
    Seed,
    Settings,
    Workers,
    add_rules,
    known_language,
    loaded,
    named,
    show,
)
from sim.cli.saying import say
from sim.core.errors import UserError
from sim.core.shipped import SCENARIO, STUDY

StudyOrScenario = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="A study file (it has `design`), a scenario file, or the name of a shipped one.",
        autocompletion=named(STUDY, SCENARIO),
    ),
]
Vary = Annotated[
    list[str] | None,
    typer.Option("--vary", metavar="KEY=A,B,C", help="Of a scenario: a setting and its values; repeatable."),
]
Plan = Annotated[bool, typer.Option("--plan", help="Of a study: print runs, time and disk; run nothing.")]
Resume = Annotated[bool, typer.Option("--resume", help="Of a study: go on with what an earlier start left.")]
Dask = Annotated[
    str | None,
    typer.Option("--dask", metavar="ADDRESS", help="Of a study: a Dask scheduler, or local for one here."),
]
ShardOption = Annotated[
    str | None, typer.Option("--shard", metavar="I/N", help="Of a study: only the I-th of N shares of it.")
]
OnError = Annotated[
    str, typer.Option("--on-error", metavar="stop|continue", help="Of a study: what a failing run does.")
]


@told
def sweep(
    file: StudyOrScenario,
    vary: Vary = None,
    settings: Settings = None,
    seed: Seed = None,
    replications: Replications = None,
    out: Out = RESULTS,
    workers: Workers = 1,
    plan: Plan = False,
    resume: Resume = False,
    dask: Dask = None,
    shard: ShardOption = None,
    on_error: OnError = "stop",
    again: Again = False,
    lang: Lang = "en",
    allow: Allow = None,
    rules: Rules = None,
    quiet: Quiet = False,
) -> None:
    """Run a study, or a scenario on a grid of settings.

    A study file says what is varied, by which design, and how often; whatever stops it, --resume goes on. Every point
    is checked before anything runs.
    """
    known_language(lang)
    add_rules(rules)
    from sim.lab.designs.study_file import is_study, other_file

    if is_study(file):
        if vary or settings:
            raise UserError(f"{file} is a study: what it varies and sets stands in the file (levers, set)")
        if plan:
            _tell_plan(file, replications, seed, out, workers, allow)
        else:
            _run_study(
                file,
                replications,
                seed,
                out,
                workers,
                resume,
                dask,
                shard,
                on_error,
                again,
                lang,
                allow,
                quiet,
            )
        return
    if other := other_file(file, instead=""):
        raise UserError(f"{file} is {other}")
    if plan or resume or dask or shard:
        raise UserError(
            f"--plan, --resume, --dask and --shard are for studies; {file} is a scenario (no design)"
        )
    _run_grid(file, vary, settings, seed, replications, out, workers, again, lang, allow, quiet)


def _tell_plan(
    file: str, replications: int | None, seed: int | None, out: Path, workers: int, allow: list[Path] | None
) -> None:
    from sim.lab.jobs import estimate
    from sim.lab.questions.studies import planned

    say(estimate.told(planned(file, replications, seed, out, allow or ()), workers))


def _run_study(
    file: str,
    replications: int | None,
    seed: int | None,
    out: Path,
    workers: int,
    resume: bool,
    dask: str | None,
    shard: str | None,
    on_error: str,
    again: bool,
    lang: str,
    allow: list[Path] | None,
    quiet: bool,
) -> None:
    from sim.cli.progress import study_bar
    from sim.lab.questions.studies import study

    with study_bar(quiet) as progress:
        found = study(
            file,
            replications,
            seed,
            workers,
            dask,
            progress,
            out,
            resume,
            again,
            on_error,
            shard,
            allow or (),
        )
    show(found, lang, quiet)
    if len(found.failures):
        raise typer.Exit(FAILED)


def _run_grid(
    file: str,
    vary: list[str] | None,
    settings: list[str] | None,
    seed: int | None,
    replications: int | None,
    out: Path,
    workers: int,
    again: bool,
    lang: str,
    allow: list[Path] | None,
    quiet: bool,
) -> None:
    from sim.scenario.option import read_variations

    if not vary:
        raise UserError(f"{file} is a scenario: say what to vary with --vary KEY=A,B,C, or name a study file")
    variations = read_variations(vary)
    [given] = loaded([file], settings, allow, None, seed, replications)
    from sim.cli.progress import bar
    from sim.lab.questions.sweep import sweep as sweep_scenario

    with bar(quiet) as progress:
        found = sweep_scenario(
            given, vary=variations, workers=workers, progress=progress, out=out, again=again
        )
    show(found, lang, quiet)


@told
def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folders of the shares.")],
    out: Out = RESULTS,
    again: Again = False,
    lang: Lang = "en",
    quiet: Quiet = False,
) -> None:
    """Put the shares of a study together.

    Shares are made by `sim sweep STUDY --shard I/N`, in job arrays or on several machines.
    """
    known_language(lang)
    from sim.lab.questions.studies import merge as merge_shares

    found = merge_shares(folders, out, again)
    show(found, lang, quiet)
    if len(found.failures):
        raise typer.Exit(FAILED)
