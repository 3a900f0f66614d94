"""`sim evaluate FILE`: would an evaluation of a pilot have found out what a reform does?"""

from typing import Annotated

import typer

from sim.cli.ending import FAILED, told
from sim.cli.options import Changes, Common, Quiet, Work, add_rules, known_language, named, show
from sim.cli.saying import say
from sim.cli.sweep import StudyOptions
from sim.core.errors import UserError
from sim.core.shipped import EVALUATION

File = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="An evaluation file (it has `assignment`), or the name of a shipped one.",
        autocompletion=named(EVALUATION),
    ),
]


@told
def evaluate(
    *,
    file: File,
    changes: Changes,
    work: Work,
    of_study: StudyOptions,
    common: Common,
    quiet: Quiet = False,
) -> None:
    """Would an evaluation have found out?

    Tries a reform out in some places many times over, and says for each estimator how far it is from the truth, how
    often it finds the effect, and how often it claims a success that is none. --replications is the number of pilots.
    """
    known_language(common.lang)
    add_rules(common.rules)
    if changes.settings:
        raise UserError(f"{file} is an evaluation: what it sets stands in the file (set)")
    if of_study.plan:
        _tell_plan(file, changes, work, common)
        return
    from sim.cli.progress import bar
    from sim.lab.questions.evaluate import evaluate as question

    options = {name: value for name, value in vars(of_study).items() if name != "plan"}
    options |= {"replications": changes.replications, "seed": changes.seed, **vars(work)}
    with bar(quiet) as shown:
        result = question(file, progress=shown.runs, again=common.again, allow=common.allow or (), **options)
    show(result, common.lang, quiet)
    if len(result.failures):
        raise typer.Exit(FAILED)


def _tell_plan(file: str, changes: Changes, work: Work, common: Common) -> None:
    from sim.lab.designs.read_evaluation import evaluation_plan
    from sim.lab.jobs import estimate

    plan = evaluation_plan(file, changes.replications, changes.seed, common.allow or ())
    say(estimate.told(estimate.estimate(plan, work.out, measure=True), work.workers))
