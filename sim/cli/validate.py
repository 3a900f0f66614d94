"""`sim validate`: known results, reproduced by the engine or not."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.ending import FAILED, told
from sim.cli.options import Settings
from sim.cli.saying import say

if TYPE_CHECKING:
    from sim.validation.case import Check


@told
def validate(
    cases: Annotated[
        list[str] | None, typer.Argument(metavar="[CASE...]", help="As V1; by default all.")
    ] = None,
    settings: Settings = None,
    replications: Annotated[
        int | None, typer.Option("--replications", min=2, help="Of every run; by default the cases' own.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what takes long.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a check.")] = False,
    directions: Annotated[
        Path | None,
        typer.Option("--directions", metavar="FILE", help="Statements for V10; by default the shipped ones."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Also write VALIDATION.md and figures there."),
    ] = None,
) -> None:
    """Check the engine against known results.

    Published simulations and closed forms, from scenarios/validation. Exits 1 if any check fails.
    """
    from sim.cli.progress import bar
    from sim.scenario.option import read_settings
    from sim.validation import validate as run_cases
    from sim.validation.page import as_text, heading, line, signs_judged, write_page

    above = iter([heading()])  # comes with the first check: wrong input is told alone

    def show(check: "Check") -> None:
        for text in (*above, line(check)):
            say(text)

    override, told_each = read_settings(settings or []), None if as_json else show
    with bar() as shown:
        found = run_cases(cases or (), override, replications, quick, told_each, directions, shown.show)
    if as_json:
        say(found.table.to_json(orient="records", indent=1, force_ascii=False))
    else:
        say("\n".join(filter(None, (as_text(found.checks), signs_judged(found.checks)))))
    if out is not None:
        say(f"Page: {write_page(out, found)}", err=as_json)
    if not found.passed:
        raise typer.Exit(FAILED)
