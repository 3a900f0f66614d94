"""`sim sensitivity`, `sim attribute`, `sim robust`: what a stored study says, kept beside it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.ending import told
from sim.cli.options import Lang, Outcomes, Quiet, known_language
from sim.cli.saying import say

if TYPE_CHECKING:
    from sim.lab.results.result import Analysis

StudyFolder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Of a finished study.")]
Smallest = Annotated[
    list[str] | None,
    typer.Option(
        "--smallest",
        metavar="OUTCOME=SIZE",
        help="Smallest effect of interest, by default the study's own. Repeatable.",
    ),
]


@told
def sensitivity(
    folder: StudyFolder, outcomes: Outcomes = None, lang: Lang = "en", quiet: Quiet = False
) -> None:
    """Which assumptions do effects depend on?

    Reads a study of design morris (screening), sobol (shares of variance) or latin_hypercube (regression).
    """
    known_language(lang)
    from sim.lab.estimates.sensitivity import sensitivity as analyse

    _keep(analyse(folder, outcomes), lang, quiet)


@told
def attribute(
    folder: StudyFolder, smallest: Smallest = None, lang: Lang = "en", quiet: Quiet = False
) -> None:
    """Which of the eight parts does the work?

    Reads a study of design coalitions: Shapley values of the parts, and what pairs of them do together.
    """
    known_language(lang)
    from sim.lab.estimates.attribution import attribute as analyse

    _keep(analyse(folder, _sizes(smallest)), lang, quiet)


@told
def robust(
    folder: StudyFolder,
    headlines: Annotated[
        list[str] | None,
        typer.Option(
            "--headline",
            metavar="SCENARIO:OUTCOME>0",
            help="What should hold (or <0); by default the study's own, else signs of median effects. Repeatable.",
        ),
    ] = None,
    smallest: Smallest = None,
    lang: Lang = "en",
    quiet: Quiet = False,
) -> None:
    """In how much of the assumption space does it hold?

    Reads a study that varies assumptions: shares in which headlines hold or flip, regret, and where they flip.
    """
    known_language(lang)
    from sim.lab.estimates.robustness import robust as analyse

    _keep(analyse(folder, headlines, _sizes(smallest)), lang, quiet)


def _sizes(given: list[str] | None) -> dict[str, float] | None:
    """What `--smallest` says.

    Raises:
        UserError: not OUTCOME=SIZE.
    """
    from sim.core.errors import UserError

    found = {}
    for text in given or []:
        name, _, size = text.partition("=")
        try:
            found[name.strip()] = float(size)
        except ValueError:
            raise UserError(f"--smallest {text}: write OUTCOME=SIZE, as in output_per_post=0.002") from None
    return found or None


def _keep(analysis: "Analysis", lang: str, quiet: bool) -> None:
    """Keep an analysis beside its study; print its paragraph and where the rest is."""
    from sim.lab.language.language import speaking
    from sim.lab.questions.analyses import keep
    from sim.lab.reports.summary import report_beside
    from sim.lab.reports.terminal import lines

    where = keep(analysis, lang)
    if not quiet:
        with speaking(lang):
            say(f"{lines(analysis.paragraph(lang))}\n\n{report_beside(where)}")
