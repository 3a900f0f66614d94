"""Studies run, taken up again, and merged: `study` and `merge`."""

import shutil
import tempfile
import time
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import Notice, Stopped, UserError
from sim.lab.designs.arguments import out_of, workers_of
from sim.lab.designs.plan import Plan, plan_of, read_plan, wrong_points
from sim.lab.designs.study_part import StudyPart, folder_name, part_of, points_in
from sim.lab.jobs.conduct import FailedRun, conduct
from sim.lab.jobs.estimate import Estimate, check_room, estimate
from sim.lab.jobs.executor import executor_of
from sim.lab.jobs.progress import Meter, StudyProgress
from sim.lab.jobs.rounds import missing
from sim.lab.jobs.shards import SHARDS, read_shards, single
from sim.lab.jobs.study_folder import begin, changed, check_folder, claimed, is_finished, is_whole
from sim.lab.jobs.study_of_rows import asked, study_of_rows
from sim.lab.results.checked import CURE, Damaged
from sim.lab.results.evaluation import Evaluation
from sim.lab.results.store import open_results, restated, write
from sim.lab.results.study import Study

if TYPE_CHECKING:
    import pandas


ON_ERROR = ("stop", "continue")
Made = Study | Evaluation


def planned(
    path: str | Path,
    replications: int | None = None,
    seed: int | None = None,
    out: str | Path = "results",
    allow: Collection[str | Path] = (),
) -> Estimate:
    """What a study will take, after every check of it; a few replications are simulated to measure the time.

    Raises:
        UserError: every mistake of the file and of its points.
    """
    plan = plan_of(path, replications, seed, allow)
    check_room(estimate(plan, Path(out), measure=False), Path(out))
    _refuse_wrong(plan)
    return estimate(plan, Path(out), measure=True)


def study(
    given: Any,
    replications: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    dask: str | None = None,
    progress: StudyProgress | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    again: bool = False,
    on_error: str = "stop",
    shard: str | None = None,
    allow: Collection[str | Path] = (),
) -> Study:
    """Run a study file: scenarios at every point of a design, the same luck everywhere.

    Tables are the same whatever the workers, the order, the interruptions and the parts.

    Args:
        given: the path of a study file, or a mapping of the same form.
        replications: instead of those that the file asks for.
        seed: instead of the file's.
        workers: processes.
        dask: address of a Dask scheduler, or "local" for a cluster of `workers` processes here.
        progress: called with a `Standing`.
        out: folder of results, in which `study-<name>/` is written; None stores nothing.
        resume: go on with what an interrupted start left; an empty folder is a fresh start.
        again: remove what is there and start afresh.
        on_error: "stop" at the first run that fails, or "continue" and keep failures as rows.
        allow: scenario files that may be read although they lie outside the study's folder.
        shard: "i/n" runs the i-th of n parts of the points, to be put together by `merge`; 0 is the n-th.

    Returns:
        The study; of a part, the study of its points alone.

    Raises:
        UserError: wrong input, before anything runs.
        Stopped: a run failed, a worker died, the disk is full; what is finished is kept.
    """
    plan = plan_of(given, replications, seed, allow)
    made = carried_out(plan, workers, dask, progress, out, resume, again, on_error, shard)
    assert isinstance(made, Study)  # no evaluation was planned
    return made


def carried_out(
    plan: Plan,
    workers: int = 1,
    dask: str | None = None,
    progress: StudyProgress | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    again: bool = False,
    on_error: str = "stop",
    shard: str | None = None,
) -> Made:
    """The study or evaluation of a plan; arguments as of `study`.

    Raises:
        UserError: wrong input, before anything runs.
        Stopped: a run failed, a worker died, the disk is full; what is finished is kept.
    """
    parent, processes = out_of(out), workers_of(workers)
    if on_error not in ON_ERROR:
        raise UserError(f"on_error = {on_error!r}: must be one of {', '.join(ON_ERROR)}")
    part = part_of(shard) if shard is not None else StudyPart(1, 1)
    if not points_in(plan, part):
        count = len(plan.points)
        raise UserError(
            f"--shard {shard}: nothing is left for it, the design has {count} points; at most n = {count}"
        )
    check_room(estimate(plan, parent or Path(), measure=False), parent or Path())
    if on_error == "stop":
        _refuse_wrong(plan)
    if parent is None:
        with tempfile.TemporaryDirectory() as folder:
            made = _study(plan, Path(folder), part, processes, dask, progress, False, False, on_error)
            return replace(made, folder=None)
    return _study(plan, parent, part, processes, dask, progress, resume, again, on_error)


def _refuse_wrong(plan: Plan) -> None:
    wrong = wrong_points(plan)
    if wrong:
        raise UserError("\n".join(wrong))


def _study(
    plan: Plan,
    parent: Path,
    part: StudyPart,
    workers: int,
    dask: str | None,
    progress: StudyProgress | None,
    resume: bool,
    again: bool,
    on_error: str,
) -> Made:
    folder = parent / folder_name(plan, part)
    check_folder(folder, plan, resume, again)
    stored = _reused(plan, folder, resume) if is_finished(folder) and not again else None
    if stored is not None:
        return stored
    with executor_of(workers, dask) as executor, claimed(folder):
        begin(folder, plan, resume, again)
        started = time.perf_counter()
        with _resumable(folder):
            rows = conduct(plan, folder, part, executor, progress, on_error)
        return _finish(plan, folder, part, rows, time.perf_counter() - started)


def _reused(plan: Plan, folder: Path, resume: bool) -> Made | None:
    """The stored study, and what is asked of its runs may have changed since; None if it has to be made again.

    Raises:
        Damaged: it is damaged, and `resume` is not set.
    """
    try:
        stored = replace(open_results(folder), reused=True)
        assert isinstance(stored, Study | Evaluation)  # its plan is this one
    except Damaged as error:
        damage = str(error).removesuffix(f". {CURE}")
        if not resume:
            raise Damaged(f"{damage}: make it again with --resume") from None
        warnings.warn(f"{damage}; it is made again", Notice, stacklevel=2)
        return None
    now = asked(plan)
    if is_whole(folder, plan) and {**stored.manifest, **now} == stored.manifest:
        return stored
    with claimed(folder):
        begin(folder, plan, resume=True, again=False)
        renewed: Made = restated(stored, now)
        return renewed


@contextmanager
def _resumable(folder: Path) -> Iterator[None]:
    """Whatever stops the work on a study is told with what is kept of it.

    Raises:
        Stopped: always, where anything does.
    """
    try:
        yield
    except FailedRun as stop:
        raise Stopped(f"{stop} (--on-error continue goes on); {_kept(folder)}") from None
    except Stopped as stop:
        raise Stopped(f"{stop}; {_kept(folder)}") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Stopped(f"a shard cannot be written or read: {reason}; {_kept(folder)}") from None
    except KeyboardInterrupt:
        raise Stopped(f"interrupted; {_kept(folder)}") from None


def simulated_study(plan: Plan, workers: int, meter: Meter) -> Study:
    """The study of a plan, simulated whole and stored nowhere; `meter` hears the replication-quarters done.

    Raises:
        Stopped: workers died.
        FailedRun: a run failed.
    """
    started, part = time.perf_counter(), StudyPart(1, 1)
    with tempfile.TemporaryDirectory() as folder, executor_of(workers) as executor:
        begin(Path(folder), plan, resume=False, again=False)
        rows = conduct(plan, Path(folder), part, executor, None, "stop", meter)
        return study_of_rows(plan, rows, part, time.perf_counter() - started)


def _kept(folder: Path) -> str:
    count = len(list((folder / SHARDS).glob("[!.]*.parquet")))
    return f"{count} finished shards are kept in {folder}: --resume goes on from there"


def _finish(plan: Plan, folder: Path, part: StudyPart, rows: "pandas.DataFrame", seconds: float) -> Made:
    """Make the tables, the report and, last, the manifest; then the shards are no longer needed."""
    made = _of_rows(plan, rows, part, seconds)
    try:
        write(folder, made)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Stopped(f"the tables cannot be written: {reason}; {_kept(folder)}") from None
    if made.failures.empty and part.of == 1:
        shutil.rmtree(folder / SHARDS, ignore_errors=True)
    return replace(made, folder=folder)


def _of_rows(plan: Plan, rows: "pandas.DataFrame", part: StudyPart, seconds: float) -> Made:
    if plan.evaluation is None:
        return study_of_rows(plan, rows, part, seconds)
    from sim.lab.jobs.evaluation_of_rows import evaluation_of_rows

    return evaluation_of_rows(plan, rows, part, seconds)


def merge(folders: Sequence[str | Path], out: str | Path = "results", again: bool = False) -> Made:
    """Put the parts of a study or evaluation together.

    Args:
        folders: those of the parts.
        out: folder of results, in which `study-<name>/` is written.
        again: replace what is there.

    Raises:
        UserError: parts of different studies, a whole study, or some are missing.
    """
    import pandas

    paths = [Path(folder) for folder in folders]
    if not paths:
        raise UserError("merge needs the folders of the parts")
    plans = [read_plan(path) for path in paths]
    first = plans[0]
    for path, plan in zip(paths[1:], plans[1:], strict=True):
        if plan.hash != first.hash:
            differing = changed(first, plan, ("in the first", "in the other"))
            raise UserError(f"{paths[0]} and {path} are of different studies: {differing}")
    undivided = [str(path) for path in paths if is_finished(path) and not (path / SHARDS).exists()]
    if undivided:
        raise UserError(f"{', '.join(undivided)}: a whole study, no part of one; sim open shows it")
    parts = [rows for path in paths if (rows := read_shards(path, first)) is not None]
    rows = single(pandas.concat(parts, ignore_index=True)) if parts else None
    everything = StudyPart(1, 1)
    left = missing(first, rows, points_in(first, everything))
    if rows is None or left:
        raise UserError(f"{len(left)} runs are missing, among them {_examples(left)}: finish all parts first")
    folder = Path(out) / folder_name(first, everything)
    check_folder(folder, first, resume=True, again=again)
    stored = _reused(first, folder, resume=True) if is_finished(folder) and not again else None
    if stored is not None:
        return stored
    with claimed(folder):
        begin(folder, first, resume=True, again=again)
        made = _of_rows(first, rows, everything, 0.0)
        write(folder, made)
    return replace(made, folder=folder)


def _examples(left: Any) -> str:
    points = [str(point) for point, _ in islice(groupby(key[0] for key in left), 6)]
    return "point " + ", ".join(points[:5]) + (" ..." if len(points) > 5 else "")
