"""Who works: this process, worker processes, or the workers of a Dask cluster. All do the same to the same jobs."""

import atexit
import logging
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from sim.core.errors import UserError, WorkersLost
from sim.core.interruption import heard
from sim.lab.jobs.processes import Job, Tick, working

PATIENCE = 10
"""Seconds to wait for a scheduler."""
LOCAL = "local"
HERE = "127.0.0.1"
"""Where what is started here listens: nobody else on the network reaches it."""


class Executor(Protocol):
    """Does jobs.

    Attributes:
        number: of processes at work.
    """

    number: int

    def results[Result](self, jobs: Iterable[Job[Result]], tick: Tick = ...) -> Iterator[tuple[int, Result]]:
        """The number of each job with its result, as they come; `tick` hears how much of a job is done.

        Raises:
            WorkersLost: workers died.
        """
        ...


@contextmanager
def executor_of(workers: int = 1, dask: str | None = None) -> Iterator[Executor]:
    """Whoever is asked to work.

    Args:
        workers: processes; 1 works here. With `dask="local"`, processes of a cluster on this machine.
        dask: address of a Dask scheduler, or "local"; None uses processes.

    Raises:
        UserError: no scheduler answers, Dask is not installed, or there are rules that no other process can import.
    """
    if dask is None and workers == 1:
        yield Here()
        return
    _refuse_rules_of_notebooks()
    if dask is None:
        with working(workers) as processes:
            yield processes
    else:
        with _cluster(dask, workers) as cluster:
            yield cluster


def _refuse_rules_of_notebooks() -> None:
    from sim.lab.designs.provenance import rule_modules

    if "__main__" in rule_modules() and not hasattr(sys.modules["__main__"], "__file__"):
        raise UserError(
            "rules defined in a notebook are unknown to worker processes: use workers=1 or a .py file"
        )


class Here:
    """This process: a job is done when its result is asked for."""

    number = 1

    def results[Result](
        self, jobs: Iterable[Job[Result]], tick: Tick = lambda _: None
    ) -> Iterator[tuple[int, Result]]:
        """See `Executor`."""
        for number, job in enumerate(jobs):
            yield number, job(tick)


class Cluster:
    """The workers of a Dask cluster; they tell nothing before a job is done."""

    def __init__(self, client: Any, number: int) -> None:
        self.client, self.number = client, number

    def results[Result](
        self, jobs: Iterable[Job[Result]], tick: Tick = lambda _: None
    ) -> Iterator[tuple[int, Result]]:
        """See `Executor`."""
        from distributed import KilledWorker, as_completed

        futures = self.client.map(_done_there, list(jobs), pure=False)
        numbers = {future.key: number for number, future in enumerate(futures)}
        try:
            for future in as_completed(futures):
                yield numbers[future.key], future.result()
        except KilledWorker as error:
            raise WorkersLost(f"workers of the cluster died: {' '.join(str(error).split())[:200]}") from None
        finally:
            self.client.cancel(futures)


def _done_there[Result](job: Job[Result]) -> Result:
    return job(lambda _: None)


@contextmanager
def _cluster(address: str, workers: int) -> Iterator[Cluster]:
    """The cluster of a scheduler at an address, or one made for the purpose."""
    try:
        from distributed import Client
    except ImportError:
        raise UserError(
            "--dask needs the package distributed: pip install 'four-fixes-four-systems[cluster]'"
        ) from None
    if address == LOCAL:
        with _local_cluster(workers) as cluster, Client(cluster) as client:
            yield Cluster(client, workers)
        return
    try:
        client = Client(address, timeout=PATIENCE)
    except ValueError as error:
        raise UserError(
            f"--dask {address}: is no address of a scheduler ({_in_short(error)}); "
            "write it as tcp://host:8786, or local"
        ) from None
    except OSError as error:
        raise UserError(
            f"--dask {address}: no scheduler answers within {PATIENCE} s ({_in_short(error)})"
        ) from None
    with client:
        number = len(client.scheduler_info()["workers"])
        if not number:
            raise UserError(f"--dask {address}: the scheduler has no workers; start some and try again")
        yield Cluster(client, number)


def _in_short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


@contextmanager
def _local_cluster(workers: int) -> Iterator[Any]:
    """A cluster of processes on this machine; if anything is raised, they are not waited for."""
    from distributed import LocalCluster

    options = {
        "threads_per_worker": 1,
        "host": HERE,
        "dashboard_address": f"{HERE}:0",
        "worker_dashboard_address": f"{HERE}:0",
        "silence_logs": "ERROR",
    }
    with _quiet_if_interrupted():
        started = LocalCluster(n_workers=workers, **options)
    with started as cluster:
        try:
            yield cluster
        except BaseException:
            for nanny in cluster.workers.values():
                nanny.auto_restart = False
                with suppress(OSError, TypeError):  # it has ended
                    os.kill(nanny.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
            raise


@contextmanager
def _quiet_if_interrupted() -> Iterator[None]:
    """No word of Dask on a cluster whose start a command was interrupted in; its processes end with this one."""
    try:
        yield
    except BaseException:
        if heard:
            from distributed.deploy.spec import close_clusters

            atexit.unregister(close_clusters)
            logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        raise
