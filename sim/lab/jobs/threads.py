"""One thread a process: the model has no large matrices, and a second thread of the linear algebra library only waits.

Where cores are shared, waiting costs more than the work: 1.7 s instead of 0.03 s for the first quadrature of a run.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

THREAD_SETTINGS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


def use_one_thread() -> None:
    """One thread, unless the user's settings say otherwise; to be called before NumPy is loaded."""
    for name in THREAD_SETTINGS:
        os.environ.setdefault(name, "1")


@contextmanager
def single_threaded() -> Iterator[None]:
    """Processes that are started meanwhile have one thread each, even where a script loads NumPy before all else."""
    before = {name: os.environ.get(name) for name in THREAD_SETTINGS}
    os.environ.update(dict.fromkeys(THREAD_SETTINGS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
