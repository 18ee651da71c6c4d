"""The next best pairs of each row outside the network, by row and by column.

What is not among them is worth less than the last of them: see Proof.most.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.profile import Ints

Small = NDArray[np.int32]


class Side(NamedTuple):
    """For each of one side the others and the fits with them, one after another."""

    start: Ints
    others: Small
    fits: Small

    def of(self, some: Collection[int]) -> tuple[Ints, Ints, Ints]:
        """Who, with whom and how good the fits are; nothing of those who came later."""
        known = [one for one in some if one + 1 < len(self.start)]
        parts = [slice(self.start[one], self.start[one + 1]) for one in known]
        sizes = np.array([part.stop - part.start for part in parts], dtype=np.int64)
        who = np.repeat(np.array(known, dtype=np.int64), sizes)
        others, fits = (
            np.concatenate([np.zeros(0, dtype=np.int64), *(table[part] for part in parts)])
            for table in (self.others, self.fits)
        )
        return who, others, fits

    @classmethod
    def sorted(cls, size: int, who: Ints, others: Ints, fits: Ints) -> Self:
        """From pairs in any order."""
        order = np.argsort(who, kind="stable")
        start = np.concatenate([[0], np.cumsum(np.bincount(who, minlength=size))])
        return cls(start, others[order].astype(np.int32), fits[order].astype(np.int32))


class Near:
    """Pairs that the network does not list, found by either of the two."""

    def __init__(self, size: tuple[int, int], rows: Ints, columns: Ints, fits: Ints) -> None:
        self.rows = Side.sorted(size[0], rows, columns, fits)
        self.columns = Side.sorted(size[1], columns, rows, fits)

    def better(
        self, rows: Collection[int], columns: Collection[int], wants: Ints, prices: Ints
    ) -> Iterator[Ints]:
        """Keys of those of some rows and of some columns that are worth more than is wanted."""
        row, column, fit = self.rows.of(rows)
        yield (row * len(prices) + column)[fit - prices[column] > wants[row]]
        column, row, fit = self.columns.of(columns)
        yield (row * len(prices) + column)[fit - prices[column] > wants[row]]
