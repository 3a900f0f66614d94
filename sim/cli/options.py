"""The options that commands share, and what their words mean."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.saying import say
from sim.core.errors import UserError
from sim.core.shipped import SCENARIO, shipped_names
from sim.lab.language.language import languages

if TYPE_CHECKING:
    from sim.lab.results.result import Result
    from sim.scenario.schema import Scenario

RESULTS = Path("results")
WINDOW = re.compile(r"\s*(\d+)\s*:\s*(\d+)\s*")


def named(*kinds: str) -> Callable[[str], list[str]]:
    """What a shell completes: names of shipped files; where none begins so, the shell offers files itself."""

    def complete(incomplete: str) -> list[str]:
        return [name for kind in kinds for name in shipped_names(kind) if name.startswith(incomplete)]

    return complete


ScenarioFile = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="A scenario file, or the name of a shipped one.",
        autocompletion=named(SCENARIO),
    ),
]
ScenarioFiles = Annotated[
    list[str],
    typer.Argument(
        metavar="SCENARIO...",
        help="Scenario files, or names of shipped ones.",
        autocompletion=named(SCENARIO),
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Override a setting, as in regime.floating_pay.floating_share=0.2. Where the timeline changes "
        "it too, --set changes the final policy; earlier phases stay. Repeatable.",
    ),
]
Seed = Annotated[int | None, typer.Option("--seed", help="The integer that seeds everything.")]
Replications = Annotated[int | None, typer.Option("--replications", help="How many new areas side by side.")]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where results are stored.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes that share the work.")]
Again = Annotated[bool, typer.Option("--again", help="Run even if the same run is already stored.")]
Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="|".join(languages()),
        help="Language of report and figures; zh adds Chinese ones to the English.",
    ),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option("--outcome", metavar="NAME", help="An outcome to report, by default all. Repeatable."),
]
Variants = Annotated[
    list[str] | None,
    typer.Option(
        "--variant",
        metavar='"NAME: KEY=VALUE; ..."',
        help='The last scenario at other settings, as in "cheap: regime.floating_pay.floating_share=0.2". Repeatable.',
    ),
]
Through = Annotated[
    str | None,
    typer.Option(
        "--window",
        metavar="FIRST:LAST",
        help="Quarters over which outcomes are averaged, as in 9:16; by default the last eight.",
    ),
]
Report = Annotated[
    bool,
    typer.Option(
        "--report/--no-report", help="Write report and figures; sim open FOLDER adds what is missing."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no summary.")]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="FILE.py", help="A Python file of your own rules; it is executed."),
]
Allow = Annotated[
    list[Path] | None,
    typer.Option(
        "--allow",
        metavar="FILE",
        help="A file that a scenario may extend although it lies outside its own folder. Repeatable.",
    ),
]


@dataclass(frozen=True)
class Changes:
    """What is changed in scenarios."""

    settings: Settings = None
    seed: Seed = None
    replications: Replications = None


@dataclass(frozen=True)
class Work:
    """Where results go, and who works."""

    out: Out = RESULTS
    workers: Workers = 1


@dataclass(frozen=True)
class Common:
    """What every command that simulates has."""

    again: Again = False
    lang: Lang = "en"
    allow: Allow = None
    rules: Rules = None


def loaded(files: list[str], changes: Changes, common: Common) -> "list[Scenario]":
    """The scenarios named on the command line, with what the options override.

    Raises:
        UserError: an unknown language, or every error of every file.
    """
    from sim.scenario.loader import load
    from sim.scenario.option import read_settings, setting

    ready(common)
    override = read_settings(changes.settings or [])
    for name, value in (("seed", changes.seed), ("replications", changes.replications)):
        if value is not None:
            override[name] = setting(value, f"--{name}")
    others = [*(common.allow or []), *(Path(file) for file in files)]
    scenarios, errors = [], dict[str, None]()
    for file in files:
        try:
            scenarios.append(load(file, override, allow=others))
        except UserError as error:
            errors.update(dict.fromkeys(_other_file(file) or str(error).splitlines()))
    if errors:
        raise UserError("\n".join(errors))
    return scenarios


def answer(
    question: "Callable[..., Result]",
    *scenarios: Any,
    common: Common,
    quiet: bool,
    report: bool = True,
    **more: Any,
) -> None:
    """Ask a question, show how far the answer is, then print what it says."""
    from sim.cli.progress import bar

    with bar(quiet) as shown:
        result = question(*scenarios, progress=shown.quarters, again=common.again, **more)
    show(result, common.lang, quiet, report)


def _other_file(file: str) -> list[str]:
    """What a file is that is no scenario but belongs to another command."""
    from sim.lab.designs.read_study import is_study, other_file

    try:
        if is_study(file):
            return [f"{file} is a study, not a scenario: sim sweep runs it"]
        other = other_file(file)
        return [f"{file} is {other}"] if other else []
    except UserError:  # said already
        return []


def window_asked(text: str | None) -> tuple[int, int] | None:
    """First and last quarter of `--window 9:16`.

    Raises:
        UserError: it is empty, or not two whole numbers.
    """
    if text is None:
        return None
    found = WINDOW.fullmatch(text)
    if found is None:
        said = text if text.strip() else "is empty"
        raise UserError(f"--window {said}: write the first and the last quarter, as in --window 9:16")
    return int(found[1]), int(found[2])


def known_language(lang: str) -> None:
    """Refuse an unknown language before anything runs.

    Raises:
        UserError: it is not known.
    """
    from sim.lab.language.language import speaking

    with speaking(lang):
        pass


def show(result: "Result", lang: str, quiet: bool, report: bool = True) -> None:
    """Print what a result says, in the language asked for; its report is added to the folder where it is missing."""
    from sim.lab.results.store import add_report, complete

    if report:
        complete(result)
        if lang != "en" and result.folder is not None:
            add_report(result.folder, result, lang)
    if not quiet:
        say(result.summary(lang))


def ready(common: Common) -> None:
    """Refuse an unknown language, and import the user's rules, before anything runs.

    Raises:
        UserError: the language is not known, or the rules are wrong.
    """
    known_language(common.lang)
    add_rules(common.rules)


def add_rules(files: list[Path] | None) -> None:
    """Import the user's rule files, which registers their kinds."""
    if files:
        from sim.cli.user_rules import import_rules

        for file in files:
            import_rules(file)
