"""Whatever a command prints goes through here: what files hold reaches no terminal or pipe as a control character."""

import sys

from sim.core.text import visible


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print text, on the error stream where `err`, with a line feed after it unless `nl` is false."""
    print(visible(text), end="\n" if nl else "", file=sys.stderr if err else sys.stdout, flush=True)
