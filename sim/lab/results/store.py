"""Results on disk: what is written, and `open_results`."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

from sim.core.errors import UserError
from sim.lab import PLACES, maker
from sim.lab.language.language import speaking
from sim.lab.results.checked import Damaged, write_whole
from sim.lab.results.column_units import with_column_units
from sim.lab.results.files import SCHEMA, read_frames, read_manifest, write_frames, write_manifest
from sim.lab.results.manifest import Asked, misstated
from sim.lab.results.result import Document, Result
from sim.lab.results.study import Study

RUNS = "runs"
REPORT = "report.html"


def open_results(folder: str | Path) -> Result:
    """A stored result, of the type it had when it was made.

    Raises:
        UserError: not a result.
        Damaged: incomplete, not what was written, or of another layout.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    kind = str(manifest["result"])[:40]
    if "result" not in PLACES.get(kind, {}):
        raise UserError(f"{folder} holds a {kind}, which this version does not know")
    result: type[Result] = maker(kind, "result")
    try:
        checksums = manifest["tables"]
        if wrong := misstated(manifest, result.form()):
            raise ValueError(", ".join(wrong))
        runs = {name: open_results(folder / RUNS / name) for name in result.names_within(manifest)}
        return result.from_frames(read_frames(folder, checksums), manifest, folder, runs)
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, RecursionError) as error:
        raise Damaged(f"{folder} is damaged: its manifest lacks or misstates {str(error)[:200]}") from None


def study_in(study: Study | str | Path) -> Study:
    """A study, or the one that is stored in a folder.

    Raises:
        UserError: the folder holds no finished study.
    """
    result = study if isinstance(study, Study) else open_results(study)
    if isinstance(result, Study):
        return result
    raise UserError(
        f"{study} holds a {result.manifest['result']}, not a study: sim sweep makes one of a study file"
    )


def write(folder: Path, result: Result, report: bool = True) -> None:
    """Write tables, report and figures into an empty folder; the manifest last."""
    for name, run in result.runs_within().items():
        write(folder / RUNS / name, run, report=False)
    checksums = write_frames(folder, with_column_units(result.frames(), result.column_units()))
    if report:
        write_report(folder, result.document())
    write_manifest(folder, {**result.written(), "tables": checksums})


def write_report(folder: Path, document: Document, suffix: str = "") -> None:
    """Write `report.md`, the self-contained `report.html`, and the figures as PNG and SVG.

    Args:
        folder: where.
        document: what.
        suffix: of another language, put before the endings: `report.zh.md`, `figures/comparison.zh.png`.
    """
    pictures = document.draw(folder / "figures", suffix)
    write_whole(folder / f"report{suffix}.md", document.markdown(suffix).encode())
    write_whole(folder / f"report{suffix}.html", document.html(pictures).encode())


def complete(result: Result) -> None:
    """Write the report of a stored result that was stored without.

    Raises:
        UserError: the folder cannot be written.
    """
    if result.folder is not None and not (result.folder / REPORT).exists():
        add_report(result.folder, result, "en")


def add_report(folder: Path, result: Result, lang: str) -> None:
    """Add the report to a stored result, in the language asked for.

    Raises:
        UserError: the folder cannot be written.
    """
    try:
        with speaking(lang):
            write_report(folder, result.document(), "" if lang == "en" else f".{lang}")
    except OSError as error:
        reason = error.strerror or error
        raise UserError(
            f"the report cannot be added to {folder}: {reason} (--no-report does without)"
        ) from None


def restated(study: Any, asked: Asked) -> Any:
    """A stored study or evaluation of which the manifest says something else about the same tables; its report is written anew."""
    assert study.folder is not None
    renewed = replace(study, manifest={**study.manifest, **asked})
    write_report(study.folder, renewed.document())
    write_manifest(study.folder, {**read_manifest(study.folder), **asked, "schema": SCHEMA})
    return renewed
