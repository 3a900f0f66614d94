"""Keyed random draws: the same luck for the same key, whatever the order, the rows or the company.

Picture a card index. Every card is headed (seed, decision, quarter, replication, key), and its number never
changes; nothing is dealt from a deck, so nobody's draw moves because somebody else drew before. The key of a
person is who they are, not where they are stored.

Numbers come from a 64-bit counter mix (the finaliser of SplitMix64 with Stafford's variant 13 constants, applied
three times along the key), of which the top 53 bits make a uniform in (0, 1).
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from scipy.special import ndtri

from sim.core.arrays import Floats, Integers, Streams

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_FIRST = 0xBF58476D1CE4E5B9
_SECOND = 0x94D049BB133111EB


def _mix_number(value: int) -> int:
    value = (value + _GOLDEN) & _MASK
    value = ((value ^ (value >> 30)) * _FIRST) & _MASK
    value = ((value ^ (value >> 27)) * _SECOND) & _MASK
    return value ^ (value >> 31)


def _mix(values: Streams) -> Streams:
    """The same mix on an array, in place on a copy."""
    mixed = values + np.uint64(_GOLDEN)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(_FIRST)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(_SECOND)
    mixed ^= mixed >> np.uint64(31)
    return mixed


@lru_cache(maxsize=4096)
def _decision_number(decision: str) -> int:
    return int.from_bytes(blake2b(decision.encode(), digest_size=8).digest(), "little")


def streams(replication: Integers, key: Integers) -> Streams:
    """One stream a (replication, key): shape of the arguments, to be kept beside whoever draws from it."""
    by_replication = _mix(np.asarray(replication).astype(np.uint64))
    return _mix(by_replication ^ np.asarray(key).astype(np.uint64))


@dataclass(frozen=True)
class Draws:
    """All draws of a run.

    Args:
        seed: the one integer that seeds everything.
    """

    seed: int

    def _bits(self, decision: str, quarter: int, stream: Streams) -> Streams:
        head = _mix_number(_mix_number(_mix_number(self.seed & _MASK) ^ _decision_number(decision)) ^ quarter)
        return _mix(stream ^ np.uint64(head))

    def uniform(self, decision: str, quarter: int, stream: Streams) -> Floats:
        """Uniforms in the open interval (0, 1), one a stream."""
        bits = self._bits(decision, quarter, stream) >> np.uint64(11)
        return (bits.astype(np.float64) + 0.5) * 2.0**-53

    def normal(self, decision: str, quarter: int, stream: Streams) -> Floats:
        """Standard normals, one a stream, by inversion (so equal uniforms give equal normals)."""
        normals: Floats = ndtri(self.uniform(decision, quarter, stream))
        return normals
