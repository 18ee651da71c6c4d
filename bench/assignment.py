"""python -m bench.assignment: complete assignment problems, exact to the unit.

Square tables of the sizes of OR-Library's assign100 to assign800, costs 1 to 100 drawn at random,
against scipy's dense solver. The files themselves (Beasley 1990) were made by a generator that is
not published, so they cannot be made here: with --folder they are read from where you keep them,
and their optima are known.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from kith.methods.matching.network import Network, Pairs

KNOWN = {100: 305, 200: 475, 300: 626, 400: 804, 500: 991, 600: 1176, 700: 1362, 800: 1552}
SIZES = (100, 200, 300, 400, 500, 600, 700, 800)
SEEDS = (1, 2, 3)


def main() -> int:
    """Compare every size; 1 when a cost differs."""
    parser = argparse.ArgumentParser(prog="python -m bench.assignment", description=__doc__)
    parser.add_argument("--folder", type=Path, help="holds assign100.txt and so on")
    folder = parser.parse_args().folder
    tables = list(_files(folder)) if folder else []
    tables += [
        (f"random {size}, seed {seed}", costs, int(costs[linear_sum_assignment(costs)].sum()))
        for size in SIZES
        for seed in SEEDS
        for costs in [np.random.default_rng([size, seed]).integers(1, 101, (size, size))]
    ]
    least_cost(np.ones((2, 2), dtype=np.int64))  # compiled before anything is timed
    kept = [_compare(*one) for one in tables]
    print(f"  target 1: {sum(kept)} of {len(kept)} equal: {'kept' if all(kept) else 'NOT KEPT'}")
    if folder is None:
        print("  OR-Library's own files are not here; --folder reads them")
    return 0 if all(kept) else 1


def _files(folder: Path):
    for size, optimum in KNOWN.items():
        path = folder / f"assign{size}.txt"
        if path.exists():
            numbers = np.array(path.read_text().split(), dtype=np.int64)
            yield path.name, numbers[1:].reshape(size, size), optimum


def _compare(name: str, costs: np.ndarray, expected: int) -> bool:
    begun = time.perf_counter()
    found = least_cost(costs)
    seconds = time.perf_counter() - begun
    print(f"  {name:22} {found:5} ({expected})  {seconds:6.3f} s")
    return found == expected


def least_cost(costs: np.ndarray) -> int:
    """The least cost of giving every row a column of its own."""
    size = len(costs)
    # Whoever stays without a column loses more than all columns together can cost.
    base = (size + 1) * int(costs.max())
    start = np.arange(size + 1, dtype=np.int64) * size
    column = np.tile(np.arange(size, dtype=np.int32), size)
    network = Network(Pairs(start, column, base - costs.ravel()), np.ones(size, dtype=np.int64))
    network.solve()
    return size * base - network.value


if __name__ == "__main__":
    sys.exit(main())
