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
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any

GRACE = 2.0
"""Seconds that workers have to finish what they are at when work ends early."""
LOST_WITH_SERVER = 255
"""What Python takes for the exit code of a worker if the fork server that would have told it is gone."""
DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


class Workers(ProcessPoolExecutor):
    """Worker processes that leave with this one.

    Args:
        number: of processes.
        begin: called in each of them first, with `arguments`.
    """

    def __init__(self, number: int, begin: Callable[..., None] | None = None, arguments: Any = ()) -> None:
        self.started: list[Any] = []
        context = _recording(self.started)
        super().__init__(number, mp_context=context, initializer=_begin, initargs=(begin, arguments))

    def loss(self) -> str:
        """What happened when a worker died unasked, in words; the others, which then end too, are waited for."""
        self._left(GRACE)
        codes = {process.exitcode for process in self.started}
        if codes and codes <= {LOST_WITH_SERVER}:
            return "the fork server, which starts the worker processes, died or was killed"
        return "a worker process died, perhaps for lack of memory"

    def end(self) -> None:
        """Stop early: what is waiting is dropped, what is running has a little time to finish."""
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
def working(number: int, begin: Callable[..., None] | None = None, arguments: Any = ()) -> Iterator[Workers]:
    """Workers for as long as the block lasts; ended early if anything is raised in it."""
    workers = Workers(number, begin, arguments)
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


def _begin(begin: Callable[..., None] | None, arguments: Any) -> None:
    """Prepare a worker: deaf to Ctrl-C and a closed terminal (the parent says when to stop), but not to its end."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    if begin is not None:
        begin(*arguments)


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
