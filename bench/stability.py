"""python -m bench.stability: deferred acceptance on random rounds, against two other programs.

Counts blocking pairs by the definition, and compares the matches with a plain Gale and Shapley
written here, and with the package `matching` (PyPI) where it is installed. Prints how many people
stability leaves out.
"""

import argparse
import sys
from collections.abc import Callable

import numpy as np

from bench.rounds import make_round
from kith.methods.matching.solve import solve
from kith.methods.matching.stable import NOBODY, accept_deferred, blocking_pairs, count_left_out

INSTANCES = 200
Instance = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def main() -> int:
    """Compare; 1 when a pair blocks or a match differs."""
    parser = argparse.ArgumentParser(prog="python -m bench.stability", description=__doc__)
    parser.add_argument("--instances", type=int, default=INSTANCES)
    parser.add_argument("--people", type=int, default=2_000, help="of the round at the end")
    arguments = parser.parse_args()
    instances = [make_instance(seed) for seed in range(arguments.instances)]
    found = [accept_deferred(*one[:4], mentor_fit=one[4]) for one in instances]
    blocking = sum(
        blocking_pairs(*one[:4], mentor_fit=one[4], choice=choice)
        for one, choice in zip(instances, found, strict=True)
    )
    kept = [_told("blocking pairs", blocking)]
    for name, other in (("plain Gale and Shapley", plain), ("package matching", packaged())):
        if other is None:
            print(f"  {name}: not installed")
            continue
        differing = sum(
            not np.array_equal(other(one), choice)
            for one, choice in zip(instances, found, strict=True)
        )
        kept.append(_told(f"of {len(instances)} rounds unlike {name}", differing))
    _price(arguments.people)
    return 0 if all(kept) else 1


def _told(name: str, number: int) -> bool:
    print(f"  target 10: {name}: {number} (0): {'kept' if number == 0 else 'NOT KEPT'}")
    return number == 0


def make_instance(seed: int) -> Instance:
    """Start, column, fit, capacity and the mentors' own fit; all fits of one person differ."""
    random = np.random.default_rng(seed)
    rows, columns = random.integers(2, 40, 2)
    open_pairs = random.random((rows, columns)) < random.uniform(0.2, 0.9)
    row, column = np.nonzero(open_pairs)
    fit, own = (
        random.permuted(np.tile(np.arange(rows * columns), (1, 1)), axis=1)[0][: len(row)]
        for _ in range(2)
    )
    start = np.searchsorted(row, np.arange(rows + 1))
    return start, column, fit, random.integers(1, 4, columns), own


def plain(instance: Instance) -> np.ndarray:
    """Gale and Shapley with lists and sets, slow and easy to read."""
    start, column, fit, capacity, own = instance
    rows = len(start) - 1
    wishes = [
        sorted(range(start[row], start[row + 1]), key=lambda pair: fit[pair]) for row in range(rows)
    ]
    held: list[list[int]] = [[] for _ in capacity]
    free = list(range(rows))
    row_of = np.repeat(np.arange(rows), np.diff(start))
    while free:
        row = free.pop()
        if not wishes[row]:
            continue
        pair = wishes[row].pop()
        at = held[column[pair]]
        at.append(pair)
        if len(at) > capacity[column[pair]]:
            worst = min(at, key=lambda one: own[one])
            at.remove(worst)
            free.append(int(row_of[worst]))
    choice = np.full(rows, NOBODY)
    for pairs in held:
        for pair in pairs:
            choice[row_of[pair]] = pair
    return choice


def packaged() -> Callable[[Instance], np.ndarray] | None:
    """The solver for hospitals and residents of the package `matching`, if there is one."""
    try:
        from matching.games import HospitalResident
    except ImportError:
        return None

    def answer(instance: Instance) -> np.ndarray:
        start, column, fit, capacity, own = instance
        rows = len(start) - 1
        row_of = np.repeat(np.arange(rows), np.diff(start))
        wishes = {
            row: [
                int(column[pair])
                for pair in sorted(range(start[row], start[row + 1]), key=lambda one: -fit[one])
            ]
            for row in range(rows)
        }
        standing = {
            at: [
                int(row_of[pair])
                for pair in sorted(np.flatnonzero(column == at), key=lambda one: -own[one])
            ]
            for at in range(len(capacity))
        }
        game = HospitalResident.create_from_dictionaries(
            {row: wished for row, wished in wishes.items() if wished},
            {at: people for at, people in standing.items() if people},
            {at: int(capacity[at]) for at, people in standing.items() if people},
        )
        choice = np.full(rows, NOBODY)
        for hospital, residents in game.solve(optimal="resident").items():
            for resident in residents:
                pairs = range(start[resident.name], start[resident.name + 1])
                choice[resident.name] = next(
                    pair for pair in pairs if column[pair] == hospital.name
                )
        return choice

    return answer


def _price(people: int) -> None:
    result = solve(make_round(people, seed=1))
    ground = result.outcome.ground
    arrays = (ground.start, ground.column, result.outcome.fit, ground.capacity)
    stable = accept_deferred(*arrays)
    left_out = count_left_out(stable, result.outcome.chosen)
    print(
        f"  {people:,} participants: stable matches leave out {left_out} of {len(result.pairs)}"
        f" people whom the best set serves; {blocking_pairs(*arrays, choice=stable)} pairs block"
    )


if __name__ == "__main__":
    sys.exit(main())
