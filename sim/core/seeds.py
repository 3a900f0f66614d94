"""One integer from whatever numpy and Mesa take as the seed of a generator."""

from typing import Any

import numpy as np

from sim.core.errors import UserError

KINDS = (
    "an integer, a list of integers, a numpy SeedSequence, BitGenerator or Generator, or None for new luck"
)


def seed_from(rng: Any) -> int:
    """The integer that `rng` stands for, not yet checked against any bounds.

    An integer, or its digits, stands for itself; from a generator one integer is drawn; None is new every time.

    Raises:
        UserError: for what numpy takes for no seed, and for a truth value.
    """
    try:
        if isinstance(rng, (bool, np.bool_)):
            raise TypeError("a truth value")
        if isinstance(rng, (int, np.integer)) or (isinstance(rng, str) and rng.isdecimal()):
            return int(rng)
        return int(np.random.default_rng(rng).integers(2**63))
    except (TypeError, ValueError) as error:
        raise UserError(f"rng = {rng!r} is not {KINDS}") from error
