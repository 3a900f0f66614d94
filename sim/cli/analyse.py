"""`sim sensitivity`, `sim attribute`, `sim robust`: what a stored study says, kept beside it.

The commands are made of `sim.lab.ANALYSES`: an analysis that is entered there has one.
"""

from collections.abc import Callable, Iterator
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.ending import told
from sim.cli.options import Lang, Outcomes, Quiet, known_language
from sim.cli.saying import say
from sim.lab import ANALYSES, PLACES, Analysed, maker

if TYPE_CHECKING:
    from sim.lab.results.result import Analysis

StudyFolder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Of a finished study.")]
OPTIONS: dict[str, Any] = {
    "outcomes": Outcomes,
    "headlines": Annotated[
        list[str] | None,
        typer.Option(
            "--headline",
            metavar="SCENARIO:OUTCOME>0",
            help="What should hold (or <0); by default the study's own, else signs of median effects. Repeatable.",
        ),
    ],
    "smallest": Annotated[
        list[str] | None,
        typer.Option(
            "--smallest",
            metavar="OUTCOME=SIZE",
            help="Smallest effect of interest, by default the study's own. Repeatable.",
        ),
    ],
}
"""What analyses can be asked besides the study; `smallest` is their argument `sesoi`."""


def commands() -> Iterator[Callable[..., None]]:
    """A command for every analysis."""
    for kind, about in ANALYSES.items():
        yield told(_command(kind, about))


def _command(kind: str, about: Analysed) -> Callable[..., None]:
    def command(folder: Path, lang: str, quiet: bool, **asked: Any) -> None:
        known_language(lang)
        if "smallest" in asked:
            asked["sesoi"] = _sizes(asked.pop("smallest"))
        _keep(maker(kind, "estimate")(folder, **asked), lang, quiet)

    options = {name: OPTIONS[name] for name in about.options}
    defaults = {"folder": Parameter.empty, **dict.fromkeys(options), "lang": "en", "quiet": False}
    kinds = {"folder": StudyFolder, **options, "lang": Lang, "quiet": Quiet}
    command.__name__ = PLACES[kind]["estimate"].partition(":")[2]
    command.__doc__ = f"{about.question}\n\n{about.reads}"
    command.__annotations__ = kinds
    command.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter(name, Parameter.KEYWORD_ONLY, default=defaults[name], annotation=kinds[name])
            for name in kinds
        ]
    )
    return command


def _sizes(pairs: list[str] | None) -> dict[str, float] | None:
    """What `--smallest` says.

    Raises:
        UserError: not OUTCOME=SIZE.
    """
    from sim.core.errors import UserError

    sizes = {}
    for text in pairs or []:
        name, _, size = text.partition("=")
        try:
            sizes[name.strip()] = float(size)
        except ValueError:
            raise UserError(f"--smallest {text}: write OUTCOME=SIZE, as in output_per_post=0.002") from None
    return sizes or None


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
