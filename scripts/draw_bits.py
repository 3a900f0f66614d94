"""Write the draws' leading bits to the standard output without end, in the order in which a run asks for them.

python scripts/draw_bits.py | dieharder -g 200 -a

Quarter by quarter, decision by decision, everybody's draw: the first 32 bits of each uniform, little-endian.
"""

import sys
from itertools import count

import numpy as np

from sim.core.draws import Draws, streams
from sim.settings.terms import OCCUPANTS

DECISIONS = ("score_noise", "resignation", "ability", "selection", "rater_error", "audit")
REPLICATIONS, POSTS = 64, 1396


def main() -> None:
    """Write until nobody reads."""
    draws = Draws(1)
    replication, post = np.meshgrid(np.arange(REPLICATIONS), np.arange(POSTS), indexing="ij")
    for quarter in count(1):
        who = streams(replication.ravel(), post.ravel().astype(np.int64) * OCCUPANTS + quarter % 7)
        for decision in DECISIONS:
            bits = draws.uniform(decision, quarter, who) * 2.0**32
            try:
                sys.stdout.buffer.write(bits.astype("<u4").tobytes())
            except BrokenPipeError:
                return


if __name__ == "__main__":
    main()
