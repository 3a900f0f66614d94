"""The command line. Everything heavy is imported inside the commands, so that help comes at once."""

import gc
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.analyse import commands
from sim.cli.calibrate import calibrate
from sim.cli.decompose import decompose
from sim.cli.doctor import doctor
from sim.cli.ending import WRONG_INPUT, end_by_signals, interrupted_in_words, told
from sim.cli.evaluate import evaluate
from sim.cli.options import (
    Allow,
    Changes,
    Common,
    Lang,
    Quiet,
    Report,
    Rules,
    ScenarioFile,
    ScenarioFiles,
    Settings,
    Through,
    Variants,
    Work,
    add_rules,
    answer,
    known_language,
    loaded,
    named,
    show,
    window_asked,
)
from sim.cli.query import query
from sim.cli.roster import app as roster
from sim.cli.saying import say
from sim.cli.shipped import scenarios
from sim.cli.sweep import merge, sweep
from sim.cli.trace import trace
from sim.cli.validate import validate
from sim.core.shipped import SCENARIO
from sim.core.text import write_anywhere
from sim.lab.jobs.threads import use_one_thread
from sim.version import __version__

app = typer.Typer(
    name="sim",
    help="Simulate a new area's personnel regime and compare it with others.",
    epilog="Exit codes: 0 done, 1 failed (disk, interruption), 2 wrong input.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(roster)
app.command()(calibrate)
app.command()(decompose)
app.command()(doctor)
app.command()(evaluate)
app.command()(merge)
app.command()(query)
app.command()(scenarios)
app.command()(sweep)
app.command()(trace)
app.command()(validate)
for analysis in commands():
    app.command()(analysis)


def main() -> None:
    """Run the command line; the entry point of `sim` and of `python -m sim`."""
    write_anywhere()
    with interrupted_in_words():
        end_by_signals()
        use_one_thread()
        gc.set_threshold(
            100_000
        )  # packages make a million objects that stay: looking through them takes long
        app(prog_name="sim")


def _version(asked: bool) -> None:
    if asked:
        say(f"sim {__version__}")
        raise typer.Exit


@app.callback()
def _every(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Simulate a new area's personnel regime and compare it with others."""


@app.command()
@told
def run(
    *,
    scenario: ScenarioFile,
    window: Through = None,
    changes: Changes,
    work: Work,
    common: Common,
    report: Report = True,
    quiet: Quiet = False,
) -> None:
    """Simulate one scenario and store its tables."""
    inside = window_asked(window)
    scenarios = loaded([scenario], changes, common)
    from sim.lab.questions.run import run as question

    complete = partial(question, window=inside, report=report, **vars(work))
    answer(complete, *scenarios, common=common, quiet=quiet, report=report)


@app.command()
@told
def compare(
    *,
    scenarios: ScenarioFiles,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline", metavar="NAME", help="By default the one that the others extend, else the first."
        ),
    ] = None,
    variants: Variants = None,
    window: Through = None,
    changes: Changes,
    work: Work,
    common: Common,
    report: Report = True,
    quiet: Quiet = False,
) -> None:
    """Compare scenarios and write a report.

    Under common random numbers; with figures. Stored below --out.
    """
    inside = window_asked(window)
    chosen = loaded(scenarios, changes, common)
    from sim.lab.questions.compare import compare as question
    from sim.scenario.option import read_variants

    more: dict[str, Any] = {"baseline": baseline, "variants": read_variants(variants or []), "window": inside}
    compared = partial(question, report=report, **more, **vars(work))
    answer(compared, chosen, common=common, quiet=quiet, report=report)


@app.command()
@told
def check(
    scenarios: ScenarioFiles, settings: Settings = None, allow: Allow = None, rules: Rules = None
) -> None:
    """Report every error; run nothing."""
    from sim.cli.printing import checked

    add_rules(rules)
    wrong = False
    for file in scenarios:
        line, is_wrong = checked(file, settings, [*(allow or []), *map(Path, scenarios)])
        say(line, err=is_wrong)
        wrong = wrong or is_wrong
    if wrong:
        raise typer.Exit(WRONG_INPUT)


@app.command()
@told
def describe(
    scenario: Annotated[
        str | None,
        typer.Argument(
            metavar="[SCENARIO]",
            help="A file or a name; with --kinds a slot.",
            autocompletion=named(SCENARIO),
        ),
    ] = None,
    kinds: Annotated[bool, typer.Option("--kinds", help="List what the slots of a regime can be.")] = False,
    mechanisms: Annotated[
        bool,
        typer.Option(
            "--mechanisms",
            help="List the article's 48 mechanisms: on or off in the whole reform, and what each moves there.",
        ),
    ] = False,
    outcomes: Annotated[
        bool, typer.Option("--outcomes", help="List all outcomes, with unit and definition.")
    ] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of scenarios.")] = False,
    study_schema: Annotated[
        bool, typer.Option("--study-schema", help="Print the JSON Schema of studies.")
    ] = False,
    only: Annotated[str, typer.Option("--only", metavar="TEXT", help="Only what mentions TEXT.")] = "",
    lang: Lang = "en",
    settings: Settings = None,
    allow: Allow = None,
    rules: Rules = None,
) -> None:
    """List parameters and their sources.

    Value, unit, bounds, default, source, and the line that set it.
    """
    from sim.cli import printing

    add_rules(rules)
    if schema:
        say(printing.schema())
    elif study_schema:
        say(printing.study_schema())
    elif mechanisms:
        from sim.cli.mechanisms import mechanisms as listed

        say(listed(only))
    elif outcomes:
        say(printing.outcomes(only, lang))
    elif kinds:
        say(printing.kinds(scenario, only))
    else:
        changes, common = Changes(settings), Common(allow=allow)
        [given] = loaded([scenario], changes, common) if scenario else [printing.defaults(settings)]
        say(printing.parameters(given, only))


@app.command()
@told
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the new scenario.")],
    extends: Annotated[
        str,
        typer.Option(
            "--extends",
            metavar="SCENARIO",
            help="Its baseline: a file, or the name of a shipped one.",
            autocompletion=named(SCENARIO),
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FOLDER", help="By default beside the baseline; of a shipped one, here."
        ),
    ] = None,
    rules: Rules = None,
) -> None:
    """Write a commented scenario file to start from."""
    from sim.cli.starter import write_starter

    add_rules(rules)
    say(write_starter(name, Path(extends), out))


@app.command("open")
@told
def open_folder(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder below results/.")],
    lang: Lang = "en",
    report: Report = True,
) -> None:
    """Print the summary of a stored result.

    Writes its report where it was stored without one.
    """
    known_language(lang)
    from sim.lab.results.store import open_results

    show(open_results(folder), lang, quiet=False, report=report)
