"""Random rounds as sparse graphs: start, column, fit, capacity."""

from typing import NamedTuple

import numpy as np

from kith.methods.matching.profile import Ints


class Sparse(NamedTuple):
    start: Ints
    column: Ints
    fit: Ints
    capacity: Ints

    @property
    def rows(self) -> list[list[int]]:
        """The numbers of the pairs of each row."""
        return [list(range(*ends)) for ends in zip(self.start, self.start[1:], strict=False)]


def sparse_round(seed: int, *, points: int = 30, most: int = 30, places: int = 3) -> Sparse:
    """Up to `most` people on each side; with few points there are many ties."""
    random = np.random.default_rng(seed)
    rows, columns = random.integers(1, most, size=2)
    table = random.random((rows, columns)) < random.uniform(0.1, 1.0)
    column = np.nonzero(table)[1]
    return Sparse(
        start=np.concatenate([[0], np.cumsum(table.sum(axis=1))]),
        column=column,
        fit=random.integers(0, points, size=len(column)),
        capacity=random.integers(0, places + 1, size=columns),
    )
