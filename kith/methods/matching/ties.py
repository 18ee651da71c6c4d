"""Ties are broken by a keyed hash of run seed and ids: never by id or order of sign-up."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.profile import Ints

TIE_VALUES = 1 << 20
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def tie_keys(ids: Sequence[str], *, seed: int, side: str) -> NDArray[np.uint64]:
    """One 64-bit key for each id, keyed by the seed of the run and the side (person)."""
    secret = hashlib.blake2b(f"{side}:{seed}".encode(), digest_size=32).digest()
    return np.array(
        [
            int.from_bytes(hashlib.blake2b(one.encode(), digest_size=8, key=secret).digest())
            for one in ids
        ],
        dtype=np.uint64,
    )


def tie_values(rows: NDArray[np.uint64], columns: NDArray[np.uint64]) -> Ints:
    """(e,) whole numbers 1..TIE_VALUES for pairs of keys (splitmix64 of both)."""
    mixed = (rows + _GOLDEN) ^ ((columns << np.uint64(1)) + _GOLDEN)
    for shift, factor in zip((30, 27), _MIX, strict=True):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * factor
    mixed ^= mixed >> np.uint64(31)
    return (mixed % np.uint64(TIE_VALUES)).astype(np.int64) + 1
