"""Results on disk: what is written, and `open_results`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.lab.results.calibration import Calibration
from sim.lab.results.decomposition import Decomposition
from sim.lab.results.digest import FRAME_NAMES
from sim.lab.results.digest import Digest
from sim.lab.results.comparison import Comparison, Sweep
from sim.lab.language.language import speaking
from sim.lab.results.study import Factor, Study
from sim.lab.results.result import Document
from sim.lab.results.tables import FRAMES, Tables
from sim.lab.results.trace import Trace
from sim.core.errors import UserError
from sim.lab.results.as_text import write_csv
from sim.lab.results.checked import Damaged, write_whole
from sim.lab.results.column_units import with_column_units
from sim.lab.results.files import (
    SCHEMA,
    read_frames,
    read_manifest,
    write_frames,
    write_manifest,
)

Result = Tables | Comparison | Sweep | Decomposition | Trace | Calibration | Study
RUNS = "runs"
REPORT = "report.html"
CALIBRATION = ("fit", "trials", "obtained", "ranges")


def open_results(folder: str | Path) -> Result:
    """A stored result, of the type it had when it was made.

    Raises:
        UserError: not a result.
        Damaged: incomplete, not what was written, or of another layout.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    readers: dict[str, Callable[[Path, dict[str, Any]], Result]] = {
        "run": _read_run,
        "comparison": _read_comparison,
        "sweep": _read_sweep,
        "decomposition": _read_decomposition,
        "trace": _read_trace,
        "study": _read_study,
        "calibration": _read_calibration,
    }
    kind = str(manifest["result"])[:40]
    if kind not in readers:
        raise UserError(f"{folder} holds a {kind}, which this version does not know")
    try:
        return readers[kind](folder, manifest)
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, RecursionError) as error:
        raise Damaged(f"{folder} is damaged: its manifest lacks or misstates {str(error)[:200]}") from None


def write(folder: Path, result: Result, report: bool = True) -> None:
    """Write tables, report and figures into an empty folder; the manifest last."""
    writers: dict[type, Callable[[Path, Any], dict[str, Any]]] = {
        Tables: _write_run,
        Comparison: _write_comparison,
        Sweep: _write_sweep,
        Decomposition: _write_decomposition,
        Trace: _write_trace,
        Calibration: _write_calibration,
        Study: _write_study,
    }
    manifest = writers[type(result)](folder, result)
    if report:
        write_report(folder, result.document())
    write_manifest(folder, manifest)


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


def restated(study: Study, said: Mapping[str, Any]) -> Study:
    """A stored study of which the manifest says something else about the same tables; its report is written anew."""
    assert study.folder is not None
    renewed = replace(study, manifest={**study.manifest, **said})
    write_report(study.folder, renewed.document())
    write_manifest(study.folder, {**read_manifest(study.folder), **said, "schema": SCHEMA})
    return renewed


def _write_run(folder: Path, run: Tables) -> dict[str, Any]:
    return {**run.manifest, "tables": write_frames(folder, with_column_units(run.frames()))}


def _read_run(folder: Path, manifest: dict[str, Any]) -> Tables:
    frames = read_frames(folder, manifest["tables"])
    missing = [name for name in FRAMES if name not in frames and name != "staff_panel"]
    if missing:
        raise UserError(f"{folder} is not complete: it has no table {', '.join(missing)}")
    return Tables.of(frames, manifest, folder)


def _write_comparison(folder: Path, comparison: Comparison) -> dict[str, Any]:
    for name, run in comparison.tables.items():
        write(folder / RUNS / name, run, report=False)
    checksums = write_frames(folder, comparison.digest.frames())
    return {**comparison.manifest, "tables": checksums}


def write_summary(folder: str | Path, comparison: Comparison) -> None:
    """Write what is small: report, figures and effects as text, without the tables of the runs.

    Files that exist are overwritten; the folder cannot be opened as a result.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("effects", "levels"):
        write_csv(folder / f"{name}.csv", getattr(comparison.digest, name))
    write_report(folder, comparison.document())


def _read_comparison(folder: Path, manifest: dict[str, Any]) -> Comparison:
    frames = read_frames(folder, manifest["tables"])
    runs = {name: folder / RUNS / name for name in manifest["scenarios"]}
    tables = {name: _read_run(path, read_manifest(path)) for name, path in runs.items()}
    digest = Digest(
        **{name: frames[name] for name in FRAME_NAMES},
        manifests={name: run.manifest for name, run in tables.items()},
        baseline=manifest["baseline"],
        window=(int(manifest["window"][0]), int(manifest["window"][1])),
        baseline_why=manifest.get("baseline_why", "asked"),
    )
    return Comparison(tables, digest, manifest, folder=folder)


def _write_sweep(folder: Path, sweep: Sweep) -> dict[str, Any]:
    tables = ("points", "runs", "levers", "interactions")
    checksums = write_frames(folder, with_column_units({name: getattr(sweep, name) for name in tables}))
    return {**sweep.manifest, "tables": checksums}


def _read_sweep(folder: Path, manifest: dict[str, Any]) -> Sweep:
    frames = read_frames(folder, manifest["tables"])
    return Sweep(frames["points"], frames["runs"], manifest["vary"], manifest, folder=folder)


def _write_decomposition(folder: Path, found: Decomposition) -> dict[str, Any]:
    frames = {"parts": found.parts, "by_replication": found.by_replication}
    checksums = write_frames(folder, frames)
    return {**found.manifest, "tables": checksums}


def _read_decomposition(folder: Path, manifest: dict[str, Any]) -> Decomposition:
    frames = read_frames(folder, manifest["tables"])
    return Decomposition(frames["parts"], frames["by_replication"], manifest, folder=folder)


def _write_trace(folder: Path, found: Trace) -> dict[str, Any]:
    checksums = write_frames(folder, with_column_units({"panel": found.panel, "events": found.events}))
    return {**found.manifest, "tables": checksums}


def _read_trace(folder: Path, manifest: dict[str, Any]) -> Trace:
    frames = read_frames(folder, manifest["tables"])
    return Trace(frames["panel"], frames["events"], manifest, folder=folder)


def _write_study(folder: Path, study: Study) -> dict[str, Any]:
    kept = ("points", "runs", "failures", "effects", *(("levers", "interactions") if study.crosses else ()))
    tables = {name: getattr(study, name) for name in kept}
    settings = {factor.name: factor.unit for factor in study.factors}
    checksums = write_frames(folder, with_column_units(tables, settings))
    factors = [factor.written() for factor in study.factors]
    units = study.units.tolist()
    return {**study.manifest, "factors": factors, "units": units, "tables": checksums}


def _read_study(folder: Path, manifest: dict[str, Any]) -> Study:
    frames = read_frames(folder, manifest["tables"])
    factors = tuple(Factor.read(one) for one in manifest.pop("factors"))
    units = np.array(manifest.pop("units"), dtype=np.float64).reshape(len(frames["points"]), -1)
    return Study(
        frames["points"], units, frames["runs"], frames["failures"], factors, manifest, folder=folder
    )


def _write_calibration(folder: Path, found: Calibration) -> dict[str, Any]:
    frames = {name: getattr(found, name) for name in CALIBRATION}
    settings = dict(zip(found.ranges["parameter"], found.ranges["unit"], strict=True))
    checksums = write_frames(folder, with_column_units(frames, settings))
    return {**found.manifest, "tables": checksums}


def _read_calibration(folder: Path, manifest: dict[str, Any]) -> Calibration:
    frames = read_frames(folder, manifest["tables"])
    fit, trials, obtained, ranges = (frames[name] for name in CALIBRATION)
    return Calibration(fit, trials, obtained, ranges, manifest, folder=folder)
