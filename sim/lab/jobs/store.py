"""What is stored is found again, whatever it was stored as; what is new is stored whole or not at all."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.core.errors import Notice, UserError
from sim.lab.jobs.folder import new_folder
from sim.lab.results.checked import CURE, Damaged
from sim.lab.results.files import read_manifest
from sim.lab.results.manifest import Manifest, RunManifest
from sim.lab.results.result import Result
from sim.lab.results.store import RUNS, complete, open_results, write
from sim.lab.results.tables import Tables


def folder_of(out: str | Path, manifest: Manifest) -> Path:
    """Where a result belongs: `<out>/<name>-<hash>`."""
    return Path(out) / f"{manifest['folder_name']}-{manifest['hash']}"


def stored(out: str | Path | None, manifest: Manifest, again: bool) -> Any:
    """The result of the same input, if it is stored whole in `out` and not wanted `again`; else None."""
    if out is None or again or not folder_of(out, manifest).is_dir():
        return None
    try:
        return replace(open_results(folder_of(out, manifest)), reused=True)
    except Damaged as error:
        warnings.warn(f"{str(error).removesuffix(f'. {CURE}')}; it is made again", Notice, stacklevel=2)
        return None


def kept[Kept: Result](
    out: str | Path | None,
    manifest: Manifest,
    again: bool,
    make: Callable[[], Kept],
    report: bool = True,
) -> Kept:
    """The stored result of the same input, or else a new one, which is stored if `out` is given.

    Args:
        out: folder of results, or None to store nothing.
        manifest: of the result to be made, with its hash.
        again: make it even if it is stored.
        make: makes it.
        report: with its report; a stored result that has none yet gets it.

    Raises:
        UserError: where `out` cannot be written, before anything is made.
    """
    before: Kept | None = stored(out, manifest, again)
    if before is not None and report:
        complete(before)
    if before is not None or out is None:
        return before if before is not None else make()
    final = folder_of(out, manifest)
    with new_folder(Path(out), final.name) as folder:
        made = make()
        write(folder, made, report)
    return replace(made, folder=final)


def simulated_before(out: Path | None, planned: RunManifest, again: bool) -> Tables | None:
    """The tables of the same simulation, wherever in `out` they are stored whole; None if it must be made."""
    run: Tables | None = stored(out, planned, again)
    if run is None and out is not None and not again:
        run = next(
            filter(None, (_simulated_in(folder, planned) for folder in _candidates(out, planned))), None
        )
    if run is None:
        return None
    own = run.manifest.copy()
    own.pop("window", None)
    own.pop("tables", None)
    return replace(run, manifest={**own, **planned}, folder=None, reused=False)


def _candidates(out: Path, planned: RunManifest) -> Iterator[Path]:
    """Folders of runs of that name: told over another window, or part of a comparison."""
    yield from sorted(out.glob(f"{planned['folder_name']}-*"))
    yield from sorted(out.glob(f"*/{RUNS}/{planned['name']}"))


def _simulated_in(folder: Path, planned: RunManifest) -> Tables | None:
    """The same simulation's tables, if the folder holds them undamaged."""
    with suppress(UserError):
        manifest = read_manifest(folder)
        if (manifest["result"], manifest.get("simulation")) == ("run", planned["simulation"]):
            run = open_results(folder)
            return run if isinstance(run, Tables) else None
    return None
