"""A bar with the time left, on the error stream, where somebody can see it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]


@contextmanager
def bar(quiet: bool = False) -> Iterator[Progress]:
    """A callable taking (done, total) in replication-quarters; silent if `quiet` or without a terminal."""
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
    with progress.Progress(
        *columns, console=console, transient=True, disable=quiet or not console.is_terminal
    ) as shown:
        task = shown.add_task("simulating", total=None)

        def tell(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)
            if done >= total:
                shown.update(task, description="writing")

        yield tell
