"""A bar with the time left, on the error stream, where somebody can see it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.lab.jobs.progress import Standing

Progress = Callable[[int, int], None]


@contextmanager
def bar(quiet: bool = False) -> Iterator[Progress]:
    """A callable taking (done, total) in replication-quarters; silent if `quiet` or without a terminal."""
    with _shown(quiet) as (shown, task):

        def tell(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)
            if done >= total:
                shown.update(task, description="writing")

        yield tell


@contextmanager
def study_bar(quiet: bool = False) -> "Iterator[Callable[[Standing], None]]":
    """A callable taking a `Standing`: runs done, in all and failed, and how many a second."""
    with _shown(quiet) as (shown, task):

        def tell(now: "Standing") -> None:
            speed = shown.tasks[0].speed
            rate = f", {speed:.1f} a second" if speed else ""
            failed = f", {now.failed} failed" if now.failed else ""
            told = f"{now.done:,} of {now.total:,} runs{rate}{failed}"
            shown.update(task, completed=now.done, total=now.total, description=told)

        yield tell


@contextmanager
def _shown(quiet: bool) -> Iterator[tuple[Any, Any]]:
    """The bar and its task."""
    from rich import progress
    from rich.console import Console

    console = Console(stderr=True)
    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TimeElapsedColumn(),
        progress.TextColumn("left"),
        progress.TimeRemainingColumn(),
    )
    hidden = quiet or not console.is_terminal
    with progress.Progress(*columns, console=console, transient=True, disable=hidden) as shown:
        yield shown, shown.add_task("simulating", total=None)
