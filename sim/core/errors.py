"""What ends work early: a mistake that the user can mend, or a stop that keeps what is done."""


class UserError(Exception):
    """A mistake in what the user gave (a file, a key, a number, a folder).

    The message is the whole interface: it names the place, the value, the bounds and the nearest valid key.
    The command line prints it without a traceback and exits with 2.
    """


class Stopped(Exception):  # noqa: N818
    """Work ended before it was done; the message says why, and what is kept."""


class WorkersLost(Stopped):
    """Work ended because processes that were at it died."""


class Notice(UserWarning):
    """Something the user should know that stops nothing; the command line prints it as one line."""
