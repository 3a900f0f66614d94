"""Who works: this process, worker processes, or the workers of a Dask cluster. All do the same to the same batches."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.core.errors import Stopped, UserError
from sim.lab.designs.tasks import Task
from sim.lab.jobs.processes import Workers, working
from sim.lab.jobs.threads import single_threaded
from sim.lab.jobs.work import Report, work

PATIENCE = 10
"""Seconds to wait for a scheduler."""
AHEAD = 4
"""Batches a worker that are handed out before their turn."""
LOCAL = "local"
HERE = "127.0.0.1"
"""Where what is started here listens: nobody else on the network reaches it."""

Crew = Callable[[Sequence[list[Task]]], Iterator[Report]]


@contextmanager
def crew(folder: Path, workers: int, dask: str | None) -> Iterator[Crew]:
    """Whoever is asked to work on the study in `folder`.

    Args:
        folder: with the plan; workers elsewhere must see it under the same path.
        workers: processes; 1 works here. With `dask="local"`, processes of a cluster on this machine.
        dask: address of a Dask scheduler, or "local"; None uses processes.

    Raises:
        UserError: no scheduler answers, or Dask is not installed.
    """
    where = str(folder.resolve())
    if dask is not None:
        with _client(dask, workers) as client:
            yield lambda batches: _on_cluster(client, where, batches)
    elif workers == 1:
        yield lambda batches: (work(where, batch) for batch in batches)
    else:
        with single_threaded(), working(workers) as executor:
            yield lambda batches: _in_processes(executor, where, batches, workers * AHEAD)


def _in_processes(
    executor: Workers, folder: str, batches: Sequence[list[Task]], ahead: int
) -> Iterator[Report]:
    """Reports as they come; only a few batches are handed out at a time.

    Raises:
        Stopped: a worker process died.
    """
    left, waiting = iter(batches), set[Future[Report]]()
    try:
        while True:
            for batch in left:
                waiting.add(executor.submit(work, folder, batch))
                if len(waiting) >= ahead:
                    break
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    except BrokenProcessPool:
        raise Stopped(executor.loss()) from None


@contextmanager
def _client(address: str, workers: int) -> Iterator[Any]:
    """A client of the scheduler at an address, or of a cluster made for the purpose."""
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise UserError(
            "--dask needs the package distributed: pip install 'four-fixes-four-systems[cluster]'"
        ) from None
    if address == LOCAL:
        with (
            LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host=HERE,
                dashboard_address=f"{HERE}:0",
                worker_dashboard_address=f"{HERE}:0",
                silence_logs="ERROR",
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(address, timeout=PATIENCE)
    except ValueError as error:
        said = " ".join(str(error).split())
        raise UserError(
            f"--dask {address}: is no address of a scheduler ({said[:200]}); write it as tcp://host:8786, or local"
        ) from None
    except OSError as error:
        said = " ".join(str(error).split())
        raise UserError(
            f"--dask {address}: no scheduler answers within {PATIENCE} s ({said[:200]})"
        ) from None
    with client:
        if not client.scheduler_info()["workers"]:
            raise UserError(f"--dask {address}: the scheduler has no workers; start some and try again")
        yield client


def _on_cluster(client: Any, folder: str, batches: Sequence[list[Task]]) -> Iterator[Report]:
    """Reports as they come from the cluster's workers.

    Raises:
        Stopped: workers died under a batch again and again.
    """
    from distributed import KilledWorker, as_completed

    futures = client.map(_work_there, [folder] * len(batches), batches, pure=False)
    try:
        for future in as_completed(futures):
            yield future.result()
    except KilledWorker as error:
        raise Stopped(f"workers of the cluster died: {' '.join(str(error).split())[:200]}") from None
    finally:
        client.cancel(futures)


def _work_there(folder: str, batch: list[Task]) -> Report:
    """As `work`, with a message for workers that do not see the folder."""
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"this worker does not see {folder}: use a folder that all workers share")
    return work(folder, batch)
