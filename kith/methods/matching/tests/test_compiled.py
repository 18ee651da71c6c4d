"""Machine code or plain Python, the same whole numbers come out."""

import os
import subprocess
import sys

import numpy as np

from kith.methods.matching.compiled import PLAIN
from kith.methods.matching.network import Network, Pairs

TELL = """
from kith.methods.matching.compiled import IS_COMPILED
from kith.methods.matching.tests.test_compiled import told
print(IS_COMPILED, told())
"""


def told() -> list[list[int]]:
    """Everything that a few rounds end with, decisions included."""
    rng = np.random.default_rng(11)
    ends = []
    for _ in range(20):
        table = np.where(rng.random((30, 12)) < 0.4, rng.integers(1, 50, (30, 12)), 0)
        rows, columns = np.nonzero(table)
        start = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=30))])
        pairs = Pairs(start, columns.astype(np.int32), table[rows, columns].astype(np.int64))
        network = Network(pairs, rng.integers(0, 4, 12))
        network.solve()
        network.close(int(rng.integers(len(rows))))
        network.leave(int(rng.integers(30)))
        ends.append([*network.holders.tolist(), *network.gains.tolist(), *network.prices.tolist()])
    return ends


def test_without_numba_everything_ends_the_same() -> None:
    plain = subprocess.run(  # noqa: S603 - our own code, run by itself
        [sys.executable, "-c", TELL],
        env={**os.environ, PLAIN: "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert plain.stdout == f"False {told()}\n"
