"""A bar with the time left, on the error stream, where somebody can see it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.lab.jobs.progress import Standing


class Bar:
    """Shows how far a command is."""

    def __init__(self, shown: Any) -> None:
        self._shown, self._task = shown, shown.add_task("simulating", total=None)

    def quarters(self, done: int, total: int) -> None:
        """Replication-quarters done and in all."""
        self.show(done, total, "writing" if done >= total else "simulating")

    def runs(self, now: "Standing") -> None:
        """Runs of a study done, in all and failed, and how many a second."""
        speed = self._shown.tasks[0].speed
        rate = f", {speed:.1f} a second" if speed else ""
        failed = f", {now.failed} failed" if now.failed else ""
        self.show(now.done, now.total, f"{now.done:,} of {now.total:,} runs{rate}{failed}")

    def show(self, done: int, total: int, text: str) -> None:
        """What is done, what is to be done in all, and where it is in words."""
        self._shown.update(self._task, completed=done, total=total, description=text)


@contextmanager
def bar(quiet: bool = False) -> Iterator[Bar]:
    """A bar; silent if `quiet` or without a terminal."""
    from rich import progress
    from rich.console import Console

    console = Console(stderr=True, soft_wrap=True)  # lines printed meanwhile stay whole
    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TimeElapsedColumn(),
        progress.TextColumn("left"),
        progress.TimeRemainingColumn(),
    )
    hidden = quiet or not console.is_terminal
    both = sys.stdout.isatty()  # what is printed meanwhile goes above the bar, but into a pipe as it is
    with progress.Progress(
        *columns, console=console, transient=True, disable=hidden, redirect_stdout=both
    ) as shown:
        yield Bar(shown)
