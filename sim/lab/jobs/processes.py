"""Worker processes that never outlive the process they work for, however it ends.

A worker watches its parent: when that is gone, by SIGKILL too, the worker leaves at once. The fork server and the
resource tracker of Python leave by themselves as soon as the last worker has. On Linux a worker also dies with the fork
server that started it, so that the loss of that server is noticed at once.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any, Protocol

from sim.core.errors import WorkersLost
from sim.lab.jobs.threads import single_threaded

GRACE = 2.0
"""Seconds that workers have to finish what they are at when work ends early."""
LOST_WITH_SERVER = 255
"""What Python takes for the exit code of a worker if the fork server that would have told it is gone."""
DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""
AHEAD = 4
"""Jobs a worker that are handed out before their turn."""
LOOK = 0.2
"""Seconds between two looks at how far the workers are."""
Tick = Callable[[int], None]
"""Told how much of a job has been done since it was told last."""


class Job[Result](Protocol):
    """What is to be done, here or elsewhere: it can be pickled."""

    def __call__(self, tick: Tick, /) -> Result:
        """Do it, telling `tick` how far it is."""
        ...


class Workers(ProcessPoolExecutor):
    """Worker processes that leave with this one."""

    def __init__(self, number: int) -> None:
        self.number, self.started = number, list[Any]()
        context = _recording(self.started)
        self._ticks, self._stop = context.SimpleQueue(), context.Event()
        super().__init__(number, mp_context=context, initializer=_begin, initargs=(self._ticks, self._stop))

    def results[Result](
        self, jobs: Iterable[Job[Result]], tick: Tick = lambda _: None
    ) -> Iterator[tuple[int, Result]]:
        """The number of each job with its result, as they come; only a few jobs are handed out at a time.

        Raises:
            WorkersLost: a worker process died.
        """
        left, waiting = iter(enumerate(jobs)), dict[Future[Result], int]()
        try:
            while True:
                for number, job in left:
                    with single_threaded():
                        waiting[self.submit(_done_there, job)] = number
                    if len(waiting) >= self.number * AHEAD:
                        break
                if not waiting:
                    return
                for future in self._first_of(waiting, tick):
                    yield waiting.pop(future), future.result()
        except BrokenProcessPool:
            raise WorkersLost(self.loss()) from None
        finally:
            for future in waiting:
                future.cancel()

    def _first_of[Result](self, waiting: Iterable[Future[Result]], tick: Tick) -> set[Future[Result]]:
        """Those that are done, once some are; meanwhile `tick` is told what the workers tell."""
        done = set[Future[Result]]()
        while not done:
            done, _ = wait_for(waiting, timeout=LOOK, return_when=FIRST_COMPLETED)
            while not self._ticks.empty():
                tick(self._ticks.get())
        return done

    def loss(self) -> str:
        """What happened when a worker died unasked, in words; the others, which then end too, are waited for."""
        self._left(GRACE)
        codes = {process.exitcode for process in self.started}
        if codes and codes <= {LOST_WITH_SERVER}:
            return "the fork server, which starts the worker processes, died or was killed"
        return "a worker process died, perhaps for lack of memory"

    def end(self) -> None:
        """Stop early: what is waiting is dropped, what is running has a little time to finish."""
        self._stop.set()
        self.shutdown(wait=False, cancel_futures=True)
        left = self._left(GRACE)
        for process in self.started:
            if process.sentinel in left:
                process.kill()

    def _left(self, seconds: float) -> list[Any]:
        """The sentinels of workers that have not ended within some seconds."""
        left, deadline = [process.sentinel for process in self.started], time.monotonic() + seconds
        while left and time.monotonic() < deadline:
            gone = wait(left, timeout=max(0.0, deadline - time.monotonic()))
            left = [one for one in left if one not in gone]
        return left


@contextmanager
def working(number: int) -> Iterator[Workers]:
    """Workers for as long as the block lasts; ended early if anything is raised in it."""
    workers = Workers(number)
    try:
        yield workers
    except BaseException:
        workers.end()
        raise
    workers.shutdown(wait=True)


def context_of() -> Any:
    """How processes are started: by a fork server where there is one, for a fork of this process would copy threads."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")


def _recording(started: list[Any]) -> Any:
    """A context that keeps the processes that it makes."""

    class Recording(type(context_of())):  # type: ignore[misc]
        def Process(self, *arguments: Any, **options: Any) -> Any:  # noqa: N802
            process = context_of().Process(*arguments, **options)
            started.append(process)
            return process

    return Recording()


_ticks: Any = None
_stop: Any = None


def _begin(ticks: Any, stop: Any) -> None:
    """Prepare a worker: deaf to Ctrl-C and a closed terminal (the parent says when to stop), but not to its end."""
    global _ticks, _stop
    _ticks, _stop = ticks, stop
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _done_there[Result](job: Job[Result]) -> Result:
    return job(_tick)


def _tick(amount: int) -> None:
    if _stop.is_set():
        raise InterruptedError("stopped")
    _ticks.put(amount)


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
