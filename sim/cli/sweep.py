"""`sim sweep`: a scenario on a grid of settings, or a study; `sim merge` puts a study's parts together."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.ending import FAILED, told
from sim.cli.options import (
    RESULTS,
    Again,
    Changes,
    Common,
    Lang,
    Out,
    Quiet,
    Work,
    answer,
    known_language,
    loaded,
    named,
    ready,
    show,
)
from sim.cli.saying import say
from sim.core.errors import UserError
from sim.core.shipped import SCENARIO, STUDY

if TYPE_CHECKING:
    from sim.lab.results.evaluation import Evaluation
    from sim.lab.results.study import Study

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


@dataclass(frozen=True)
class StudyOptions:
    """What only studies have."""

    plan: Annotated[
        bool, typer.Option("--plan", help="Of a study: print runs, time and disk; run nothing.")
    ] = False
    resume: Annotated[
        bool, typer.Option("--resume", help="Of a study: go on with what an earlier start left.")
    ] = False
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask", metavar="ADDRESS", help="Of a study: a Dask scheduler, or local for one here."
        ),
    ] = None
    shard: Annotated[
        str | None,
        typer.Option("--shard", metavar="I/N", help="Of a study: only the I-th of N parts of it."),
    ] = None
    on_error: Annotated[
        str, typer.Option("--on-error", metavar="stop|continue", help="Of a study: what a failing run does.")
    ] = "stop"


@told
def sweep(
    *,
    file: StudyOrScenario,
    vary: Vary = None,
    changes: Changes,
    work: Work,
    of_study: StudyOptions,
    common: Common,
    quiet: Quiet = False,
) -> None:
    """Run a study, or a scenario on a grid of settings.

    A study file says what is varied, by which design, and how often; whatever stops it, --resume goes on. Every point
    is checked before anything runs.
    """
    ready(common)
    from sim.lab.designs.read_study import is_study, other_file

    if is_study(file):
        if vary or changes.settings:
            raise UserError(f"{file} is a study: what it varies and sets stands in the file (levers, set)")
        _study(file, changes, work, of_study, common, quiet)
        return
    if other := other_file(file, instead=""):
        raise UserError(f"{file} is {other}")
    if of_study.plan or of_study.resume or of_study.dask or of_study.shard:
        raise UserError(
            f"--plan, --resume, --dask and --shard are for studies; {file} is a scenario (no design)"
        )
    if not vary:
        raise UserError(f"{file} is a scenario: say what to vary with --vary KEY=A,B,C, or name a study file")
    from sim.lab.questions.sweep import sweep as question
    from sim.scenario.option import read_variations

    variations = read_variations(vary)
    [scenario] = loaded([file], changes, replace(common, rules=None))
    answer(question, scenario, vary=variations, **vars(work), common=common, quiet=quiet)


def _study(
    file: str, changes: Changes, work: Work, of_study: StudyOptions, common: Common, quiet: bool
) -> None:
    """Run a study, or tell what it would take."""
    from sim.cli.progress import bar
    from sim.lab.jobs import estimate
    from sim.lab.questions.studies import planned, study

    allow = common.allow or ()
    if of_study.plan:
        size = planned(file, changes.replications, changes.seed, work.out, allow)
        say(estimate.told(size, work.workers))
        return
    options = {name: value for name, value in vars(of_study).items() if name != "plan"}
    options |= {"replications": changes.replications, "seed": changes.seed, **vars(work)}
    with bar(quiet) as shown:
        result = study(file, progress=shown.runs, again=common.again, allow=allow, **options)
    _end(result, common.lang, quiet)


def _end(result: "Study | Evaluation", lang: str, quiet: bool) -> None:
    """Say what the study says; it has failed if some of its runs have."""
    show(result, lang, quiet)
    if len(result.failures):
        raise typer.Exit(FAILED)


@told
def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folders of the parts.")],
    out: Out = RESULTS,
    again: Again = False,
    lang: Lang = "en",
    quiet: Quiet = False,
) -> None:
    """Put the parts of a study together.

    Parts are made by `sim sweep STUDY --shard I/N`, in job arrays or on several machines.
    """
    known_language(lang)
    from sim.lab.questions.studies import merge as merge_shares

    _end(merge_shares(folders, out, again), lang, quiet)
