"""The one exception that means: the user can mend this."""


class UserError(Exception):
    """A mistake in what the user gave (a file, a key, a number, a folder).

    The message is the whole interface: it names the place, the value, the bounds and the nearest valid key.
    The command line prints it without a traceback and exits with 2.
    """
