"""python -m bench.shortlists: how long the best candidates of everybody take to find.

Prints seconds (the best of three) for the first candidates and for a pass with prices, with the
number of pairs nominally compared, and the memory that a pass adds. KITH_WITHOUT_NUMBA=1 measures
numpy instead of compiled loops.
"""

import argparse
import resource
import sys
import time

import numpy as np

from bench.rounds import arrays_of, make_round
from kith.methods.matching.compiled import IS_COMPILED
from kith.methods.matching.shortlist import Finder

TARGETS = {True: 4e9, False: 6e8}
"""Pairs nominally compared in a second, with compiled loops and without."""
FROM = 100_000
"""Fewer participants are looked at too quickly to be measured by it."""
MEMORY_MB = 250


def main() -> int:
    arguments = _arguments()
    print("compiled loops" if IS_COMPILED else "numpy alone")
    _warm_up()
    kept = [_measure(size, arguments.repeats) for size in arguments.sizes]
    return 0 if all(kept) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.shortlists", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=[10_000, 100_000], help="10000,100000")
    parser.add_argument("--repeats", type=int, default=3)
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _warm_up() -> None:
    small = make_round(50, seed=0)
    Finder(small, *arrays_of(small)).find(most=1)


def _measure(size: int, repeats: int) -> bool:
    problem = make_round(size, seed=1)
    people = arrays_of(problem)
    before = _peak_mb()
    began = time.perf_counter()
    finder = Finder(problem, *people, closed=problem.excluded_cells())
    print(f"{size:,} x {len(problem.mentors):,}: made ready in {time.perf_counter() - began:.2f} s")
    kept = True
    for most in (8, 32):
        seconds, found = _best_of(repeats, lambda most=most: finder.find(most=most))
        kept &= _print(f"top {most}", size, seconds, len(found.column), finder.shape)
    prices, above = _prices(finder, size)
    seconds, found = _best_of(repeats, lambda: finder.find(most=12, prices=prices, above=above))
    kept &= _print("with prices", size, seconds, len(found.column), finder.shape)
    seconds, pairs = _best_of(1, finder.count)
    _print("all counted", size, seconds, pairs, finder.shape)
    memory = _peak_mb() - before
    print(f"  memory of the passes {memory:.0f} MB (limit {MEMORY_MB})")
    return kept and memory <= MEMORY_MB


def _prices(finder: Finder, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Prices that are high where many want the same mentor, and what each row has at them."""
    first = finder.find(most=8)
    wanted = np.bincount(first.column, minlength=finder.shape[1])
    prices = np.minimum(wanted * 20_000, 400_000)
    values = first.fit - prices[first.column]
    above = np.zeros(size, dtype=np.int64)
    np.maximum.at(above, np.repeat(np.arange(size), np.diff(first.start)), values)
    return prices, above


def _best_of(repeats: int, act):
    seconds, found = [], None
    for _ in range(repeats):
        began = time.perf_counter()
        found = act()
        seconds.append(time.perf_counter() - began)
    return min(seconds), found


def _print(name: str, size: int, seconds: float, pairs: int, shape: tuple[int, int]) -> bool:
    """Print one line; gives whether its target is met."""
    rate, target = shape[0] * shape[1] / seconds, TARGETS[IS_COMPILED]
    met = size < FROM or rate >= target
    aim = "" if size < FROM else f" (target {target / 1e9:.1f}e9){'' if met else '  MISSED'}"
    print(f"  {name:12} {seconds:7.3f} s  {pairs:,} found, {rate / 1e9:.1f}e9 pairs a second{aim}")
    return met


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
