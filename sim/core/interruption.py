"""Signals that asked this process to end: libraries sometimes swallow the exception that tells of one."""

heard: list[int] = []
"""The numbers of those that came."""


def heed() -> None:
    """Interrupt now, if a signal came and the work went on.

    Raises:
        KeyboardInterrupt: one came.
    """
    if heard:
        raise KeyboardInterrupt
