"""Where freed memory goes. Columns of a million people come and go hundreds of times a quarter."""

import ctypes
from functools import cache

TRIM, MAP = -1, -3
"""What `mallopt` of the GNU C library calls its trim and its memory-map threshold."""
LARGEST_ARRAY = 32 << 20
MOST_KEPT = (1 << 31) - 1


@cache
def keep_freed_memory() -> bool:
    """Let the process keep what it frees, for its next columns, instead of giving it back and asking again.

    The system clears every page it hands out: a sixth of the time at a million people, nothing at a thousand. Returns
    whether the C library could be asked; elsewhere nothing happens.
    """
    try:
        ask = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    return bool(ask(MAP, LARGEST_ARRAY) and ask(TRIM, MOST_KEPT))
